package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// withHeld also checks ranges that the ledger held for this plan, of those of which others of the ledger have addresses now.
func (c conflictCheck) withHeld(held []conflict.Claim) conflictCheck {
	if len(held) == 0 {
		return c
	}
	var others []netip.Prefix
	for _, other := range c.collected.claims {
		if other.Ledger != "" {
			others = append(others, other.Range)
		}
	}
	used := cidr.NewSet(others...)
	c.fromLedger = slices.DeleteFunc(slices.Clone(held), func(h conflict.Claim) bool { return !used.Overlaps(h.Range) })
	return c
}

// markHeldFirst marks as pre-existing the findings of ranges that the ledger held before another planner got the same addresses: the plan
// at the start of an apply must find the ranges of the first plan. Findings of such a range and of this configuration are none: the range
// was accepted beside it, and a larger range is in the place of the one that it contains.
func (c conflictCheck) markHeldFirst(findings []conflict.Finding) []conflict.Finding {
	if len(c.fromLedger) == 0 {
		return findings
	}
	held := map[conflict.ID]bool{}
	for _, h := range c.fromLedger {
		held[h.ID()] = true
	}
	var kept []conflict.Finding
	for _, f := range findings {
		if f.B != nil && (held[f.A.ID()] || held[f.B.ID()]) {
			if f.A.Ledger == "" && f.B.Ledger == "" {
				continue
			}
			f.PreExisting, f.HeldFirst = true, true
		}
		kept = append(kept, f)
	}
	return kept
}
