package allocate

import (
	"fmt"
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// wrongReports says whose release or move is told though it is none, or not told.
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

// wrongReleases compares what rests. Where all may be used again, the fewest of the oldest are.
func (f expectation) wrongReleases(r Request, result Result, catalog *profile.Catalog) string {
	var used []string
	last := int64(-1)
	for i, want := range f.rests {
		key, rests := want.in(result)
		got := result.Released[key]
		switch {
		case !rests && want.order == now:
			return want.key + " is released now and used again"
		case !rests && i == len(used): // all older ones are used, too
			used = append(used, want.key)
		case !rests:
			return fmt.Sprintf("%s of %s does not rest any more, but older ones do", want.key, want.owner)
		case rests && want.order == now && got.Order <= last:
			return fmt.Sprintf("%s is released now, and not last", want.key)
		}
		if rests && want.order != now {
			last = got.Order
		}
	}
	if len(result.Released)+len(used) != len(f.rests) {
		return fmt.Sprintf("%v rest, not %v", names(result.Released), f.rests)
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

// withoutReleased is a request whose memory has forgotten some of what rests.
func withoutReleased(r Request, keys []string) Request {
	prior := *r.Prior
	prior.Released = maps.Clone(prior.Released)
	maps.DeleteFunc(prior.Released, func(key string, _ Released) bool { return slices.Contains(keys, key) })
	r.Prior = &prior
	return r
}

// wrongChoices says what the plan chose though it breaks a rule, or rests.
func wrongChoices(r Request, known map[string]Allocation, result Result, catalog *profile.Catalog) string {
	seen := edited(r)
	seen.Prior = &Prior{Allocations: known}
	if found := collisions(seen, catalog, result.Allocations); len(found) > 0 {
		return found[0]
	}
	for _, h := range allocatedHoldings(seen, catalog, result.Allocations) {
		for key, rests := range result.Released {
			held := append(slices.Clone(rests.Pods), rests.Service, rests.PodIPv6, rests.ServiceIPv6)
			if h.Chosen && slices.ContainsFunc(held, h.Range.Overlaps) {
				return fmt.Sprintf("%v lies on what rests as %s", h, key)
			}
		}
	}
	return ""
}
