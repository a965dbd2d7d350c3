package conflict

import "testing"

// The first pairs of a cause are kept, and later ones with a party that is in none yet.
func TestCausesKeepPairsUntilEachPartyIsInOne(t *testing.T) {
	c := &cause{named: map[int]bool{}}
	for i, step := range []struct {
		a, b         int
		keep, partly bool
	}{
		{1, 2, true, false}, {1, 2, true, false}, // as many as are kept in any case
		{1, 3, true, false}, {4, 2, true, false}, {1, 2, false, true}, {4, 3, false, true}, {5, 6, true, true}, {6, 5, false, true},
	} {
		keep := c.keeps(step.a, step.b, 2)
		if keep {
			c.found = append(c.found, i)
		}
		if keep != step.keep || c.partly != step.partly {
			t.Errorf("pair %d of %d and %d: kept %t, more pairs %t", i, step.a, step.b, keep, c.partly)
		}
	}
}
