package placement

import (
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
)

// planted demands ranges for which a placement is known.
func planted(seed uint64, planting oracle.Planting) Problem {
	made := planting.Plant(seed)
	p := Problem{Disjoint: make([][]bool, planting.Ranges)}
	for i, r := range made.Ranges {
		p.Groups = append(p.Groups, groupOf(r.Bits(), i, []netip.Prefix{made.Supernet}))
		p.Disjoint[i] = make([]bool, planting.Ranges)
		p.Disjoint[i][i] = true
	}
	for _, pair := range made.Pairs {
		p.Disjoint[pair[0]][pair[1]], p.Disjoint[pair[1]][pair[0]] = true, true
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

// A repair places what a search leaves when it is cut short.
func TestARepairPlacesPlantedDemands(t *testing.T) {
	for _, k := range []oracle.Planting{
		{Ranges: 100, Places: 4, Pairs: 420}, {Ranges: 80, Places: 4, Pairs: 260, Halves: true}, {Ranges: 80, Places: 8, Pairs: 900},
	} {
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
	p := planted(1, oracle.Planting{Ranges: 8, Places: 4, Pairs: 12})
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
