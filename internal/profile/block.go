package profile

import "github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"

// Block is the name of the profile of ranges that are not of a cluster. No platform
// has rules for it, and no cluster can have it.
const Block = "block"

var block = &Profile{Name: Block, Title: "a block", Pods: Pods{From: Own}, Nodes: Nodes{Blocks: None}}

// OfBlocks is the catalog with the profile of blocks and no other.
func (c *Catalog) OfBlocks() *Catalog {
	only := *c
	only.profiles = map[string]*Profile{Block: block}
	return &only
}

// LengthFor is the prefix length of the smallest subnet of a family that has so many addresses, without those
// that the platform reserves, and that the platform accepts.
func (s VPCSubnets) LengthFor(addresses int64, family cidr.Family) (int, *SizeError) {
	shortest, longest := lengths(s.Limits, family)
	most := s.usable(max(shortest, 1), family)
	if err := within("addresses", addresses, 1, most, PlatformLimit{}, ruleOf(s.Limits, family)); err != nil {
		return 0, err
	}
	return min(longest, cidr.LongestFor(uint64(addresses)+uint64(s.Reserved.Addresses), family)), nil
}

// usable counts the addresses of a prefix length that the platform does not reserve, up to the largest number
// that can be counted.
func (s VPCSubnets) usable(length int, family cidr.Family) int64 {
	if family == cidr.V6 {
		return capacity6(length, s.Reserved.Addresses)
	}
	return capacity(length, s.Reserved.Addresses)
}

// ForSubnetsOf is the profile of a block that is a subnet on a platform. No source says that subnets of a platform other than
// the generic one can be in 240.0.0.0/4, so that what allows it there does not hold for them.
func (p *Profile) ForSubnetsOf(platform string) *Profile {
	if platform == Generic {
		return p
	}
	return block
}
