package conflict

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// otherUses are the options that give a cluster another range for a use beside Pods and Services: the one of the first parties, and the
// one of the others. Of a sample, not all parties are known.
func (g Group) otherUses() []topology.Option {
	if g.Sampled() {
		return nil
	}
	options := g.ofAll(OtherUsed, func(f Finding) []topology.Edit { return g.anotherUse(f.A, f.FreeRanges) })
	return append(options, g.ofAll(OtherUsed, func(f Finding) []topology.Edit {
		if f.B == nil {
			return nil
		}
		return g.anotherUse(*f.B, f.OtherFreeRanges)
	})...)
}

// anotherUse gives a cluster another range for the use of a claim: a free one if some are known, and else one that the rule allows.
func (g Group) anotherUse(c Claim, free []netip.Prefix) []topology.Edit {
	if c.Kind != Other || c.Foreign() || c.Source == Adopted { // what a cluster uses already stays
		return nil
	}
	var value any = topology.AllowedByRule
	switch against := g.against(c); {
	case len(free) > 0:
		value = firstOf(free)
	case g.Findings[0].OutsideOther():
		return nil // no range contains the Pods
	case len(against) > 0:
		value = topology.OutsideOf(against)
	}
	switch {
	case c.Source == Pinned:
		return []topology.Edit{topology.Set(c.At, value)}
	case c.listed() && len(free) > 0:
		return []topology.Edit{topology.Add(c.At, free[0].String())}
	case len(free) > 0:
		value = []string{free[0].String()}
	}
	return []topology.Edit{topology.Set(c.useAt(), value)}
}

// listed says whether a claim is a default for whose use the configuration lists ranges of the other address family.
func (c Claim) listed() bool {
	return c.Source == Assumed && len(c.At) > 1 && c.At[len(c.At)-2].Attr == "other_ranges"
}

// useAt is the argument that lists the ranges of a use of Other, of which the claim has a default.
func (c Claim) useAt() topology.Path {
	if c.listed() {
		return c.At
	}
	return c.At.Attr("other_ranges").Key(c.Part)
}
