package placement

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// plantation is a kind of problems that are made from a placement, so that they have one.
type plantation struct {
	demands, places, pairs int
	// halves says that half of the demands have half the size of a place.
	halves bool
}

func (k plantation) String() string {
	halves := ""
	if k.halves {
		halves = " and halves"
	}
	return fmt.Sprintf("%d demands and %d pairs on %d places%s", k.demands, k.pairs, k.places, halves)
}

// planted gives each demand a range in one of a few places, and says of pairs whose ranges are disjoint that they must be.
// Ranges of other pairs may be the same.
func planted(seed uint64, k plantation) Problem {
	d := rand.New(rand.NewPCG(seed, 11))
	supernet := netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), 24-cidr.Bits(uint64(k.places)))
	p := Problem{Disjoint: make([][]bool, k.demands)}
	var plants []netip.Prefix
	for i := range k.demands {
		length := 24
		if k.halves && i%2 == 1 {
			length = 25
		}
		plant, _ := cidr.Nth(supernet, length, d.Uint64N(uint64(k.places)<<(length-24)))
		plants = append(plants, plant)
		p.Groups = append(p.Groups, groupOf(length, i, []netip.Prefix{supernet}))
		p.Disjoint[i] = make([]bool, k.demands)
		p.Disjoint[i][i] = true
	}
	for n := 0; n < k.pairs; {
		i, j := d.IntN(k.demands), d.IntN(k.demands)
		if i == j || p.Disjoint[i][j] || plants[i].Overlaps(plants[j]) {
			continue
		}
		p.Disjoint[i][j], p.Disjoint[j][i] = true, true
		n++
	}
	for length := 24; length <= 25; length++ {
		for i, g := range p.Groups {
			if g.Length == length {
				p.Demands = append(p.Demands, i)
			}
		}
	}
	return p
}

var plantations = []plantation{
	{80, 4, 340, false}, {120, 4, 500, false}, {160, 4, 680, false}, {200, 4, 800, false}, {200, 4, 900, false}, {200, 4, 1000, false},
	{80, 8, 1000, false}, {120, 8, 1600, false}, {200, 8, 2400, false}, {200, 8, 2800, false},
	{120, 4, 400, true}, {200, 8, 2000, true},
}

// A repair places what a search leaves when it is cut short.
func TestARepairPlacesPlantedDemands(t *testing.T) {
	for _, k := range []plantation{{100, 4, 420, false}, {80, 4, 260, true}, {80, 8, 900, false}} {
		t.Run(k.String(), func(t *testing.T) {
			for seed := range uint64(3) {
				p := planted(seed, k)
				s := newSolver(p)
				if chosen, _ := s.onePass(); missing(chosen) == 0 {
					continue
				}
				got := place(p, maxWork+1) // so that every search is cut short at once
				if missing(got.Chosen) > 0 {
					t.Errorf("seed %d: %d demands are missing", seed, missing(got.Chosen))
				}
				if fault := wrong(p, got.Chosen); fault != "" {
					t.Errorf("seed %d: %s", seed, fault)
				}
			}
		})
	}
}

// A repair that finds nothing, as where there is nothing, only says that the search was cut short.
func TestARepairOfWhatIsImpossible(t *testing.T) {
	p := planted(1, plantation{8, 4, 12, false})
	for i := range 5 { // five that must all be disjoint, on four places
		for j := range i {
			p.Disjoint[i][j], p.Disjoint[j][i] = true, true
		}
	}
	got := place(p, maxWork+1)
	if missing(got.Chosen) == 0 {
		t.Fatal("five ranges are on four places")
	}
	for i, r := range got.Chosen {
		if !r.IsValid() && !got.CutShort[i] {
			t.Errorf("demand %d has no range, and the search was not cut short", i)
		}
	}
}

// Without any search a repair takes only what is free, and places what is possible and nothing else.
func TestARepairKeepsRangesDisjoint(t *testing.T) {
	u := universe(t, "10.0.0.0/26", 30)
	placeable, repaired := 0, 0
	for seed := range uint64(3000) {
		p := tiny{rand.New(rand.NewPCG(seed, 3)), u}.problem()
		if chosen, _ := newSolver(p).onePass(); missing(chosen) == 0 {
			continue
		}
		got := place(p, maxRepairWork-50_000)
		if fault := wrong(p, got.Chosen); fault != "" {
			t.Fatalf("seed %d: %s", seed, fault)
		}
		all, want := missing(got.Chosen) == 0, possible(u, p)
		switch {
		case all && !want:
			t.Errorf("seed %d: a repair places what cannot be placed", seed)
		case want && all:
			placeable, repaired = placeable+1, repaired+1
		case want:
			placeable++
		case !slices.Contains(got.CutShort, true):
			t.Errorf("seed %d: a repair says for certain that there is no placement", seed)
		}
	}
	if placeable < 20 || repaired < placeable {
		t.Errorf("a repair places %d of %d", repaired, placeable)
	}
}
