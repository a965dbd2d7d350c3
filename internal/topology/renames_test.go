package topology_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// previously are networks and a hub that were renamed.
func previously() topology.Facts {
	return topology.Facts{
		Hubs:  hubs{"cen": {PreviousNames: []string{"old-cen", ""}}, "er": {}},
		VPCs:  vpcs{"prod": {PreviousNames: []string{"production", "old-prod"}}, "dev": {}},
		Sites: sites{"idc": {PreviousNames: []string{"dc"}}, "office": {}},
	}
}

func TestRenamesAreReadFromPreviousNames(t *testing.T) {
	type names = map[string]string
	tests := map[string]struct {
		change         func(*topology.Facts)
		networks, hubs names
	}{
		"each previous name": {
			func(f *topology.Facts) {},
			names{"production": "prod", "old-prod": "prod", "dc": "idc"}, names{"old-cen": "cen"},
		},
		"not one that is declared": {
			func(f *topology.Facts) {
				f.VPCs["dc"], f.Sites["old-prod"], f.Hubs["old-cen"] = topology.VPC{}, topology.Site{}, topology.Hub{}
			},
			names{"production": "prod"}, names{},
		},
		"a hub may have the name of a network": {
			func(f *topology.Facts) { f.Hubs["dc"], f.VPCs["old-cen"] = topology.Hub{}, topology.VPC{} },
			names{"production": "prod", "old-prod": "prod", "dc": "idc"}, names{"old-cen": "cen"},
		},
		"of two that list one name the first VPC has it": {
			func(f *topology.Facts) {
				f.VPCs["aaa"], f.Sites["aab"] = topology.VPC{
					PreviousNames: []string{"production"},
				}, topology.Site{
					PreviousNames: []string{"old-prod", "dc"},
				}
			},
			names{"production": "aaa", "old-prod": "prod", "dc": "aab"}, names{"old-cen": "cen"},
		},
		"nothing was renamed": {func(f *topology.Facts) { *f = topology.Facts{VPCs: vpcs{"a": {}}} }, names{}, names{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := previously()
			test.change(&f)
			got := f.Renames()
			if want := (topology.Renames{Networks: test.networks, Hubs: test.hubs}); !reflect.DeepEqual(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			if got.Empty() != (len(test.networks)+len(test.hubs) == 0) {
				t.Errorf("empty: got %v", got.Empty())
			}
		})
	}
}

func TestRenamesAreEmptyWithoutNetworksAndHubs(t *testing.T) {
	one := map[string]string{"old": "new"}
	for want, renames := range map[bool][]topology.Renames{
		true:  {{}},
		false: {{Networks: one}, {Hubs: one}, {Networks: one, Hubs: one}},
	} {
		for _, r := range renames {
			if got := r.Empty(); got != want {
				t.Errorf("%v: got %v", r, got)
			}
		}
	}
}

func TestCurrentNames(t *testing.T) {
	r := topology.Renames{Networks: map[string]string{"old": "new"}, Hubs: map[string]string{"old": "hub"}}
	for name, want := range map[string][2]string{"old": {"new", "hub"}, "new": {"new", "new"}, "": {"", ""}} {
		if network, hub := r.Network(name), r.Hub(name); network != want[0] || hub != want[1] {
			t.Errorf("%q: got network %q and hub %q, want %q", name, network, hub, want)
		}
	}
}

func TestDeclaredNetworksAndTheirPlaces(t *testing.T) {
	f := topology.Facts{
		Hubs:  hubs{"cen": {}},
		VPCs:  vpcs{"prod": {Peers: []string{"dev", "idc"}}, "dev": {}},
		Sites: sites{"idc": {Peers: []string{"prod"}}},
	}
	for name, want := range map[string]struct {
		place string
		peers []string
	}{
		"prod": {`vpcs["prod"]`, []string{"dev", "idc"}}, "dev": {`vpcs["dev"]`, nil}, "idc": {`sites["idc"]`, []string{"prod"}},
		"cen": {}, "": {},
	} {
		at, declared := f.PlaceOf(name)
		if declared != (want.place != "") || declared && at.String() != want.place || f.Declares(name) != declared {
			t.Errorf("%q: got %s, declared %v and %v, want %q", name, at, declared, f.Declares(name), want.place)
		}
		if got := f.PeersOf(name); !slices.Equal(got, want.peers) {
			t.Errorf("%q: got peers %q, want %q", name, got, want.peers)
		}
	}
}

func TestWhetherANetworkMayHaveBeenRenamed(t *testing.T) {
	namesUnknown := unknown{"previous_names"}
	for name, test := range map[string]struct {
		facts topology.Facts
		want  bool
	}{
		"all is known":             {topology.Facts{VPCs: vpcs{"a": {}}}, false},
		"VPCs are unknown":         {topology.Facts{Unknown: unknown{"vpcs"}}, true},
		"sites are unknown":        {topology.Facts{Unknown: unknown{"sites"}}, true},
		"hubs are unknown":         {topology.Facts{Unknown: unknown{"hubs"}}, false},
		"previous names of a VPC":  {topology.Facts{VPCs: vpcs{"a": {Unknown: namesUnknown}}}, true},
		"previous names of a site": {topology.Facts{Sites: sites{"a": {Unknown: namesUnknown}}}, true},
		"those of another network": {topology.Facts{VPCs: vpcs{"a": {}, "b": {Unknown: namesUnknown}}}, false},
		"another attribute of it":  {topology.Facts{VPCs: vpcs{"a": {Unknown: unknown{"hubs"}}}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.facts.MayRename("a"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// earlier are the facts of an earlier plan, in which networks and hubs have previous names.
func earlier() topology.Facts {
	return topology.Facts{
		Hubs: hubs{"old-cen": {Name: "old-cen", Kind: "cen"}, "er": {Name: "er"}},
		VPCs: vpcs{
			"old-prod": {Name: "old-prod", Hubs: []string{"old-cen", "er"}, Peers: []string{"dev", "dc"}},
			"dev":      {Name: "dev", Peers: []string{"old-prod"}},
		},
		Sites:    sites{"dc": {Name: "dc", Hubs: []string{"er", "old-cen"}, Peers: []string{"old-prod"}}},
		Clusters: clusters{"shop": {VPC: "old-prod"}, "office": {VPC: "dev"}},
		Foreign:  map[string]topology.Foreign{"k": {Network: "old-prod", Hubs: []string{"old-cen"}, Peers: []string{"dc", "dev"}}},
	}
}

func TestEarlierFactsUnderCurrentNames(t *testing.T) {
	given := earlier()
	got := given.Renamed(previously().Renames())
	want := topology.Facts{
		Hubs: hubs{"cen": {Name: "cen", Kind: "cen"}, "er": {Name: "er"}},
		VPCs: vpcs{
			"prod": {Name: "prod", Hubs: []string{"cen", "er"}, Peers: []string{"dev", "idc"}},
			"dev":  {Name: "dev", Peers: []string{"prod"}},
		},
		Sites:    sites{"idc": {Name: "idc", Hubs: []string{"er", "cen"}, Peers: []string{"prod"}}},
		Clusters: clusters{"shop": {VPC: "prod"}, "office": {VPC: "dev"}},
		Foreign:  map[string]topology.Foreign{"k": {Network: "prod", Hubs: []string{"cen"}, Peers: []string{"idc", "dev"}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if !reflect.DeepEqual(given, earlier()) {
		t.Errorf("the facts themselves changed: %+v", given)
	}
}

// Where both names were declared in the earlier plan, they are two networks, or two hubs.
func TestEarlierFactsWithBothNamesStayAsTheyAre(t *testing.T) {
	f := earlier()
	f.VPCs["prod"], f.Sites["idc"], f.Hubs["cen"] = topology.VPC{Name: "prod"}, topology.Site{Name: "idc"}, topology.Hub{Name: "cen"}
	if got := f.Renamed(previously().Renames()); !reflect.DeepEqual(got, f) {
		t.Errorf("got %+v", got)
	}
	delete(f.Sites, "idc")
	got := f.Renamed(previously().Renames())
	if _, renamed := got.Sites["idc"]; !renamed || !slices.Equal(got.VPCs["old-prod"].Peers, []string{"dev", "idc"}) {
		t.Errorf("with one of the names: %+v", got)
	}
	if _, renamed := got.VPCs["old-prod"]; !renamed || !slices.Equal(got.VPCs["old-prod"].Hubs, []string{"old-cen", "er"}) {
		t.Errorf("the others are renamed: %+v", got)
	}
}

func TestEarlierFactsWithoutMapsGetNone(t *testing.T) {
	if got := (topology.Facts{}).Renamed(previously().Renames()); !reflect.DeepEqual(got, topology.Facts{}) {
		t.Errorf("got %+v", got)
	}
}

// Two earlier networks that are one now: the first by name is kept.
func TestTwoEarlierNetworksOfOneCurrentName(t *testing.T) {
	f := topology.Facts{VPCs: vpcs{"old-prod": {Name: "old-prod", Platform: "aws"}, "production": {Name: "production"}}}
	got := f.Renamed(previously().Renames()).VPCs
	if want := (vpcs{"prod": {Name: "prod", Platform: "aws"}}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestForeignClaimsThatUsePreviousNames(t *testing.T) {
	f := previously()
	f.Foreign = map[string]topology.Foreign{"k": {Network: "old-prod", Hubs: []string{"old-cen", "er"}, Peers: []string{"dc"}}}
	got := f.WithForeignRenamed()
	want := map[string]topology.Foreign{"k": {Network: "prod", Hubs: []string{"cen", "er"}, Peers: []string{"idc"}}}
	if !reflect.DeepEqual(got.Foreign, want) {
		t.Errorf("got %+v, want %+v", got.Foreign, want)
	}
	if got.Foreign = f.Foreign; !reflect.DeepEqual(got, f) {
		t.Errorf("more than claims changed: %+v", got)
	}
	same := topology.Facts{VPCs: vpcs{"a": {}}, Foreign: f.Foreign}
	if got := same.WithForeignRenamed(); !reflect.DeepEqual(got, same) {
		t.Errorf("without previous names: got %+v", got)
	}
}
