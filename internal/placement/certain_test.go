package placement

import (
	"testing"

	"pgregory.net/rapid"
)

// Demands that fit for certain are found by counting addresses, those that only just fit may not be.
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
		t.Errorf("%d problems fit for certain, %d do not", certain, unsure)
	}
}
