package allocate

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Whatever happens to an allocator, it does what its model does, and planning again changes nothing.
func TestLifeOfAnAllocator(t *testing.T) {
	t.Parallel()
	catalog := profile.Default()
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := request(supernets("10.0.0.0/17", "fd00::/40"), services("172.20.0.0/16", "fc00::/96"))
		if d.chance(50, "a large world") {
			r = d.request()
		} else {
			r.Facts.Clusters["c0"] = d.cluster(r, "c0")
		}
		liveThrough(d, r, d.turnsOf(true), catalog)
	})
}

// The same where a few clusters fill all there is, so that they need released ranges and those that they held.
func TestLifeInLittleRoom(t *testing.T) {
	t.Parallel()
	catalog := profile.Default()
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := request(supernets("10.0.0.0/17"), services("172.20.0.0/20"))
		for i := range d.number(1, 4, "clusters") {
			kind := one(d, "profile", "ack-flannel", "cce-vpc-router")
			cluster(fmt.Sprint("c", i), kind, profile.Need{MaxNodes: int64(one(d, "nodes", 16, 60)), PodsPerNode: 61, MaxServices: 200})(&r)
		}
		if !d.chance(30, "nothing is reclaimed") {
			r.Reclaim = []string{everyone}
		}
		liveThrough(d, r, d.turnsOf(false), catalog)
	})
}

// liveThrough plans a request and then some edits of it, and checks each plan.
func liveThrough(d draw, r Request, next nextTurn, catalog *profile.Catalog) {
	result := Plan(r, catalog)
	if faulty(result) {
		r = edited(r, withoutClusters(r.Facts.Owners()...))
		r.Existing = map[string]Existing{}
		result = Plan(r, catalog)
	}
	history, now := &story{}, life{tokens: map[string]string{}}
	history.add("supernets %v, services %v\n%s", r.Supernets, r.ServiceSupernets, cast(r, result.Allocations))
	if wrong := now.checkPlan(r, result, catalog); wrong != "" {
		d.Fatalf("%v\n%s", history, wrong)
	}
	good, buried := after(r, result), declarations{}
	r = good
	fresh := true
	for step := range d.number(1, 10, "edits") {
		turn := next(r, now, buried, fmt.Sprint(step))
		maps.Copy(buried, declarationsOf(r.Facts))
		calm := turn.calm && fresh
		r = turn.r
		same := rebuilt(r)
		result := Plan(r, catalog)
		history.add("%d. %s: failed %t\n%s", step, turn.text, result.Failed(), cast(r, result.Allocations))
		if !reflect.DeepEqual(Plan(same, catalog), result) {
			d.Fatalf("%v\nplanned at apply, it is different", history)
		}
		if result.Failed() {
			if calm && !guarded(result) {
				d.Fatalf("%v\nfails, though nothing new is asked for:\n%s", history, short(result))
			}
			fresh = d.chance(60, "undo") // the prior state is as it was
			if fresh {
				r = good
				history.add("   undone")
			}
			continue
		}
		if wrong := now.checkPlan(r, result, catalog); wrong != "" {
			d.Fatalf("%v\n%s", history, wrong)
		}
		good = after(r, result)
		good.Reclaim = slices.DeleteFunc(slices.Clone(good.Reclaim), func(s string) bool { return s != everyone }) // others have acted
		again := Plan(good, catalog)
		if again.Failed() || !reflect.DeepEqual(again.Allocations, result.Allocations) ||
			!reflect.DeepEqual(again.Released, result.Released) {
			d.Fatalf(
				"%v\nplanned again:\n%s%s\nreleased %v, then %v", history, short(again), cast(good, again.Allocations), result.Released,
				again.Released,
			)
		}
		if wrong := now.checkPlan(good, again, catalog); wrong != "" {
			d.Fatalf("%v\nplanned again: %s", history, wrong)
		}
		r, fresh = good, true
	}
}

func guarded(r Result) bool {
	for _, f := range r.Faults {
		if _, is := f.Problem.(ReleasePrevented); is {
			return true
		}
	}
	return false
}

// short writes faults and findings, each on one short line.
func short(r Result) string {
	text := ""
	for line := range strings.Lines(allReports(r)) {
		text += "      " + strings.TrimSpace(line[:min(len(line), 240)]) + "\n"
	}
	return text
}
