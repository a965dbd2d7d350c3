package conflict

import "github.com/cidrplan/terraform-provider-cidrplan/internal/topology"

// The kinds of options of findings. The table of rules lists those that can resolve a broken rule, in the order in which messages
// have them.
const (
	// OtherRange moves a party to a free range, OtherRanges several parties.
	OtherRange  topology.OptionKind = "other_range"
	OtherRanges topology.OptionKind = "other_ranges"
	// NoneFree moves a party to a range that is chosen outside of the supernets, since none in them is free. AnyRange moves
	// it to a range of which nothing is known here.
	NoneFree topology.OptionKind = "none_free"
	AnyRange topology.OptionKind = "any_range"
	// OtherUsed is another range for a use of a cluster beside Pods and Services.
	OtherUsed topology.OptionKind = "other_used"
	// OtherSupernets is for allocators that allocate from the same addresses.
	OtherSupernets topology.OptionKind = "other_supernets"
	// Corrected is for a declaration that may say something wrong: of a range that something does not have, or has in part.
	Corrected topology.OptionKind = "corrected"
	// Wider is for a network that is declared wider than it is.
	Wider topology.OptionKind = "wider"
	// Undone takes back a change that was made since the last apply.
	Undone topology.OptionKind = "undone"
	// Aggregate is for a route that occupies nothing, LeadsTo for one that leads to a network.
	Aggregate topology.OptionKind = "aggregate"
	LeadsTo   topology.OptionKind = "leads_to"
	// Unused is for a range that nothing uses any more, Gone for one whose owner is gone.
	Unused topology.OptionKind = "unused"
	Gone   topology.OptionKind = "gone"
	// Allowed is for a block, subnet or route that the platform refuses or advises against, Fewer for too many blocks.
	Allowed topology.OptionKind = "allowed"
	Fewer   topology.OptionKind = "fewer"
	// Apart separates networks, OutOfMesh takes a cluster out of a mesh.
	Apart     topology.OptionKind = "apart"
	OutOfMesh topology.OptionKind = "out_of_mesh"
	// OwnSubnet gives Pods a subnet that nothing else uses, MoreSubnets a further one.
	OwnSubnet   topology.OptionKind = "own_subnet"
	MoreSubnets topology.OptionKind = "more_subnets"
	// Smaller asks for less, Larger states that more is possible.
	Smaller topology.OptionKind = "smaller"
	Larger  topology.OptionKind = "larger"
	// OtherProfile is a profile of the same platform with larger limits.
	OtherProfile topology.OptionKind = "other_profile"
	// OwnRanges gives a cluster ranges of its own in place of those of another one.
	OwnRanges topology.OptionKind = "own_ranges"
	// Part is for a block that is a part of another one, Meant for a range that is meant for the other party.
	Part  topology.OptionKind = "part"
	Meant topology.OptionKind = "meant"
	// Delegated holds a range for another allocator.
	Delegated topology.OptionKind = "delegated"
	// Known lets a planner know what another one, or a declaration, has, so that it allocates around it.
	Known topology.OptionKind = "known"
	// OneOnly is for two declarations of one thing, Named for an entry that means something of another name.
	OneOnly topology.OptionKind = "one_only"
	Named   topology.OptionKind = "named"
	// Equal is for two declarations of one network that differ, Renamed for two networks.
	Equal   topology.OptionKind = "equal"
	Renamed topology.OptionKind = "renamed"
	// OtherVRF is for networks that never meet.
	OtherVRF topology.OptionKind = "other_vrf"
	// MovesThere moves the party of another workspace. MovesLater does so where both workspaces hold their ranges, and the
	// rule that both read says so.
	MovesThere topology.OptionKind = "moves_there"
	MovesLater topology.OptionKind = "moves_later"
	// Accepted accepts the conflict, AcceptedMore a number and, if it is changed, larger ones. Lowered makes a warning of it.
	Accepted     topology.OptionKind = "accepted"
	AcceptedMore topology.OptionKind = "accepted_more"
	Lowered      topology.OptionKind = "lowered"
	// Moved moves parties to ranges that the planner chooses, which rebuilds what uses them.
	Moved topology.OptionKind = "moved"
)
