package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// otherMoves is the option after which another planner does not have a range any more. A range that only a plan holds is in no state, so
// its holds are to end.
func (p Writer) otherMoves(o ledger.Other) string {
	if o.State == ledger.Hold {
		return p.endHolds("If nobody applies the plan of "+planner(o.Planner), o.Planner)
	}
	there := "in " + planner(o.Planner) + ", "
	switch o.Kind {
	case topology.ForeignReleased:
		return fmt.Sprintf("If nothing uses the released range any more: %sadd %s to reclaim", there, Literal(o.Cluster))
	case topology.ForeignReserved, topology.ForeignExisting, topology.ForeignOther:
		return fmt.Sprintf("If %q does not have the other range, correct that: %sdeclare what it has.", o.Cluster, there)
	}
	return fmt.Sprintf("Move the other range: %srenumber = { %q = %s }", there, o.Cluster, Literal("1"))
}

// endHolds is the option to end the holds of a planner, in a case.
func (p Writer) endHolds(when string, who ledger.Planner) string {
	return when + ", let an administrator end the holds: " + p.releaseCommand(who, "--grace", "0s")
}

// heldByPlans are the options, a line each, to end the holds of planners whose plans hold ranges of some findings.
func (p Writer) heldByPlans(g conflict.Group) string {
	lines, named := "", map[ledger.Planner]bool{}
	for _, f := range g.Findings {
		for _, c := range []*conflict.Claim{&f.A, f.B} {
			if c == nil || c.HeldUntil == "" {
				continue
			}
			_, name, _ := topology.LedgerOf(c.Holder)
			if who := (ledger.Planner{Owner: c.Ledger, Name: name}); !named[who] {
				named[who] = true
				lines += "\n  - " + p.endHolds("If nobody applies the plan of "+planner(who)+" that holds a range", who)
			}
		}
	}
	return lines
}
