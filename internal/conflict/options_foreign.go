package conflict

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// home is the planner that holds a claim, which may be one of another workspace that the claim does not name.
func (c Claim) resource() Resource {
	if !c.Foreign() {
		return Resource{}
	}
	p := Resource{OtherWorkspace: c.Source == OtherWorkspace}
	if name, blocks := topology.BlocksOf(c.Holder); blocks {
		p.Origin = Origin{Blocks, name}
	} else if c.Holder != "" {
		p.Origin = Origin{Allocator, c.Holder}
	}
	return p
}

// freed is the edit after which the owner of a claim of another workspace does not have the range any more, with when it is right.
func (c Claim) freed() (OptionKind, Edit) {
	e := Edit{In: c.resource()}
	switch {
	case c.Kind == Released:
		e.At, e.Do = topology.Path{}.Attr("reclaim"), Add{c.Owner}
		return Unused, e
	case c.Kind == Existing:
		e.At, e.Do = topology.Path{}.Attr("existing").Key(c.Owner), Remove{}
		return Gone, e
	case c.Kind == Reserved:
		e.At, e.Do = topology.Path{}.Attr("reserved").Key(c.Owner), Remove{}
		return Unused, e
	}
	e.At, e.Do = topology.Path{}.Attr("renumber").Key(c.Owner), NewToken{}
	return MovesThere, e
}

// movesThere are the options in the workspaces that hold the other ranges; where both ranges are held elsewhere, in both.
func (g Group) movesThere() []Option {
	f := g.Findings[0]
	later := false
	if elsewhere, known := f.OtherWorkspaceMoves(); known && !elsewhere {
		return nil // the other workspace reads the same rule, and waits
	} else if known {
		later = true
	}
	why, _ := f.B.freed()
	if later && why == MovesThere {
		why = MovesLater
	}
	options := g.ofAll(why, func(f Finding) []Edit {
		_, e := f.B.freed()
		return []Edit{e}
	})
	if !f.A.Foreign() || len(g.Findings) > 1 {
		return options
	}
	why, e := f.A.freed()
	return append(options, option(why, e)...)
}

// otherSupernets are the options that give one of two planners other supernets.
func (g Group) otherSupernets() []Option {
	avoid := func(c Claim, shared netip.Prefix) []Edit {
		at := topology.Path{}.Attr("supernets")
		if !c.Foreign() && len(c.At) > 0 {
			at = c.At
		}
		return []Edit{{In: c.resource(), At: at, Do: Avoid{[]netip.Prefix{shared}}}}
	}
	if len(g.Findings) > 1 {
		common := g.Common
		if common == nil {
			return nil
		}
		e := avoid(*common, netip.Prefix{})[0]
		e.Do = Avoid{g.against(*common)}
		return option(OtherSupernets, e)
	}
	f := g.Findings[0]
	return slices.Concat(option(OtherSupernets, avoid(f.A, f.B.Range)...), option(OtherSupernets, avoid(*f.B, f.A.Range)...))
}

// delegations are the options where one of two ranges is meant for whoever has the other one: nobody moves.
func (g Group) delegations() []Option {
	f := g.Findings[0]
	if len(g.Findings) > 1 || f.B == nil {
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
		return option(Meant, Edit{At: supernetsOf(f.A), Do: Set{[]any{[]string{b.Range.String()}}}})
	case f.A.Kind == Block && b.Foreign() && b.Holder != "" && cidr.Contains(f.A.Range, b.Range):
		return option(Meant, Edit{In: b.resource(), At: supernetsOf(b), Do: Set{[]any{[]string{f.A.Range.String()}}}})
	}
	return nil
}

// innerBlockOfItsOwn is the option where one of two blocks is a part of the other one. A held block would be released here.
func (f Finding) innerBlockOfItsOwn() []Option {
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

// handOn is the option that holds an inner supernet for its planner, as a block or a reserved range of the planner with the
// outer one.
func delegateTo(inner, outer Claim) []Option {
	attr := "reserved"
	if outer.resource().Kind == Blocks {
		attr = "blocks"
	}
	at := topology.Path{}.Attr(attr).Key(inner.Owner)
	return option(Delegated, Edit{In: outer.resource(), At: at, Do: Set{[]any{Entry{"cidr", inner.Range.String()}}}})
}

// partOf moves a block that is a part of another one to a cidrplan_blocks of its own, which allocates from that one.
func partOf(inner, outer Claim) []Option {
	own := Resource{Origin: Origin{Blocks, outer.Owner}}
	return option(Part,
		Edit{At: topology.Path{}.Attr("blocks").Key(inner.Owner), Do: Remove{}},
		Edit{In: own, At: topology.Path{}.Attr("supernets"), Do: Set{[]any{[]string{outer.Range.String()}}}},
		Edit{In: own, At: topology.Path{}.Attr("blocks").Key(inner.Owner), Do: Set{[]any{Entry{"cidr", inner.Range.String()}}}},
	)
}
