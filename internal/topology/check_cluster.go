package topology

import (
	"fmt"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// maxCount bounds numbers of nodes, Pods and Services: the addresses of IPv4.
const maxCount = 1 << 32

// CheckCluster checks one cluster declared at a place, as far as it can be checked alone.
func CheckCluster(at Path, cl Cluster, catalog *profile.Catalog) []Fault {
	var c checker
	c.name(at, "name", cl.Name, cl.Unknown.Has("name"))
	if cl.VPC == "" && !cl.Unknown.Has("vpc") {
		c.add(at.Attr("vpc"), Missing{})
	}
	p, known := catalog.Profile(cl.Profile)
	if cl.Profile == "" && !cl.Unknown.Has("profile") {
		c.add(at.Attr("profile"), Missing{})
	}
	if cl.Profile != "" && !known {
		c.add(
			at.Attr("profile"),
			Undeclared{Kind: ProfileName, Name: cl.Profile, Known: catalog.Names(), Called: catalog.Called(cl.Profile)},
		)
	}
	c.numbers(at, cl.Need)
	c.surge(at, cl)
	c.mirror(at, cl)
	if cl.ReserveLength < 0 || cl.ReserveLength > 32 {
		c.add(at.Attr("reserve_prefix_length"), OutOfRange{Value: int64(cl.ReserveLength), Min: 1, Max: 32})
	}
	c.names(at, "meshes", cl.Meshes)
	c.names(at, "previous_names", cl.PreviousNames)
	c.names(at, "node_subnets", cl.NodeSubnets)
	c.names(at, "pod_subnets", cl.PodSubnets)
	c.ranges(at, "pod_cidrs", cl.PodCIDRs, cidr.V4)
	for _, pin := range cl.Pins() {
		if pin.Range.IsValid() && cidr.FamilyOf(pin.Range) != pin.Family {
			c.add(at.Attr(pin.Attr), WrongFamily{Range: pin.Range, Want: pin.Family.String()})
		}
	}
	if !known || !p.IPv6.Alone.Broken() || !cl.IPv6Alone() {
		c.families(at, cl)
	}
	c.someOf(at, "append_ranges", cl.AppendRanges, profile.Appended)
	c.faults = append(c.faults, CheckFurther(at, cl)...)
	if known {
		c.appendRanges(at, cl, p)
		c.furtherAllowed(at, cl, p)
		c.pods(at, cl, p)
		c.nodes(at, cl.Need, p.Nodes)
		c.dnsAddress(at, cl, p)
		c.faults = append(c.faults, CheckIPv6(at, at, cl, p)...)
		c.unset(at, cl, p)
		c.otherRanges(at, cl, p)
	}
	return c.faults
}

// surge checks that nodes for upgrades are beside a number of nodes.
func (c *checker) surge(at Path, cl Cluster) {
	if cl.Need.SurgeNodes != 0 && cl.Need.MaxNodes == 0 && !cl.Unknown.HasAny("max_nodes", "same_as") && cl.SameAs == "" {
		c.add(
			at.Attr("surge_nodes"), NotAccepted{Value: fmt.Sprint(cl.Need.SurgeNodes), Reason: SurgeWithoutNodes{}},
			OptionOf(Set(at.Attr("max_nodes"), MostNodes)), OptionOf(Remove(at.Attr("surge_nodes"))),
		)
	}
}

// dnsAddress checks that the platform accepts an address of cluster DNS.
func (c *checker) dnsAddress(at Path, cl Cluster, p *profile.Profile) {
	if cl.DNSServiceIP.IsValid() && !p.Services.DNS.Accepted() {
		c.add(
			at.Attr("dns_service_ip"), NotAccepted{Value: cl.DNSServiceIP.String(), Reason: NoDNSAddress{p.Title}},
			OptionOf(Remove(at.Attr("dns_service_ip"))),
		)
	}
}

// nodes checks what is asked for each node against what the platform advises or documents.
func (c *checker) nodes(at Path, need profile.Need, n profile.Nodes) {
	if rule, advised := n.AdviseMask(need.NodeMask); advised {
		c.faults = append(c.faults, Fault{At: at.Attr("node_cidr_mask"), Warn: true, Problem: Refused{
			Kind: NodeBlockValue, Value: fmt.Sprintf("/%d", need.NodeMask), BrokenRule: profile.BrokenRule{
				Code: "node_block_too_small", Rule: rule,
			},
		}})
	}
	if rule, broken := n.PodsPerNode.Unlisted(need.PodsPerNode); broken && rule.Broken() {
		c.faults = append(c.faults, Fault{At: at.Attr("pods_per_node"), Warn: rule.Level == profile.Warn, Problem: Refused{
			Kind: PodsPerNodeValue, Value: fmt.Sprint(need.PodsPerNode), BrokenRule: profile.BrokenRule{
				Code: "pods_per_node_not_listed", Rule: rule,
			},
		}})
	}
}

// families checks that IPv4 comes first and nothing comes twice.
func (c *checker) families(at Path, cl Cluster) {
	if len(cl.IPFamilies) > 0 && cl.IPFamilies[0] == "ipv6" {
		here := at.Attr("ip_families")
		c.add(
			here.At(0), NotAccepted{Value: "ipv6", Reason: IPv4First{}}, OptionOf(Set(here, Families)), OptionOf(Remove(here)),
		)
	}
	c.someOf(at, "ip_families", cl.IPFamilies, Families)
}

// pods checks what is given for Pods and Services against where the profile has them from.
func (c *checker) pods(at Path, cl Cluster, p *profile.Profile) {
	if cl.ReserveLength != 0 && (p.Pods.From == profile.Subnets || len(cl.PodCIDRs) > 0) {
		c.add(
			at.Attr("reserve_prefix_length"), NotAccepted{Value: fmt.Sprint(cl.ReserveLength), Reason: NoPodRangeChosen{}},
			OptionOf(Remove(at.Attr("reserve_prefix_length"))),
		)
	}
	if p.Pods.From == profile.Subnets {
		for i, pods := range cl.PodCIDRs {
			if pods.IsValid() {
				c.refused(at.Attr("pod_cidrs").At(i), pods, p.Pods.Subnets.PodRange)
			}
		}
		if missing := p.Pods.Subnets.Missing; len(cl.PodSubnets) == 0 && !cl.Unknown.Has("pod_subnets") && missing.Broken() {
			c.faults = append(c.faults, Fault{
				At: at.Attr("pod_subnets"), Problem: NoPodSubnets{Cluster: cl.Name, VPC: cl.VPC, Profile: p.Title, Rule: missing},
				Warn: missing.Level == profile.Warn,
			})
		}
		if most := p.Growth.MaxRanges; most > 0 && len(cl.PodSubnets) > most {
			c.add(
				at.Attr("pod_subnets"), TooMany{Of: ListedSubnets, Count: len(cl.PodSubnets), Max: most, Limit: Limit{Profile: p.Title}},
				OptionOf(Set(at.Attr("pod_subnets"), cl.PodSubnets[:most])),
			)
		}
		return
	}
	if most := p.MaxPodRanges(cl.AppendRanges); len(cl.PodCIDRs) > most && !cl.Unknown.Has("append_ranges") {
		c.add(
			at.Attr("pod_cidrs"), TooMany{Of: ListedRanges, Count: len(cl.PodCIDRs), Max: most, Limit: Limit{Profile: p.Title}},
			append(AppendOptions(at, cl, p, profile.PodRanges), OptionOf(Set(at.Attr("pod_cidrs"), firstValid(cl.PodCIDRs, most))))...,
		)
	}
	if len(cl.PodSubnets) > 0 {
		value := any(cl.PodSubnets[0])
		if value == "" {
			value = KnownAfterApply{}
		}
		c.add(
			at.Attr("pod_subnets"), NotAccepted{Value: value, Reason: PodsHaveRange{p.Title}}, OptionOf(Remove(at.Attr("pod_subnets"))),
		)
	}
	if p.Pods.From == profile.Shared && cl.ServiceCIDR.IsValid() {
		c.add(
			at.Attr("service_cidr"),
			NotAccepted{Value: cl.ServiceCIDR.String(), Reason: ServicesInPodRange{p.Title}},
			tailOption(at, cl),
		)
	}
}

// refused reports a Pod range of a cluster whose Pods use subnets.
func (c *checker) refused(at Path, pods netip.Prefix, rule profile.Rule) {
	if rule.Broken() {
		broken := profile.BrokenRule{Code: "pod_cidr_with_pod_subnets", Rule: rule}
		c.faults = append(c.faults, Fault{
			At: at, Warn: rule.Level < profile.Error, Problem: Refused{Kind: PodRangeValue, Value: pods.String(), BrokenRule: broken},
		})
	}
}

// CheckIPv6 checks the IPv6 ranges that are given at a place, and the families of the cluster, against
// what its profile has. The cluster itself can be at another place.
func CheckIPv6(at, cluster Path, cl Cluster, p *profile.Profile) []Fault {
	var c checker
	if cl.IPv6Alone() && p.IPv6.Alone.Broken() {
		broken := profile.BrokenRule{Code: "service_cidr_with_ipv6", Rule: p.IPv6.Alone}
		c.add(cluster.Attr("ip_families"), Refused{Kind: ServicesWithFamilyValue, Value: "ipv6", BrokenRule: broken})
		return c.faults
	}
	if cl.Dual() && !p.IPv6.Dual {
		c.add(
			cluster.Attr("ip_families"),
			Refused{Kind: FamilyValue, Value: "ipv6", BrokenRule: profile.BrokenRule{Code: "dual_stack_not_supported", Rule: p.IPv6.Rule}},
		)
		return c.faults
	}
	own := p.IPv6.Dual && p.IPv6.Pods == "own"
	if cl.Need.NodeIPv6Mask != 0 && !cl.Dual() && !cl.Unknown.Has("ip_families") && cl.SameAs == "" {
		c.add(
			at.Attr("node_ipv6_cidr_mask"),
			NotAccepted{Value: fmt.Sprint(cl.Need.NodeIPv6Mask), Reason: IPv6NotRequested{}},
			withIPv6(at.Attr("node_ipv6_cidr_mask"), cluster, own)...)
	}
	for _, pin := range cl.Pins() {
		if cidr.FamilyOf(pin.Range) != cidr.V6 || pin.Family != cidr.V6 || cl.Unknown.Has("ip_families") {
			continue
		}
		own := pin.source6(p) == "own"
		if !cl.Dual() {
			at := at.Attr(pin.Attr)
			c.add(at, NotAccepted{Value: pin.Range.String(), Reason: IPv6NotRequested{}}, withIPv6(at, cluster, own)...)
		} else if !own {
			c.add(
				at.Attr(pin.Attr),
				NotAccepted{Value: pin.Range.String(), Reason: IPv6OfPlatform{p.Title}},
				OptionOf(Remove(at.Attr(pin.Attr))),
			)
		}
	}
	return c.faults
}

// numbers checks that what is asked for can be counted.
func (c *checker) numbers(at Path, n profile.Need) {
	for _, number := range []struct {
		attr  string
		value int64
		max   int64
	}{
		{"max_nodes", n.MaxNodes, maxCount},
		{"surge_nodes", n.SurgeNodes, maxCount},
		{"pods_per_node", n.PodsPerNode, maxCount},
		{"max_services", n.MaxServices, maxCount},
		{"pod_prefix_length", int64(n.PodLength), 32},
		{"service_prefix_length", int64(n.ServiceLength), 32},
		{"node_cidr_mask", int64(n.NodeMask), 32},
		{"node_ipv6_cidr_mask", int64(n.NodeIPv6Mask), 128},
	} {
		if number.value < 0 || number.value > number.max {
			c.add(at.Attr(number.attr), OutOfRange{Value: number.value, Min: 1, Max: number.max})
		}
	}
}
