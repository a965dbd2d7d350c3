package topology

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Pin is an argument of a cluster that gives one range.
type Pin struct {
	Attr   string
	Range  netip.Prefix
	Family cidr.Family
}

// Pins are the arguments that give one range each, set or not.
func (c Cluster) Pins() [3]Pin {
	return [...]Pin{
		{"service_cidr", c.ServiceCIDR, cidr.V4},
		{"pod_ipv6_cidr", c.PodIPv6CIDR, cidr.V6},
		{"service_ipv6_cidr", c.ServiceIPv6CIDR, cidr.V6},
	}
}

// PinnedRanges are all ranges that the configuration gives.
func (c Cluster) PinnedRanges() profile.Ranges {
	return profile.Ranges{
		Pods: c.PodCIDRs, Service: c.ServiceCIDR, PodIPv6: c.PodIPv6CIDR, ServiceIPv6: c.ServiceIPv6CIDR, Further: c.Further,
	}
}

// source6 says where clusters of a profile have the IPv6 range of the pin from.
func (p Pin) source6(of *profile.Profile) string {
	if p.Attr == "pod_ipv6_cidr" {
		return of.IPv6.Pods
	}
	return of.IPv6.Services
}

// WithPins is the cluster with these ranges as its pins, and no other ones.
func (c Cluster) WithPins(to profile.Ranges) Cluster {
	c.PodCIDRs, c.ServiceCIDR, c.PodIPv6CIDR, c.ServiceIPv6CIDR = to.Pods, to.Service, to.PodIPv6, to.ServiceIPv6
	c.Further = to.Further
	return c
}
