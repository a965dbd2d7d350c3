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

// newRepair is a repair of all demands of a problem after its start.
func newRepair(p Problem, work int) (r *repair, started bool) {
	s := newSolver(p)
	all := make([]int, len(s.demands))
	for i := range all {
		all[i] = i
	}
	r, search := &repair{work: work, sequence: 1}, s.newSearch(all)
	r.addItems(search)
	started = r.start(search)
	return r, started
}

// The plan at the start of apply must find what the first one found, so that a repair takes the same steps everywhere.
func TestARepairTakesTheSameStepsEverywhere(t *testing.T) {
	for _, test := range []struct {
		planting                           oracle.Planting
		started, overlaps, steps, finished int
	}{
		{oracle.Planting{Ranges: 20, Places: 4, Pairs: 60}, 1360, 1, 1, 1389},
		{oracle.Planting{Ranges: 40, Places: 4, Pairs: 150}, 4560, 10, 39, 6743},
		{oracle.Planting{Ranges: 40, Places: 8, Pairs: 300, Halves: true}, 10864, 0, 0, 10864},
		{oracle.Planting{Ranges: 60, Places: 4, Pairs: 250}, 9440, 12, 321, 30033},
	} {
		t.Run(test.planting.String(), func(t *testing.T) {
			r, started := newRepair(planted(7, test.planting), 0)
			if !started || r.work != test.started || r.overlaps != test.overlaps {
				t.Fatalf("started %t, work %d, %d overlaps, want %d and %d", started, r.work, r.overlaps, test.started, test.overlaps)
			}
			if !r.run() || r.steps != test.steps || r.work != test.finished || len(r.overlapping) > 0 {
				t.Errorf("%d steps, work %d, %v overlap, want %d steps, work %d", r.steps, r.work, r.overlapping, test.steps, test.finished)
			}
		})
	}
}

// A repair begins, and takes a step, as long as the work is not above its bound.
func TestARepairEndsAtItsBound(t *testing.T) {
	p := planted(7, oracle.Planting{Ranges: 60, Places: 4, Pairs: 250})
	const linked, start = 60*60 + 60*60, 7440 // the work of linking all items and groups, and with the places of all items
	for name, test := range map[string]struct {
		work    int
		started bool
	}{
		"with work for the start":             {maxRepairWork - start, true},
		"with less":                           {maxRepairWork - start + 1, false},
		"with work for linking the items":     {maxRepairWork - linked, false},
		"with less than that":                 {maxRepairWork - linked + 1, false},
		"with no work left before it started": {maxRepairWork + 1, false},
	} {
		r, started := newRepair(p, test.work)
		if started != test.started || (len(r.items[0].places) > 0) != (test.work <= maxRepairWork-linked) {
			t.Errorf("%s: started %t, want %t; the first item has %d places", name, started, test.started, len(r.items[0].places))
		}
	}
	for work, steps := range map[int]int{maxRepairWork: 1, maxRepairWork + 1: 0} {
		r, _ := newRepair(p, 0)
		r.work = work
		if r.run() || r.steps != steps {
			t.Errorf("%d steps with work %d, want %d", r.steps, work, steps)
		}
	}
}

// Earlier supernets are filled first, and an item has no more places than others can take, and one.
func TestWhichPlacesARepairConsiders(t *testing.T) {
	supernets := prefixes("10.1.0.0/24", "10.0.0.0/22")
	p := oneEach(groupOf(26, 0, supernets), groupOf(24, 1, supernets), groupOf(25, 2, supernets))
	r, _ := newRepair(p, 0)
	want := [][]string{
		{"10.1.0.0/26", "10.1.0.64/26", "10.1.0.128/26", "10.1.0.192/26", "10.0.0.0/26", "10.0.0.64/26", "10.0.0.128/26"},
		{"10.1.0.0/24", "10.0.0.0/24", "10.0.1.0/24"},
		{"10.1.0.0/25", "10.1.0.128/25", "10.0.0.0/25", "10.0.0.128/25"},
	}
	for i, it := range r.items {
		if !slices.Equal(texts(it.places), want[i]) {
			t.Errorf("item %d: %v, want %v", i, it.places, want[i])
		}
	}
	few := oneEach(groupOf(32, 0, prefixes("10.0.0.0/8")), groupOf(16, 1, prefixes("10.0.0.0/8")))
	if r, _ := newRepair(few, 0); len(r.items[0].places) != maxPlaces || len(r.items[1].places) != 2 {
		t.Errorf("%d and %d places, want %d and 2", len(r.items[0].places), len(r.items[1].places), maxPlaces)
	}
}
