package changes

import "net/netip"

// Kind is what happens to ranges.
type Kind string

// The kinds of changes.
const (
	// Allocated is for ranges that are new for their owner.
	Allocated Kind = "allocated"
	// Adopted is for ranges that the configuration says a cluster or block has already.
	Adopted Kind = "adopted"
	// AllocatedAgain is for released ranges that their owner holds again.
	AllocatedAgain Kind = "allocated_again"
	// Appended is for further ranges beside those that stay.
	Appended Kind = "appended"
	// Extended is for a larger range that contains the one before.
	Extended Kind = "extended"
	// Unknown is for an owner whose ranges are known only after apply.
	Unknown Kind = "unknown"
	// Renamed is for an owner with another name and the same ranges.
	Renamed Kind = "renamed"
	// Moved is for other ranges in place of those before.
	Moved Kind = "moved"
	// ReleasedRanges is for ranges that are no longer held and stay reserved.
	ReleasedRanges Kind = "released"
	// Reclaimed is for released ranges that may be allocated again.
	Reclaimed Kind = "reclaimed"
	// Lost is for ranges that are no longer held and not reserved either: the next plan may allocate them to another owner.
	Lost Kind = "lost"
	// Added and Removed are for supernets and reserved ranges.
	Added   Kind = "added"
	Removed Kind = "removed"
	// AcceptedConflict and NoLongerAccepted are for conflicts.
	AcceptedConflict Kind = "accepted"
	NoLongerAccepted Kind = "no_longer_accepted"
)

// Moves says whether the owner of the ranges has to change something: the ranges move, or are not held any more.
func (k Kind) Moves() bool { return k == Moved || k == ReleasedRanges || k == Lost }

// Change is one line of a report.
type Change struct {
	Kind Kind
	// Owner is the cluster, block or reserved range, for accepted conflicts the key.
	Owner string
	// Part is "" for Renamed, Unknown and conflicts.
	Part Part
	// From are the ranges before and To those after the change. Of appended ranges, To has only the new ones.
	From, To []netip.Prefix
	// Nodes and Services are the numbers that the ranges of the owner serve after the change, 0 where the change does not concern them.
	Nodes, Services int64
	// PreviousName is the name before, for Renamed.
	PreviousName string
	Acceptance   Acceptance
}

// Report is what a plan changes in one resource.
type Report struct {
	Address, Previous string
	// Created and Destroyed are about the resource. Forgotten is for one that is removed from the state and not destroyed.
	Created, Destroyed, Forgotten bool
	Changes                       []Change
	// Unchanged is the number of clusters or blocks that keep all of their ranges and their name.
	Unchanged int
}
