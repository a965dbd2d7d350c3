package allocate

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// shortestLength is used for a prefix length of zero, which would mean that nothing is needed. There is no
// room for either, since neither half of all addresses is free of loopback and multicast.
const shortestLength = 1

// sizes is what a cluster still needs: prefix lengths, 0 where a range is there already or is not
// the cluster's own, or where the need is not known or cannot be served.
type sizes struct {
	pod, service int
	ipv6         profile.Size6
	node         profile.NodeSize
}

// size works out what a cluster still needs.
func (c clusterCollector) size(held profile.Ranges) sizes {
	cl, prof := c.cluster, c.profile
	var size sizes
	if held.NodeMask == 0 && c.maskUnknown() {
		return size
	}
	size.node = prof.NodeOf(held.NodeMask)
	if held.NodeMask == 0 {
		node, fault := prof.NodeSize(cl.Need)
		if c.unsized(fault) {
			return sizes{}
		}
		size.node = node
	}
	size.service = c.serviceSize(held)
	size.pod = c.podSize(held, size)
	if cl.Dual() {
		size.ipv6 = c.size6(held, nodesOf(cl, prof, held, size))
	}
	if prof.Pods.From == profile.Shared {
		c.found.serviceTail = size.service
		if held.Service.IsValid() {
			c.found.serviceTail = held.Service.Bits()
		}
		size.service = 0
	}
	return size
}

// checkSized checks that the size of the Pod range of a cluster that has none follows from something. What is
// held needs no size any more, so this cannot be checked before prior state is read.
func (c clusterCollector) checkSized(held profile.Ranges) {
	at, cl := c.at, c.cluster
	given := cl.SameAs != "" || len(held.Pods) > 0 || len(cl.PodCIDRs) > 0 || cl.Need.MaxNodes != 0 || cl.Need.PodLength != 0
	unknown := c.existingUnknown(c.name) || cl.Unknown.HasAny("max_nodes", "pod_prefix_length", "pod_cidrs", "same_as")
	if c.profile.Pods.From != profile.Subnets && !given && !unknown {
		c.fault(
			at.Attr("max_nodes"),
			topology.Missing{Reason: PodRangeSizeNeeded{}},
			topology.OptionOf(
				topology.Set(at.Attr("max_nodes"), topology.MostNodesPlanned),
			),
			topology.OptionOf(topology.Set(at.Attr("pod_cidrs"), topology.PodRangesIfAny)),
		)
	}
}

// serviceSize is the prefix length of a Service range that a cluster still needs.
func (c clusterCollector) serviceSize(held profile.Ranges) int {
	cl := c.cluster
	switch {
	case held.Service.IsValid():
		return c.furtherServiceSize(held)
	case cl.Unknown.Has("service_cidr"):
		return 0
	case cl.ServiceCIDR.IsValid():
		pinnedService(c.fault, c.at, cl, c.profile)
		held.Service = cl.ServiceCIDR
		return c.furtherServiceSize(held)
	}
	length, fault := c.profile.ServiceSize(cl.Need)
	if c.unsized(fault) {
		return 0
	}
	return max(length, shortestLength)
}

