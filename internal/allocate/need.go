package allocate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// report takes one problem at its place.
type report func(at topology.Path, problem any)

// CheckNeed checks what the cluster declared at a place asks for against its profile, and needs,
// sizes and pins against each other, as far as they are known. What it finds no held range can
// mend.
func CheckNeed(at topology.Path, name string, cl topology.Cluster, catalog *profile.Catalog) []topology.Fault {
	var c checker
	prof, known := catalog.Profile(cl.Profile)
	if !known || cl.Unknown.Has("profile") {
		return nil
	}
	unsized := unsizedAt(c.add, at, name, prof)
	if !unknownAny(cl, "service_cidr", "max_services", "service_prefix_length") {
		if cl.ServiceCIDR.IsValid() {
			pinnedService(c.add, at, cl, prof)
		} else {
			_, fault := prof.ServiceSize(cl.Need)
			unsized(fault)
		}
	}
	if unknownAny(cl, "pods_per_node", "node_cidr_mask", "pod_cidrs", "max_nodes", "pod_prefix_length") {
		return c.faults
	}
	mask, _, fault := prof.NodeSize(cl.Need)
	switch {
	case unsized(fault):
	case len(cl.PodCIDRs) > 0 && (cl.Need.PodsPerNode != 0 || cl.Need.NodeMask != 0):
		pinnedPods(c.add, at, cl, prof, mask)
	case len(cl.PodCIDRs) == 0 && (cl.Need.MaxNodes != 0 || cl.Need.PodLength != 0):
		_, fault := prof.PodSize(cl.Need, mask)
		unsized(fault)
	}
	return c.faults
}

// unsizedAt returns what reports a size that the profile cannot serve, and says whether there
// was one.
func unsizedAt(fault report, at topology.Path, name string, prof *profile.Profile) func(*profile.SizeError) bool {
	return func(e *profile.SizeError) bool {
		if e != nil {
			fault(at.Attr(e.Argument), Unsized{Cluster: name, Profile: prof, SizeError: e})
		}
		return e != nil
	}
}

func unknownAny(cl topology.Cluster, attributes ...string) bool {
	return slices.ContainsFunc(attributes, cl.Unknown.Has)
}

// holdBlocks checks that each Pod range that is given at a place holds at least one node block.
func holdBlocks(fault report, at topology.Path, given []netip.Prefix, mask int) bool {
	for i, pods := range given {
		if pods.IsValid() && pods.Bits() > mask {
			fault(at.Attr("pod_cidrs").At(i), topology.AtOdds{
				Value: pods.String(), Other: fmt.Sprintf("the node block of /%d", mask), Gives: "a Pod range that holds at least one node block",
			})
			return false
		}
	}
	return true
}

// pinnedPods checks needs and sizes against the Pod ranges that the configuration gives.
func pinnedPods(fault report, at topology.Path, cl topology.Cluster, prof *profile.Profile, mask int) {
	pinned := list(cl.PodCIDRs)
	if !holdBlocks(fault, at, cl.PodCIDRs, mask) {
		return
	}
	if length := cl.Need.PodLength; length != 0 && length != first(cl.PodCIDRs).Bits() {
		fault(at.Attr("pod_prefix_length"), topology.AtOdds{Value: fmt.Sprint(length), Other: "pod_cidrs = " + pinned, Gives: fmt.Sprint(first(cl.PodCIDRs).Bits())})
	}
	if nodes := prof.Usable(profile.Ranges{Pods: cl.PodCIDRs, NodeMask: mask}).Nodes; cl.Need.MaxNodes > nodes {
		fault(at.Attr("max_nodes"), topology.AtOdds{
			Value: fmt.Sprint(cl.Need.MaxNodes), Other: fmt.Sprintf("pod_cidrs = %s with node blocks of /%d", pinned, mask), Gives: fmt.Sprintf("at most %d", nodes),
		})
	}
}

// pinnedService checks needs and sizes against the Service range that the configuration gives.
func pinnedService(fault report, at topology.Path, cl topology.Cluster, prof *profile.Profile) {
	other := "service_cidr = " + cl.ServiceCIDR.String()
	if length := cl.Need.ServiceLength; length != 0 && length != cl.ServiceCIDR.Bits() {
		fault(at.Attr("service_prefix_length"), topology.AtOdds{Value: fmt.Sprint(length), Other: other, Gives: fmt.Sprint(cl.ServiceCIDR.Bits())})
	}
	if services := prof.Usable(profile.Ranges{Service: cl.ServiceCIDR}).Services; cl.Need.MaxServices > services {
		fault(at.Attr("max_services"), topology.AtOdds{Value: fmt.Sprint(cl.Need.MaxServices), Other: other, Gives: fmt.Sprintf("at most %d", services)})
	}
}
