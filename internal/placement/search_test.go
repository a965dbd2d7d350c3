package placement

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// One pass leaves one demand without a range; a search finds a placement of all.
func TestASearchPlacesWhatOnePassLeavesOut(t *testing.T) {
	near, both := prefixes("10.0.0.0/24"), prefixes("10.0.0.0/24", "100.64.0.0/24")
	three := prefixes("10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24")
	tests := map[string]struct {
		problem Problem
		want    []string
	}{
		"a demand that fits anywhere makes room for one that does not": {
			oneEach(groupOf(24, 0, both), groupOf(25, 1, near)), []string{"100.64.0.0/24", "10.0.0.0/25"},
		},
		"three demands that find different ranges free": {
			oneEach(
				groupOf(24, 0, three), groupOf(24, 1, three, prefixes("10.0.2.0/24")...),
				groupOf(24, 2, three, prefixes("10.0.1.0/24", "10.0.2.0/24")...),
			),
			[]string{"10.0.2.0/24", "10.0.1.0/24", "10.0.0.0/24"},
		},
		"demands that do not depend on the missing one keep what one pass chose": {
			Problem{
				Groups:   []Group{groupOf(24, 0, both), groupOf(25, 1, near), groupOf(26, 2, both)},
				Demands:  []int{0, 1, 2},
				Disjoint: [][]bool{{true, true, false}, {true, true, false}, {false, false, true}},
			},
			[]string{"100.64.0.0/24", "10.0.0.0/25", "10.0.0.0/26"},
		},
		"equal demands that may overlap have one range": {
			Problem{
				Groups:   []Group{groupOf(24, 0, both), groupOf(24, 1, near), groupOf(25, 2, near)},
				Demands:  []int{0, 1, 1, 2},
				Disjoint: [][]bool{{true, true, true}, {true, false, false}, {true, false, true}},
			},
			[]string{"100.64.0.0/24", "10.0.0.0/24", "10.0.0.0/24", "10.0.0.0/25"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if chosen, _ := newSolver(test.problem).onePass(); missing(chosen) == 0 {
				t.Fatalf("one pass places all, so that nothing is searched for: %v", chosen)
			}
			got := Place(test.problem)
			if !slices.Equal(texts(got.Chosen), test.want) || slices.Contains(got.CutShort, true) {
				t.Errorf("got %v, cut short %v, want %v", got.Chosen, got.CutShort, test.want)
			}
		})
	}
}

// fragmented is a supernet of which only so many blocks of /19 are whole, and demands for them.
func fragmented(whole, demands int) Problem {
	supernets := prefixes("10.0.0.0/13")
	var taken []netip.Prefix
	for i := whole; i < 64; i++ {
		taken = append(taken, netip.MustParsePrefix(fmt.Sprintf("10.%d.%d.0/24", i/8, i%8*32)))
	}
	return Problem{Groups: []Group{groupOf(19, 0, supernets, taken...)}, Demands: make([]int, demands), Disjoint: allDisjoint(1)}
}

// A full supernet is the most common failure. The search ends and knows that there is no placement.
func TestASearchKnowsThatThereIsNoPlacement(t *testing.T) {
	tests := map[string]struct {
		problem Problem
		missing int
	}{
		"one too many for the blocks that are whole": {fragmented(12, 13), 1},
		"one too many of many":                       {fragmented(40, 41), 1},
		"as many as there are":                       {fragmented(40, 40), 0},
		"enough addresses, but in another supernet": {
			oneEach(
				groupOf(24, 0, prefixes("10.0.0.0/24")), groupOf(25, 1, prefixes("10.0.0.0/24")),
				groupOf(28, 2, prefixes("10.0.0.0/24", "100.64.0.0/16")),
			), 1,
		},
		"enough room for each, but not for all": {
			oneEach(
				groupOf(24, 0, prefixes("10.0.0.0/23")), groupOf(25, 1, prefixes("10.0.0.0/23")), groupOf(25, 2, prefixes("10.0.0.0/23")),
				groupOf(25, 3, prefixes("10.0.0.0/23")),
			), 1,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Place(test.problem)
			if missing(got.Chosen) != test.missing || slices.Contains(got.CutShort, true) {
				t.Errorf("%d of %v are missing, want %d; cut short %v", missing(got.Chosen), got.Chosen, test.missing, got.CutShort)
			}
		})
	}
}

// A search that is cut short says so, and leaves what one pass chose.
func TestASearchThatIsCutShort(t *testing.T) {
	p := oneEach(groupOf(24, 0, prefixes("10.0.0.0/24", "100.64.0.0/24")), groupOf(25, 1, prefixes("10.0.0.0/24")))
	got := place(p, maxRepairWork+1)
	if !slices.Equal(texts(got.Chosen), []string{"10.0.0.0/24", ""}) || !slices.Equal(got.CutShort, []bool{true, true}) {
		t.Errorf("got %v, cut short %v", got.Chosen, got.CutShort)
	}
}

// The plan at the start of apply must find what the first one found, so that a search does the same work everywhere.
func TestASearchDoesTheSameWorkEverywhere(t *testing.T) {
	u := universe(t, "10.0.0.0/26", 30)
	for from, want := range map[uint64]int{0: 1294, 100: 1228, 200: 800} {
		work := 0
		for seed := range uint64(100) {
			s := newSolver(tiny{rand.New(rand.NewPCG(from+seed, 5)), u}.problem())
			chosen, _ := s.onePass()
			s.search(chosen)
			work += s.work
		}
		if work != want {
			t.Errorf("the problems from %d take work %d, want %d", from, work, want)
		}
	}
}

func TestASearchEndsAtItsBound(t *testing.T) {
	for work, want := range map[int]bool{maxWork: false, maxWork + 1: true} {
		s := newSolver(oneEach(groupOf(24, 0, prefixes("10.0.0.0/16")))).newSearch([]int{0})
		s.work = work
		if placed := s.next(); placed == want || s.cutShort != want {
			t.Errorf("with work %d: placed %t, cut short %t, want %t", work, placed, s.cutShort, want)
		}
	}
}

// A search tries places in the order in which one pass does: by supernet, the smallest free block, the lowest place.
func TestTheBestOfAllCandidates(t *testing.T) {
	free := space(prefixes("10.0.0.0/22", "10.0.8.0/24", "10.0.12.0/24", "10.9.0.0/24")...)
	s := newSolver(Problem{
		Groups: []Group{{
			Length: 24, Family: cidr.V4, Supernets: prefixes("10.0.0.0/16", "10.9.0.0/16"), Free: free,
		}},
		Demands: []int{0}, Disjoint: allDisjoint(1),
	}).newSearch([]int{0})
	all := s.candidates(s.groups[0])
	slices.SortFunc(all, compareCandidates)
	var got []string
	for _, c := range all {
		got = append(got, c.place.String())
	}
	if want := []string{"10.0.8.0/24", "10.0.12.0/24", "10.0.0.0/24", "10.9.0.0/24"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
