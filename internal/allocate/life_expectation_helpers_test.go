package allocate

import (
	"fmt"
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// wrongReports returns the releases and moves that the plan reports wrongly or does not report.
func (f expectation) wrongReports(result Result) string {
	var undeclared, moved []string
	for _, fault := range result.Faults {
		switch e := fault.Problem.(type) {
		case NoLongerDeclared:
			for _, g := range e.Former {
				undeclared = append(undeclared, g.Cluster)
			}
		case Moved:
			moved = append(moved, e.Cluster)
		}
	}
	if !slices.Equal(undeclared, f.undeclared) || !slices.Equal(moved, f.moves) {
		return fmt.Sprintf("reported: undeclared %v, moved %v; right: undeclared %v, moved %v", undeclared, moved, f.undeclared, f.moves)
	}
	return ""
}

// wrongReleases compares the released ranges. With reclaim = ["*"], the plan uses as few of them as possible, the oldest first.
func (f expectation) wrongReleases(r Request, result Result, catalog *profile.Catalog) string {
	var used []string
	last := int64(-1)
	for i, want := range f.released {
		key, stillReleased := want.in(result)
		got := result.Released[key]
		switch {
		case !stillReleased && want.order == now:
			return want.key + " is released now and used again"
		case !stillReleased && i == len(used): // all older ones are used, too
			used = append(used, want.key)
		case !stillReleased:
			return fmt.Sprintf("%s of %s is used again, but older ones stay released", want.key, want.owner)
		case stillReleased && want.order == now && got.Order <= last:
			return fmt.Sprintf("%s is released now, and not last", want.key)
		}
		if stillReleased && want.order != now {
			last = got.Order
		}
	}
	if len(result.Released)+len(used) != len(f.released) {
		return fmt.Sprintf("released %v, want %v", names(result.Released), f.released)
	}
	if len(used) == 0 {
		return ""
	}
	fewer := withoutReleased(r, used[:len(used)-1])
	fewer.Reclaim = slices.DeleteFunc(slices.Clone(r.Reclaim), func(s string) bool { return s == everyone })
	if !slices.Contains(r.Reclaim, everyone) || !Plan(fewer, catalog).lacksRoom() {
		return fmt.Sprintf("%v are used again, and one less would do", used)
	}
	return ""
}

// withoutReleased is a request whose prior state lacks some of the released ranges.
func withoutReleased(r Request, keys []string) Request {
	prior := *r.Prior
	prior.Released = maps.Clone(prior.Released)
	maps.DeleteFunc(prior.Released, func(key string, _ Released) bool { return slices.Contains(keys, key) })
	r.Prior = &prior
	return r
}

// wrongChoices returns a range that the plan chose although it breaks a rule or is released.
func wrongChoices(r Request, known map[string]Allocation, result Result, catalog *profile.Catalog) string {
	seen := edited(r)
	seen.Prior = &Prior{Allocations: known}
	if found := collisions(seen, catalog, result.Allocations); len(found) > 0 {
		return found[0]
	}
	for _, h := range allocatedHoldings(seen, catalog, result.Allocations) {
		for key, released := range result.Released {
			held := released.InUse()
			if h.Chosen && slices.ContainsFunc(held, h.Range.Overlaps) {
				return fmt.Sprintf("%v shares addresses with the released %s", h, key)
			}
		}
	}
	return ""
}
