package provider

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// foreignParty names who claims a range in another workspace, or a supernet anywhere.
func foreignParty(c conflict.Claim) string {
	var s string
	switch {
	case c.Kind == conflict.Supernet:
		s = fmt.Sprintf("supernet %s", c.Range)
	case c.Kind == conflict.Pod:
		s = fmt.Sprintf("Pod range %s of cluster %q", c.Range, c.Owner)
	case c.Kind == conflict.Service:
		s = fmt.Sprintf("Service range %s of cluster %q", c.Range, c.Owner)
	case c.Kept:
		s = fmt.Sprintf("block %s that cluster %q keeps for further Pod ranges", c.Range, c.Owner)
	case c.Released:
		s = fmt.Sprintf("range %s that cluster %q gave up", c.Range, c.Owner)
	default:
		s = fmt.Sprintf("block %s %q", c.Range, c.Owner)
	}
	switch {
	case !c.Elsewhere:
		s += fmt.Sprintf(" of this allocator %q", c.Owner)
	case c.Allocator == "":
		s += " of another workspace"
	default:
		s += fmt.Sprintf(" of allocator %q (another workspace)", c.Allocator)
	}
	if c.Description != "" {
		s += fmt.Sprintf(" (%s)", c.Description)
	}
	return s
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

// foreignWays are the ways out where the other party is in another workspace.
func foreignWays(g conflict.Group) []string {
	f := g.Findings[0]
	what, whose := "the other range", "its workspace"
	if len(g.Findings) > 1 {
		what = "the other ranges"
	}
	if f.B.Allocator != "" {
		whose = fmt.Sprintf("the workspace of allocator %q", f.B.Allocator)
	}
	if g.Common != nil && !g.Common.Elsewhere {
		whose = ofAll(g.Members(), whose)
	}
	if f.B.Kind == conflict.Supernet {
		inner, outer := f.A, *f.B
		if outer.Range.Bits() > inner.Range.Bits() {
			inner, outer = outer, inner
		}
		where := "this workspace"
		if outer.Elsewhere {
			where = fmt.Sprintf("the workspace of allocator %q", outer.Owner)
		}
		return []string{
			fmt.Sprintf("delegate: let %s hold the range for the other one, reserved = { %q = { cidr = %q } } or a block of that range, apply it, and take over the new claims", where, inner.Owner, inner.Range),
			"give one of the two other supernets",
		}
	}
	return []string{fmt.Sprintf("move or give up %s in %s, apply there, and take over the new claims", what, whose)}
}
