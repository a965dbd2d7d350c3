package oracle

import (
	"reflect"
	"testing"
)

func TestPlantedPairsAreDisjoint(t *testing.T) {
	planting := Planting{Ranges: 20, Places: 4, Pairs: 30, Halves: true}
	made := planting.Plant(3)
	if len(made.Ranges) != 20 || len(made.Pairs) != 30 || made.Supernet.String() != "10.0.0.0/22" {
		t.Errorf("%d ranges and %d pairs in %v", len(made.Ranges), len(made.Pairs), made.Supernet)
	}
	for i, r := range made.Ranges {
		if r.Bits() != 24+i%2 || r != r.Masked() || !made.Supernet.Contains(r.Addr()) {
			t.Errorf("range %d is %v", i, r)
		}
	}
	known := map[[2]int]bool{}
	for _, pair := range made.Pairs {
		if made.Ranges[pair[0]].Overlaps(made.Ranges[pair[1]]) || known[pair] {
			t.Errorf("pair %v of %v and %v", pair, made.Ranges[pair[0]], made.Ranges[pair[1]])
		}
		known[pair] = true
	}
	if !reflect.DeepEqual(planting.Plant(3), made) || reflect.DeepEqual(planting.Plant(4), made) {
		t.Error("placements do not depend on the seed and on nothing else")
	}
}
