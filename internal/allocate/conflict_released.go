package allocate

import (
	"fmt"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// markHeldBefore marks as pre-existing what was held here, in the same VRF, before another workspace released it,
// which reserves it against new allocations only: a workspace that withdraws a block does not stop those that still use it.
func (c conflictCheck) markHeldBefore(findings []conflict.Finding) {
	for i, f := range findings {
		if f.B != nil && f.B.Kind == conflict.Released && f.B.Foreign() {
			findings[i].PreExisting = f.PreExisting || c.heldHere(f.A)
		}
	}
}

// heldHere says whether a claim was held here before, in the same VRF.
func (c conflictCheck) heldHere(claim conflict.Claim) bool {
	vrf := c.request.Facts.VRFOf(claim.Network)
	return slices.ContainsFunc(c.prior.Of(claim), func(was *conflict.Claim) bool {
		return c.request.Prior.Facts.VRFOf(was.Network) == vrf
	})
}

// heldBesideReleased says whether one party of a finding is released and the other one is no new allocation beside it. The other party
// held its range all the time, by state or by the same lock; or it was released too and is taken back; or it mirrors such a cluster.
// Released ranges are reserved against new allocations only.
func (c conflictCheck) heldBesideReleased(f conflict.Finding) bool {
	return f.B != nil && f.B.Kind == conflict.Released && !f.B.Foreign() && c.heldBeside(f.A, c.releasedByExisting(*f.B))
}

// releasedByExisting says whether existing gives a released range.
func (c conflictCheck) releasedByExisting(released conflict.Claim) bool {
	_, given := c.request.Existing[released.At[1].Key]
	return given
}

// heldBeside says whether a claim was held while others were released, or was released beside them; byExisting says that
// existing gives the released ones.
func (c conflictCheck) heldBeside(claim conflict.Claim, byExisting bool) bool {
	return slices.ContainsFunc([]string{claim.Owner, claim.SameAs}, func(name string) bool {
		held, byState := c.held(name)
		if !byState && !byExisting {
			held = profile.Ranges{} // existing gives what is held, but not what is released
		}
		return slices.Contains(slices.Concat(held.InUse(), c.collected.members[name].back.InUse()), claim.Range)
	})
}

// releasedTraits divide claims by whether they may share addresses with a released range.
func (c conflictCheck) releasedTraits() conflict.Traits {
	of := func(claim conflict.Claim) string {
		switch {
		case claim.Kind == conflict.Released && !claim.Foreign():
			return fmt.Sprint(c.releasedByExisting(claim))
		case claim.OfClusterOrBlock() && !claim.Foreign():
			return fmt.Sprint(c.heldBeside(claim, false), c.heldBeside(claim, true), c.heldHere(claim))
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
