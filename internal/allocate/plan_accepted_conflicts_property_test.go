package allocate

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

// Accepting every key of a report makes the plan pass, moves
// nobody, and stays enough.
func TestAcceptingAllKeysMakesAPlanPass(t *testing.T) {
	t.Parallel()
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.request()
		if d.chance(40, "an edit") {
			if first := Plan(r, profile.Default()); !first.Failed() {
				r = d.edit(after(r, first), "edit")
			}
		}
		first := planOrDrawAgain(t, r)
		var keys []string
		for _, g := range conflict.Groups(first.Findings) {
			for _, key := range g.Keys() {
				keys = append(keys, key.String())
			}
		}
		accepted += len(keys)
		lenient := edited(r, accepts(keys...))
		second := Plan(lenient, profile.Default())
		if second.Failed() {
			t.Fatalf("fails with all keys accepted: %v\n%s", keys, allReports(second))
		}
		wantQuiet(t, second)
		if !reflect.DeepEqual(first.Allocations, second.Allocations) {
			t.Fatalf("accepting moves somebody: %+v, then %+v", first.Allocations, second.Allocations)
		}
		third := Plan(after(lenient, second), profile.Default())
		wantQuiet(t, third)
		if third.Failed() || !reflect.DeepEqual(second.Allocations, third.Allocations) {
			t.Fatalf("planned %+v, then %+v\n%s", second.Allocations, third.Allocations, allReports(third))
		}
	})
	if accepted == 0 {
		t.Error("no conflict was drawn")
	}
}

// wantQuiet wants all findings to be accepted, and every acceptance to be for something.
func wantQuiet(t *rapid.T, r Result) {
	for _, f := range r.Findings {
		if f.Accepted == nil {
			t.Fatalf("%s is not accepted", f.Key())
		}
	}
	for _, f := range r.Faults {
		if nothing, ok := f.Problem.(UnusedAcceptance); ok {
			t.Fatalf("%s is for nothing\n%s", nothing.Key, allReports(r))
		}
	}
}

// The levels of rules change what is reported, never what is allocated.
func TestLevelsOfRulesMoveNobody(t *testing.T) {
	t.Parallel()
	codes := rules.FoundBy(rules.Allocator, profile.Default())
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.request()
		first := planOrDrawAgain(t, r)
		levelled := edited(r)
		levelled.Settings.Levels = map[string]string{}
		for _, code := range codes {
			if level := one(d, code, "", "off", "warn", "error"); level != "" {
				levelled.Settings.Levels[code] = level
			}
		}
		second := Plan(levelled, profile.Default())
		if !reflect.DeepEqual(first.Allocations, second.Allocations) {
			t.Fatalf("levels move somebody: %+v, then %+v", first.Allocations, second.Allocations)
		}
		left := 0
		for _, f := range first.Findings {
			if levelled.Settings.Levels[f.Code] != conflict.Off {
				left++
			}
		}
		if len(second.Findings) != left {
			t.Fatalf("%d findings with levels, want %d", len(second.Findings), left)
		}
	})
}
