package placement

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Demands that certainly fit are found by counting addresses, those that only just fit may not be.
func TestWhatFitsForCertain(t *testing.T) {
	tests := map[string]struct {
		supernet string
		length   int
		want     bool
	}{
		"four ranges of a quarter each":          {"10.0.0.0/22", 24, true},
		"more ranges than there are":             {"10.0.0.0/23", 24, false},
		"ranges larger than all supernets":       {"10.0.0.0/24", 22, false},
		"a few small ranges in a large supernet": {"10.0.0.0/8", 28, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := Problem{
				Groups: []Group{groupOf(test.length, 0, prefixes(test.supernet))}, Demands: make([]int, 4), Disjoint: allDisjoint(1),
			}
			if got := CertainlyFits(p); got != test.want {
				t.Errorf("got %t, want %t", got, test.want)
			}
		})
	}
}

func TestOnePassPlacesWhatFitsForCertain(t *testing.T) {
	certain, unsure := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := randomProblem(t)
		if !CertainlyFits(p) {
			unsure++
			return
		}
		certain++
		if chosen, _ := newSolver(p).onePass(); missing(chosen) > 0 {
			t.Fatalf("%d demands are missing in %v", missing(chosen), chosen)
		}
	})
	if certain == 0 || unsure == 0 {
		t.Errorf("%d problems certainly fit, %d do not", certain, unsure)
	}
}

func TestWhatFitsForCertainBesideOtherGroups(t *testing.T) {
	tests := map[string]struct {
		problem Problem
		want    bool
	}{
		"a range as large as its supernet":                    {oneEach(groupOf(24, 0, prefixes("10.0.0.0/24"))), true},
		"a group without room that nobody demands a range of": {withoutDemands(groupOf(24, 0, prefixes("10.0.0.0/25"))), true},
		"more places than are counted":                        {oneEach(groupOf6(16, "fd00::/8"), groupOf6(64, "fd00::/8")), false},
		"as many places as there are":                         {oneEach(groupOf6(56, "fd00::/48"), groupOf6(57, "fd00::/48")), true},
		"a group of another family": {
			oneEach(groupOf6(8, "fd00::/8"), groupOf(24, 0, prefixes("10.0.0.0/24"))), true,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := CertainlyFits(test.problem); got != test.want {
				t.Errorf("got %t, want %t", got, test.want)
			}
		})
	}
}

// withoutDemands has a group of which no range is demanded, and one of another supernet.
func withoutDemands(group Group) Problem {
	p := oneEach(groupOf(24, 0, prefixes("10.9.0.0/24")))
	p.Groups = append(p.Groups, group)
	return p
}

func groupOf6(length int, supernet string) Group {
	return Group{Length: length, Family: cidr.V6, Supernets: prefixes(supernet), Free: space(prefixes(supernet)...)}
}

func TestPlacesInRanges(t *testing.T) {
	tests := map[string]struct {
		bits         int
		ranges, want uint64
	}{
		"none in no range":           {60, 0, 0},
		"one in a range as large":    {0, 1, 1},
		"many in large ranges":       {39, 3, 3 << 39},
		"too many to count":          {40, 1, uncounted},
		"in the most ranges counted": {1, 1<<20 - 1, 1<<21 - 2},
		"in more ranges":             {0, 1 << 20, uncounted},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := placesIn(test.bits, test.ranges); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}
