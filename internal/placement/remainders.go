package placement

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// remainders are what is left to each group while ranges are placed one after the other.
//
// Groups with the same free addresses, from which the same others must be disjoint, share one remainder. A remainder is brought up
// to date when it is read, so that a range costs nothing where nobody looks for one any more.
type remainders struct {
	byGroup []*remainder
	logs    []*placedLog
}

// remainder is what is left to some groups.
type remainder struct {
	free *cidr.Space
	log  *placedLog
	// longest is the longest prefix length of the groups.
	longest int
	// sizes are what of free can hold a range of the groups, without the first applied ranges of the log; nil if nobody looked yet.
	sizes   *cidr.Sizes
	applied int
}

// placedLog are the placed ranges that must be disjoint from those of some groups of one family, in the order in which they were
// placed.
type placedLog struct {
	ranges []netip.Prefix
	// one is one of these groups.
	one *group
}

func newRemainders(groups []*group) *remainders {
	type logKey struct {
		family cidr.Family
		seenBy string
	}
	type remainderKey struct {
		free int
		log  *placedLog
	}
	r := &remainders{}
	logs, known := map[logKey]*placedLog{}, map[remainderKey]*remainder{}
	for _, g := range groups {
		of := logKey{g.Family, g.seenBy}
		if logs[of] == nil {
			logs[of] = &placedLog{one: g}
			r.logs = append(r.logs, logs[of])
		}
		key := remainderKey{g.freeNumber, logs[of]}
		if known[key] == nil {
			known[key] = &remainder{free: g.Free, log: logs[of]}
		}
		known[key].longest = max(known[key].longest, g.Length)
		r.byGroup = append(r.byGroup, known[key])
	}
	return r
}

// fit chooses a range for a group: in earlier supernets first, then in the smallest free block that holds the range, then the lowest
// address. The zero Prefix says that there is none.
func (r *remainders) fit(g *group) netip.Prefix {
	sizes := r.byGroup[g.index].current()
	for _, supernet := range g.Supernets {
		if chosen, ok := sizes.FitWithin(supernet, g.Length); ok {
			return chosen
		}
	}
	return netip.Prefix{}
}

// current are the sizes without all placed ranges.
func (r *remainder) current() *cidr.Sizes {
	if r.sizes == nil {
		r.sizes = cidr.NewSizes(r.free, r.longest)
	}
	for _, placed := range r.log.ranges[r.applied:] {
		r.sizes.Remove(placed)
	}
	r.applied = len(r.log.ranges)
	return r.sizes
}

// of is what is left to a group, also in pieces that hold no range of it.
func (r *remainders) of(g *group) *cidr.Space {
	left := r.byGroup[g.index].free.Clone()
	left.RemoveAll(r.byGroup[g.index].log.ranges)
	return left
}

// take notes that a demand of a group got a range; the zero Prefix notes nothing.
func (r *remainders) take(g *group, chosen netip.Prefix) {
	if !chosen.IsValid() {
		return
	}
	for _, log := range r.logs {
		if g.avoids(log.one) {
			log.ranges = append(log.ranges, chosen)
		}
	}
}
