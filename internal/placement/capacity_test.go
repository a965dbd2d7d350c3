package placement

import (
	"reflect"
	"testing"
)

// Areas are served over several groups that each move to another area, by no more than they have.
func TestAGroupIsServedByGroupsThatMoveToOtherAreas(t *testing.T) {
	none := func() [][]int64 { return [][]int64{{0, 0, 0}, {2, 0, 0}, {0, 5, 0}, {3, 0, 0}} }
	uses := [][]bool{{true, false, false}, {true, true, false}, {false, true, true}, {true, false, true}}
	tests := map[string]struct {
		needed, free int64
		served       bool
		has          [][]int64
	}{
		"by the group that moves at once": {2, 5, true, [][]int64{{2, 0, 0}, {2, 0, 0}, {0, 5, 0}, {1, 0, 2}}},
		"by all that groups have there":   {5, 5, true, [][]int64{{5, 0, 0}, {0, 2, 0}, {0, 3, 2}, {0, 0, 3}}},
		"not by more than is free":        {5, 4, false, [][]int64{{4, 0, 0}, {1, 1, 0}, {0, 4, 1}, {0, 0, 3}}},
		"not by more than groups have":    {6, 9, false, [][]int64{{5, 0, 0}, {0, 2, 0}, {0, 3, 2}, {0, 0, 3}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := &capacity{needed: []int64{test.needed, 0, 0, 0}, free: []int64{0, 0, test.free}, uses: uses, has: none()}
			if got := c.serve(0); got != test.served {
				t.Errorf("served: %t, want %t", got, test.served)
			}
			if !reflect.DeepEqual(c.has, test.has) {
				t.Errorf("groups have %v, want %v", c.has, test.has)
			}
		})
	}
}

// What a group can use is divided into areas by where the space of another group begins and ends.
func TestAreasAreWhatTheSameGroupsCanUse(t *testing.T) {
	p := oneEach(
		groupOf(24, 0, prefixes("10.0.0.0/22")), groupOf(25, 1, prefixes("10.0.1.0/24")),
		groupOf(25, 2, prefixes("10.0.1.0/24", "10.9.0.0/24")),
	)
	s := newSolver(p).newSearch([]int{0, 1, 2})
	s.work = 0
	c := s.capacity([]int{0, 1, 2})
	want := &capacity{
		needed: []int64{256, 128, 128}, free: []int64{768, 256, 256},
		uses: [][]bool{{true, true, false}, {false, true, false}, {false, true, true}},
		has:  [][]int64{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}},
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got %+v, want %+v", c, want)
	}
	// four free blocks are looked at; they begin and end at eight turns; three groups by three areas
	if s.work != 4+8+9 {
		t.Errorf("work %d, want 21", s.work)
	}
}
