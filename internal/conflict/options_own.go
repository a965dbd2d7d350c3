package conflict

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// otherRanges are the options that give the parties which move more easily other ranges, or correct what is said of them.
func (g Group) otherRanges() []topology.Option {
	moving := g.moving()
	if f := g.Findings[0]; f.Number.Unit != "" || f.A.Foreign() || !f.A.OfClusterOrBlock() || f.A.Part != "" || len(moving) > maxEdits {
		return nil
	}
	switch {
	case !slices.ContainsFunc(moving, func(c Claim) bool { return !c.byDefault() && c.Source != Adopted }):
		return g.corrections(moving)
	case !slices.ContainsFunc(moving, Claim.Movable) || slices.ContainsFunc(moving, func(c Claim) bool { return !c.Movable() }):
		return g.pins(moving)
	}
	return nil
}

// corrections correct what the configuration says that clusters and blocks have: to ranges beside those of other parties, or, where
// there are none, to what the rule allows.
func (g Group) corrections(moving []Claim) []topology.Option {
	var edits []topology.Edit
	for _, c := range moving {
		value := any(topology.AllowedByRule)
		if others := g.against(c); len(others) > 0 {
			value = topology.OutsideOf(others)
		}
		edits = append(edits, topology.Set(c.declared(), value))
	}
	return option(Corrected, edits...)
}

// declared is the argument that gives the range.
func (c Claim) declared() topology.Path {
	if !c.byDefault() {
		return c.At
	}
	at := topology.Path{}.Attr("clusters").Key(c.Owner)
	ipv6 := cidr.FamilyOf(c.Range) == cidr.V6
	switch {
	case c.Kind == Pod && ipv6:
		return at.Attr("pod_ipv6_cidr")
	case c.Kind == Pod:
		return at.Attr("pod_cidrs").At(0)
	case ipv6:
		return at.Attr("service_ipv6_cidr")
	}
	return at.Attr("service_cidr")
}

// against are the ranges of the other parties that a claim shares addresses with.
func (g Group) against(c Claim) []netip.Prefix {
	var ranges []netip.Prefix
	for _, f := range g.Findings {
		other := f.A.Range
		if f.A.ID() == c.ID() {
			if f.B == nil {
				continue
			}
			other = f.B.Range
		}
		if other.Overlaps(c.Range) && !slices.Contains(ranges, other) {
			ranges = append(ranges, other)
		}
	}
	return ranges
}

// pins give all of some parties other ranges: those that are pinned a free one, and the others a token of renumber. What is
// held moves with a token only.
func (g Group) pins(moving []Claim) []topology.Option {
	why := OtherRange
	if len(moving) > 1 {
		why = OtherRanges
	}
	var edits []topology.Edit
	for _, c := range moving {
		free, held := g.offered(c)
		switch {
		case c.Movable():
			if !g.movable(c) {
				return nil
			}
			edits = append(edits, g.tokens(c)...)
			continue
		case c.Source != Pinned || c.SameAs != "":
			return nil
		case len(free) > 0 && len(moving) > 1:
			edits = append(edits, topology.Set(c.At, firstOf(free[:1])))
		case len(free) > 0:
			edits = append(edits, topology.Set(c.At, firstOf(free)))
		case g.Findings[0].B == nil || g.Findings[0].OutsideOther():
			return nil
		default:
			why = NoneFree
			edits = append(edits, topology.Set(c.At, topology.OutsideOf(g.against(c))))
		}
		if held {
			edits = append(edits, g.tokens(c)...)
		} else {
			edits = append(edits, g.unadopted(c)...)
		}
	}
	return option(why, edits...)
}

// offered are the free ranges that findings of the group have for a party, and whether it was held before.
func (g Group) offered(c Claim) (free []netip.Prefix, held bool) {
	for _, f := range g.Findings {
		if f.A.ID() == c.ID() {
			return f.FreeRanges, f.Held
		}
		if f.B != nil && f.B.ID() == c.ID() {
			return f.OtherFreeRanges, f.OtherHeld
		}
	}
	return nil, false
}
