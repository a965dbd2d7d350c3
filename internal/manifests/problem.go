package manifests

import (
	"math/big"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Problem says why a format cannot have an allocation or an option: one of the types below.
type Problem interface{ problem() }

// Kind is what a range is for.
type Kind int

// The kinds of ranges.
const (
	Pods Kind = iota
	Services
)

// NoRange says that an allocation has no range of a kind, or none in a family in which the cluster has the other kind.
type NoRange struct {
	Kind   Kind
	Format string
	// Family is the one without a range; 0 for no range at all.
	Family cidr.Family
}

// SeveralPodRanges says that a format has one Pod range of a family, and the allocation has several. Other are formats that have several.
type SeveralPodRanges struct {
	Format string
	Ranges []netip.Prefix
	Other  []string
}

// NoNodeMask says that an allocation has no node mask in a family, and the format requires one.
type NoNodeMask struct {
	Format string
	Family cidr.Family
	// Other are formats that require none.
	Other []string
}

// NodeMaskRefused says that a tool accepts only some node masks for a Pod range.
type NodeMaskRefused struct {
	Format string
	Pods   netip.Prefix
	Mask   int
	// Shortest and Longest are the prefix lengths that it accepts.
	Shortest, Longest int
}

// RangeRefused says that a tool accepts only some lengths of ranges of a kind. Option is the option that has the range, "" for the
// allocation.
type RangeRefused struct {
	Kind           Kind
	Format, Option string
	Range          netip.Prefix
	// Shortest and Longest are the prefix lengths that it accepts.
	Shortest, Longest int
}

// OwnOverlap says that two ranges of the allocation overlap.
type OwnOverlap struct{ A, B netip.Prefix }

// NoDNSAddress says that a Service range has no tenth address for cluster DNS.
type NoDNSAddress struct {
	Format   string
	Services netip.Prefix
}

// InternalOverlap says that a range overlaps one that the tool uses by default for itself. Option is the option that sets another one, ""
// where there is none.
type InternalOverlap struct {
	Format   string
	Range    netip.Prefix
	Use      string
	Internal netip.Prefix
	Option   string
}

// OptionOverlap says that a range of an option overlaps one of the allocation, or of the same option.
type OptionOverlap struct {
	Option       string
	Range, Other netip.Prefix
}

// OptionLacks says that the range of an option does not contain a Pod range of the allocation.
type OptionLacks struct {
	Option      string
	Range, Pods netip.Prefix
}

// OptionUnused says that an option has no effect on a format. Other are the formats that use it.
type OptionUnused struct {
	Option, Format string
	Other          []string
}

// JoinTooSmall says that a join range has no address for each node. Longest is the longest prefix length that has.
type JoinTooSmall struct {
	Format  string
	Range   netip.Prefix
	Nodes   *big.Int
	Longest int
}

// OptionFamily says that an option has not as many ranges of a family as the format can use.
type OptionFamily struct {
	Option, Format string
	Family         cidr.Family
	Count          int
	// Max is 1, or 0 for a family in which the tool or the cluster has none.
	Max int
}

// FamilyRefused says that a format has no ranges of a family, and the allocation has one.
type FamilyRefused struct {
	Format string
	Range  netip.Prefix
}

// NoNativeRange says that several Pod ranges of a family have no range that contains them, which native routing requires.
type NoNativeRange struct {
	Ranges []netip.Prefix
}

// UnpairedPodRanges says that a format requires as many Pod ranges of each family, and an allocation of both families has not.
type UnpairedPodRanges struct {
	Format     string
	IPv4, IPv6 []netip.Prefix
}

func (NoRange) problem()           {}
func (SeveralPodRanges) problem()  {}
func (NoNodeMask) problem()        {}
func (NodeMaskRefused) problem()   {}
func (RangeRefused) problem()      {}
func (OwnOverlap) problem()        {}
func (NoDNSAddress) problem()      {}
func (InternalOverlap) problem()   {}
func (OptionOverlap) problem()     {}
func (OptionLacks) problem()       {}
func (OptionUnused) problem()      {}
func (JoinTooSmall) problem()      {}
func (OptionFamily) problem()      {}
func (FamilyRefused) problem()     {}
func (NoNativeRange) problem()     {}
func (UnpairedPodRanges) problem() {}
