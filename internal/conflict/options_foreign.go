package conflict

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// resource is the planner that holds a claim, which may be one of another workspace that the claim does not name.
func (c Claim) resource() topology.Resource {
	if !c.Foreign() {
		return topology.Resource{}
	}
	owner, planner, _ := topology.LedgerOf(c.Holder)
	p := topology.Resource{OtherWorkspace: c.Source == OtherWorkspace, LedgerOwner: owner}
	if name, blocks := topology.BlocksOf(c.Holder); blocks {
		p.Origin = topology.Origin{Kind: Blocks, Name: name}
	} else if planner != "" {
		p.Origin = topology.Origin{Kind: Allocator, Name: planner}
	}
	return p
}

// freed is the edit after which the owner of a claim of another workspace does not have the range any more, with when it is right. against
// are the ranges that it must not overlap.
func (c Claim) freed(against []netip.Prefix) (topology.OptionKind, topology.Edit) {
	there := c.resource()
	switch {
	case c.Kind == Released:
		return Unused, topology.Add(topology.Path{}.Attr("reclaim"), c.Owner).Within(there)
	case c.Kind == Existing:
		return Gone, topology.Remove(topology.Path{}.Attr("existing").Key(c.Owner)).Within(there)
	case c.Kind == Other:
		use := topology.Path{}.Attr("clusters").Key(c.Owner).Attr("other_ranges").Key(c.Part)
		return OtherUsed, topology.Set(use, topology.OutsideOf(against)).Within(there)
	case c.Kind == Reserved:
		return Unused, topology.Remove(topology.Path{}.Attr("reserved").Key(c.Owner)).Within(there)
	}
	return MovesThere, topology.Set(topology.Path{}.Attr("renumber").Key(c.Owner), topology.NewToken).Within(there)
}

// keeps says whether a range is inside of a released block of another owner of a ledger, which refuses to reclaim the block meanwhile.
func (c Claim) keeps(inside Claim) bool {
	_, blocks := topology.BlocksOf(c.Holder)
	_, _, shared := topology.LedgerOf(c.Holder)
	return blocks && shared && c.Kind == Released && cidr.Contains(c.Range, inside.Range)
}

// movesThere are the options in the workspaces that hold the other ranges; where both ranges are held elsewhere, in both.
func (g Group) movesThere() []topology.Option {
	f := g.Findings[0]
	later := false
	if elsewhere, known := f.OtherWorkspaceMoves(); known && !elsewhere {
		return nil // the other workspace reads the same rule, and waits
	} else if known {
		later = true
	}
	why, _ := f.B.freed(nil)
	if later && why == MovesThere {
		why = MovesLater
	}
	if why == MovesThere && f.B.HeldUntil != "" && !f.A.Foreign() {
		return nil // what only a plan holds is in no state: it ends with the hold
	}
	options := g.ofAll(why, func(f Finding) []topology.Edit {
		if f.B.keeps(f.A) {
			return nil
		}
		_, e := f.B.freed(g.against(*f.B))
		return []topology.Edit{e}
	})
	if !f.A.Foreign() || len(g.Findings) > 1 {
		return options
	}
	why, e := f.A.freed(g.against(f.A))
	return append(options, option(why, e)...)
}

// otherSupernets are the options that give one of two planners other supernets.
func (g Group) otherSupernets() []topology.Option {
	avoid := func(c Claim, shared ...netip.Prefix) topology.Edit {
		at := topology.Path{}.Attr("supernets")
		if !c.Foreign() && len(c.At) > 0 {
			at = c.At
		}
		return topology.Set(at, topology.OutsideOf(shared)).Within(c.resource())
	}
	if len(g.Findings) > 1 {
		common := g.Common
		if common == nil {
			return nil
		}
		return option(OtherSupernets, avoid(*common, g.against(*common)...))
	}
	f := g.Findings[0]
	return slices.Concat(option(OtherSupernets, avoid(f.A, f.B.Range)), option(OtherSupernets, avoid(*f.B, f.A.Range)))
}

