package placement

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

func TestWhichRangeIsChosen(t *testing.T) {
	v6 := Group{Length: 64, Family: cidr.V6, Supernets: prefixes("fd00::/56"), Free: space(prefixes("fd00::/56")...)}
	tests := map[string]struct {
		problem Problem
		want    []string
	}{
		"the lowest range of the first supernet": {
			oneEach(groupOf(24, 0, prefixes("10.1.0.0/16", "10.0.0.0/16"))), []string{"10.1.0.0/24"},
		},
		"the smallest free block that is large enough": {
			oneEach(groupOf(24, 0, prefixes("10.0.0.0/16"), prefixes("10.0.0.0/18", "10.0.128.0/24")...)), []string{"10.0.129.0/24"},
		},
		"the next supernet where the first one is full": {
			oneEach(groupOf(24, 0, prefixes("10.0.0.0/24", "10.9.0.0/16"), prefixes("10.0.0.0/25")...)), []string{"10.9.0.0/24"},
		},
		"ranges that must be disjoint": {
			oneEach(groupOf(24, 0, prefixes("10.0.0.0/16")), groupOf(25, 1, prefixes("10.0.0.0/16"))),
			[]string{"10.0.0.0/24", "10.0.1.0/25"},
		},
		"the same range where nothing is disjoint": {
			Problem{
				Groups:  []Group{groupOf(24, 0, prefixes("10.0.0.0/16"))},
				Demands: []int{0, 0}, Disjoint: [][]bool{{false}},
			},
			[]string{"10.0.0.0/24", "10.0.0.0/24"},
		},
		"two families beside each other": {
			Problem{Groups: []Group{groupOf(24, 0, prefixes("10.0.0.0/16")), v6}, Demands: []int{0, 1, 1}, Disjoint: allDisjoint(1)},
			[]string{"10.0.0.0/24", "fd00::/64", "fd00:0:0:1::/64"},
		},
		"nothing where a range is larger than the supernet": {
			oneEach(groupOf(15, 0, prefixes("10.0.0.0/16"))), []string{""},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Place(test.problem)
			if !slices.Equal(texts(got.Chosen), test.want) || slices.Contains(got.CutShort, true) {
				t.Errorf("got %v, cut short %v, want %v", got.Chosen, got.CutShort, test.want)
			}
		})
	}
}

// Against the oracle, which tries everything: all is placed exactly where that is possible, and what is placed is right.
func TestPlacesAllExactlyWhereThatIsPossible(t *testing.T) {
	for _, size := range []struct {
		block string
		unit  int
		seeds uint64
	}{{"10.0.0.0/28", 32, 2000}, {"10.0.0.0/26", 30, 2000}, {"10.0.0.0/27", 31, 1000}} {
		t.Run(fmt.Sprint(size.block, " of /", size.unit), func(t *testing.T) {
			u, count := universe(t, size.block, size.unit), map[bool]int{}
			for seed := range size.seeds {
				p := tiny{rand.New(rand.NewPCG(seed, 1)), u}.problem()
				got := Place(p)
				if fault := wrong(p, got.Chosen); fault != "" {
					t.Fatalf("seed %d: %s", seed, fault)
				}
				if slices.Contains(got.CutShort, true) {
					t.Fatalf("seed %d: the search of a tiny problem is cut short", seed)
				}
				placed := missing(got.Chosen) == 0
				if want := possible(u, p); placed != want {
					t.Fatalf("seed %d: all is placed: %t, want %t", seed, placed, want)
				}
				count[placed]++
			}
			if fewest := int(size.seeds) / 20; count[true] < fewest || count[false] < fewest {
				t.Errorf("%d problems have a placement and %d have none: too few of one", count[true], count[false])
			}
		})
	}
}

// randomProblem has many demands in a few supernets, the largest first.
func randomProblem(t *rapid.T) Problem {
	var p Problem
	separations := rapid.IntRange(1, 5).Draw(t, "separations")
	p.Disjoint = allDisjoint(separations)
	for i := range separations {
		for j := range i + 1 {
			disjoint := rapid.IntRange(0, 3).Draw(t, fmt.Sprint("disjoint ", i, j)) > 0
			p.Disjoint[i][j], p.Disjoint[j][i] = disjoint, disjoint
		}
	}
	lists := [][]netip.Prefix{prefixes("10.0.0.0/16"), prefixes("10.1.0.0/20", "10.0.0.0/18"), prefixes("10.1.0.0/20")}
	for i := range rapid.IntRange(1, 6).Draw(t, "groups") {
		var taken []netip.Prefix
		for k := range rapid.IntRange(0, 3).Draw(t, fmt.Sprint("taken ", i)) {
			n := uint64(rapid.IntRange(0, 255).Draw(t, fmt.Sprint("taken ", i, k)))
			block, _ := cidr.Nth(netip.MustParsePrefix("10.0.0.0/15"), 23, n)
			taken = append(taken, block)
		}
		length := rapid.IntRange(18, 24).Draw(t, fmt.Sprint("length ", i))
		supernets := rapid.SampledFrom(lists).Draw(t, fmt.Sprint("supernets ", i))
		p.Groups = append(
			p.Groups, groupOf(length, rapid.IntRange(0, separations-1).Draw(t, fmt.Sprint("separation ", i)), supernets, taken...),
		)
	}
	for length := 18; length <= 24; length++ {
		for i, g := range p.Groups {
			for range rapid.IntRange(0, 4).Draw(t, fmt.Sprint("demands ", length, i)) {
				if g.Length == length {
					p.Demands = append(p.Demands, i)
				}
			}
		}
	}
	return p
}

func TestChosenRangesAreFreeAndDisjoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := randomProblem(t)
		got := Place(p)
		if fault := wrong(p, got.Chosen); fault != "" {
			t.Fatal(fault)
		}
		if again := Place(p); !slices.Equal(again.Chosen, got.Chosen) {
			t.Fatalf("the second answer is %v, the first was %v", again.Chosen, got.Chosen)
		}
	})
}

// Groups that differ in nothing but where they are in the list are one, so that their order changes nothing.
func TestEqualGroupsAreOne(t *testing.T) {
	supernets := prefixes("10.0.0.0/16")
	p := Problem{
		Groups:  []Group{groupOf(24, 0, supernets), groupOf(24, 1, supernets), groupOf(24, 0, supernets), groupOf(25, 0, supernets)},
		Demands: []int{0, 1, 2, 3}, Disjoint: allDisjoint(2),
	}
	got := Place(p)
	if got.Group(0) != got.Group(1) || got.Group(0) != got.Group(2) || got.Group(0) == got.Group(3) {
		t.Errorf("groups %d, %d, %d, %d", got.Group(0), got.Group(1), got.Group(2), got.Group(3))
	}
	p.Disjoint = [][]bool{{true, true}, {true, false}}
	if got := Place(p); got.Group(0) == got.Group(1) {
		t.Error("groups that must be disjoint from different others are one")
	}
}
