package allocate

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// least stands for a prefix length of zero, which would mean that nothing is wanted. There is no
// room for either, since neither half of all addresses is free of loopback and multicast.
const least = 1

// size works out the prefix lengths that a cluster still needs. A length is zero where the
// range is there already or where the need is not known or cannot be served.
func (p *planner) size(name string, cl topology.Cluster, prof *profile.Profile, held profile.Ranges) profile.Size {
	at := topology.Path{}.Attr("clusters").Key(name)
	unsized := unsizedAt(p.fault, at, name, prof)
	var size profile.Size
	if held.NodeMask == 0 && p.maskUnknown(name, cl) {
		return size
	}
	if held.NodeMask == 0 {
		mask, doubledBy, fault := prof.NodeSize(cl.Need)
		if unsized(fault) {
			return size
		}
		size.NodeMask, size.DoubledBy = mask, doubledBy
	} else {
		size.NodeMask = held.NodeMask
	}
	switch {
	case len(held.Pods) > 0:
		if held.NodeMask == 0 {
			holdBlocks(p.fault, topology.Path{}.Attr("existing").Key(name), held.Pods, size.NodeMask)
		}
	case cl.Unknown.Has("pod_cidrs"):
	case len(cl.PodCIDRs) > 0:
		pinnedPods(p.fault, at, cl, prof, size.NodeMask)
	case cl.Need.MaxNodes != 0 || cl.Need.PodLength != 0:
		length, fault := prof.PodSize(cl.Need, size.NodeMask)
		if !unsized(fault) {
			size.PodLength = max(length, least)
			p.doubled(at, name, cl, prof, size)
		}
	}
	switch {
	case held.Service.IsValid() || cl.Unknown.Has("service_cidr"):
	case cl.ServiceCIDR.IsValid():
		pinnedService(p.fault, at, cl, prof)
	default:
		length, fault := prof.ServiceSize(cl.Need)
		if !unsized(fault) {
			size.ServiceLength = max(length, least)
		}
	}
	return size
}

// doubled warns when the addresses that the platform takes of each block made it twice as large.
func (p *planner) doubled(at topology.Path, name string, cl topology.Cluster, prof *profile.Profile, size profile.Size) {
	if size.DoubledBy == 0 {
		return
	}
	pods := cl.Need.PodsPerNode
	if pods == 0 {
		return // the default was chosen with the loss in mind
	}
	p.result.Faults = append(p.result.Faults, topology.Fault{At: at.Attr("pods_per_node"), Warn: true, Problem: Doubled{
		Cluster: name, Profile: prof, PodsPerNode: pods,
		Lost: size.DoubledBy, Fitting: prof.PodsOfBlock(size.NodeMask + 1), Mask: size.NodeMask,
	}})
}

// maskUnknown says whether the size of the node blocks may still come out as anything, and with
// it that of the Pod range.
func (p *planner) maskUnknown(name string, cl topology.Cluster) bool {
	return cl.Unknown.Has("pods_per_node") || cl.Unknown.Has("node_cidr_mask") || p.existingUnknown(name)
}