// delegations are the options where one of two ranges is meant for the owner of the other one: no range moves.
func (g Group) delegations() []topology.Option {
	f := g.Findings[0]
	if len(g.Findings) > 1 || f.B == nil || f.ofUse() { // which nobody allocates
		return nil
	}
	switch b := *f.B; {
	case b.Kind == Supernet:
		return delegateTo(nested(f.A, b))
	case f.A.Foreign() || b.Kind.Reservation() && b.Kind != Reserved:
		return nil
	case f.A.Kind == Block && b.Kind == Block && !b.Foreign() && f.A.Range != b.Range:
		return f.innerBlockOfItsOwn()
	case b.Foreign() && !b.OfCluster() && f.Holder != "" && cidr.Contains(b.Range, f.A.Range): // only to who has a name
		return option(Meant, append(b.opened(), topology.Set(supernetsOf(f.A), []string{b.Range.String()}))...)
	case f.A.Kind == Block && b.Foreign() && b.Holder != "" && cidr.Contains(f.A.Range, b.Range):
		return option(Meant, topology.Set(supernetsOf(b), []string{f.A.Range.String()}).Within(b.resource()))
	}
	return nil
}

// opened are the edits after which a block of a ledger admits the owner that it keeps out.
func (c Claim) opened() []topology.Edit {
	if c.Delegation.KeepsOut == "" {
		return nil
	}
	at := topology.Path{}.Attr("blocks").Key(c.Owner).Attr("delegated_to")
	return []topology.Edit{topology.Set(at, c.Delegation.KeepsOut).Within(c.resource())}
}

// keptOut says whether a range that is allocated is in a block of a ledger that is for another owner: the database refuses it, also if the
// configuration accepts the conflict.
func (f Finding) keptOut() bool {
	return f.B != nil && f.B.Delegation.KeepsOut != "" && f.A.Kind != Reserved && f.A.Kind != Existing
}

// innerBlockOfItsOwn is the option where one of two blocks is a part of the other one. A held block would be released here.
func (f Finding) innerBlockOfItsOwn() []topology.Option {
	inner, outer := nested(f.A, *f.B)
	if inner.ID() == f.A.ID() && f.Held || inner.ID() == f.B.ID() && f.OtherHeld {
		return nil
	}
	return partOf(inner, outer)
}

// supernetsOf is the argument that a range is allocated from.
func supernetsOf(c Claim) topology.Path {
	if c.Kind == Service {
		return topology.Path{}.Attr("service_supernets")
	}
	return topology.Path{}.Attr("supernets")
}

// nested are two claims that share addresses, the smaller one first.
func nested(a, b Claim) (inner, outer Claim) {
	if b.Range.Bits() > a.Range.Bits() {
		return b, a
	}
	return a, b
}

// delegateTo is the option that holds an inner supernet for its planner, as a block or a reserved range of the planner with the
// outer one.
func delegateTo(inner, outer Claim) []topology.Option {
	attr := "reserved"
	if outer.resource().Kind == Blocks {
		attr = "blocks"
	}
	at := topology.Path{}.Attr(attr).Key(inner.Owner)
	return option(Delegated, topology.Set(at, topology.Entry{Attr: "cidr", Value: inner.Range.String()}).Within(outer.resource()))
}

// partOf moves a block that is a part of another one to a cidrplan_blocks of its own, which allocates from that one.
func partOf(inner, outer Claim) []topology.Option {
	own := topology.Resource{Origin: topology.Origin{Kind: Blocks, Name: outer.Owner}}
	return option(
		Part,
		topology.Remove(topology.Path{}.Attr("blocks").Key(inner.Owner)),
		topology.Set(topology.Path{}.Attr("supernets"), []string{outer.Range.String()}).Within(own),
		topology.Set(topology.Path{}.Attr("blocks").Key(inner.Owner), topology.Entry{Attr: "cidr", Value: inner.Range.String()}).
			Within(own),
	)
}
