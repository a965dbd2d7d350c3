package allocate

import (
	"fmt"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// report takes one problem at its place, with what resolves it.
type report func(at topology.Path, problem any, options ...topology.Option)

// CheckNeed checks what the cluster declared at a place asks for against its profile, and needs,
// sizes and pins against each other, as far as they are known. What it finds no held range can
// mend.
func CheckNeed(at topology.Path, name string, cl topology.Cluster, catalog *profile.Catalog) []topology.Fault {
	var c checker
	prof, known := catalog.Profile(cl.Profile)
	if !known || cl.Unknown.Has("profile") || cl.SameAs != "" { // the needs of a mirror are those of another
		return nil
	}
	unsized := unsizedAt(c.add, at, name, prof)
	if !cl.Unknown.HasAny("service_cidr", "max_services", "service_prefix_length") {
		if cl.ServiceCIDR.IsValid() {
			pinnedService(c.add, at, cl, prof)
		} else {
			_, fault := prof.ServiceSize(cl.Need)
			unsized(fault)
		}
	}
	if cl.Dual() && !cl.Unknown.HasAny("pods_per_node", "node_ipv6_cidr_mask", "pod_ipv6_cidr", "max_nodes") && cl.Need.NodeIPv6Mask != 0 {
		mask, fault := prof.NodeMask6(cl.Need)
		if !unsized(fault) && cl.PodIPv6CIDR.IsValid() {
			pinnedPods6(c.add, at, name, cl, prof, mask)
		}
	}
	if cl.Unknown.HasAny("pods_per_node", "node_cidr_mask", "pod_cidrs", "max_nodes", "pod_prefix_length") {
		return c.faults
	}
	node, fault := prof.NodeSize(cl.Need)
	if unsized(fault) {
		return c.faults
	}
	service, known := sharedService(cl, prof)
	if !known {
		return c.faults
	}
	if len(cl.PodCIDRs) > 0 && (cl.Need.PodsPerNode != 0 || cl.Need.NodeMask != 0) &&
		(podRanges{ranges: cl.PodCIDRs, node: node, service: service}).holdNodes(c.add, at, name, prof, cl.Need.MaxNodes) {
		pinnedPods(c.add, at, cl, prof, node, service)
	}
	if len(cl.PodCIDRs) == 0 && cl.Need.PodLength != 0 { // a number of nodes may have been served before the platform's limit
		_, fault := prof.PodSize(cl.Need, node, service)
		unsized(fault)
	}
	return c.faults
}

// sharedService is the prefix length of the Service range that a Pod range has in it, 0 where the profile has them apart. It is not
// known where the number of Services is not, or has no size, which is reported elsewhere.
func sharedService(cl topology.Cluster, prof *profile.Profile) (length int, known bool) {
	if prof.Pods.From != profile.Shared {
		return 0, true
	}
	if cl.Unknown.HasAny("max_services", "service_prefix_length") {
		return 0, false
	}
	length, fault := prof.ServiceSize(cl.Need)
	return length, fault == nil
}

// unsizedAt returns what reports a size that the profile cannot serve, and says whether there
// was one.
func unsizedAt(fault report, at topology.Path, name string, prof *profile.Profile) func(*profile.SizeError) bool {
	return func(e *profile.SizeError) bool {
		if e != nil {
			fault(at.Attr(e.Argument), NeedNotServed{Cluster: name, Profile: prof, SizeError: e})
		}
		return e != nil
	}
}

// podRanges are Pod ranges that are given, what each node uses of them, and the prefix length of the Service range in them where
// the two share one.
type podRanges struct {
	ranges  []netip.Prefix
	node    profile.NodeSize
	service int
	// held is how many of them, the first ones, the cluster holds already. They stay as they are.
	held int
}

// holdNodes checks that each Pod range of a cluster at a place serves at least one node. It offers a range with which all of them serve
// so many nodes, and to remove the range where the others serve these nodes and one of them is before it.
func (p podRanges) holdNodes(fault report, at topology.Path, name string, prof *profile.Profile, nodes int64) bool {
	for i, pods := range p.ranges {
		served := prof.NodesIn(p.ranges[:i+1], p.node, p.service) - prof.NodesIn(p.ranges[:i], p.node, p.service)
		if i >= p.held && pods.IsValid() && p.node.Addresses > 0 && served == 0 {
			at := at.Attr("pod_cidrs").At(i)
			fault(at, NoNodes{
				Cluster: name, Profile: prof, Range: pods, Service: prof.ServiceTail(pods, p.service), Node: p.node.Addresses,
			}, p.largerOptions(at, i, prof, nodes)...)
			return false
		}
	}
	return true
}

// largerOptions are those of the range at a place, of an index, that serves no node.
func (p podRanges) largerOptions(at topology.Path, index int, prof *profile.Profile, nodes int64) []topology.Option {
	missing, service := nodes-prof.NodesIn(p.ranges, p.node, p.service), 0
	if index == 0 {
		service = p.service
	}
	larger := topology.RangeOf{Family: "IPv4", Length: lengthForNodes(prof, max(missing, 1), p.node, service)}
	options := []topology.Option{topology.OptionOf(topology.Set(at, larger))}
	if index > 0 && missing <= 0 {
		options = append(options, topology.OptionOf(topology.Remove(at)))
	}
	return options
}

// lengthForNodes is the prefix length of a Pod range that serves so many nodes, with the Service range of a prefix length in
// it where the two share one.
func lengthForNodes(prof *profile.Profile, nodes int64, node profile.NodeSize, service int) int {
	length := cidr.LongestFor(uint64(node.Addresses), cidr.V4)
	for length > 1 && prof.NodesOf(length, node, service) < nodes {
		length--
	}
	return length
}

// pinnedPods checks needs and sizes against the Pod ranges that the configuration gives.
func pinnedPods(fault report, at topology.Path, cl topology.Cluster, prof *profile.Profile, node profile.NodeSize, service int) {
	if length := cl.Need.PodLength; length != 0 && length != first(cl.PodCIDRs).Bits() {
		fault(
			at.Attr("pod_prefix_length"),
			topology.Contradicting{
				Value: fmt.Sprint(
					length,
				), Other: topology.ArgumentValue{Argument: "pod_cidrs", Value: cl.PodCIDRs}, Gives: first(cl.PodCIDRs).Bits(),
			},
			agreeing(at.Attr("pod_prefix_length"), first(cl.PodCIDRs).Bits())...)
	}
	nodes := prof.NodesIn(cl.PodCIDRs, node, service) - cl.Need.SurgeNodes
	if cl.Need.MaxNodes > nodes && node.Addresses > 0 {
		ranges := topology.NodeAddresses{PodCIDRs: cl.PodCIDRs, Addresses: node.Addresses}
		more := morePods(at, cl, prof, cl.Need.MaxNodes-nodes, node)
		tooFew(fault, at.Attr("max_nodes"), cl.Need.MaxNodes, nodes, ranges, more)
	}
}

// pinnedService checks needs and sizes against the Service range that the configuration gives.
func pinnedService(fault report, at topology.Path, cl topology.Cluster, prof *profile.Profile) {
	if length := cl.Need.ServiceLength; length != 0 && length != cl.ServiceCIDR.Bits() {
		other := topology.ArgumentValue{Argument: "service_cidr", Value: cl.ServiceCIDR}
		fault(
			at.Attr("service_prefix_length"),
			topology.Contradicting{Value: fmt.Sprint(length), Other: other, Gives: cl.ServiceCIDR.Bits()},
			agreeing(at.Attr("service_prefix_length"), cl.ServiceCIDR.Bits())...)
	}
	pinnedServices(fault, at, cl, prof, furtherServices)
}

// pinnedServices checks the number of Services against the Service ranges of one family that the configuration gives: the first one, and
// those of the list of further ones.
func pinnedServices(fault report, at topology.Path, cl topology.Cluster, prof *profile.Profile, list profile.FurtherList) {
	ranges := cl.PinnedRanges().Services()
	if list.Family == cidr.V6 {
		ranges = cl.PinnedRanges().ServicesIPv6()
	}
	services := prof.ServicesIn(ranges)
	if cl.Need.MaxServices > services && !mayChooseFurther(cl, prof, list) {
		tooFew(
			fault, at.Attr("max_services"), cl.Need.MaxServices, services, contradicted(list.First, ranges, prof.ServicesIn),
			moreServices(at, cl, prof, list, cl.Need.MaxServices-services),
		)
	}
}

// tooFew reports an argument that asks for more than some ranges serve. Options in front of those that change the argument add to the
// ranges.
func tooFew(fault report, at topology.Path, wanted, serve int64, ranges any, more []topology.Option) {
	problem := topology.Contradicting{Value: fmt.Sprint(wanted), Other: ranges, Gives: topology.AtMost(serve)}
	fault(at, problem, append(more, agreeing(at, topology.AtMost(serve))...)...)
}

// agreeing are the options of an argument that contradicts another one: to leave it out, or a value that agrees.
func agreeing(at topology.Path, value any) []topology.Option {
	return []topology.Option{topology.OptionOf(topology.Remove(at)), topology.OptionOf(topology.Set(at, value))}
}
