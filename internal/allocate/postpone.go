package allocate

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// postpone leaves every cluster and block that still needs a range to the apply, when all is known: a
// fact that is known later could use the range that would be chosen now. unknown are the places of facts that are not known yet.
func postpone(s *situation, c collected, unknown []topology.Path) placed {
	p := newPlaced(c)
	demanding := map[string]bool{}
	for _, d := range c.demands {
		demanding[d.owner] = true
		for _, mirror := range s.withSameRanges(d.owner) {
			demanding[mirror] = true
		}
		if has := c.members[d.owner]; has.grows.of(d) && (has.takesBack || s.holds(d.owner)) {
			cl := s.request.Facts.Clusters[d.owner]
			p.faults.fault(
				d.claim().At.Attr(d.asksFor(cl)), GrowthPostponed{Cluster: d.owner, Unknown: unknown}, withoutGrowth(d, has, cl),
			)
		}
	}
	for _, name := range s.request.Facts.Owners() {
		_, byState := s.allocated(name)
		waits := demanding[name] || !c.members[name].known || s.mayHold(c, name) ||
			slices.ContainsFunc(s.request.unknownOf(name), matters)
		if original := s.request.Facts.Clusters[name].SameAs; original != "" {
			waits = waits || s.mayHold(c, original)
		}
		if !byState && waits {
			p.deferred = append(p.deferred, name)
		}
	}
	return p
}

// holds says whether a cluster or block holds ranges, by state or by existing.
func (s *situation) holds(name string) bool {
	held, _ := s.held(name)
	return held.Held()
}

// mayHold says whether a cluster or block without state may turn out to hold or take back other ranges.
func (s *situation) mayHold(c collected, name string) bool {
	return s.existingUnknown(name) || c.members[name].takesBack && s.request.Unknown.Has("reclaim")
}
