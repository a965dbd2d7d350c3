package allocate

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// least stands for a prefix length of zero, which would mean that nothing is wanted. There is no
// room for either, since neither half of all addresses is free of loopback and multicast.
const least = 1

// sizes is what a cluster still needs: prefix lengths, 0 where a range is there already or is not
// the cluster's own, or where the need is not known or cannot be served.
type sizes struct {
	pod, service int
	six          profile.Size6
	node         profile.NodeSize
}

// size works out what a cluster still needs.
func (p *planner) size(name string, cl topology.Cluster, prof *profile.Profile, held profile.Ranges) sizes {
	at := topology.Path{}.Attr("clusters").Key(name)
	unsized := unsizedAt(p.fault, at, name, prof)
	var size sizes
	if held.NodeMask == 0 && p.maskUnknown(name, cl) {
		return size
	}
	size.node = prof.NodeOf(held.NodeMask)
	if held.NodeMask == 0 {
		node, fault := prof.NodeSize(cl.Need)
		if unsized(fault) {
			return sizes{}
		}
		size.node = node
	}
	size.service = p.serviceSize(at, cl, prof, held, unsized)
	size.pod = p.podSize(at, name, cl, prof, held, size, unsized)
	if cl.Dual() {
		size.six = p.size6(name, cl, prof, held, nodesOf(cl, prof, held, size), unsized)
	}
	if prof.Pods.From == profile.Shared {
		p.tails[name] = size.service
		if held.Service.IsValid() {
			p.tails[name] = held.Service.Bits()
		}
		size.service = 0
	}
	return size
}

// sized checks that the size of the Pod range of a cluster that has none follows from something. What is
// held needs no size any more, so this cannot be asked before the memory is known.
func (p *planner) sized(name string, at topology.Path, cl topology.Cluster, prof *profile.Profile, held profile.Ranges) {
	given := cl.SameAs != "" || len(held.Pods) > 0 || len(cl.PodCIDRs) > 0 || cl.Need.MaxNodes != 0 || cl.Need.PodLength != 0
	unknown := p.existingUnknown(name) || unknownAny(cl, "max_nodes", "pod_prefix_length", "pod_cidrs", "same_as")
	if prof.Pods.From != profile.Subnets && !given && !unknown {
		p.fault(at.Attr("max_nodes"), topology.Missing{Why: "the Pod range is for the life of the cluster, so its size is never guessed"},
			topology.OptionOf(topology.Set(at.Attr("max_nodes"), topology.Described("the largest number of nodes that the cluster will have"))),
			topology.OptionOf(topology.Set(at.Attr("pod_cidrs"), topology.Described("the Pod ranges of the cluster, if it has some"))))
	}
}

// serviceSize is the prefix length of a Service range that a cluster still needs.
func (p *planner) serviceSize(
	at topology.Path, cl topology.Cluster, prof *profile.Profile, held profile.Ranges, unsized func(*profile.SizeError) bool,
) int {
	switch {
	case held.Service.IsValid() || cl.Unknown.Has("service_cidr"):
		return 0
	case cl.ServiceCIDR.IsValid():
		pinnedService(p.fault, at, cl, prof)
		return 0
	}
	length, fault := prof.ServiceSize(cl.Need)
	if unsized(fault) {
		return 0
	}
	return max(length, least)
}

// podSize is the prefix length of a Pod range that a cluster still needs.
func (p *planner) podSize(
	at topology.Path, name string, cl topology.Cluster, prof *profile.Profile, held profile.Ranges, size sizes,
	unsized func(*profile.SizeError) bool,
) int {
	service := size.service
	switch {
	case len(held.Pods) > 0:
		if held.NodeMask == 0 {
			holdNodes(p.fault, p.existingAt(name), name, prof, held.Pods, size.node, max(service, held.Service.Bits()), cl.Need.MaxNodes)
		}
		length, fault := furtherPods(cl, prof, held, size.node)
		p.growing[name] = length != 0 || unsized(fault)
		return length
	case cl.Unknown.Has("pod_cidrs"):
		return 0
	case len(cl.PodCIDRs) > 0:
		if holdNodes(p.fault, at, name, prof, cl.PodCIDRs, size.node, service, cl.Need.MaxNodes) {
			pinnedPods(p.fault, at, cl, prof, size.node, service)
		}
		return 0
	case prof.Pods.From != profile.Subnets && cl.Need.MaxNodes == 0 && cl.Need.PodLength == 0:
		return 0
	}
	length, fault := prof.PodSize(cl.Need, size.node, service)
	if unsized(fault) || prof.Pods.From == profile.Subnets {
		return 0
	}
	p.doubled(at, name, cl, prof, size.node)
	return max(length, least)
}

// furtherPods is the prefix length of a Pod range for the nodes that those a cluster holds do not
// serve, 0 where it needs none or can have none.
func furtherPods(cl topology.Cluster, prof *profile.Profile, held profile.Ranges, node profile.NodeSize) (int, *profile.SizeError) {
	if prof.Growth.Pods != "append" || len(cl.PodCIDRs) > 0 || cl.Unknown.Has("pod_cidrs") || len(held.Pods) >= prof.MaxPodRanges() ||
		node.Addresses == 0 {
		return 0, nil
	}
	serving := prof.Usable(held, node).Nodes
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
	if size.pod != 0 {
		return prof.NodesOf(size.pod, size.node, size.service)
	}
	pods := held.Pods
	if len(pods) == 0 {
		pods = cl.PodCIDRs
	}
	return prof.Usable(profile.Ranges{Pods: pods}, size.node).Nodes
}

// doubled warns when the addresses that the platform takes of each block made it twice as large.
func (p *planner) doubled(at topology.Path, name string, cl topology.Cluster, prof *profile.Profile, node profile.NodeSize) {
	pods := cl.Need.PodsPerNode
	if node.DoubledBy == 0 || pods == 0 { // the default was chosen with the loss in mind
		return
	}
	p.warn(at.Attr("pods_per_node"), Doubled{
		Cluster: name, Profile: prof, PodsPerNode: pods,
		Lost: node.DoubledBy, Fitting: prof.PodsOfBlock(node.Mask + 1), Mask: node.Mask,
	})
}

// maskUnknown says whether the size of the node blocks may still come out as anything, and with
// it that of the Pod range.
func (p *planner) maskUnknown(name string, cl topology.Cluster) bool {
	return cl.Unknown.Has("pods_per_node") || cl.Unknown.Has("node_cidr_mask") || p.existingUnknown(name)
}
