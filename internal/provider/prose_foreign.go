package provider

import (
	"fmt"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// foreignParty names who claims a range in another workspace, or a supernet anywhere.
func foreignParty(c conflict.Claim) string {
	var s string
	switch {
	case c.Kind == conflict.Supernet:
		s = fmt.Sprintf("supernet %s%s", c.Range, ofHolder(c))
	case c.Kind == conflict.Pod:
		s = fmt.Sprintf("Pod range %s of cluster %q%s", c.Range, c.Owner, ofHolder(c))
	case c.Kind == conflict.Service:
		s = fmt.Sprintf("Service range %s of cluster %q%s", c.Range, c.Owner, ofHolder(c))
	case c.Kept:
		s = fmt.Sprintf("block %s that cluster %q%s keeps for further Pod ranges", c.Range, c.Owner, ofHolder(c))
	case c.Released:
		s = fmt.Sprintf("range %s that %s%s gave up", c.Range, rangesOwner(c), ofHolder(c))
	case c.Undeclared:
		s = fmt.Sprintf("range %s of existing %s%s", c.Range, rangesOwner(c), ofHolder(c))
	case c.Kind == conflict.Reserved:
		s = fmt.Sprintf("reserved range %s %q%s", c.Range, c.Owner, ofHolder(c))
	default:
		s = fmt.Sprintf("block %s %q%s", c.Range, c.Owner, ofHolder(c))
	}
	if c.Description != "" {
		s += fmt.Sprintf(" (%s)", described(c.Description))
	}
	return s
}

// ofHolder says which workspace a claim is of, and by whom it is held there.
func ofHolder(c conflict.Claim) string {
	switch {
	case !c.Elsewhere:
		return fmt.Sprintf(" of %q (this workspace)", c.Owner)
	case c.Allocator == "":
		return " of another workspace"
	case c.Here:
		return " of " + holder(c)
	}
	return fmt.Sprintf(" of %s (another workspace)", holder(c))
}

// holder names who holds a claim in another workspace.
func holder(c conflict.Claim) string {
	if name, blocks := topology.BlocksOf(c.Allocator); blocks {
		return fmt.Sprintf("cidrplan_blocks %q", name)
	}
	return fmt.Sprintf("allocator %q", c.Allocator)
}

// rangesOwner names who had a range, where nobody says more of it than who holds it now.
func rangesOwner(c conflict.Claim) string {
	if c.Allocator == "" {
		return fmt.Sprintf("%q", c.Owner) // a cluster or a block
	}
	_, c.OfBlock = topology.BlocksOf(c.Allocator)
	return ownerOf(c)
}

// ofAll is whose ranges several parties are: of one workspace, or of several.
func ofAll(members []conflict.Claim, one string) string {
	for _, c := range members {
		if c.Allocator != members[0].Allocator {
			return "the workspaces that hold them"
		}
	}
	return one
}

// takeOver ends a way out that is gone elsewhere first.
const takeOver = "apply there, and take over the new claims"

// foreignWays are the ways out where the other party is in another workspace.
func foreignWays(g conflict.Group) []string {
	f := g.Findings[0]
	if f.B.Kind == conflict.Supernet {
		if len(g.Findings) > 1 {
			return []string{"give all but one of them other supernets"}
		}
		return []string{"give one of the two other supernets"}
	}
	if f.A.Elsewhere && !f.B.Released { // which an audit alone tells
		return []string{"move or give up one of the two ranges in its workspace, " + takeOver}
	}
	several, what, whose, takeOver := len(g.Findings) > 1, "the other range", "its workspace", ", "+takeOver
	if several {
		what = "the other ranges"
	}
	if f.B.Allocator != "" {
		whose = "the workspace of " + holder(*f.B)
	}
	if f.B.Here {
		whose, takeOver = holder(*f.B), ""
	}
	if g.Common != nil && !g.Common.Elsewhere {
		whose = ofAll(g.Members(), whose)
	}
	var ways []string
	if f.B.Released && f.Standing { // what is held here was in use before the other one gave it up
		ways = []string{fmt.Sprintf("if what is held here is to stay, undo the removal in %s%s", whose, takeOver)}
	}
	switch {
	case f.B.Released && several && (g.Common == nil || !g.Common.Elsewhere):
		return append(ways, fmt.Sprintf("reclaim the other ranges in %s if nothing uses them any more%s", whose, takeOver))
	case f.B.Released:
		return append(ways, fmt.Sprintf("add %q to reclaim in %s if nothing uses the range any more%s", f.B.Owner, whose, takeOver))
	}
	switch elsewhere, known := f.MovesElsewhere(); {
	case known && !elsewhere:
		return nil // the other workspace reads the same rule, and waits
	case known:
		return []string{fmt.Sprintf("Move %s in %s%s. Both workspaces hold their ranges, so the one moves whose name in the claims, and then whose owner, comes later.", what, whose, takeOver)}
	}
	return []string{fmt.Sprintf("move or give up %s in %s%s", what, whose, takeOver)}
}

// delegation are the ways out where one of two ranges is meant for whoever has the other one: nobody
// moves. Of many pairs a few are told.
func (p prose) delegation(g conflict.Group) []string {
	const most = 3
	var ways []string
	for _, f := range g.Findings {
		if way := p.delegate(f); way != "" && !slices.Contains(ways, way) && len(ways) < most {
			ways = append(ways, way)
		}
	}
	return ways
}

func (p prose) delegate(f conflict.Finding) string {
	if f.B == nil {
		return ""
	}
	switch b := *f.B; {
	case b.Kind == conflict.Supernet:
		return p.handOn(nested(f.A, b))
	case f.A.Elsewhere || b.Kept || b.Released || b.Undeclared:
		return ""
	case f.A.Kind == conflict.Block && b.Kind == conflict.Block && !b.Elsewhere && f.A.Range != b.Range:
		inner, outer := nested(f.A, b)
		return fmt.Sprintf("if block %q is a part of block %q, hand it out by a cidrplan_blocks of its own: supernets = [%q]", inner.Owner, outer.Owner, outer.Range)
	case b.Elsewhere && !b.OfCluster() && cidr.Contains(b.Range, f.A.Range):
		return fmt.Sprintf("if the other range is meant for what is handed out here, give it in place of a wider supernet: %s = [%q]", supernetsOf(f.A), b.Range)
	case f.A.Kind == conflict.Block && b.Elsewhere && b.Allocator != "" && cidr.Contains(f.A.Range, b.Range):
		way := fmt.Sprintf("if block %q is meant for %s, give it there in place of a wider supernet, %s = [%q]", f.A.Owner, holder(b), supernetsOf(b), f.A.Range)
		if b.Here {
			return way
		}
		return way + ", " + takeOver
	}
	return ""
}

// nested are two claims that share addresses, the smaller one first.
func nested(a, b conflict.Claim) (inner, outer conflict.Claim) {
	if b.Range.Bits() > a.Range.Bits() {
		return b, a
	}
	return a, b
}

// handOn is how an outer supernet hands on what an inner one is.
func (p prose) handOn(inner, outer conflict.Claim) string {
	entry := fmt.Sprintf("{ %q = { cidr = %q } }", inner.Owner, inner.Range)
	switch {
	case inner.Range == outer.Range:
		return fmt.Sprintf("narrow %q or %q to a part of it, and let the other one hold that part for it, as a block or as a reserved range", inner.Owner, outer.Owner)
	case outer.Elsewhere && outer.Allocator == "":
		return fmt.Sprintf("delegate: let the workspace of %q hold the range for %q as a block or as a reserved range, %s", outer.Owner, inner.Owner, takeOver)
	case outer.Elsewhere:
		_, blocks := topology.BlocksOf(outer.Allocator)
		return fmt.Sprintf("delegate: let the workspace of %s hold the range for %q, %s, %s", holder(outer), inner.Owner, held(entry, blocks), takeOver)
	}
	return fmt.Sprintf("delegate: hold the range for %q, %s", inner.Owner, held(entry, p.blocks))
}

// held are the arguments of an allocator or of blocks that hold a range for others.
func held(entry string, blocks bool) string {
	if blocks {
		return fmt.Sprintf("blocks = %s or reserved = %s", entry, entry)
	}
	return "reserved = " + entry
}

// supernetsOf is the argument that a range is handed out from.
func supernetsOf(c conflict.Claim) string {
	if c.Kind == conflict.Service {
		return "service_supernets"
	}
	return "supernets"
}
