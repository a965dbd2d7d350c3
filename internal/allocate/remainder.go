package allocate

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// remainders are what is left to each class while ranges are placed one after the other.
//
// Classes that see the same free addresses, and that the same others keep clear of, share one remainder. A remainder is brought up
// to date when somebody asks for it, so that a range costs nothing where nobody looks for one any more.
type remainders struct {
	byClass []*remainder
	logs    []*placedLog
}

// remainder is what is left to some classes.
type remainder struct {
	left *cidr.Space
	log  *placedLog
	// seen is the number of ranges of the log that are taken from left.
	seen int
}

// placedLog are the placed ranges that the wants of some views and one family must keep clear of, in the order in which they
// were placed.
type placedLog struct {
	ranges []netip.Prefix
	// one is a class of such wants.
	one *class
}

func (p *planner) newRemainders() *remainders {
	g := &remainders{}
	type logOf struct {
		family    cidr.Family
		avoidedBy string
	}
	type remainderOf struct {
		free int
		log  *placedLog
	}
	logs, known := map[logOf]*placedLog{}, map[remainderOf]*remainder{}
	for _, c := range p.classes {
		of := logOf{c.family, c.view.avoidedBy}
		if logs[of] == nil {
			logs[of] = &placedLog{one: c}
			g.logs = append(g.logs, logs[of])
		}
		key := remainderOf{c.free.number, logs[of]}
		if known[key] == nil {
			known[key] = &remainder{left: c.free.space.Clone(), log: logs[of]}
		}
		g.byClass = append(g.byClass, known[key])
	}
	return g
}

// of is what is left to a class.
func (g *remainders) of(c *class) *cidr.Space {
	at := g.byClass[c.index]
	at.left.RemoveAll(at.log.ranges[at.seen:])
	at.seen = len(at.log.ranges)
	return at.left
}

// take notes that a want of a class got a range; the zero Prefix notes nothing.
func (g *remainders) take(c *class, r netip.Prefix) {
	if !r.IsValid() {
		return
	}
	for _, log := range g.logs {
		if c.avoids(log.one) {
			log.ranges = append(log.ranges, r)
		}
	}
}
