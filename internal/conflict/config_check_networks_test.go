package conflict

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func prefixesOf(texts ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range texts {
		out = append(out, netip.MustParsePrefix(text))
	}
	return out
}

// What a further origin says of a network adds up, and only what matters to its reach or its comparisons is a change.
func TestNetworksLearnFromFurtherOrigins(t *testing.T) {
	declaration, planner := origin("vpc", "home"), origin(Allocator, "east")
	known := network{
		name: "home", hubs: []string{"cen"}, peers: []string{"pal"}, blocks: prefixesOf("10.0.0.0/16"), from: planner,
		about: topology.About{Description: "old"}, at: topology.Path{}.Attr("old"),
	}
	tests := map[string]struct {
		more    network
		changed bool
		want    func(*network)
	}{
		"nothing more": {network{from: planner}, false, func(*network) {}},
		"the same": {
			network{hubs: []string{"cen"}, peers: []string{"pal"}, blocks: prefixesOf("10.0.0.0/16"), from: planner},
			false,
			func(*network) {},
		},
		"a further hub": {
			network{hubs: []string{"cen", "tr"}, from: planner},
			true,
			func(w *network) { w.hubs = []string{"cen", "tr"} },
		},
		"a hub without a name": {network{hubs: []string{""}, from: planner}, false, func(*network) {}},
		"a further peer": {
			network{peers: []string{"third"}, from: planner},
			true,
			func(w *network) { w.peers = []string{"pal", "third"} },
		},
		"further blocks": {
			network{blocks: prefixesOf("10.1.0.0/16", "10.0.0.0/16"), from: planner},
			false,
			func(w *network) { w.blocks = prefixesOf("10.1.0.0/16", "10.0.0.0/16") },
		},
		"as many blocks": {network{blocks: prefixesOf("10.1.0.0/16"), from: planner}, false, func(*network) {}},
		"a VRF":          {network{vrf: "blue", from: planner}, true, func(w *network) { w.vrf = "blue" }},
		"a platform":     {network{platform: "alicloud", from: planner}, true, func(w *network) { w.platform = "alicloud" }},
		"subnets":        {network{subnetted: true, from: planner}, true, func(w *network) { w.subnetted = true }},
		"a declaration": {
			network{from: declaration, about: topology.About{Description: "new"}, at: topology.Path{}.Attr("new")}, false,
			func(w *network) { w.from, w.about.Description, w.at = declaration, "new", topology.Path{}.Attr("new") },
		},
		"a planner with an earlier name": {
			network{from: origin(Allocator, "a"), about: topology.About{Description: "new"}, at: topology.Path{}.Attr("new")}, false,
			func(w *network) {
				w.from, w.about.Description, w.at = origin(Allocator, "a"), "new", topology.Path{}.Attr("new")
			},
		},
		"a planner with a later name": {
			network{from: origin(Allocator, "z"), about: topology.About{Description: "new"}},
			false,
			func(*network) {},
		},
		"blocks with the name of a planner": {
			network{from: origin(Blocks, "east"), about: topology.About{Description: "new"}}, false, func(*network) {},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, want := known, known
			test.want(&want)
			if changed := got.learn(test.more); changed != test.changed || !reflect.DeepEqual(got, want) {
				t.Errorf("changed: %t, want %t\n got %+v\nwant %+v", changed, test.changed, got, want)
			}
		})
	}
	full := network{vrf: "blue", platform: "alicloud", subnetted: true, from: declaration}
	for name, more := range map[string]network{
		"another VRF": {vrf: "red", from: planner}, "another platform": {platform: "huaweicloud", from: planner},
		"subnets again": {subnetted: true, from: planner}, "a later declaration": {from: origin("vpc", "z")},
	} {
		got := full
		if changed := got.learn(more); changed || !reflect.DeepEqual(got, full) {
			t.Errorf("%s: changed: %t, got %+v", name, changed, got)
		}
	}
}

func TestNetworksOfAHubChangeWithIt(t *testing.T) {
	known := topology.Hub{Kind: "er", ProtectionLevel: "FULL"}
	for name, test := range map[string]struct {
		hub     topology.Hub
		changed bool
	}{
		"the same hub":               {known, false},
		"less of it":                 {topology.Hub{}, false},
		"its kind is already known":  {topology.Hub{Kind: "cen"}, false},
		"its kind becomes unknown":   {topology.Hub{Unknown: topology.Unknown{"kind"}}, true},
		"its level becomes unknown":  {topology.Hub{Unknown: topology.Unknown{"protection_level"}}, true},
		"an attribute of no meaning": {topology.Hub{Unknown: topology.Unknown{"description"}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSnapshot(profile.Default())
			w, other := &network{name: "a", hubs: []string{"hub"}}, &network{name: "b", hubs: []string{"other"}}
			s.hubs["hub"], s.networks = known, map[string][]*network{"a": {w}, "b": {other}}
			n := &additions{}
			s.addHubs(topology.Facts{Hubs: map[string]topology.Hub{"hub": test.hub, "": {Kind: "er"}}}, n)
			if changed := slices.Equal(n.changed, []*network{w}); changed != test.changed || len(n.changed) > 1 {
				t.Errorf("changed: %t, want %t: %v", changed, test.changed, n.changed)
			}
			if got := s.hubs["hub"]; got.Kind != "er" || got.ProtectionLevel != "FULL" {
				t.Errorf("the hub is now %+v", got)
			}
		})
	}
	for attribute, hub := range map[string]topology.Hub{"kind": {Kind: "er"}, "protection level": {ProtectionLevel: "FULL"}} {
		s := newSnapshot(profile.Default())
		w := &network{name: "a", hubs: []string{"hub"}}
		s.networks["a"], s.hubs["hub"] = []*network{w}, topology.Hub{}
		n := &additions{}
		s.addHubs(topology.Facts{Hubs: map[string]topology.Hub{"hub": hub}}, n)
		if !slices.Equal(n.changed, []*network{w}) {
			t.Errorf("a %s that becomes known changes %v", attribute, n.changed)
		}
	}
}

