package topology

import "net/netip"

// Option is one way to resolve a problem: its edits together resolve it, and nothing else has to change.
type Option struct {
	// Case says when the option is right.
	Case Case
	// Edits are for this plan, Later for the plan after this one is applied.
	Edits, Later []Edit
	// Rebuilds says that the cloud has to rebuild what gets other ranges.
	Rebuilds bool
}

// Case is when an option is right.
type Case int

// The cases of options.
const (
	Always     Case = iota
	Renamed         // the cluster, block, VPC or site has a new name and is the same one
	Second          // a second cluster or block is meant, beside the one that holds ranges
	Elsewhere       // the cluster has always been where it is declared now
	Holds           // the cluster or block exists and holds this
	StillToBe       // the cluster or block is still to be built
	Unused          // nothing uses the released ranges any more
	Owned           // the ranges belong to the organization
	Mistake         // the change was not meant
	OtherOwner      // another workspace has an owner of the name
	Outdated        // what the other workspace says is out of date
	Summary         // the route is an aggregate
	InUse           // all of the route's destination is in use
	Moves           // the cluster gets other ranges together with the move
	Exchanged       // the names of two networks were exchanged
	ForGood         // the conflict is accepted without an end
)

// Verb is what an edit does.
type Verb int

// The verbs of edits.
const (
	// Setting gives At the Value.
	Setting Verb = iota
	// Removing removes At.
	Removing
	// Adding adds the Value to the list At, RemovingFrom takes it out.
	Adding
	RemovingFrom
	// Copying declares what From has a second time, as At.
	Copying
	// Restoring declares At again as it was in the plan before.
	Restoring
	// Renaming gives what is declared as From the place At, also where others refer to it.
	Renaming
)

// Edit is one change of a configuration.
type Edit struct {
	Do       Verb
	At, From Path
	// Value is a string, an int, an int64, a bool, a netip.Prefix, a list of strings or prefixes, a UserValue, or one of the types below.
	Value any
}

type (
	// AtMost is the largest number that a value may have.
	AtMost int64
	// AtLeast is the smallest one.
	AtLeast int64
	// OneOf are values of which one is chosen.
	OneOf []string
	// RangeOf is any free range of a prefix length or a shorter one.
	RangeOf struct {
		Family string
		Length int
	}
)

// Set gives a place a value.
func Set(at Path, value any) Edit { return Edit{Do: Setting, At: at, Value: value} }

// Remove removes what is at a place.
func Remove(at Path) Edit { return Edit{Do: Removing, At: at} }

// Add adds a value to a list.
func Add(at Path, value any) Edit { return Edit{Do: Adding, At: at, Value: value} }

// RemoveFrom removes a value from a list.
func RemoveFrom(at Path, value any) Edit { return Edit{Do: RemovingFrom, At: at, Value: value} }

// Copy declares what is at one place a second time at another.
func Copy(from, to Path) Edit { return Edit{Do: Copying, From: from, At: to} }

// Restore declares again what was at a place before.
func Restore(at Path) Edit { return Edit{Do: Restoring, At: at} }

// Rename gives what is declared at one place another key, also where others refer to it.
func Rename(from, to Path) Edit { return Edit{Do: Renaming, From: from, At: to} }

// OptionOf is the option of some edits that is always right.
func OptionOf(edits ...Edit) Option { return Option{Edits: edits} }

// OptionWhen is the option of some edits that is right in a case.
func OptionWhen(c Case, edits ...Edit) Option { return Option{Case: c, Edits: edits} }

// Texts are ranges as a configuration writes them.
func Texts(ranges []netip.Prefix) []string {
	out := []string{}
	for _, r := range ranges {
		out = append(out, r.String())
	}
	return out
}
