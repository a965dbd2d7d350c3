package allocate

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// size6 is what a cluster with both families still needs of IPv6. nodes is how many its IPv4 Pod ranges serve.
func (c clusterCollector) size6(held profile.Ranges, nodes int64) profile.Size6 {
	at, name, cl, prof := c.at, c.name, c.cluster, c.profile
	size := profile.Size6{NodeMask: held.NodeIPv6Mask}
	if size.NodeMask == 0 {
		if cl.Unknown.Has("node_ipv6_cidr_mask") || c.existingUnknown(name) {
			return profile.Size6{}
		}
		mask, fault := prof.NodeMask6(cl.Need)
		if c.unsized(fault) {
			return profile.Size6{}
		}
		size.NodeMask = mask
	}
	switch {
	case held.PodIPv6.IsValid():
		c.checkHeldNodes6(held, size.NodeMask)
		furtherHoldNodes6(c.fault, at, name, cl, prof, held, size.NodeMask)
		size.Pod = c.furtherPodSize6(held, size.NodeMask)
	case cl.PodIPv6CIDR.IsValid():
		pinnedPods6(c.fault, at, name, cl, prof, size.NodeMask)
		held.PodIPv6 = cl.PodIPv6CIDR
		size.Pod = c.furtherPodSize6(held, size.NodeMask)
	default:
		furtherHoldNodes6(c.fault, at, name, cl, prof, held, size.NodeMask)
		if most := prof.MostNodes6(); cl.Need.Nodes() <= most {
			nodes = min(nodes, most) // the IPv4 range may serve more than is asked for
		}
		length, fault := prof.PodSize6(nodes, size.NodeMask)
		if c.unsized(fault) {
			return profile.Size6{}
		}
		size.Pod = length
	}
	switch {
	case held.ServiceIPv6.IsValid():
		size.Service = c.furtherServiceSize6(held)
	case cl.ServiceIPv6CIDR.IsValid():
		pinnedServices(c.fault, at, cl, prof, furtherServices6)
		held.ServiceIPv6 = cl.ServiceIPv6CIDR
		size.Service = c.furtherServiceSize6(held)
	default:
		length, fault := prof.ServiceSize6(cl.Need)
		if c.unsized(fault) {
			return profile.Size6{}
		}
		size.Service = length
	}
	return size
}

// checkHeldNodes6 checks that the IPv6 Pod range that a cluster holds serves at least one node. One that state holds
// stays as it is, and the plan says what it lacks.
func (c clusterCollector) checkHeldNodes6(held profile.Ranges, mask int) {
	name, cl, prof := c.name, c.cluster, c.profile
	if mask == 0 || prof.NodesOf6(held.PodIPv6, mask) > 0 {
		return
	}
	problem := NoNodes{Cluster: name, Profile: prof, Range: held.PodIPv6, Mask6: mask}
	if _, byState := c.held(name); !byState {
		c.fault(c.existingAt(name).Attr("pod_ipv6_cidr"), problem, wider6(c.existingAt(name), cl, mask))
		return
	}
	at := c.at
	if cl.PodIPv6CIDR.IsValid() {
		at = at.Attr("pod_ipv6_cidr")
	}
	c.warn(at, problem, c.renumberOption(name)...)
}

// wider6 gives a cluster an IPv6 Pod range that its nodes fit into.
func wider6(at topology.Path, cl topology.Cluster, mask int) topology.Option {
	length := mask - cidr.Bits(uint64(max(cl.Need.Nodes(), 1)))
	return topology.OptionOf(topology.Set(at.Attr("pod_ipv6_cidr"), topology.RangeOf{Family: "IPv6", Length: length}))
}

// furtherHoldNodes6 checks that each IPv6 Pod range that is given behind those that a cluster has serves at least one node.
func furtherHoldNodes6(
	fault report, at topology.Path, name string, cl topology.Cluster, prof *profile.Profile, has profile.Ranges, mask int,
) (hold bool) {
	pinned, hold := cl.Further.PodsIPv6, true
	if mask == 0 || cl.Unknown.Has(furtherPods6.Attr) {
		return hold
	}
	missing := cl.Need.Nodes() - prof.NodesIn6(append(has.PodsIPv6(), pinned...), mask)
	if !has.PodIPv6.IsValid() { // a first range that is still chosen serves all nodes
		missing = 0
	}
	for i := len(has.Further.PodsIPv6); i < len(pinned); i++ {
		if !pinned[i].IsValid() || prof.NodesOf6(pinned[i], mask) > 0 {
			continue
		}
		at, length := at.Attr(furtherPods6.Attr).At(i), mask-cidr.Bits(uint64(max(missing, 1)))
		options := []topology.Option{topology.OptionOf(topology.Set(at, topology.RangeOf{Family: "IPv6", Length: length}))}
		if missing <= 0 {
			options = append(options, topology.OptionOf(topology.Remove(at)))
		}
		fault(at, NoNodes{Cluster: name, Profile: prof, Range: pinned[i], Mask6: mask}, options...)
		hold = false
	}
	return hold
}

