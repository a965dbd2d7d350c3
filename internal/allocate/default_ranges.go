package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// existingRanges are those that existing gives a cluster or block, and the default ranges of its platform in place of those that it
// leaves out: Pod ranges, and the IPv6 Service range of a cluster without any Service range. The IPv4 Service range is not among them;
// see assumedServices.
func (s *situation) existingRanges(name string) profile.Ranges {
	e := s.request.ExistingOf(name)
	ranges, cl := e.Ranges(), s.request.Facts.Clusters[name]
	prof, known := s.profileOf(name)
	if s.request.existingKey(name) == "" || !known || s.isMirror(name) {
		return ranges
	}
	if len(e.PodCIDRs) == 0 && len(cl.PodCIDRs) == 0 && !e.Unknown.Has("pod_cidrs") && !cl.Unknown.Has("pod_cidrs") {
		if pods := prof.Pods.Default.Only(cidr.V4); pods.IsValid() {
			ranges.Pods = []netip.Prefix{pods}
		}
		if cl.Dual() && !e.PodIPv6CIDR.IsValid() && !cl.PodIPv6CIDR.IsValid() && !cl.Unknown.Has("pod_ipv6_cidr") {
			ranges.PodIPv6 = prof.Pods.Default.Only(cidr.V6)
		}
	}
	pinned := cl.ServiceCIDR.IsValid() || cl.ServiceIPv6CIDR.IsValid() || cl.Unknown.HasAny("service_cidr", "service_ipv6_cidr")
	if cl.Dual() && !e.ServiceCIDR.IsValid() && !e.ServiceIPv6CIDR.IsValid() && !e.Unknown.HasAny("service_cidr", "service_ipv6_cidr") &&
		!pinned {
		ranges.ServiceIPv6 = prof.Services.Default.Only(cidr.V6)
	}
	return ranges
}

// assumedServices are the IPv4 Service ranges that the platform uses where it is given none, for a cluster that exists, or that
// declares its Pods and nothing of Services: it was built without one. There are several where the platform chooses one of them, and
// none for other clusters.
func (c clusterCollector) assumedServices(has profile.Ranges) []netip.Prefix {
	cl := c.cluster
	exists := c.request.existingKey(c.name) != ""
	silent := exists || cl.Need.MaxServices == 0 && cl.Need.ServiceLength == 0 && !cl.Unknown.HasAny("service_cidr", "max_services",
		"service_prefix_length")
	if len(has.Pods) == 0 && !exists || !silent || c.existingUnknown(c.name) {
		return nil
	}
	of := c.profile.Services.Default.Of(cidr.V4)
	if len(of) > 1 && !exists {
		return nil // nothing says that the platform was left to choose
	}
	return of
}

// assumedWith are assumed IPv4 Service ranges with the IPv6 one that is assumed as well.
func (c clusterCollector) assumedWith(assumed []netip.Prefix, held profile.Ranges) []netip.Prefix {
	if len(assumed) > 0 && c.assumes("service_ipv6_cidr", held) {
		return append(slices.Clone(assumed), held.ServiceIPv6)
	}
	return assumed
}

// onlyService is the Service range of a cluster that has a default of its platform. Where the platform chooses one of several, all of
// them are claimed, and none is known to be the range.
func (c clusterCollector) onlyService(assumed []netip.Prefix) netip.Prefix {
	if len(assumed) == 1 {
		return assumed[0]
	}
	for _, r := range assumed {
		claim := c.owner.Claim(conflict.Service, r)
		claim.Source = conflict.Possible
		c.claim(claim)
	}
	return netip.Prefix{}
}

// warnOfAssumed says which ranges of a cluster, of Pods or Services, are the defaults of its platform, unless the platform leaves no
// doubt about them.
func (c clusterCollector) warnOfAssumed(kind conflict.Kind, ranges []netip.Prefix, by profile.DefaultRanges) {
	if len(ranges) > 0 && by.Broken() {
		e := AssumedRanges{Cluster: c.name, Profile: c.profile, Kind: kind, Ranges: ranges}
		if c.request.existingKey(c.name) != "" {
			e.Existing = c.existingAt(c.name)
		}
		c.warn(c.at, e)
	}
}

// warnOfAssumedPods is warnOfAssumed for the Pod ranges of a cluster that existing gives without any.
func (c clusterCollector) warnOfAssumedPods(held profile.Ranges) {
	if c.assumes("pod_cidrs", held) {
		ranges := slices.Clone(held.Pods)
		if c.assumes("pod_ipv6_cidr", held) {
			ranges = append(ranges, held.PodIPv6)
		}
		c.warnOfAssumed(conflict.Pod, ranges, c.profile.Pods.Default)
	}
}

// assumes says whether a range of a cluster that existing names is a default of its platform, since neither existing nor the cluster
// gives one for the argument.
func (c clusterCollector) assumes(argument string, held profile.Ranges) bool {
	e := c.request.ExistingOf(c.name)
	return c.request.existingKey(c.name) != "" && map[string]bool{
		"pod_cidrs":         len(held.Pods) > 0 && len(e.PodCIDRs) == 0,
		"pod_ipv6_cidr":     held.PodIPv6.IsValid() && !e.PodIPv6CIDR.IsValid(),
		"service_ipv6_cidr": held.ServiceIPv6.IsValid() && !e.ServiceIPv6CIDR.IsValid(),
	}[argument]
}

// existingChosen asks for the Service range of a cluster that exists, where its platform chose one of several.
func (c *checker) existingChosen(at topology.Path, cl topology.Cluster, e Existing, choices []netip.Prefix) {
	given := e.ServiceCIDR.IsValid() || cl.ServiceCIDR.IsValid() || cl.SameAs != "" || e.Unknown.Has("service_cidr") ||
		cl.Unknown.HasAny("service_cidr", "same_as")
	if len(choices) > 1 && !given {
		c.add(
			at.Attr("service_cidr"), topology.Missing{Reason: ServiceRangeChosen{Profile: cl.Profile, Ranges: choices}},
			topology.OptionOf(topology.Set(at.Attr("service_cidr"), topology.ServiceRangeOfCluster)),
		)
	}
}

// choicesOf are the default Service ranges of the platform of a declared cluster; none where prior state has the range of the cluster.
func (r Request) choicesOf(name string, catalog *profile.Catalog) []netip.Prefix {
	p, known := catalog.Profile(r.Facts.Clusters[name].Profile)
	if !known || r.Prior != nil && r.Prior.Allocations[name].Service.IsValid() {
		return nil
	}
	return p.Services.Default.Of(cidr.V4)
}

// hasDefaults says whether the platform of a declared cluster uses known ranges where none are given.
func hasDefaults(cl topology.Cluster, catalog *profile.Catalog) bool {
	p, known := catalog.Profile(cl.Profile)
	if !known {
		return false
	}
	pods := p.Pods.From == profile.Subnets || p.Pods.Default.Only(cidr.V4).IsValid() || len(cl.PodCIDRs) > 0
	return pods && len(p.Services.Default.Of(cidr.V4)) > 0
}
