package conflict

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// ofVPC registers a VPC "a" with one block, as it is declared or as a planner knows it.
func ofVPC(advertised ...string) Registration {
	return Registration{Facts: topology.Facts{VPCs: map[string]topology.VPC{
		"a": {CIDRBlocks: prefixesOf("10.0.0.0/16"), AdvertisedCIDRs: prefixesOf(advertised...)},
	}}}
}

// A fact is of its declaration, or else of the first planner by name, whatever the order.
func TestFactsAreOfTheirDeclarations(t *testing.T) {
	declared, other := origin("vpc", "a"), origin("vpc", "b")
	east, west := origin(Allocator, "east"), origin(Allocator, "west")
	for name, test := range map[string]struct {
		by   []topology.Origin
		want topology.Origin
	}{
		"a declaration":                         {[]topology.Origin{declared}, declared},
		"a planner":                             {[]topology.Origin{west}, west},
		"a planner, then a declaration":         {[]topology.Origin{west, declared}, declared},
		"a declaration, then a planner":         {[]topology.Origin{declared, east}, declared},
		"two planners":                          {[]topology.Origin{east, west}, east},
		"two planners, the later one first":     {[]topology.Origin{west, east}, east},
		"two declarations":                      {[]topology.Origin{declared, other}, declared},
		"two declarations, the later one first": {[]topology.Origin{other, declared}, declared},
		"a declaration that follows in the ABC": {[]topology.Origin{east, other}, other},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSnapshot(profile.Default())
			for _, by := range test.by {
				s.add(by, "", ofVPC())
			}
			for _, f := range s.facts {
				at := `vpcs["a"].cidr_blocks[0]`
				if !isPlanner(test.want) {
					at = "cidr_blocks[0]"
				}
				if f.from != test.want || f.claim.At.String() != at {
					t.Errorf("the block is of %v at %v", f.from, f.claim.At)
				}
			}
			if len(s.facts) != 1 {
				t.Errorf("there are %d facts", len(s.facts))
			}
		})
	}
}

// A block that its network advertises as it is, is one fact, and more is known of it once it is advertised.
func TestBlocksThatAreAdvertisedAsTheyAre(t *testing.T) {
	s := newSnapshot(profile.Default())
	for i, step := range []struct {
		given          Registration
		shown, altered bool
	}{
		{ofVPC(), false, false}, {ofVPC("10.0.0.0/16"), true, true}, {ofVPC("10.0.0.0/16"), true, false}, {ofVPC(), true, false},
	} {
		n := s.add(origin("vpc", "a"), "", step.given)
		if f := n.all[0]; len(n.all) != 1 || f.shown != step.shown || n.altered[f] != step.altered {
			t.Errorf("step %d: %d facts, shown %t, altered %t", i+1, len(n.all), f.shown, n.altered[f])
		}
	}
}

// A planner that is registered again with the same facts is the same one.
func TestPlannersWithTheSameFactsAreOne(t *testing.T) {
	s := newSnapshot(profile.Default())
	further := ofVPC()
	further.Facts.VPCs["b"] = topology.VPC{CIDRBlocks: prefixesOf("10.1.0.0/16")}
	onlyNetworks := Registration{Facts: topology.Facts{VPCs: map[string]topology.VPC{"c": {}}}}
	for i, step := range []struct {
		by       topology.Origin
		given    Registration
		planners int
	}{
		{origin("vpc", "a"), ofVPC(), 0}, {origin(Allocator, "east"), Registration{}, 0}, {origin(Allocator, "east"), ofVPC(), 1},
		{origin(Allocator, "east"), ofVPC(), 1}, {origin(Allocator, "west"), ofVPC(), 2}, {origin(Allocator, "east"), further, 3},
		{origin(Allocator, "east"), ofVPC(), 3}, {origin(Blocks, "east"), onlyNetworks, 4},
	} {
		if s.add(step.by, "", step.given); len(s.planners) != step.planners {
			t.Errorf("step %d: there are %d planners, want %d", i+1, len(s.planners), step.planners)
		}
	}
}