// pinnedPods6 checks needs and the node mask against the IPv6 Pod range that the configuration gives.
func pinnedPods6(fault report, at topology.Path, name string, cl topology.Cluster, prof *profile.Profile, mask int) {
	if mask == 0 {
		return
	}
	ranges := cl.PinnedRanges().PodsIPv6()
	in := func(ranges []netip.Prefix) int64 { return prof.NodesIn6(ranges, mask) }
	nodes := in(ranges) - cl.Need.SurgeNodes
	switch {
	case prof.NodesOf6(cl.PodIPv6CIDR, mask) == 0:
		fault(at.Attr("pod_ipv6_cidr"), NoNodes{Cluster: name, Profile: prof, Range: cl.PodIPv6CIDR, Mask6: mask}, wider6(at, cl, mask))
	case !furtherHoldNodes6(fault, at, name, cl, prof, profile.Ranges{PodIPv6: cl.PodIPv6CIDR}, mask):
	case cl.Need.MaxNodes > nodes && !mayChooseFurther(cl, prof, furtherPods6):
		other := any(topology.NodeBlocks{PodIPv6CIDR: cl.PodIPv6CIDR, Mask: mask})
		if len(ranges) > 1 {
			other = counted(ranges, in)
		}
		more := morePods6(at, cl, prof, cl.Need.MaxNodes-nodes, mask)
		tooFew(fault, at.Attr("max_nodes"), cl.Need.MaxNodes, nodes, other, more)
	}
}

// checkServes6 checks needs against the IPv6 ranges that are held. What a cluster asked for when it got them is no
// error, since an earlier version did not count them.
func (c clusterCollector) checkServes6(held profile.Ranges) {
	name, cl, prof := c.name, c.cluster, c.profile
	was, known := c.heldFacts(name).Clusters[name]
	for _, need := range []struct {
		argument string
		wanted   int64
		same     bool // as when the cluster got the ranges
		largest  int64
		counted  bool
		list     profile.FurtherList
		grows    bool
		more     func(missing int64) []topology.Option
	}{
		{"max_nodes", cl.Need.MaxNodes, cl.Need.Nodes() == was.Need.Nodes(),
			prof.NodesIn6(held.PodsIPv6(), held.NodeIPv6Mask) - cl.Need.SurgeNodes,
			held.PodIPv6.IsValid() && held.NodeIPv6Mask != 0, furtherPods6, c.found.grows.pods6,
			func(nodes int64) []topology.Option { return morePods6(c.at, cl, prof, nodes, held.NodeIPv6Mask) }},
		{"pods_per_node", cl.Need.PodsPerNode, cl.Need.PodsPerNode == was.Need.PodsPerNode, prof.PodsOfBlock6(held.NodeIPv6Mask),
			held.NodeIPv6Mask != 0, profile.FurtherList{}, false, func(int64) []topology.Option { return nil }},
		{"max_services", cl.Need.MaxServices, cl.Need.MaxServices == was.Need.MaxServices, prof.ServicesIn(held.ServicesIPv6()),
			held.ServiceIPv6.IsValid(), furtherServices6, c.found.grows.services6,
			func(services int64) []topology.Option {
				return moreServices(c.at, cl, prof, furtherServices6, services)
			}},
	} {
		unknown := cl.Unknown.HasAny("append_ranges", need.list.Attr) && mayAppend(cl, prof, need.list.Kind)
		if need.counted && need.wanted > need.largest && !need.grows && !unknown {
			c.found.faults = append(c.found.faults, topology.Fault{
				At: c.at.Attr(need.argument), Warn: known && need.same,
				Problem: Outgrown{Cluster: name, Wanted: need.wanted, Largest: need.largest, Held: held, Profile: prof},
				Options: append(need.more(need.wanted-need.largest), c.outgrownOptions(name, need.argument, need.wanted, need.largest)...),
			})
		}
	}
}
