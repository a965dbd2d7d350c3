package placement

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// fit chooses the range of a group in a space.
func fit(space *cidr.Space, g *group) netip.Prefix {
	for _, supernet := range g.Supernets {
		if chosen, ok := space.FitWithin(supernet, g.Length); ok {
			return chosen
		}
	}
	return netip.Prefix{}
}

// onePassBySpaces is onePass with a space for each group, from which each range is taken as soon as it is placed.
func onePassBySpaces(s *solver) (chosen []netip.Prefix, spaces []*cidr.Space) {
	for _, g := range s.groups {
		spaces = append(spaces, g.Free.Clone())
	}
	for _, g := range s.demands {
		got := fit(spaces[g.index], g)
		for _, other := range s.groups {
			if got.IsValid() && g.avoids(other) {
				spaces[other.index].Remove(got)
			}
		}
		chosen = append(chosen, got)
	}
	return chosen, spaces
}

// Groups that share a remainder get the same ranges as with a space of their own, and the same is left to them.
func TestGroupsThatShareARemainderGetTheSame(t *testing.T) {
	shared := 0
	rapid.Check(t, func(t *rapid.T) {
		s := newSolver(randomProblem(t))
		chosen, left := s.onePass()
		want, spaces := onePassBySpaces(s)
		if !slices.Equal(chosen, want) {
			t.Fatalf("got %v, want %v", chosen, want)
		}
		for _, g := range s.groups {
			if got, want := left.of(g).Blocks(), spaces[g.index].Blocks(); !slices.Equal(got, want) {
				t.Fatalf("group %d has %v left, want %v", g.index, got, want)
			}
			for _, other := range s.groups[:g.index] {
				if left.byGroup[g.index] == left.byGroup[other.index] {
					shared++
				}
			}
		}
	})
	if shared == 0 {
		t.Error("no two groups share a remainder")
	}
}
