package allocate

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// ExistingOf is what the configuration says that a cluster holds; entries of released ranges are not held.
func (r Request) ExistingOf(name string) Existing { return r.Existing[r.existingKey(name)] }

// existingKey is the key under which existing says what a cluster holds: its name, or else a previous
// one. "" where nothing is said.
func (r Request) existingKey(name string) string {
	if e, ok := r.Existing[name]; ok && e.Cluster == "" {
		return name
	}
	for _, old := range r.Facts.Clusters[name].PreviousNames {
		_, declared := r.Facts.Clusters[old]
		if e, ok := r.Existing[old]; ok && e.Cluster == "" && !declared {
			return old
		}
	}
	return ""
}

// existsWithIPv6 says whether existing gives the IPv6 Service range of a cluster, known or not yet.
func (r Request) existsWithIPv6(name string) bool {
	e := r.ExistingOf(name)
	return e.ServiceIPv6CIDR.IsValid() || e.Unknown.Has("service_ipv6_cidr")
}

func (e Existing) ranges() profile.Ranges {
	if e.Unknown.Has("pod_cidrs") {
		e.PodCIDRs = nil // those that are known are not all
	}
	return profile.Ranges{
		Pods:         e.PodCIDRs,
		Service:      e.ServiceCIDR,
		NodeMask:     e.NodeMask,
		NodeIPv6Mask: e.NodeMask6,
		PodIPv6:      e.PodIPv6CIDR,
		ServiceIPv6:  e.ServiceIPv6CIDR,
		Aggregate:    e.Aggregate,
	}
}
