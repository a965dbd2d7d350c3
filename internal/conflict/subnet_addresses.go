package conflict

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// subnetAddresses counts the addresses that nodes and Pods can use in subnets of a platform.
type subnetAddresses struct {
	rules    profile.VPCSubnets
	reserved []netip.Prefix
	// block is the prefix length of the blocks that Pods take on the platform, 0 where they take single addresses.
	block int
}

func newSubnetAddresses(rules profile.VPCSubnets, reserved map[string]topology.Reserved) subnetAddresses {
	r := subnetAddresses{rules: rules}
	for _, one := range reserved {
		if one.CIDR.IsValid() {
			r.reserved = append(r.reserved, one.CIDR)
		}
	}
	return r
}

// UsableInSubnet counts the addresses of an IPv4 subnet of a VPC that Pods can use in blocks of a prefix length, or as single ones where
// that is 0; ok is false for a subnet that is not declared, not known or of IPv6.
func (w World) UsableInSubnet(f topology.Facts, vpc, subnet string, block int) (addresses int64, ok bool) {
	v := f.VPCs[vpc]
	r := v.Subnets[subnet]
	if !r.IsValid() || cidr.FamilyOf(r) != cidr.V4 {
		return 0, false
	}
	rooms := newSubnetAddresses(w.Catalog.Platform(topology.PlatformOf(v)).Networks.Subnets, f.Reserved)
	if block != 0 {
		return rooms.inBlocks(r, block), true
	}
	return rooms.usable(r), true
}

// in counts the addresses of a place in an IPv4 subnet that nodes and Pods can use.
func (r subnetAddresses) in(p place, v topology.VPC) int64 {
	subnet := v.Subnets[p.subnet]
	whole := r.inBlocks(subnet, r.block)
	if p.whole {
		return whole
	}
	return max(0, r.usable(subnet)-whole)
}

// inBlocks counts the addresses of an IPv4 subnet in whole blocks of a prefix length that nodes can take; 0 where that is 0.
func (r subnetAddresses) inBlocks(subnet netip.Prefix, block int) int64 {
	if block == 0 || !subnet.IsValid() {
		return 0
	}
	return r.rules.UsableInBlocks(subnet, block, r.inside(subnet))
}

// usable counts the addresses of an IPv4 subnet without those that the platform keeps and without reserved ranges
// that are a part of it, such as a subnet CIDR reservation. A reserved range that holds the whole subnet keeps
// other ranges out of it and takes nothing from it. Addresses that are both kept and reserved count twice, so the
// result is at most too small by those that the platform keeps.
func (r subnetAddresses) usable(subnet netip.Prefix) int64 {
	return max(0, r.rules.Usable(subnet)-cidr.NewSet(r.inside(subnet)...).Count(cidr.V4).Int64())
}

// inside are the reserved ranges that are a part of a subnet.
func (r subnetAddresses) inside(subnet netip.Prefix) []netip.Prefix {
	var inside []netip.Prefix
	for _, reserved := range r.reserved {
		if subnet.IsValid() && reserved != subnet && cidr.Contains(subnet, reserved) {
			inside = append(inside, reserved)
		}
	}
	return inside
}
