package conflict

// OptionKind says when an option is right, or what it is good for. The table of rules lists the kinds that can resolve a
// broken rule, in the order in which messages have them.
type OptionKind string

// The kinds of options.
const (
	// OtherRange moves a party to a free range, OtherRanges several parties.
	OtherRange  OptionKind = "other_range"
	OtherRanges OptionKind = "other_ranges"
	// NoneFree moves a party to a range that is chosen outside of the supernets, since none in them is free. AnyRange moves
	// it to a range of which nothing is known here.
	NoneFree OptionKind = "none_free"
	AnyRange OptionKind = "any_range"
	// OtherSupernets is for allocators that allocate from the same addresses.
	OtherSupernets OptionKind = "other_supernets"
	// Corrected is for a declaration that may say something wrong: of a range that something does not have, or has in part.
	Corrected OptionKind = "corrected"
	// Wider is for a network that is declared wider than it is.
	Wider OptionKind = "wider"
	// Undone takes back a change that was made since the last apply.
	Undone OptionKind = "undone"
	// Aggregate is for a route that occupies nothing, LeadsTo for one that leads to a network.
	Aggregate OptionKind = "aggregate"
	LeadsTo   OptionKind = "leads_to"
	// Unused is for a range that nothing uses any more, Gone for one whose owner is gone.
	Unused OptionKind = "unused"
	Gone   OptionKind = "gone"
	// Allowed is for a block, subnet or route that the platform refuses or advises against, Fewer for too many blocks.
	Allowed OptionKind = "allowed"
	Fewer   OptionKind = "fewer"
	// Apart separates networks, OutOfMesh takes a cluster out of a mesh.
	Apart     OptionKind = "apart"
	OutOfMesh OptionKind = "out_of_mesh"
	// OwnSubnet gives Pods a subnet that nothing else uses, MoreSubnets a further one.
	OwnSubnet   OptionKind = "own_subnet"
	MoreSubnets OptionKind = "more_subnets"
	// Smaller asks for less, Larger states that more is possible.
	Smaller OptionKind = "smaller"
	Larger  OptionKind = "larger"
	// OtherProfile is a profile of the same platform with larger limits.
	OtherProfile OptionKind = "other_profile"
	// OwnRanges gives a cluster ranges of its own in place of those of another one.
	OwnRanges OptionKind = "own_ranges"
	// Part is for a block that is a part of another one, Meant for a range that is meant for the other party.
	Part  OptionKind = "part"
	Meant OptionKind = "meant"
	// Delegated holds a range for another allocator.
	Delegated OptionKind = "delegated"
	// Known lets a planner know what another one, or a declaration, has, so that it allocates around it.
	Known OptionKind = "known"
	// OneOnly is for two declarations of one thing, Named for an entry that means something of another name.
	OneOnly OptionKind = "one_only"
	Named   OptionKind = "named"
	// Equal is for two declarations of one network that differ, Renamed for two networks.
	Equal   OptionKind = "equal"
	Renamed OptionKind = "renamed"
	// OtherVRF is for networks that never meet.
	OtherVRF OptionKind = "other_vrf"
	// MovesThere moves the party of another workspace. MovesLater does so where both workspaces hold their ranges, and the
	// rule that both read says so.
	MovesThere OptionKind = "moves_there"
	MovesLater OptionKind = "moves_later"
	// Accepted accepts the conflict, AcceptedMore a number and, if it is changed, larger ones. Lowered makes a warning of it.
	Accepted     OptionKind = "accepted"
	AcceptedMore OptionKind = "accepted_more"
	Lowered      OptionKind = "lowered"
	// Moved moves parties to ranges that the planner chooses, which rebuilds what uses them.
	Moved OptionKind = "moved"
)
