package messages

import (
	"fmt"

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
	case c.Kind == conflict.Other:
		s = fmt.Sprintf("%s %s of cluster %q%s%s", c.OtherRange().Title, c.Range, c.Owner, ofHolder(c), untilApplied(c))
	case c.Kind == conflict.GrowthReserve:
		s = fmt.Sprintf("range %s reserved for growth of cluster %q%s", c.Range, c.Owner, ofHolder(c))
	case c.Kind == conflict.Released:
		s = fmt.Sprintf("released range %s of %s%s", c.Range, rangesOwner(c), ofHolder(c))
	case c.Kind == conflict.Existing:
		s = fmt.Sprintf("range %s of existing %s%s", c.Range, rangesOwner(c), ofHolder(c))
	case c.Kind == conflict.Reserved:
		s = fmt.Sprintf("reserved range %s %q%s", c.Range, c.Owner, ofHolder(c))
	default:
		s = fmt.Sprintf("block %s %q%s", c.Range, c.Owner, ofHolder(c))
	}
	if c.Description != "" {
		s += fmt.Sprintf(" (%s)", Described(c.Description))
	}
	return s + delegateText(c.Delegation.To) + heldText(c.HeldUntil)
}

// heldText says until when a range is held that only a plan holds; "" for a range of an apply.
func heldText(until string) string {
	if until == "" {
		return ""
	}
	return " (held until " + until + " for a plan that was not applied)"
}

// ofHolder says which workspace a claim is of, and by whom it is held there.
func ofHolder(c conflict.Claim) string {
	switch {
	case !c.Foreign():
		return fmt.Sprintf(" of %q (this workspace)", c.Owner)
	case c.Holder == "":
		return " of another workspace"
	case c.Source == conflict.OtherPlanner:
		return " of " + holder(c)
	}
	if owner, _, shared := topology.LedgerOf(c.Holder); shared {
		return fmt.Sprintf(" of %s of owner %q", holder(c), owner)
	}
	return fmt.Sprintf(" of %s (another workspace)", holder(c))
}

// holder names who holds a claim in another workspace.
func holder(c conflict.Claim) string {
	if name, blocks := topology.BlocksOf(c.Holder); blocks {
		return fmt.Sprintf("cidrplan_blocks %q", name)
	}
	_, name, _ := topology.LedgerOf(c.Holder)
	return fmt.Sprintf("allocator %q", name)
}

// rangesOwner names who had a range, where nobody says more of it than who holds it now.
func rangesOwner(c conflict.Claim) string {
	if c.Holder == "" {
		return fmt.Sprintf("%q", c.Owner) // a cluster or a block
	}
	if _, blocks := topology.BlocksOf(c.Holder); blocks {
		c.OwnerKind = conflict.BlockOwner
	}
	return ownerOf(c)
}