// podSize is the prefix length of a Pod range that a cluster still needs.
func (c clusterCollector) podSize(held profile.Ranges, size sizes) int {
	at, name, cl, prof, service := c.at, c.name, c.cluster, c.profile, size.service
	switch {
	case len(held.Pods) > 0:
		if held.NodeMask == 0 {
			ranges := podRanges{ranges: held.Pods, node: size.node, service: max(service, held.Service.Bits())}
			ranges.holdNodes(c.fault, c.existingAt(name), name, prof, cl.Need.MaxNodes)
		}
		appended := podRanges{grown(held.Pods, cl, prof), size.node, max(service, held.Service.Bits()), len(held.Pods)}
		appended.holdNodes(c.fault, at, name, prof, cl.Need.Nodes())
		length, fault := furtherPods(cl, prof, held, size.node)
		if prof.Extends() {
			length, fault = largerPods(cl, prof, held, size.node)
		}
		c.found.grows.pods = length != 0 || c.unsized(fault)
		return length
	case cl.Unknown.Has("pod_cidrs"):
		return 0
	case len(cl.PodCIDRs) > 0:
		if (podRanges{ranges: cl.PodCIDRs, node: size.node, service: service}).holdNodes(c.fault, at, name, prof, cl.Need.MaxNodes) {
			pinnedPods(c.fault, at, cl, prof, size.node, service)
		}
		return 0
	case prof.Pods.From != profile.Subnets && cl.Need.MaxNodes == 0 && cl.Need.PodLength == 0:
		return 0
	}
	length, fault := prof.PodSize(cl.Need, size.node, service)
	if c.unsized(fault) || prof.Pods.From == profile.Subnets {
		return 0
	}
	c.warnOfDoubled(size.node)
	return max(length, shortestLength)
}

// furtherPods is the prefix length of a Pod range for the nodes that those a cluster holds do not
// serve, 0 where it needs none or can have none.
func furtherPods(cl topology.Cluster, prof *profile.Profile, held profile.Ranges, node profile.NodeSize) (int, *profile.SizeError) {
	if !prof.Appends(profile.PodRanges, cl.AppendRanges) || len(cl.PodCIDRs) > 0 || cl.Unknown.HasAny("pod_cidrs", "append_ranges") ||
		len(held.Pods) >= prof.MaxPodRanges(cl.AppendRanges) || node.Addresses == 0 {
		return 0, nil
	}
	ofIPv4 := profile.Ranges{Pods: held.Pods, Service: held.Service}
	serving := prof.Usable(ofIPv4, node).Nodes - cl.Need.SurgeNodes
	if cl.Need.MaxNodes <= serving {
		return 0, nil
	}
	length, fault := prof.FurtherPodSize(cl.Need.MaxNodes-serving, node)
	if fault != nil { // in the numbers of the configuration, not in those of the further range
		fault.Value, fault.Max = cl.Need.MaxNodes, min(fault.Max+serving, prof.MaxNodes().Max)
	}
	return length, fault
}

// nodesOf is how many nodes the IPv4 Pod ranges of a cluster serve, with the one that it still needs.
func nodesOf(cl topology.Cluster, prof *profile.Profile, held profile.Ranges, size sizes) int64 {
	pods := held.Pods
	if len(pods) == 0 && size.pod == 0 {
		pods = cl.PodCIDRs
	}
	nodes := prof.Usable(profile.Ranges{Pods: pods}, size.node).Nodes
	if size.pod != 0 {
		nodes += prof.NodesOf(size.pod, size.node, size.service)
	}
	return nodes
}

// warnOfDoubled warns when the addresses that the platform reserves in each node block made it twice as large.
func (c clusterCollector) warnOfDoubled(node profile.NodeSize) {
	pods := c.cluster.Need.PodsPerNode
	if node.DoubledBy == 0 || pods == 0 { // the default was chosen with the loss in mind
		return
	}
	c.warn(c.at.Attr("pods_per_node"), DoubledNodeBlock{
		Cluster: c.name, Profile: c.profile, PodsPerNode: pods,
		Lost: node.DoubledBy, Fitting: c.profile.PodsOfBlock(node.Mask + 1), Mask: node.Mask,
	})
}

// maskUnknown says whether the size of the node blocks may still come out as anything, and with
// it that of the Pod range.
func (c clusterCollector) maskUnknown() bool {
	return c.cluster.Unknown.HasAny("pods_per_node", "node_cidr_mask") || c.existingUnknown(c.name)
}

// unsized reports a size that the profile cannot serve, and says whether there is one.
func (c clusterCollector) unsized(fault *profile.SizeError) bool {
	return unsizedAt(c.fault, c.at, c.name, c.profile)(fault)
}
