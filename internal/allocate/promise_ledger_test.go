package allocate

import (
	"cmp"
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// byDemand are chosen ranges in the order of their demands.
func byDemand(chosen []ChosenRange) []ChosenRange {
	return slices.SortedStableFunc(slices.Values(chosen), func(a, b ChosenRange) int { return cmp.Compare(a.Demand, b.Demand) })
}

// besideChosen are drawn ranges that share no addresses with those that a plan chose.
func (d draw) besideChosen(was Result, label string) []netip.Prefix {
	var list []netip.Prefix
	for i := range d.number(0, 6, label) {
		drawn := d.prefix(12, 26, fmt.Sprint(label, i))
		if !slices.ContainsFunc(was.Chosen, func(c ChosenRange) bool { return c.Range.Overlaps(drawn) }) {
			list = append(list, drawn)
		}
	}
	return list
}

// Promise 3, with a ledger. A plan that finds the ranges held that a plan before it chose has the same answer, whatever else
// the ledger has by then, and whatever other plans of the same planner hold.
func TestHeldRangesGiveTheSameAnswer(t *testing.T) {
	t.Parallel()
	chosen := 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.mirrored()
		first := planOrDrawAgain(t, r)
		chosen += len(first.Chosen)
		r = edited(r, heldAs(first))
		for i, held := range d.besideChosen(first, "held for another demand") {
			r.Ledger.Held[fmt.Sprint("other", i)] = Held{
				Range:   held,
				VRFs:    []string{one(d, "vrf", "", "red")},
				Expired: d.chance(50, "expired"),
			}
		}
		r.Ledger.Taken = map[string][]netip.Prefix{"": d.besideChosen(first, "taken"), "red": d.besideChosen(first, "taken in red")}
		r.Ledger.Expired = map[string][]netip.Prefix{"": d.besideChosen(first, "expired")}
		again := Plan(r, profile.Default())
		if !reflect.DeepEqual(byDemand(again.Chosen), byDemand(first.Chosen)) || !reflect.DeepEqual(again.Allocations, first.Allocations) {
			t.Fatalf("chosen are %+v, before %+v", byDemand(again.Chosen), byDemand(first.Chosen))
		}
	})
	if chosen == 0 {
		t.Error("nothing was chosen")
	}
}

// A held range makes no plan fail that has room without it, and breaks no rule.
func TestHeldRangesPreventNothing(t *testing.T) {
	t.Parallel()
	used, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.mirrored()
		without := planOrDrawAgain(t, r)
		r = edited(r, heldAs(without))
		for i, c := range without.Chosen {
			if !c.Follows && d.chance(60, fmt.Sprint("other range ", i)) {
				other := one(d, fmt.Sprint("range of ", i), without.Chosen...).Range
				if d.chance(50, fmt.Sprint("anywhere ", i)) {
					other = d.prefix(c.Range.Bits(), c.Range.Bits(), fmt.Sprint("place of ", i))
				}
				r.Ledger.Held[c.Demand] = Held{Range: other, VRFs: []string{c.VRF}}
			}
		}
		with := Plan(r, profile.Default())
		if with.lacksRoom() {
			t.Fatalf("with held ranges %v there is no room\n%s", r.Ledger.Held, allReports(with))
		}
		if found := collisions(r, profile.Default(), with.Allocations); len(found) > 0 {
			t.Fatal(strings.Join(found, "\n"))
		}
		for _, c := range with.Chosen {
			if c.Range == r.Ledger.Held[c.Demand].Range {
				used++
			} else {
				refused++
			}
		}
	})
	if used == 0 || refused == 0 {
		t.Errorf("%d held ranges were used, %d refused", used, refused)
	}
}

// What a ledger says others have is avoided as claims of another workspace are that do not say where their range is used.
func TestTakenRangesAreAvoidedAsForeignBlocks(t *testing.T) {
	t.Parallel()
	different, short := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.mirrored()
		r.Facts.Foreign = nil
		byLedger, byClaims := edited(r), edited(r)
		byLedger.Ledger.Taken, byClaims.Facts.Foreign = map[string][]netip.Prefix{}, map[string]topology.Foreign{}
		for i := range d.number(1, 8, "taken") {
			label := fmt.Sprint("taken ", i)
			taken, vrf := d.prefix(13, 26, label), one(d, label+" vrf", "", "red")
			if slices.ContainsFunc(r.AllSupernets(), func(s netip.Prefix) bool { return taken.Bits() <= s.Bits() && taken.Overlaps(s) }) {
				continue // it is delegated
			}
			byLedger.Ledger.Taken[vrf] = append([]netip.Prefix{taken}, byLedger.Ledger.Taken[vrf]...)
			byClaims.Facts.Foreign[label] = topology.Foreign{Owner: "o", Kind: topology.ForeignBlock, CIDR: taken, VRF: vrf, Allocator: "x"}
		}
		got, want := Plan(byLedger, profile.Default()), Plan(byClaims, profile.Default())
		if !reflect.DeepEqual(got.Chosen, want.Chosen) || got.lacksRoom() != want.lacksRoom() {
			t.Fatalf("beside taken ranges %+v,\nbeside foreign blocks %+v", got.Chosen, want.Chosen)
		}
		for vrf := range byLedger.Ledger.Taken {
			slices.Reverse(byLedger.Ledger.Taken[vrf])
		}
		if again := Plan(byLedger, profile.Default()); !reflect.DeepEqual(got.Chosen, again.Chosen) {
			t.Fatalf("in another order of what is taken: %+v, before %+v", again.Chosen, got.Chosen)
		}
		if !reflect.DeepEqual(got.Chosen, Plan(r, profile.Default()).Chosen) {
			different++
		}
		if got.lacksRoom() {
			short++
		}
	})
	if different == 0 || short == 0 {
		t.Errorf("%d plans differ from those without a ledger, %d have no room", different, short)
	}
}

// Holds that have expired are taken only by a plan that has no room without them, and then it has as much room as without a ledger.
func TestExpiredHoldsAreTakenLast(t *testing.T) {
	t.Parallel()
	taken := 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.mirrored()
		expired := map[string][]netip.Prefix{"": d.disjoint(5, 12, 24, "expired"), "red": d.disjoint(3, 12, 24, "expired in red")}
		strict, lenient := edited(r), edited(r)
		strict.Ledger.Taken, lenient.Ledger.Expired = expired, expired
		first, got, without := Plan(strict, profile.Default()), Plan(lenient, profile.Default()), Plan(r, profile.Default())
		switch {
		case !first.lacksRoom():
			if !reflect.DeepEqual(first.Chosen, got.Chosen) {
				t.Fatalf("with room beside them: %+v, want %+v", got.Chosen, first.Chosen)
			}
		case got.lacksRoom() != without.lacksRoom():
			t.Fatalf("no room: %t, without a ledger %t", got.lacksRoom(), without.lacksRoom())
		case !got.lacksRoom():
			taken++
		}
	})
	if taken == 0 {
		t.Error("no plan needed what had expired")
	}
}
