package profile

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// SubnetBlock is the prefix length of the blocks in which nodes get Pod addresses from subnets of the VPC, 0 where they get single ones.
func (p *Profile) SubnetBlock() int {
	if p.Pods.From == Subnets && p.Nodes.Blocks == Dynamic {
		return p.Nodes.Longest
	}
	return 0
}

// BesidePodsOf is the rule for a subnet that Pods of a cluster of this profile share with those of a cluster of another or the same one.
func (p *Profile) BesidePodsOf(other *Profile) Rule {
	if other.Name != p.Name && p.Pods.Subnets.WithOtherMode.Text != "" {
		return p.Pods.Subnets.WithOtherMode
	}
	return p.Pods.Subnets.WithPods
}

// UsableInBlocks counts the addresses of an IPv4 subnet that are in whole blocks of a prefix length: blocks without an address that the
// platform reserves, or that is in one of the reserved ranges inside the subnet.
func (s VPCSubnets) UsableInBlocks(subnet netip.Prefix, length int, reserved []netip.Prefix) int64 {
	if subnet.Bits() > length {
		return 0
	}
	var broken []netip.Prefix
	for _, r := range slices.Concat(s.Reserved.at(subnet), reserved) {
		if subnet.Contains(r.Addr()) {
			broken = append(broken, netip.PrefixFrom(r.Addr(), min(r.Bits(), length)).Masked())
		}
	}
	return max(0, addresses(subnet.Bits())-cidr.NewSet(broken...).Count(cidr.V4).Int64())
}

// at are the reserved addresses at both ends of an IPv4 subnet.
func (r Reserved) at(subnet netip.Prefix) []netip.Prefix {
	var ends []netip.Prefix
	first, last := subnet.Masked().Addr(), cidr.Last(subnet)
	for range r.Addresses - r.Last {
		ends = append(ends, netip.PrefixFrom(first, cidr.V4.Bits()))
		first = first.Next()
	}
	for range r.Last {
		ends = append(ends, netip.PrefixFrom(last, cidr.V4.Bits()))
		last = last.Prev()
	}
	return ends
}
