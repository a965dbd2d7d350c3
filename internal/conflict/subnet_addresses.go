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

// UsableInSubnet counts the addresses of an IPv4 subnet of a VPC that nodes and Pods can use; ok is false for a subnet that is not
// declared, not known or of IPv6.
func (w World) UsableInSubnet(f topology.Facts, vpc, subnet string) (addresses int64, ok bool) {
	v := f.VPCs[vpc]
	r := v.Subnets[subnet]
	if !r.IsValid() || cidr.FamilyOf(r) != cidr.V4 {
		return 0, false
	}
	return newSubnetAddresses(w.Catalog.Platform(topology.PlatformOf(v)).Networks.Subnets, f.Reserved).usable(r), true
}

// usable counts the addresses of an IPv4 subnet without those that the platform keeps and without reserved ranges
// that are a part of it, such as a subnet CIDR reservation. A reserved range that holds the whole subnet keeps
// other ranges out of it and takes nothing from it. Addresses that are both kept and reserved count twice, so the
// result is at most too small by those that the platform keeps.
func (r subnetAddresses) usable(subnet netip.Prefix) int64 {
	var inside []netip.Prefix
	for _, reserved := range r.reserved {
		if subnet.IsValid() && reserved != subnet && cidr.Contains(subnet, reserved) {
			inside = append(inside, reserved)
		}
	}
	return max(0, r.rules.Usable(subnet)-cidr.NewSet(inside...).Count(cidr.V4).Int64())
}
