package allocate

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// podRangesUnknown says whether a cluster that holds ranges may get further Pod ranges, which depends on values that are not known yet:
// a pin, the number of its nodes, or the ranges of the cluster that it mirrors.
func podRangesUnknown(cl topology.Cluster, prof *profile.Profile) bool {
	sized := cl.Unknown.HasAny("max_nodes", "surge_nodes") && len(cl.PodCIDRs) == 0 || cl.Unknown.Has("append_ranges")
	return cl.Unknown.HasAny("pod_cidrs", "further_pod_ipv6_cidrs", "same_as") && mayAcceptFurtherPods(cl, prof) ||
		sized && mayAppend(cl, prof, profile.PodRanges)
}

// extensionUnknown says whether the Pod range that a cluster holds may turn out to become part of a larger one.
func extensionUnknown(held profile.Ranges, cl topology.Cluster, prof *profile.Profile) bool {
	sized := cl.Unknown.HasAny("max_nodes", "surge_nodes", "pod_prefix_length") && len(cl.PodCIDRs) == 0
	return prof.Extends() && len(held.Pods) == 1 && !held.PodIPv6.IsValid() && (sized || cl.Unknown.HasAny("pod_cidrs", "same_as"))
}

// serviceRangesUnknown says the same of Service ranges.
func serviceRangesUnknown(cl topology.Cluster, prof *profile.Profile) bool {
	unknown := cl.Unknown.HasAny("max_services", "same_as", "append_ranges", "further_service_cidrs", "further_service_ipv6_cidrs")
	return unknown && mayAppend(cl, prof, profile.ServiceRanges)
}

// mayAppend says whether ranges can be appended to a cluster, as far as append_ranges is known.
func mayAppend(cl topology.Cluster, prof *profile.Profile, ranges string) bool {
	return prof.Appends(ranges, cl.AppendRanges) || prof.CanAppend(ranges) && cl.Unknown.Has("append_ranges")
}

// mayAcceptFurtherPods says whether the configuration can give a cluster further Pod ranges, as far as append_ranges is known.
func mayAcceptFurtherPods(cl topology.Cluster, prof *profile.Profile) bool {
	return prof.AcceptsFurtherPods(cl.AppendRanges) || mayAppend(cl, prof, profile.PodRanges)
}

// anyExistingUnknown says whether it is not known yet what existing gives as held or released.
func (r Request) anyExistingUnknown() bool {
	return r.Unknown.Has("existing") ||
		slices.ContainsFunc(
			slices.Collect(maps.Values(r.Existing)),
			func(e Existing) bool { return slices.ContainsFunc(e.Unknown, matters) },
		)
}

// grow adds further ranges to an allocation. Other values stay: an argument that the allocation lacks, since an earlier version of
// cidrplan did not have it, stays unset, and so does not change the cluster's cloud resource.
func (a *Allocation) grow(to Allocation, output profile.Output) {
	values := maps.Clone(a.Values)
	for argument := range values {
		if !output.Attributes[argument].NotInRanges() {
			values[argument] = to.Values[argument]
		}
	}
	a.Pods, a.Further, a.Usable, a.Values = to.Pods, to.Further, to.Usable, values
}

// follow gives arguments for other ranges what the configuration gives.
func (a *Allocation) follow(all map[string]string, output profile.Output) {
	values := maps.Clone(a.Values)
	for argument, attribute := range output.Attributes {
		if attribute.OfOtherRange() {
			values[argument] = all[argument]
		}
	}
	a.Values = values
}

// fillMissing adds arguments that a restored allocation lacks, since a lock shows neither the families that the
// platform provides nor the number of Pods on a node.
func (a *Allocation) fillMissing(all map[string]string) {
	values := maps.Clone(all)
	maps.Copy(values, a.Values)
	a.Values = values
}

// allocation is the allocation of a cluster with these ranges: its capacity, and the values for its cloud resource.
func (in *inputs) allocation(cl topology.Cluster, prof *profile.Profile, ranges profile.Ranges, node profile.NodeSize) Allocation {
	a := Allocation{
		Ranges: ranges, Usable: prof.Usable(ranges, node),
		Output: prof.Output, Values: in.catalog.Output(prof).Values(prof, in.filled(cl, prof, ranges)),
	}
	a.PodSubnets, a.SubnetsUnknown = in.request.podSubnets(cl, prof, nil)
	a.OthersUnknown = in.othersUnknown(cl, prof)
	return a
}

// othersUnknown says whether an argument of a cluster's cloud resource has a range for another use that is not known yet.
func (in *inputs) othersUnknown(cl topology.Cluster, prof *profile.Profile) bool {
	return in.catalog.Output(prof).HasOtherRanges() && cl.OtherRangesUnknown()
}

// filled has the values from which the arguments of a cluster's cloud resource follow. A mirror has the number of Pods on a node of its
// original.
func (in *inputs) filled(cl topology.Cluster, prof *profile.Profile, ranges profile.Ranges) profile.Filled {
	f := profile.Filled{Ranges: ranges, BothFamilies: cl.Dual(), Others: cl.GivenOtherRanges()}
	if original, is := in.request.Facts.Clusters[cl.SameAs]; is {
		cl = original
	}
	f.DNS = cl.DNSServiceIP
	f.PodsPerNode = prof.PodsPerNodeOf(cl.Need, ranges.NodeMask)
	return f
}

// Restore makes an allocation of ranges that a cluster holds, of which only these are known.
func Restore(p *profile.Profile, catalog *profile.Catalog, held profile.Ranges) Allocation {
	node := p.NodeOf(held.NodeMask)
	if held.NodeMask == 0 {
		node, _ = p.NodeSize(profile.Need{})
	}
	if held.PodIPv6.IsValid() && held.NodeIPv6Mask == 0 {
		held.NodeIPv6Mask = p.IPv6.NodeMask
	}
	return Allocation{
		Ranges: held, Usable: p.Usable(held, node),
		Output: p.Output, Values: catalog.Output(p).Values(p, profile.Filled{Ranges: held, BothFamilies: held.Dual()}),
	}
}

// whole says whether a cluster has all ranges that it is to have.
func whole(has profile.Ranges, cl topology.Cluster, prof *profile.Profile) bool {
	pods := len(has.Pods) > 0 || prof.Pods.From == profile.Subnets
	services := has.Service.IsValid() || prof.Pods.From == profile.Shared // then it follows from the Pods
	pods6 := has.PodIPv6.IsValid() || !cl.Dual() || prof.IPv6.Pods != "own"
	services6 := has.ServiceIPv6.IsValid() || !cl.Dual() || prof.IPv6.Services != "own"
	return pods && services && pods6 && services6
}
