package profile

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Networks are the rules of a platform for VPCs and what joins them.
type Networks struct {
	// Peer is about blocks of two networks that are joined.
	Peer Rule `yaml:"peer"`
	// Hubs are the kinds of hubs that the platform has, by name.
	Hubs    map[string]Hub `yaml:"hubs"`
	VPC     VPC            `yaml:"vpc"`
	Subnets VPCSubnets     `yaml:"subnets"`
	Routes  Routes         `yaml:"routes"`
	// Unpublished has the reason why nothing is checked, by gap (one of Gaps), for the guides.
	Unpublished map[string]string `yaml:"unpublished"`
}

// Compares says which ranges of two VPCs a hub compares.
type Compares string

const (
	// WholeBlocks means that no blocks of the two may overlap.
	WholeBlocks Compares = "blocks"
	// EachSubnet means that subnets are compared, and blocks may overlap.
	EachSubnet Compares = "subnets"
	// Identical means that only blocks that are the same are refused.
	Identical Compares = "identical"
)

// Hub is a kind of hub.
type Hub struct {
	Title string `yaml:"title"`
	Joins `yaml:",inline"`
	// ProtectionLevels are settings of the hub that change what it compares.
	ProtectionLevels map[string]Joins `yaml:"protection_levels"`
}

// Levels are the protection levels that hubs of the kind can have, sorted; "FULL" means the
// usual rules.
func (h Hub) Levels() []string {
	if len(h.ProtectionLevels) == 0 {
		return nil
	}
	return append([]string{"FULL"}, slices.Sorted(maps.Keys(h.ProtectionLevels))...)
}

// At says how a hub with a protection level joins networks.
func (h Hub) At(level string) Joins {
	if joins, ok := h.ProtectionLevels[level]; ok {
		return joins
	}
	return h.Joins
}

// Joins says what a hub compares and how serious an overlap is.
type Joins struct {
	Compares Compares `yaml:"compares"`
	Rule     `yaml:",inline"`
}

// VPC are the rules for the blocks of a VPC, IPv6 ones among the limits for all.
type VPC struct {
	Limits    []Limit     `yaml:"limits"`
	Forbidden []Forbidden `yaml:"forbidden"`
	// Primary is for the first block, Secondary for all others.
	Primary   Blocked `yaml:"primary"`
	Secondary Blocked `yaml:"secondary"`
	// Beside are the rules for a secondary block that depend on the blocks the VPC has.
	Beside []Beside `yaml:"beside"`
	// MaxSecondary bounds the number of secondary blocks.
	MaxSecondary []Cap `yaml:"max_secondary"`
	// SecondaryPeered is about a VPC with secondary blocks that is joined to a peer.
	SecondaryPeered Rule `yaml:"secondary_peered"`
}

// Blocked are the rules for some blocks of a VPC.
type Blocked struct {
	Limits    []Limit     `yaml:"limits"`
	Forbidden []Forbidden `yaml:"forbidden"`
}

// Beside are ranges that a secondary block must not come from, given the blocks before it.
type Beside struct {
	// Within and Outside say which primary block the rules are for: one inside any of Within, or one
	// that is inside none of Outside. One of the two is given.
	Within  []netip.Prefix `yaml:"within"`
	Outside []netip.Prefix `yaml:"outside"`
	// Any says that Within is about every block of the VPC, not about the primary one alone.
	Any       bool        `yaml:"any"`
	Forbidden []Forbidden `yaml:"forbidden"`
}

// appliesTo says whether the rules are for a VPC with these blocks, the primary one first.
func (b Beside) appliesTo(blocks []netip.Prefix) bool {
	if !b.Any {
		blocks = blocks[:min(1, len(blocks))]
	}
	return slices.ContainsFunc(blocks, func(block netip.Prefix) bool {
		inside := func(r netip.Prefix) bool { return cidr.Contains(r, block) }
		return slices.ContainsFunc(b.Within, inside) || len(b.Outside) > 0 && !slices.ContainsFunc(b.Outside, inside)
	})
}

// VPCSubnets are the rules for the subnets of a VPC.
type VPCSubnets struct {
	Limits   []Limit  `yaml:"limits"`
	Reserved Reserved `yaml:"reserved"`
}

