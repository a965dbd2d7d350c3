package allocate

import (
	"cmp"
	"fmt"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// pods finds out which IPv4 Pod ranges a cluster has, those that the configuration appends included, or demands one of a length.
func (c clusterCollector) pods(has profile.Ranges, length int) []netip.Prefix {
	pinned, held := c.cluster.PodCIDRs, grown(has.Pods, c.cluster, c.profile)
	switch {
	case len(held) > 0 && c.profile.Extends():
		c.demandWith(demand{length: length, family: cidr.V4, before: len(held), extends: held[0]}, conflict.Pod)
		return held
	case len(held) > 0:
		c.demandWith(demand{length: length, family: cidr.V4, before: len(held), reserve: has.Aggregate}, conflict.Pod)
		return held
	case len(pinned) > 0:
		return pinned
	case c.cluster.ReserveLength != 0 && length != 0:
		c.growthReserve(length)
	default:
		c.demand(conflict.Pod, length, cidr.V4)
	}
	return nil
}

// growthReserve demands a growth reserve with a Pod range of a length in it.
func (c clusterCollector) growthReserve(length int) {
	reserve := c.cluster.ReserveLength
	if reserve <= length {
		c.demandWith(demand{length: reserve, podLength: length, family: cidr.V4}, conflict.Pod)
		return
	}
	c.demand(conflict.Pod, length, cidr.V4)
	at := c.at.Attr("reserve_prefix_length")
	c.fault(
		at,
		topology.Contradicting{
			Value: fmt.Sprint(reserve),
			Other: topology.PodRangeLength{Length: length},
			Gives: topology.AtMost(length),
		},
		agreeing(at, topology.AtMost(length))...)
}

// services finds out which IPv4 Service range a cluster has, or demands one of a length.
func (c clusterCollector) services(has profile.Ranges, length int) netip.Prefix {
	if c.profile.Pods.From == profile.Shared { // its Service range is the last part of a Pod range
		if has.Service.IsValid() {
			return has.Service
		}
		return c.profile.ServiceTail(first(has.Pods), c.found.serviceTail)
	}
	held, pin, assumed := has.Service, c.cluster.ServiceCIDR, c.assumedServices(has)
	switch {
	case held.IsValid() || pin.IsValid():
		c.demandWith(demand{length: length, family: cidr.V4, before: 1 + len(has.Further.Services)}, conflict.Service)
		return cmp.Or(held, pin)
	case len(assumed) > 0:
		c.warnOfAssumed(conflict.Service, c.assumedWith(assumed, has), c.profile.Services.Default.DefaultRanges)
		return c.onlyService(assumed)
	}
	c.demandWith(demand{length: length, family: cidr.V4, beside: len(has.Further.Services) > 0}, conflict.Service)
	return netip.Prefix{}
}

// ipv6 finds out which IPv6 ranges a cluster has, or demands them.
func (c clusterCollector) ipv6(ranges profile.Ranges, size profile.Size6) profile.Ranges {
	if ranges.NodeIPv6Mask == 0 {
		ranges.NodeIPv6Mask = size.NodeMask
	}
	find := func(kind conflict.Kind, held, pin netip.Prefix, attr string, length, further int) netip.Prefix {
		switch {
		case held.IsValid() || pin.IsValid():
			c.demandWith(demand{length: length, family: cidr.V6, before: 1 + further}, kind)
			return cmp.Or(held, pin)
		case !c.cluster.Unknown.Has(attr):
			c.demandWith(demand{length: length, family: cidr.V6, beside: further > 0}, kind)
		}
		return held
	}
	pods, services := len(ranges.Further.PodsIPv6), len(ranges.Further.ServicesIPv6)
	ranges.PodIPv6 = find(conflict.Pod, ranges.PodIPv6, c.cluster.PodIPv6CIDR, "pod_ipv6_cidr", size.Pod, pods)
	ranges.ServiceIPv6 = find(
		conflict.Service, ranges.ServiceIPv6, c.cluster.ServiceIPv6CIDR, "service_ipv6_cidr", size.Service, services,
	)
	return ranges
}