// named registers a VPC "home" with blocks from a kind of origin.
func named(n *ConfigCheck, kind, name string, before Registration, blocks ...string) (levels []string) {
	by := origin(kind, name)
	now := Registration{Facts: topology.Facts{VPCs: map[string]topology.VPC{"home": {CIDRBlocks: prefixesOf(blocks...)}}}}
	for _, f := range n.Register(by, now, before, Settings{}) {
		if f.Code == sameName {
			levels = append(levels, fmt.Sprintf("%v %v %s/%s", f.Unwired.Level, f.Unwired.Allocated, f.Unwired.A.Name, f.Unwired.B.Name))
		}
	}
	return levels
}

// Two networks of one name are reported once, and again when planners have both.
func TestNetworksOfOneNameAreReportedAgainWhenPlannersHaveThem(t *testing.T) {
	type step struct {
		kind, name, block string
		want              []string
	}
	prior := func(block string) Registration {
		return Registration{Facts: topology.Facts{VPCs: map[string]topology.VPC{"home": {CIDRBlocks: prefixesOf(block)}}}}
	}
	const one, two = "10.0.0.0/16", "10.1.0.0/16"
	for name, steps := range map[string][]step{
		"two declarations": {
			{"vpc", "a", one, nil}, {"vpc", "b", two, []string{"error false a/b"}}, {"vpc", "b", two, nil},
		},
		"a declaration with a later name first": {{"vpc", "b", one, nil}, {"vpc", "a", two, []string{"error false a/b"}}},
		"two allocators": {
			{Allocator, "east", one, nil}, {Allocator, "west", two, []string{"error true east/west"}}, {Allocator, "mid", two, nil},
		},
		"declarations that allocators have afterwards": {
			{"vpc", "a", one, nil}, {"vpc", "b", two, []string{"error false a/b"}},
			{Allocator, "east", one, nil}, {Allocator, "west", two, []string{"error true a/b"}}, {Allocator, "third", one, nil},
		},
		"declarations of which one allocator has one": {
			{
				"vpc", "a", one, nil}, {"vpc", "b", two, []string{"error false a/b"}}, {Allocator, "west", two, nil}, {Allocator, "mid",
				two, nil,
			},
		},
		"an allocator, and the other one declared afterwards": {
			{
				Allocator, "east", one, nil}, {"vpc", "b", two, []string{"error false b/east"}}, {Allocator, "west", two,
				[]string{"error true b/east"},
			},
		},
		"no blocks yet": {{"vpc", "a", one, nil}, {"vpc", "b", one, nil}},
	} {
		t.Run(name, func(t *testing.T) {
			n := NewConfigCheck(profile.Default())
			for i, s := range steps {
				if got := named(n, s.kind, s.name, Registration{}, s.block); !slices.Equal(got, s.want) {
					t.Errorf("step %d, %s %s: got %q, want %q", i+1, s.kind, s.name, got, s.want)
				}
			}
		})
	}
	n := NewConfigCheck(profile.Default())
	first, second := named(n, "vpc", "a", prior(one), one), named(n, "vpc", "b", prior(two), two)
	if first != nil || !slices.Equal(second, []string{"warn false a/b"}) {
		t.Errorf("two declarations that were there: got %q and %q", first, second)
	}
}

func TestSnapshotsKnowNetworksThatContradictEachOther(t *testing.T) {
	a, b := &network{name: "home", blocks: prefixesOf("10.0.0.0/16")}, &network{name: "home", blocks: prefixesOf("10.1.0.0/16")}
	both := &network{name: "home", blocks: prefixesOf("10.0.0.0/16", "10.1.0.0/16")}
	for name, test := range map[string]struct {
		was  []*network
		want bool
	}{
		"both were there":           {[]*network{a, b}, true},
		"one was there":             {[]*network{a}, false},
		"one that is part of both":  {[]*network{both}, false},
		"one without blocks":        {[]*network{a, {name: "home"}}, false},
		"a site of the same blocks": {[]*network{a, {name: "home", site: true, blocks: b.blocks}}, false},
		"neither was there":         {nil, false},
	} {
		s := &snapshot{networks: map[string][]*network{"home": test.was}}
		if got := s.contradicts(a, b); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestNetworksOfOneNameAreOrdered(t *testing.T) {
	ordered := []*network{
		{from: origin("site", "a")}, {from: origin("vpc", "a")}, {from: origin("vpc", "b"), blocks: prefixesOf("10.0.0.0/16")},
		{from: origin("vpc", "b"), blocks: prefixesOf("10.1.0.0/16")}, {from: origin(Allocator, "a")}, {from: origin(Blocks, "a")},
	}
	for i, a := range ordered {
		for j, b := range ordered {
			if got := compareNetworks(a, b); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("networks %d and %d: got %d", i, j, got)
			}
		}
	}
}
