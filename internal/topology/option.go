package topology

import (
	"net/netip"
	"slices"
)

// Option is one way to resolve a problem or a finding: its edits together resolve it, and nothing else has to change.
type Option struct {
	// Kind says when the option is right, or what it is good for.
	Kind OptionKind
	// Subject is the name that some kinds are about, "" for others.
	Subject string
	// Edits are for this plan, Later for the plan after this one is applied.
	Edits, Later []Edit
	// Rebuilds says that the cloud has to rebuild what gets other ranges.
	Rebuilds bool
}

// OptionKind says when an option is right, or what it is good for. Those of findings are in package conflict, and those of
// problems here. Package messages words them.
type OptionKind string

// The kinds of options of problems. An option without a kind is always right.
const (
	// NewName is for a cluster, block, VPC or site that has a new name and is the same one.
	NewName OptionKind = "new_name"
	// SecondOne is for a second cluster or block beside the one that holds ranges.
	SecondOne OptionKind = "second_one"
	// DeclaredWrong is for a cluster that has always been where it is declared now.
	DeclaredWrong OptionKind = "declared_wrong"
	// HoldsRanges is for a cluster or block that exists and holds these ranges, NotBuilt for one that is still to be built.
	HoldsRanges OptionKind = "holds_ranges"
	NotBuilt    OptionKind = "not_built"
	// ReleasedUnused is for released ranges that nothing uses any more.
	ReleasedUnused OptionKind = "released_unused"
	// OwnAddresses is for public ranges that belong to the organization.
	OwnAddresses OptionKind = "own_addresses"
	// Mistake is for a change that was not meant.
	Mistake OptionKind = "mistake"
	// OwnerElsewhere is for a name that an owner of another workspace has, ClaimsOutdated for claims of another workspace that are
	// out of date.
	OwnerElsewhere OptionKind = "owner_elsewhere"
	ClaimsOutdated OptionKind = "claims_outdated"
	// RouteIsSummary is for a route that is an aggregate, RouteInUse for one whose whole destination is in use.
	RouteIsSummary OptionKind = "route_is_summary"
	RouteInUse     OptionKind = "route_in_use"
	// MovesWithNetwork is for a cluster that gets other ranges together with another network.
	MovesWithNetwork OptionKind = "moves_with_network"
	// NamesExchanged is for the names of two networks that were exchanged.
	NamesExchanged OptionKind = "names_exchanged"
	// MeetsRequirement is for a cluster that has what its Subject says.
	MeetsRequirement OptionKind = "meets_requirement"
	// AcceptedForGood is for a conflict that is accepted without an end.
	AcceptedForGood OptionKind = "accepted_for_good"
)

// OptionOf is the option of some edits that is always right.
func OptionOf(edits ...Edit) Option { return Option{Edits: edits} }

// OptionWhen is the option of some edits that is right in a case.
func OptionWhen(kind OptionKind, edits ...Edit) Option { return Option{Kind: kind, Edits: edits} }

// Add appends edits of which the option has none for the same argument, or for the same element of a list. It shares no edits
// with copies of the option that were made before.
func (o *Option) Add(edits ...Edit) {
	o.Edits = slices.Clip(o.Edits)
	for _, e := range edits {
		if !slices.ContainsFunc(o.Edits, e.repeats) {
			o.Edits = append(o.Edits, e)
		}
	}
}

// Within is the option with its edits in a resource.
func (o Option) Within(r Resource) Option {
	o.Edits = slices.Clone(o.Edits)
	for i := range o.Edits {
		o.Edits[i].In = r
	}
	return o
}

// Texts are ranges as a configuration writes them.
func Texts(ranges []netip.Prefix) []string {
	out := []string{}
	for _, r := range ranges {
		out = append(out, r.String())
	}
	return out
}
