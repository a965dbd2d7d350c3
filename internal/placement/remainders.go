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
	left *cidr.Space
	log  *placedLog
	// applied is the number of ranges of the log that are taken from left.
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
			known[key] = &remainder{left: g.Free.Clone(), log: logs[of]}
		}
		r.byGroup = append(r.byGroup, known[key])
	}
	return r
}

// of is what is left to a group.
func (r *remainders) of(g *group) *cidr.Space {
	at := r.byGroup[g.index]
	at.left.RemoveAll(at.log.ranges[at.applied:])
	at.applied = len(at.log.ranges)
	return at.left
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
