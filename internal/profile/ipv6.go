package profile

import (
	"cmp"
	"math"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// IPv6 says what a mode gives to a cluster that has both families.
type IPv6 struct {
	// Dual says whether clusters may have both families; Rule says where that is published.
	Dual bool `yaml:"dual"`
	// Pods is "own" for a Pod range of the cluster's own, "subnets" for addresses from the VPC's and
	// "platform" for those that the platform chooses itself.
	Pods string `yaml:"pods"`
	// Services is "own" for a range that the configuration gives, "platform" for one that the
	// platform chooses itself.
	Services string `yaml:"services"`
	// ServiceLength is the prefix length of a Service range that is allocated.
	ServiceLength int `yaml:"service_length"`
	// ServiceUsed is the prefix length of the largest part of a Service range that becomes Services; 0 where
	// all of it does.
	ServiceUsed int `yaml:"service_used"`
	// NodeMask is the prefix length of each node's block of Pod addresses, where the cluster asks for none.
	NodeMask int `yaml:"node_mask"`
	// NodeShortest and NodeLongest bound the prefix length of a node's block, as NodeSizeRule says; 0 is no
	// bound.
	NodeShortest int  `yaml:"node_shortest"`
	NodeLongest  int  `yaml:"node_longest"`
	NodeSizeRule Rule `yaml:"node_size_rule"`
	// Lost counts the addresses of each node's block that never become Pods.
	Lost int64 `yaml:"lost"`
	// MaxDifference bounds the prefix length of a node's block minus that of the Pod range; 0 is no bound.
	MaxDifference     int  `yaml:"max_difference"`
	MaxDifferenceRule Rule `yaml:"max_difference_rule"`
	// Unset is the rule for a Service range that is allocated although no argument of the cloud's resource holds it; its
	// Text is empty where an argument does.
	Unset Unset `yaml:"unset_by_terraform"`
	// Alone is the rule for a cluster with IPv6 and without IPv4, which the platform has and which uses no range that could be
	// planned; its Text is empty where the platform has no such clusters.
	Alone Rule `yaml:"alone"`
	Rule  `yaml:",inline"`
}

// Unset says what a cluster that Terraform creates has instead of the IPv6 Service range that is allocated.
type Unset struct {
	// Takes is the range that the platform chooses by itself, invalid where the cluster has no IPv6 at all.
	Takes netip.Prefix `yaml:"takes"`
	Rule  `yaml:",inline"`
}

// Holds says whether the cluster has a given range even so.
func (u Unset) Holds(p netip.Prefix) bool { return p.IsValid() && p == u.Takes }

// Size6 is what a cluster with both families needs of IPv6: prefix lengths, 0 for a range that is
// not its own.
type Size6 struct{ Pod, Service, NodeMask int }

// Size6 works out what goes with IPv4 Pod ranges that serve so many nodes.
func (p *Profile) Size6(nodes int64, need Need) (size Size6, fault *SizeError) {
	if size.NodeMask, fault = p.NodeMask6(need); fault != nil {
		return size, fault
	}
	if size.Service, fault = p.ServiceSize6(need); fault != nil {
		return size, fault
	}
	size.Pod, fault = p.PodSize6(nodes, size.NodeMask)
	return size, fault
}

// NodeMask6 is the prefix length of each node's IPv6 block, 0 where nodes have none of the cluster's own.
func (p *Profile) NodeMask6(need Need) (int, *SizeError) {
	ipv6 := p.IPv6
	if ipv6.Pods != "own" {
		if need.NodeIPv6Mask == 0 {
			return 0, nil
		}
		return 0, &SizeError{Argument: "node_ipv6_cidr_mask", Value: int64(need.NodeIPv6Mask), Min: 1, Cause: NoIPv6Blocks{}}
	}
	if need.NodeIPv6Mask == 0 {
		return ipv6.NodeMask, nil
	}
	shortest, longest := int64(max(ipv6.NodeShortest, 1)), int64(cmp.Or(ipv6.NodeLongest, cidr.V6.Bits()))
	if err := within("node_ipv6_cidr_mask", int64(need.NodeIPv6Mask), shortest, longest, PlatformLimit{}, ipv6.NodeSizeRule); err != nil {
		return 0, err
	}
	pods := p.PodsOfBlock6(need.NodeIPv6Mask)
	return need.NodeIPv6Mask, within(
		"pods_per_node", max(need.PodsPerNode, 1), 1, pods, ArgumentHolds{"node_ipv6_cidr_mask", need.NodeIPv6Mask, pods}, Rule{},
	)
}

// MostNodes6 is the number of nodes that IPv6 node blocks can be numbered for.
func (p *Profile) MostNodes6() int64 {
	if p.IPv6.MaxDifference == 0 || p.IPv6.MaxDifference > 62 {
		return math.MaxInt64
	}
	return 1 << p.IPv6.MaxDifference
}

// PodSize6 is the prefix length of an IPv6 Pod range for so many nodes with blocks of a prefix length; 0 where
// the cluster has none of its own.
func (p *Profile) PodSize6(nodes int64, mask int) (int, *SizeError) {
	if p.IPv6.Pods != "own" {
		return 0, nil
	}
	shortest, longest := lengths(p.Pods.Limits, cidr.V6)
	cause, rule := any(PlatformLimit{}), ruleOf(p.Pods.Limits, cidr.V6)
	if least := mask - p.IPv6.MaxDifference; p.IPv6.MaxDifference != 0 && least > shortest {
		shortest, cause, rule = least, IPv6Blocks{mask}, p.IPv6.MaxDifferenceRule
	}
	length := mask - cidr.Bits(uint64(max(nodes, 1)))
	if length < shortest {
		return 0, &SizeError{Argument: "max_nodes", Value: nodes, Min: 1, Max: 1 << (mask - shortest), Cause: cause, Rule: rule}
	}
	return min(length, longest), nil
}

// ServiceSize6 is the prefix length of an IPv6 Service range; 0 where the cluster has none of its own.
func (p *Profile) ServiceSize6(need Need) (int, *SizeError) {
	if p.IPv6.Services != "own" {
		return 0, nil
	}
	length := p.IPv6.ServiceLength
	return length, within(
		"max_services", max(need.MaxServices, 1), 1, p.ServicesOf6(length), IPv6ServiceLength{length},
		ruleOf(p.Services.Limits, cidr.V6),
	)
}

// NodesOf6 counts the nodes with blocks of a prefix length that an IPv6 Pod range serves, up to the largest
// number that can be counted.
func (p *Profile) NodesOf6(pods netip.Prefix, mask int) int64 {
	if !pods.IsValid() || mask == 0 || mask < pods.Bits() {
		return 0
	}
	if bits := mask - pods.Bits(); bits <= 62 {
		return 1 << bits
	}
	return math.MaxInt64
}

// PodsOfBlock6 counts the Pods of a node's IPv6 block, without the addresses that are lost.
func (p *Profile) PodsOfBlock6(mask int) int64 { return capacity6(mask, p.IPv6.Lost) }

// ServicesOf6 counts the Services of an IPv6 Service range as the platform's argument counts them.
func (p *Profile) ServicesOf6(length int) int64 { return p.services6(length, p.lostServices()) }

func (p *Profile) services6(length int, lost int64) int64 {
	return capacity6(max(length, p.IPv6.ServiceUsed), lost)
}

// capacity6 counts the addresses of an IPv6 prefix length less those lost, at least 0 and up to the largest
// number that can be counted.
func capacity6(length int, lost int64) int64 {
	host := cidr.V6.Bits() - min(max(length, 0), cidr.V6.Bits())
	if host > 62 {
		return math.MaxInt64 - lost
	}
	return max(0, int64(1)<<host-lost)
}

// usable6 bounds what a cluster can use by its IPv6 ranges: a node needs a block of each family, a Pod and a
// Service an address of each.
func (p *Profile) usable6(u Usable, held Ranges) Usable {
	if held.PodIPv6.IsValid() && held.NodeIPv6Mask != 0 {
		u.Nodes = min(u.Nodes, p.NodesIn6(held.PodsIPv6(), held.NodeIPv6Mask))
		u.PodsPerNode = min(u.PodsPerNode, p.PodsOfBlock6(held.NodeIPv6Mask))
	}
	if held.ServiceIPv6.IsValid() {
		u.Services = min(u.Services, p.usableServices(held.ServicesIPv6()))
	}
	return u
}