// Reserved counts the addresses of each subnet, of either family, that the platform reserves. Without a rule
// nothing is known of them.
type Reserved struct {
	Addresses int64 `yaml:"addresses"`
	// Last counts those of them that are the last addresses of the subnet; the others are its first ones.
	Last int64 `yaml:"last"`
	Rule `yaml:",inline"`
}

// Routes are the rules for entries of a VPC's route table.
type Routes struct {
	Forbidden []Forbidden `yaml:"forbidden"`
	// InSubnet is about a destination that is in a subnet, OverSubnet one that shares addresses
	// with a subnet in any way.
	InSubnet   Rule `yaml:"in_subnet"`
	OverSubnet Rule `yaml:"over_subnet"`
	// InSecondary is about a destination that is in a secondary IPv4 block of the VPC, or the whole block.
	InSecondary Rule `yaml:"in_secondary"`
}

// BrokenRule is a rule that a block, subnet or route of a VPC breaks.
type BrokenRule struct {
	// Code names the rule, such as "vpc_secondary_forbidden".
	Code string
	Rule Rule
	// Range is what the rule excludes, the zero Prefix where it excludes no range.
	Range netip.Prefix
}

// CheckBlock checks a block of a VPC; the first IPv4 one is primary.
func (v VPC) CheckBlock(block netip.Prefix, primary bool) []BrokenRule {
	of, name := v.Secondary, "vpc_secondary"
	if primary {
		of, name = v.Primary, "vpc"
	}
	never := forbiddenBeside(block, registries().Unusable, v.Forbidden, of.Forbidden)
	broken := checkRange(block, "vpc", v.Limits, v.Forbidden, never)
	return append(broken, checkRange(block, name, of.Limits, of.Forbidden)...)
}

// CheckBeside checks a secondary IPv4 block of a VPC by the blocks before it, the primary one first.
func (v VPC) CheckBeside(block netip.Prefix, before []netip.Prefix) []BrokenRule {
	var broken []BrokenRule
	for _, b := range v.Beside {
		if b.appliesTo(before) {
			broken = append(broken, checkRange(block, "vpc_secondary", nil, b.Forbidden)...)
		}
	}
	return broken
}

// Check checks a subnet.
func (s VPCSubnets) Check(subnet netip.Prefix) []BrokenRule {
	return checkRange(subnet, "subnet", s.Limits)
}

// Known says whether it is known how many addresses of a subnet the platform reserves.
func (r Reserved) Known() bool { return r.Text != "" }

// Usable counts the addresses of a subnet that the platform does not reserve, up to the largest number that can
// be counted.
func (s VPCSubnets) Usable(subnet netip.Prefix) int64 {
	return s.usable(subnet.Bits(), cidr.FamilyOf(subnet))
}

// Check checks the destination of a route against the platform and against one subnet, which may
// be invalid.
func (r Routes) Check(destination, subnet netip.Prefix) []BrokenRule {
	if !subnet.IsValid() {
		return checkRange(destination, "route", nil, r.Forbidden)
	}
	var broken []BrokenRule
	if r.OverSubnet.Broken() && destination.Overlaps(subnet) {
		broken = append(broken, BrokenRule{Code: "route_over_subnet", Rule: r.OverSubnet, Range: subnet})
	}
	if r.InSubnet.Broken() && destination.Overlaps(subnet) && destination.Bits() >= subnet.Bits() {
		broken = append(broken, BrokenRule{Code: "route_in_subnet", Rule: r.InSubnet})
	}
	return broken
}

// checkRange checks a range against what is forbidden and limited, and names the broken rules.
func checkRange(prefix netip.Prefix, name string, limits []Limit, forbidden ...[]Forbidden) []BrokenRule {
	var broken []BrokenRule
	for _, f := range forbidding(prefix, forbidden...) {
		broken = append(broken, BrokenRule{Code: name + "_forbidden", Rule: f.Rule, Range: f.CIDR})
	}
	for _, l := range limits {
		switch l.FitOf(prefix) {
		case WrongLength:
			broken = append(broken, BrokenRule{Code: name + "_prefix_out_of_range", Rule: l.Rule})
		case Outside:
			broken = append(broken, BrokenRule{Code: name + "_out_of_allowed_range", Rule: l.Rule})
		case Fits:
		}
	}
	return broken
}
