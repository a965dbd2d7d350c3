package conflict

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Option is one of the choices that a message offers. Each resolves all findings of the message by itself.
type Option struct {
	Why Why
	// Subject is the name that some reasons are about, "" for others.
	Subject string
	// Edits are made together.
	Edits []Edit
}

// Edit is a change of one argument.
type Edit struct {
	// In is the resource whose argument it is; the zero Place is the resource that reports the conflict.
	In Resource
	At topology.Path
	Do Change
}

// Resource is a resource, of this configuration or of another workspace.
type Resource struct {
	Origin
	// OtherWorkspace says that another workspace has the resource: it is applied there, and its claims are read again.
	OtherWorkspace bool
}

// Change is what an Edit does with an argument: Set, Restore, AtMost, AtLeast, Narrow, Avoid, Comply, Add, Take, AddClaims, Rename,
// Remove or NewToken.
type Change interface{ change() }

type (
	// Set gives the argument one of some values, the best one first. Each is a string, bool, int64, []string, Entry or Result.
	Set struct{ Values []any }
	// Restore gives it the value that it had at the last apply, in place of the one that it has now.
	Restore struct{ Was, Now any }
	// AtMost gives it the number, or a smaller one.
	AtMost struct{ Value int64 }
	// AtLeast gives it the number, or a larger one.
	AtLeast struct{ Value int64 }
	// Narrow gives it the part of its range that is in use, which has no address of some other ranges.
	Narrow struct{ Without []netip.Prefix }
	// Avoid gives it ranges that share no addresses with some other ones. Which ones is not known here.
	Avoid struct{ Ranges []netip.Prefix }
	// Add adds a name to a list.
	Add struct{ Name string }
	// Take removes a name from a list.
	Take struct{ Name string }
	// AddClaims adds the claims of an allocator or of blocks to a map.
	AddClaims struct{ Of Origin }
	// Rename gives an entry of a map, or a resource, another name, also where others refer to it.
	Rename struct{ To string }
	// Remove deletes the argument.
	Remove struct{}
	// NewToken gives an entry of renumber a token that it did not have before.
	NewToken struct{}
)

func (Set) change()       {}
func (Restore) change()   {}
func (AtMost) change()    {}
func (AtLeast) change()   {}
func (Narrow) change()    {}
func (Avoid) change()     {}
func (Add) change()       {}
func (Take) change()      {}
func (AddClaims) change() {}
func (Rename) change()    {}
func (Remove) change()    {}
func (NewToken) change()  {}

// Entry is an element of a map of objects that has one attribute.
type Entry struct{ Attr, Value string }

// Result is an attribute of a resource, or a part of it; with an empty path it is the resource.
type Result struct {
	Of Origin
	At topology.Path
}

// Why is when an option is right, or what it is good for.
type Why int

// The reasons of options.
const (
	// OtherRange moves a party to a free range, OtherRanges several parties.
	OtherRange Why = iota
	OtherRanges
	// NoneFree moves a party to a range that is chosen outside of the supernets, since none in them is free. AnyRange moves
	// it to a range of which nothing is known here.
	NoneFree
	AnyRange
	// OtherSupernets is for allocators that allocate from the same addresses.
	OtherSupernets
	// Corrected is for a declaration that may say something wrong: of a range that something does not have, or has in part.
	Corrected
	// Wider is for a network that is declared wider than it is.
	Wider
	// Undone takes back a change that was made since the last apply.
	Undone
	// Aggregate is for a route that occupies nothing, LeadsTo for one that leads to a network.
	Aggregate
	LeadsTo
	// Unused is for a range that nothing uses any more, Gone for one whose owner is gone.
	Unused
	Gone
	// Allowed is for a block, subnet or route that the platform refuses or advises against, Fewer for too many blocks.
	Allowed
	Fewer
	// Apart separates networks, OutOfMesh takes a cluster out of a mesh.
	Apart
	OutOfMesh
	// OwnSubnet gives Pods a subnet that nothing else uses, MoreSubnets a further one.
	OwnSubnet
	MoreSubnets
	// Smaller asks for less, Larger states that more is possible.
	Smaller
	Larger
	// OtherProfile is a profile of the same platform with larger limits.
	OtherProfile
	// OwnRanges gives a cluster ranges of its own in place of those of another one.
	OwnRanges
	// Part is for a block that is a part of another one, Meant for a range that is meant for the other party.
	Part
	Meant
	// Delegated holds a range for another allocator.
	Delegated
	// Known lets a planner know what another one, or a declaration, has, so that it allocates around it.
	Known
	// OneOnly is for two declarations of one thing, Named for an entry that means something of another name.
	OneOnly
	Named
	// Equal is for two declarations of one network that differ, Renamed for two networks.
	Equal
	Renamed
	// OtherVRF is for networks that never meet.
	OtherVRF
	// MovesThere moves the party of another workspace. MovesLater does so where both workspaces hold their ranges, and the
	// rule that both read says so.
	MovesThere
	MovesLater
	// Accepted accepts the conflict, AcceptedMore a number and, if it is changed, larger ones. Lowered makes a warning of it.
	Accepted
	AcceptedMore
	Lowered
	// Moved moves parties to ranges that the planner chooses, which rebuilds what uses them.
	Moved
)
