package profile

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// What a platform can have data on. Unpublished of Networks says why there is none.
const (
	VPCLimits         = "vpc_limits"
	VPCLimits6        = "vpc_ipv6_limits"
	SecondaryBlocks   = "secondary_blocks"
	SubnetLimits      = "subnet_limits"
	SubnetLimits6     = "subnet_ipv6_limits"
	ReservedAddresses = "reserved_addresses"
	RouteRules        = "route_rules"
)

// Gaps names what there is no data on, in the order of the constants.
func (n Networks) Gaps() []string {
	bound := func(family cidr.Family, lists ...[]Limit) bool {
		return slices.ContainsFunc(slices.Concat(lists...), func(l Limit) bool { return l.binds(family) })
	}
	var gaps []string
	for _, kind := range []struct {
		name  string
		known bool
	}{
		{VPCLimits, bound(cidr.V4, n.VPC.Limits, n.VPC.Primary.Limits)},
		{VPCLimits6, bound(cidr.V6, n.VPC.Limits)},
		{SecondaryBlocks, len(n.VPC.MaxSecondary) > 0},
		{SubnetLimits, bound(cidr.V4, n.Subnets.Limits)},
		{SubnetLimits6, bound(cidr.V6, n.Subnets.Limits)},
		{ReservedAddresses, n.Subnets.Reserved.Known()},
		{
			RouteRules,
			len(n.Routes.Forbidden) > 0 || n.Routes.InSubnet.Text != "" || n.Routes.OverSubnet.Text != "" ||
				n.Routes.InSecondary.Text != "",
		},
	} {
		if !kind.known {
			gaps = append(gaps, kind.name)
		}
	}
	return gaps
}
