package provider

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// locked is an entry of the lock of an allocator: the ranges that a cluster holds, or with cluster those that it released.
type locked struct {
	Cluster         string   `json:"cluster,omitempty"`
	Profile         string   `json:"profile,omitempty"`
	PodCIDRs        []string `json:"pod_cidrs,omitempty"`
	PodAggregate    string   `json:"pod_aggregate,omitempty"`
	ServiceCIDR     string   `json:"service_cidr,omitempty"`
	PodIPv6CIDR     string   `json:"pod_ipv6_cidr,omitempty"`
	ServiceIPv6CIDR string   `json:"service_ipv6_cidr,omitempty"`
	NodeCIDRMask    int      `json:"node_cidr_mask,omitempty"`
	// The lists of further ranges, which most clusters do not have.
	FurtherServiceCIDRs     []string `json:"further_service_cidrs,omitempty"`
	FurtherPodIPv6CIDRs     []string `json:"further_pod_ipv6_cidrs,omitempty"`
	FurtherServiceIPv6CIDRs []string `json:"further_service_ipv6_cidrs,omitempty"`
	// NodeIPv6CIDRMask is left out where it is what the profile has by default.
	NodeIPv6CIDRMask int `json:"node_ipv6_cidr_mask,omitempty"`
}

// lockCluster returns what writes the entries of clusters.
func lockCluster(catalog *profile.Catalog) func(lockEntry) any {
	return func(e lockEntry) any {
		l := lockedOf(e)
		if p, known := catalog.Profile(e.profile); known && p.IPv6.NodeMask == e.NodeIPv6Mask {
			l.NodeIPv6CIDRMask = 0
		}
		return l
	}
}

func lockedOf(e lockEntry) locked {
	held := e.Ranges
	l := locked{
		Cluster: e.owner, Profile: e.profile, ServiceCIDR: lockRange(held.Service),
		NodeCIDRMask: held.NodeMask, NodeIPv6CIDRMask: held.NodeIPv6Mask,
		PodAggregate: lockRange(held.Aggregate), PodIPv6CIDR: lockRange(held.PodIPv6), ServiceIPv6CIDR: lockRange(held.ServiceIPv6),
	}
	for _, pods := range held.Pods {
		l.PodCIDRs = append(l.PodCIDRs, pods.String())
	}
	further := l.further()
	for i, list := range held.Further.Lists() {
		if len(*list.Ranges) > 0 {
			*further[i] = topology.Texts(*list.Ranges)
		}
	}
	return l
}

// further are the lists of further ranges, in the order of profile.Further.
func (l *locked) further() []*[]string {
	return []*[]string{&l.FurtherServiceCIDRs, &l.FurtherPodIPv6CIDRs, &l.FurtherServiceIPv6CIDRs}
}

// entry reads the entry. problem is what is wrong with it, nil where it can be used.
func (l locked) entry(catalog *profile.Catalog) (e lockEntry, problem any) {
	e = lockEntry{owner: l.Cluster, profile: l.Profile}
	ranges, fault := l.ranges()
	if fault != nil {
		return e, fault
	}
	if faults := damagedRanges(nil, ranges); len(faults) > 0 {
		return e, faults[0]
	}
	p, known := catalog.Profile(l.Profile)
	// A range that the argument existing names as released may come without a profile.
	if !known && (l.Cluster == "" || l.Profile != "") {
		return e, messages.UnknownLockProfile{Profile: l.Profile}
	}
	if l.Cluster != "" {
		e.Allocation = allocate.Allocation{Ranges: ranges}
	} else {
		e.Allocation = allocate.Restore(p, catalog, ranges)
	}
	return e, nil
}

// ranges reads the ranges of the entry. The fault is that of the first one that is no canonical CIDR.
func (l locked) ranges() (profile.Ranges, *cidr.ParseFault) {
	out := profile.Ranges{NodeMask: l.NodeCIDRMask, NodeIPv6Mask: l.NodeIPv6CIDRMask}
	texts, lists := append([]*[]string{&l.PodCIDRs}, l.further()...), []*[]netip.Prefix{&out.Pods}
	for _, list := range out.Further.Lists() {
		lists = append(lists, list.Ranges)
	}
	for i, list := range lists {
		for _, text := range *texts[i] {
			r, fault := cidr.Parse(text)
			if fault != nil {
				return out, fault
			}
			*list = append(*list, r)
		}
	}
	for _, one := range []struct {
		text string
		to   *netip.Prefix
	}{
		{l.ServiceCIDR, &out.Service},
		{l.PodAggregate, &out.Aggregate},
		{l.PodIPv6CIDR, &out.PodIPv6},
		{l.ServiceIPv6CIDR, &out.ServiceIPv6},
	} {
		if one.text == "" {
			continue
		}
		var fault *cidr.ParseFault
		if *one.to, fault = cidr.Parse(one.text); fault != nil {
			return out, fault
		}
	}
	return out, nil
}
