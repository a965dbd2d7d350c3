package allocate

import (
	"fmt"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// existingFits checks what a cluster holds against its profile, and asks for what would have to be guessed
// and would then stay as long as the cluster exists: the node mask, and the Service range inside the Pod range.
func (c *checker) existingFits(at, cluster topology.Path, cl topology.Cluster, e Existing, catalog *profile.Catalog) {
	if e.Profile != "" && cl.Profile != "" && e.Profile != cl.Profile {
		c.add(
			at.Attr("profile"),
			topology.Contradicting{Value: e.Profile, Other: topology.ProfileOfCluster{}, Gives: cl.Profile},
			agreeing(at.Attr("profile"), cl.Profile)...)
	}
	p, known := catalog.Profile(cl.Profile)
	if !known {
		return
	}
	if (p.IPv6.Dual || !cl.Dual()) && !cl.IPv6Alone() { // else it is reported at the cluster
		given := cl
		given.PodIPv6CIDR, given.ServiceIPv6CIDR, given.Further = e.PodIPv6CIDR, e.ServiceIPv6CIDR, e.Further
		given.Need.NodeIPv6Mask = 0
		c.faults = append(c.faults, topology.CheckIPv6(at, cluster, given, p)...)
		c.faults = append(c.faults, topology.CheckFurtherFamilies(at, cluster, given)...)
	}
	c.existingFits6(at, cl, e, p)
	if len(e.PodCIDRs) > 0 {
		c.existingPodsFit(at, cl, e, p)
	}
}

// existingPodsFit checks the Pod ranges that a cluster holds, the mask of its node blocks, and the Service range inside the Pod range.
func (c *checker) existingPodsFit(at topology.Path, cl topology.Cluster, e Existing, p *profile.Profile) {
	if p.Pods.From == profile.Subnets {
		c.add(
			at.Attr("pod_cidrs"),
			topology.Refused{
				Kind:       topology.PodRangeValue,
				Value:      list(e.PodCIDRs),
				BrokenRule: profile.BrokenRule{Code: "pod_cidr_with_pod_subnets", Rule: p.Pods.Subnets.PodRange},
			},
		)
		return
	}
	if e.NodeMask != 0 && p.Nodes.Blocks != profile.Fixed {
		c.add(
			at.Attr("node_cidr_mask"),
			topology.NotAccepted{Value: fmt.Sprint(e.NodeMask), Reason: NoFixedNodeBlock{p.Title}},
			topology.OptionOf(topology.Remove(at.Attr("node_cidr_mask"))),
		)
	}
	if lacksMask(cl, e, p) {
		c.add(
			at.Attr("node_cidr_mask"),
			topology.Missing{Reason: NodeBlockSizeNeeded{}},
			topology.OptionOf(topology.Set(at.Attr("node_cidr_mask"), topology.NodeBlockLength)),
		)
	}
	if p.Pods.From == profile.Shared {
		c.existingSharedFits(at, cl, e, p)
	}
}

// lacksMask says whether nothing gives the mask of the node blocks of a cluster that exists.
func lacksMask(cl topology.Cluster, e Existing, p *profile.Profile) bool {
	masked := p.Nodes.Shortest == p.Nodes.Longest || e.NodeMask != 0 || cl.Need.NodeMask != 0 || cl.Need.PodsPerNode != 0 ||
		cl.SameAs != "" || e.Unknown.Has("node_cidr_mask") || cl.Unknown.HasAny("node_cidr_mask", "pods_per_node", "same_as")
	return p.Nodes.Blocks == profile.Fixed && !masked
}

// lacksTail says whether nothing gives the size of the Service range in the Pod range of a cluster that exists.
func lacksTail(cl topology.Cluster, e Existing, p *profile.Profile) bool {
	served := cl.Need.MaxServices != 0 || cl.Need.ServiceLength != 0 || cl.SameAs != "" || e.Unknown.Has("service_cidr") ||
		cl.Unknown.HasAny("max_services", "service_prefix_length", "same_as")
	return p.Pods.From == profile.Shared && !e.ServiceCIDR.IsValid() && !served
}

// existingSharedFits checks a Service range that is the last part of the Pod range.
func (c *checker) existingSharedFits(at topology.Path, cl topology.Cluster, e Existing, p *profile.Profile) {
	switch tail := p.ServiceTail(first(e.PodCIDRs), e.ServiceCIDR.Bits()); {
	case lacksTail(cl, e, p):
		c.add(
			at.Attr("service_cidr"),
			topology.Missing{Reason: ServiceRangeSizeNeeded{}},
			topology.OptionOf(topology.Set(at.Attr("service_cidr"), topology.ServiceRangeOfCluster)),
		)
	case e.ServiceCIDR.IsValid() && e.ServiceCIDR != tail && first(e.PodCIDRs).IsValid():
		c.add(
			at.Attr("service_cidr"),
			topology.Contradicting{
				Value: e.ServiceCIDR.String(),
				Other: topology.ArgumentValue{Argument: "pod_cidrs", Value: e.PodCIDRs},
				Gives: topology.LastPartOfPods{},
			},
			lastPart(at.Attr("service_cidr"), tail)...)
	}
}

// existingFits6 checks the IPv6 node mask that a cluster holds, and asks for it where the usual one cannot be what it holds.
func (c *checker) existingFits6(at topology.Path, cl topology.Cluster, e Existing, p *profile.Profile) {
	own := p.IPv6.Dual && p.IPv6.Pods == "own"
	if e.NodeIPv6Mask != 0 && !own {
		c.add(
			at.Attr("node_ipv6_cidr_mask"),
			topology.NotAccepted{Value: fmt.Sprint(e.NodeIPv6Mask), Reason: NoIPv6NodeBlock{p.Title}},
			topology.OptionOf(topology.Remove(at.Attr("node_ipv6_cidr_mask"))),
		)
	}
	given := e.NodeIPv6Mask != 0 || cl.Need.NodeIPv6Mask != 0 || cl.SameAs != "" || e.Unknown.Has("node_ipv6_cidr_mask") ||
		cl.Unknown.HasAny("node_ipv6_cidr_mask", "same_as")
	if own && !given && e.PodIPv6CIDR.IsValid() && p.NodesOf6(e.PodIPv6CIDR, p.IPv6.NodeMask) == 0 {
		c.add(at.Attr("node_ipv6_cidr_mask"), topology.Missing{
			Reason: DefaultNodeBlockTooLarge{PodRange: e.PodIPv6CIDR, NodeMask: p.IPv6.NodeMask},
		})
	}
}

// existing checks the ranges and masks of one entry of existing.
func (c *checker) existing(at topology.Path, name string, e Existing) {
	if e.Cluster == "" { // what is released has a key of its own
		topology.CheckKey(name, func(problem any) { c.add(at, problem) })
	}
	c.ofV4(at.Attr("pod_cidrs"), e.PodCIDRs)
	given := topology.Cluster{
		ServiceCIDR: e.ServiceCIDR, PodIPv6CIDR: e.PodIPv6CIDR, ServiceIPv6CIDR: e.ServiceIPv6CIDR, Further: e.Further,
	}
	c.faults = append(c.faults, topology.CheckFurther(at, given)...)
	for _, pin := range given.Pins() {
		if pin.Range.IsValid() && cidr.FamilyOf(pin.Range) != pin.Family {
			c.add(at.Attr(pin.Attr), topology.WrongFamily{Range: pin.Range, Want: pin.Family.String()})
		}
	}
	if e.NodeMask < 0 || e.NodeMask > 32 {
		c.add(at.Attr("node_cidr_mask"), topology.OutOfRange{Value: int64(e.NodeMask), Min: 1, Max: 32})
	}
	if e.NodeIPv6Mask < 0 || e.NodeIPv6Mask > 128 {
		c.add(at.Attr("node_ipv6_cidr_mask"), topology.OutOfRange{Value: int64(e.NodeIPv6Mask), Min: 1, Max: 128})
	}
}

// lastPart is the option of a Service range that is not the last part of the Pod range, where there is such a part.
func lastPart(at topology.Path, tail netip.Prefix) []topology.Option {
	if !tail.IsValid() {
		return nil
	}
	return []topology.Option{topology.OptionOf(topology.Set(at, tail))}
}
