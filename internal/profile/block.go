package profile

import "github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"

// Block is the name of the profile of ranges that are handed out and are not of a cluster. No platform
// has a word on it, and no cluster can have it.
const Block = "block"

var block = &Profile{Name: Block, Title: "a block", Pods: Pods{From: Own}, Nodes: Nodes{Blocks: None}}

// OfBlocks is the catalog with the profile of blocks and no other.
func (c *Catalog) OfBlocks() *Catalog {
	only := *c
	only.profiles = map[string]*Profile{Block: block}
	return &only
}

// LengthFor is the prefix length of the smallest IPv4 subnet with so many addresses that the platform
// does not keep.
func (s VPCSubnets) LengthFor(addresses int64) (int, *SizeError) {
	shortest, longest := lengths(s.Limits)
	if err := within("addresses", addresses, 1, capacity(max(shortest, 1), s.Reserved.Addresses), limitsOf, firstRule(s.Limits)); err != nil {
		return 0, err
	}
	return min(longest, cidr.LongestFor(uint64(addresses+s.Reserved.Addresses), cidr.V4)), nil
}
