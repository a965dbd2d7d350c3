package conflict_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// onNetworks registers a VPC each for a and b, joined in a way, and then clusters in them whose Pods overlap. It returns the
// only finding.
func onNetworks(t *testing.T, a, b topology.VPC) conflict.Finding {
	t.Helper()
	n := conflict.NewConfigCheck(profile.Default())
	var all []conflict.Finding
	register := func(kind, name string, f topology.Facts) {
		all = append(
			all,
			n.Register(topology.Origin{Kind: kind, Name: name}, conflict.Registration{Facts: f}, nothing, conflict.Settings{})...)
	}
	a.CIDRBlocks, b.CIDRBlocks = prefixes("172.16.0.0/24"), prefixes("172.16.1.0/24")
	register("hub", "cen", topology.Facts{Hubs: map[string]topology.Hub{"cen": {}, "tr": {}}})
	register("vpc", "a", topology.Facts{VPCs: map[string]topology.VPC{"a": a}})
	register("vpc", "b", topology.Facts{VPCs: map[string]topology.VPC{"b": b}})
	register("cluster", "pa", podsA.Facts)
	register("cluster", "pb", podsB.Facts)
	if len(all) != 1 {
		t.Fatalf("%d findings, want one", len(all))
	}
	return all[0]
}

func TestOptionsThatSeparateTheNetworksOfDeclarations(t *testing.T) {
	on := func(hubs, peers []string) topology.VPC {
		return topology.VPC{Platform: "alicloud", Hubs: hubs, Peers: peers}
	}
	hub, two := []string{"cen"}, []string{"cen", "tr"}
	tests := map[string]struct {
		a, b topology.VPC
		want []string
	}{
		"a hub": {
			on(hub, nil),
			on(hub, nil),
			[]string{"apart: vpc a: hubs - cen", "apart: vpc b: hubs - cen"},
		},
		"two hubs": {
			on(two, nil),
			on(two, nil),
			[]string{"apart: vpc a: hubs - cen; vpc a: hubs - tr", "apart: vpc b: hubs - cen; vpc b: hubs - tr"},
		},
		"a peering that one declares":           {on(nil, []string{"b"}), on(nil, nil), []string{"apart: vpc a: peers - b"}},
		"a peering that the other one declares": {on(nil, nil), on(nil, []string{"a"}), []string{"apart: vpc b: peers - a"}},
		"a peering that both declare": {
			on(nil, []string{"b"}), on(nil, []string{"a"}),
			[]string{"apart: vpc a: peers - b; vpc b: peers - a", "apart: vpc b: peers - a; vpc a: peers - b"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := onNetworks(t, test.a, test.b)
			got := slices.DeleteFunc(optionTexts(f.Unwired.Options), func(o string) bool { return o[:min(len(o), 6)] != "apart:" })
			wantOptions(t, got, test.want)
			if f.Unwired.AHome.Name != "a" || f.Unwired.BHome.Name != "b" || f.Held || f.OtherHeld {
				t.Errorf("the networks are %v and %v, held: %t and %t", f.Unwired.AHome, f.Unwired.BHome, f.Held, f.OtherHeld)
			}
		})
	}
}

// A resource can have its facts at another place of its configuration, where its options change them.
func TestOptionsAreAtThePlaceOfTheConfiguration(t *testing.T) {
	n := conflict.NewConfigCheck(profile.Default())
	nested := func(at topology.Path) topology.Path { return append(topology.Path{}.Attr("settings"), at...) }
	vpc := func(name, block string) topology.Facts {
		return topology.Facts{VPCs: map[string]topology.VPC{
			name: {Platform: "alicloud", Hubs: []string{"cen"}, CIDRBlocks: prefixes(block)},
		}}
	}
	var found []conflict.Finding
	for _, one := range []struct {
		kind, name string
		now        conflict.Registration
	}{
		{"hub", "cen", conflict.Registration{Facts: topology.Facts{Hubs: map[string]topology.Hub{"cen": {}}}}},
		{"vpc", "a", conflict.Registration{Facts: vpc("a", "172.16.0.0/24"), Place: nested}},
		{"vpc", "b", conflict.Registration{Facts: vpc("b", "172.16.1.0/24")}},
		{"cluster", "pa", podsA}, {"cluster", "pb", podsB},
	} {
		found = append(found, n.Register(topology.Origin{Kind: one.kind, Name: one.name}, one.now, nothing, conflict.Settings{})...)
	}
	if len(found) != 1 {
		t.Fatalf("%d findings, want one", len(found))
	}
	got := optionTexts(found[0].Unwired.Options)
	for _, want := range []string{"apart: vpc a: settings.hubs - cen", "apart: vpc b: hubs - cen"} {
		if !slices.Contains(got, want) {
			t.Errorf("options %q, want %q", got, want)
		}
	}
}

// Clusters in one network are not separated, and which of two ranges was held is known for each.
func TestOptionsOfClustersInOneNetwork(t *testing.T) {
	n := conflict.NewConfigCheck(profile.Default())
	register := func(name string, now, before conflict.Registration) []conflict.Finding {
		return n.Register(topology.Origin{Kind: conflict.Allocator, Name: name}, now, before, conflict.Settings{})
	}
	inOne := together(inA, clusterFacts("data", "a", ""), holds("data", "a", "10.0.0.0/20", ""))
	register("east", shopA, shopA)
	found := register("west", inOne, nothing)
	if len(found) != 1 {
		t.Fatalf("%d findings, want one", len(found))
	}
	f := found[0]
	if f.A.Owner != "data" || f.Held || !f.OtherHeld {
		t.Errorf("%s is first, held: %t, the other one: %t", f.A.Owner, f.Held, f.OtherHeld)
	}
	for _, o := range optionTexts(f.Unwired.Options) {
		if len(o) > 5 && o[:5] == "apart" {
			t.Errorf("one network is separated from itself: %s", o)
		}
	}
}

// Options name the places that the configurations of their resources have.
func TestOptionsNameThePlacesOfTheConfiguration(t *testing.T) {
	n := conflict.NewConfigCheck(profile.Default())
	inDeclare := func(at topology.Path) topology.Path {
		if len(at) == 0 || at[0].Attr != "clusters" {
			return at
		}
		return append(place("declare"), at...)
	}
	shown := shopA
	shown.Place = inDeclare
	n.Register(topology.Origin{Kind: conflict.Allocator, Name: "east"}, shown, nothing, conflict.Settings{})
	found := n.Register(topology.Origin{Kind: conflict.Allocator, Name: "west"}, dataB, nothing, conflict.Settings{})
	if len(found) != 1 {
		t.Fatalf("%d findings, want one", len(found))
	}
	wantOptions(t, optionTexts(found[0].Unwired.Options), []string{
		"known: allocator west: foreign_claims + claims of allocator east",
		"known: allocator east: foreign_claims + claims of allocator west",
		`apart: allocator west: vpcs["b"].hubs - cen`,
		`apart: allocator east: vpcs["a"].hubs - cen`,
		`accepted: allocator west: accepted_conflicts["pod_overlaps_peer_pod|10.0.0.0/20|data+shop"] = {reason = <why>}`,
	})
	if at := found[0].A.At.String() + " " + found[0].B.At.String(); at != `clusters["data"] declare.clusters["shop"]` {
		t.Errorf("the parties are at %s", at)
	}
}
