package allocate

import (
	"fmt"
	"net/netip"

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
	unsized := func(fault *profile.SizeError) bool {
		if fault != nil {
			p.fault(at.Attr(fault.Argument), Unsized{Cluster: name, Profile: prof, SizeError: fault})
		}
		return fault != nil
	}
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
			p.holdBlocks(topology.Path{}.Attr("existing").Key(name), held.Pods, size.NodeMask)
		}
	case cl.Unknown.Has("pod_cidrs"):
	case len(cl.PodCIDRs) > 0:
		p.pinnedPods(at, cl, prof, size.NodeMask)
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
		p.pinnedService(at, cl, prof)
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

// holdBlocks checks that each Pod range that is given at a place holds at least one node block.
func (p *planner) holdBlocks(at topology.Path, given []netip.Prefix, mask int) bool {
	for i, pods := range given {
		if pods.IsValid() && pods.Bits() > mask {
			p.fault(at.Attr("pod_cidrs").At(i), topology.AtOdds{
				Value: pods.String(), Other: fmt.Sprintf("the node block of /%d", mask), Gives: "a Pod range that holds at least one node block",
			})
			return false
		}
	}
	return true
}

// pinnedPods checks needs and sizes against the Pod ranges that the configuration gives.
func (p *planner) pinnedPods(at topology.Path, cl topology.Cluster, prof *profile.Profile, mask int) {
	pinned := list(cl.PodCIDRs)
	if !p.holdBlocks(at, cl.PodCIDRs, mask) {
		return
	}
	if length := cl.Need.PodLength; length != 0 && length != first(cl.PodCIDRs).Bits() {
		p.fault(at.Attr("pod_prefix_length"), topology.AtOdds{Value: fmt.Sprint(length), Other: "pod_cidrs = " + pinned, Gives: fmt.Sprint(first(cl.PodCIDRs).Bits())})
	}
	if nodes := prof.Usable(profile.Ranges{Pods: cl.PodCIDRs, NodeMask: mask}).Nodes; cl.Need.MaxNodes > nodes {
		p.fault(at.Attr("max_nodes"), topology.AtOdds{
			Value: fmt.Sprint(cl.Need.MaxNodes), Other: fmt.Sprintf("pod_cidrs = %s with node blocks of /%d", pinned, mask), Gives: fmt.Sprintf("at most %d", nodes),
		})
	}
}

// pinnedService checks needs and sizes against the Service range that the configuration gives.
func (p *planner) pinnedService(at topology.Path, cl topology.Cluster, prof *profile.Profile) {
	other := "service_cidr = " + cl.ServiceCIDR.String()
	if length := cl.Need.ServiceLength; length != 0 && length != cl.ServiceCIDR.Bits() {
		p.fault(at.Attr("service_prefix_length"), topology.AtOdds{Value: fmt.Sprint(length), Other: other, Gives: fmt.Sprint(cl.ServiceCIDR.Bits())})
	}
	if services := prof.Usable(profile.Ranges{Service: cl.ServiceCIDR}).Services; cl.Need.MaxServices > services {
		p.fault(at.Attr("max_services"), topology.AtOdds{Value: fmt.Sprint(cl.Need.MaxServices), Other: other, Gives: fmt.Sprintf("at most %d", services)})
	}
}
