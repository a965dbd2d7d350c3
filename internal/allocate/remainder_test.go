package allocate

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// greedyByClass is greedy with a space for each class, from which each range is taken as soon as it is placed.
func greedyByClass(p *planner) (chosen []netip.Prefix, spaces []*cidr.Space) {
	for _, c := range p.classes {
		spaces = append(spaces, c.free.space.Clone())
	}
	for _, w := range p.wants {
		got := fit(spaces[w.class.index], w.class.supernets, w.length)
		for _, c := range p.classes {
			if w.class.avoids(c) {
				spaces[c.index].Remove(got)
			}
		}
		chosen = append(chosen, got)
	}
	return chosen, spaces
}

// Classes that share what is left to them get the same ranges as with a space of their own, and the same is left to them.
func TestGreedySharesSpaces(t *testing.T) {
	shared := 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.ofManyVPCs()
		if d.chance(50, "mirrors") {
			r = d.mirrored()
		}
		p := newPlanner(r, profile.Default())
		p.gather()
		p.sortWants()
		p.classify()
		chosen, left := p.greedy()
		want, spaces := greedyByClass(p)
		if !slices.Equal(chosen, want) {
			t.Fatalf("got %v, want %v", chosen, want)
		}
		for _, c := range p.classes {
			if got, want := left.of(c).Blocks(), spaces[c.index].Blocks(); !slices.Equal(got, want) {
				t.Fatalf("class %d has %v left, want %v", c.index, got, want)
			}
			for _, other := range p.classes[:c.index] {
				if left.byClass[c.index] == left.byClass[other.index] {
					shared++
				}
			}
		}
	})
	if shared == 0 {
		t.Error("no two classes share a space")
	}
}
