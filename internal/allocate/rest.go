package allocate

import (
	"fmt"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// heldBefore marks as standing what was held here, in the same VRF, before it rested in another workspace,
// which keeps others off alone: whoever withdraws a block does not stop who is in it still.
func (p *planner) heldBefore() {
	before := p.heldHere()
	for i, f := range p.result.Findings {
		if f.B != nil && f.B.Kind == conflict.Released && f.B.Foreign() {
			p.result.Findings[i].PreExisting = f.PreExisting || before(f.A)
		}
	}
}

// heldHere returns a function that says whether a claim was held here before, in the same VRF.
func (p *planner) heldHere() func(conflict.Claim) bool {
	type place struct {
		conflict.ID
		vrf string
	}
	before := map[place]bool{}
	for _, c := range p.result.Before {
		before[place{c.ID(), p.request.Prior.Facts.VRFOf(c.Network)}] = true
	}
	return func(c conflict.Claim) bool { return before[place{c.ID(), p.request.Facts.VRFOf(c.Network)}] }
}

// restsBeside says of a finding that one party rests and the other held its range all the while, by state
// or by one lock, rested beside it and is back, or has it from a cluster of which that is so: what rests is
// only kept from others.
func (p *planner) restsBeside(f conflict.Finding) bool {
	return f.B != nil && f.B.Kind == conflict.Released && !f.B.Foreign() && p.heldBeside(f.A, p.givenAsResting(*f.B))
}

// givenAsResting says whether existing gives what rests.
func (p *planner) givenAsResting(resting conflict.Claim) bool {
	_, restored := p.request.Existing[resting.At[1].Key]
	return restored
}

// heldBeside says whether a claim was held while others rested, or rested beside them; restored says that
// existing gives what rests.
func (p *planner) heldBeside(c conflict.Claim, restored bool) bool {
	return slices.ContainsFunc([]string{c.Owner, c.SameAs}, func(name string) bool {
		held, complete := p.held(name)
		if complete == nil && !restored {
			held = profile.Ranges{} // existing says what is held, but not of what rests
		}
		return slices.Contains(slices.Concat(held.InUse(), p.back[name].InUse()), c.Range)
	})
}

// restMarks tell apart what may share addresses with a range that rests from what may not.
func (p *planner) restMarks() conflict.Traits {
	before := p.heldHere()
	of := func(c conflict.Claim) string {
		switch {
		case c.Kind == conflict.Released && !c.Foreign():
			return fmt.Sprint(p.givenAsResting(c))
		case c.OfClusterOrBlock() && !c.Foreign():
			return fmt.Sprint(p.heldBeside(c, false), p.heldBeside(c, true), before(c))
		}
		return ""
	}
	return conflict.Traits{OfClaim: of, OfPair: func(a, b conflict.Claim) string {
		if a.Kind != conflict.Released && b.Kind != conflict.Released {
			return ""
		}
		return of(a) + of(b)
	}}
}
