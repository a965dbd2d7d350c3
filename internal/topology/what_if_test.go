package topology_test

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestWhatIfChangesOnlyWhatIsTriedOut(t *testing.T) {
	facts := func() topology.Facts {
		return topology.Facts{
			Hubs:     map[string]topology.Hub{"cen": {}, "er": {}, "far": {}},
			VPCs:     map[string]topology.VPC{"a": {Hubs: []string{"cen"}}, "b": {Hubs: []string{"er", "far"}, Peers: []string{"c"}}},
			Sites:    map[string]topology.Site{"c": {Hubs: []string{"far"}}, "d": {}},
			Clusters: map[string]topology.Cluster{"x": {Meshes: []string{"m"}}, "y": {}},
		}
	}
	type of map[string][]string
	tests := map[string]struct {
		what                topology.WhatIf
		hubs, peers, meshes of
	}{
		"nothing": {topology.WhatIf{}, of{"a": {"cen"}, "b": {"er", "far"}, "c": {"far"}}, of{"b": {"c"}}, of{"x": {"m"}}},
		"joined hubs": {
			topology.WhatIf{JoinedHubs: []string{"cen", "er"}},
			of{"a": {"cen", "er"}, "b": {"er", "far", "cen"}, "c": {"far"}},
			of{"b": {"c"}},
			of{"x": {"m"}},
		},
		"peered networks": {
			topology.WhatIf{Peered: []string{"a", "c", "d"}},
			of{"a": {"cen"}, "b": {"er", "far"}, "c": {"far"}},
			of{"a": {"c", "d"}, "b": {"c"}, "c": {"a", "d"}, "d": {"a", "c"}},
			of{"x": {"m"}},
		},
		"meshed clusters": {
			topology.WhatIf{Meshed: []string{"x", "y", "nobody"}},
			of{"a": {"cen"}, "b": {"er", "far"}, "c": {"far"}},
			of{"b": {"c"}},
			of{"x": {"m", "what if"}, "y": {"what if"}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			given := facts()
			tried := given.Try(test.what)
			hubs, peers, meshes := of{}, of{}, of{}
			note := func(to of, name string, list []string) {
				if len(list) > 0 {
					to[name] = list
				}
			}
			for name, v := range tried.VPCs {
				note(hubs, name, v.Hubs)
				note(peers, name, v.Peers)
			}
			for name, s := range tried.Sites {
				note(hubs, name, s.Hubs)
				note(peers, name, s.Peers)
			}
			for name, c := range tried.Clusters {
				note(meshes, name, c.Meshes)
			}
			if !reflect.DeepEqual(hubs, test.hubs) || !reflect.DeepEqual(peers, test.peers) || !reflect.DeepEqual(meshes, test.meshes) {
				t.Errorf("hubs %v, peers %v, meshes %v", hubs, peers, meshes)
			}
			if !reflect.DeepEqual(given, facts()) {
				t.Errorf("the facts themselves changed: %+v", given)
			}
		})
	}
}

func TestWhetherAnythingIsTriedOut(t *testing.T) {
	one := []string{"x"}
	for _, test := range []struct {
		what topology.WhatIf
		want bool
	}{
		{topology.WhatIf{}, true},
		{topology.WhatIf{JoinedHubs: one}, false},
		{topology.WhatIf{Peered: one}, false},
		{topology.WhatIf{Meshed: one}, false},
		{topology.WhatIf{JoinedHubs: one, Peered: one}, false},
		{topology.WhatIf{Peered: one, Meshed: one}, false},
	} {
		if got := test.what.Empty(); got != test.want {
			t.Errorf("%+v: got %v", test.what, got)
		}
	}
}

func TestWhatIfNamesWhatIsDeclared(t *testing.T) {
	facts := topology.Facts{
		Hubs:     map[string]topology.Hub{"cen": {}},
		Foreign:  map[string]topology.Foreign{"k": {Hubs: []string{"er"}}},
		VPCs:     map[string]topology.VPC{"a": {}},
		Sites:    map[string]topology.Site{"c": {}},
		Clusters: map[string]topology.Cluster{"x": {}},
	}
	tests := map[string]struct {
		what topology.WhatIf
		want []found
	}{
		"a hub of a claim of another workspace": {topology.WhatIf{JoinedHubs: []string{"cen", "er"}}, nil},
		"all declared": {
			topology.WhatIf{JoinedHubs: []string{"cen"}, Peered: []string{"a", "c"}, Meshed: []string{"x"}},
			nil,
		},
		"a hub": {
			topology.WhatIf{JoinedHubs: []string{"cen", "c"}},
			one("it.joined_hubs[1]", topology.Undeclared{Kind: topology.HubName, Name: "c", Known: []string{"cen", "er"}}),
		},
		"a network": {
			topology.WhatIf{Peered: []string{"x"}},
			one("it.peered[0]", topology.Undeclared{Kind: topology.NetworkName, Name: "x", Known: []string{"a", "c"}}),
		},
		"a cluster": {
			topology.WhatIf{Meshed: []string{"a"}},
			one("it.meshed[0]", topology.Undeclared{Kind: topology.ClusterName, Name: "a", Known: []string{"x"}}),
		},
		"a name to be": {topology.WhatIf{Meshed: []string{""}}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantFaults(t, topology.CheckWhatIf(here, test.what, facts), test.want) })
	}
}
