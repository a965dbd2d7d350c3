package placement

import (
	"cmp"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Counting gives the number of times that a search places the demands.
func TestRepeats(t *testing.T) {
	for name, test := range map[string]struct {
		problem Problem
		want    int64
		known   bool
	}{
		"one range for each time": {oneEach(groupOf(24, 0, prefixes("10.0.0.0/22"))), 4, true},
		"a large and a small range for each time": {
			oneEach(groupOf(24, 0, prefixes("10.0.0.0/22")), groupOf(25, 0, prefixes("10.0.0.0/22"))), 2, true,
		},
		"ranges from spaces of their own": {
			oneEach(groupOf(24, 0, prefixes("10.0.0.0/22")), groupOf(25, 1, prefixes("10.9.0.0/24"))), 2, true,
		},
		"no room": {oneEach(groupOf(21, 0, prefixes("10.0.0.0/22"))), 0, true},
		"spaces that overlap and differ": {
			oneEach(groupOf(24, 0, prefixes("10.0.0.0/22")), groupOf(25, 1, prefixes("10.0.0.0/23"))), 0, false,
		},
		"a block over two supernets is cut":  {oneEach(groupOf(23, 0, prefixes("10.0.0.0/24", "10.0.1.0/24"))), 0, true},
		"more than an int64 counts, of IPv6": {oneEach(groupOf6(127, "fd00::/8")), 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			n, known := Repeats(test.problem)
			switch {
			case known != test.known:
				t.Fatalf("known: %t", known)
			case known && test.problem.Groups[0].Length == 127:
				if n.Text(10) != "664613997892457936451903530140172288" { // 2^119
					t.Errorf("got %v", n)
				}
			case known && n.Int64() != test.want:
				t.Errorf("got %v, want %d", n, test.want)
			}
		})
	}
}

// Where counting gives a number, a search places the demands that often, and not once more.
func TestRepeatsAgreesWithASearch(t *testing.T) {
	counted := 0
	rapid.Check(t, func(t *rapid.T) {
		p := randomProblem(t)
		p.Demands = p.Demands[:min(len(p.Demands), 3)]
		n, known := Repeats(p)
		if !known || n.Cmp(big.NewInt(40)) > 0 {
			return
		}
		counted++
		for times := n.Int64(); times <= n.Int64()+1; times++ {
			repeated := p
			repeated.Demands = nil
			for range times {
				repeated.Demands = append(repeated.Demands, p.Demands...)
			}
			found := Place(largestFirst(repeated))
			if fits := missing(found.Chosen) == 0; fits != (times == n.Int64()) {
				t.Fatalf("%d times of %v fit: %t, counted %v", times, p.Demands, fits, n)
			}
		}
	})
	if counted == 0 {
		t.Error("no problem was counted")
	}
}

// largestFirst is a problem with its demands in the order in which they are placed.
func largestFirst(p Problem) Problem {
	slices.SortStableFunc(p.Demands, func(a, b int) int { return cmp.Compare(p.Groups[a].Length, p.Groups[b].Length) })
	return p
}
