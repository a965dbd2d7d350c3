package profile

import (
	"math"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Need is what a cluster asks for. A zero field is not asked for.
type Need struct {
	// MaxNodes is the largest number of nodes that the cluster will ever have.
	MaxNodes int64
	// SurgeNodes are the nodes that an upgrade adds to these for a time.
	SurgeNodes int64
	// PodsPerNode is counted as the platform's own argument counts it.
	PodsPerNode int64
	// MaxServices is the largest number of Services.
	MaxServices int64
	// PodLength, ServiceLength and NodeMask are prefix lengths given instead.
	PodLength, ServiceLength, NodeMask int
	// NodeIPv6Mask is the prefix length of each node's IPv6 block.
	NodeIPv6Mask int
}

// Nodes is the largest number of nodes that exist at the same time, those of an upgrade included; 0 where MaxNodes is not asked for.
func (n Need) Nodes() int64 {
	if n.MaxNodes == 0 {
		return 0
	}
	return n.MaxNodes + n.SurgeNodes
}

// maxCount bounds what is counted: the addresses of IPv4.
const maxCount = 1 << 32

// Size is what a need comes to: prefix lengths of IPv4 ranges, 0 for one that is not needed.
type Size struct{ Pod, Service int }

// ServiceSize returns the prefix length of the Service range.
func (p *Profile) ServiceSize(need Need) (int, *SizeError) {
	s := p.Services
	shortest, longest := lengths(enforced(s.Limits), cidr.V4)
	rule := ruleOf(s.Limits, cidr.V4)
	if s.SizedShortest > shortest {
		shortest, rule = s.SizedShortest, s.SizedRule
	}
	if need.ServiceLength != 0 {
		if p.Pods.From == Shared && s.SizedLongest != 0 {
			longest = min(longest, s.SizedLongest)
		}
		if err := within(
			"service_prefix_length", int64(need.ServiceLength), int64(shortest), int64(longest), PlatformLimit{}, rule,
		); err != nil {
			return 0, err
		}
		count := p.ServicesOf(need.ServiceLength)
		return need.ServiceLength, within("max_services", max(need.MaxServices, 1), 1, count,
			ArgumentHolds{"service_prefix_length", need.ServiceLength, count}, Rule{})
	}
	if s.SizedLongest != 0 {
		longest = min(longest, s.SizedLongest)
	}
	count := need.MaxServices
	if count == 0 {
		count = s.DefaultCount
	}
	if err := within("max_services", count, 1, p.ServicesOf(shortest), PlatformLimit{}, rule); err != nil {
		return 0, err
	}
	return min(longest, cidr.LongestFor(uint64(count+p.lostServices()), cidr.V4)), nil
}

// ServicesOf counts the Services of an IPv4 Service range as the platform's argument counts them.
func (p *Profile) ServicesOf(length int) int64 { return capacity(length, p.lostServices()) }

// lostServices counts the addresses that max_services does not count.
func (p *Profile) lostServices() int64 {
	if p.Services.Counts == "addresses" {
		return 0
	}
	return p.Services.Lost
}

// PodSize returns the prefix length of a Pod range for nodes of a size; service is the prefix
// length of the Service range, which is in the Pod range where they are shared. A need without
// max_nodes and pod_prefix_length has none, and neither have Pods that use subnets.
func (p *Profile) PodSize(need Need, node NodeSize, service int) (int, *SizeError) {
	if p.Pods.From == Subnets {
		if need.PodLength != 0 {
			return 0, &SizeError{
				Argument: "pod_prefix_length",
				Value:    int64(need.PodLength),
				Min:      1,
				Cause:    PodsInSubnets{},
			}
		}
		limit := p.MaxNodes()
		return 0, within("max_nodes", max(need.MaxNodes, 1), 1, limit.Max, PlatformLimit{}, limit.Rule)
	}
	if need.PodLength != 0 {
		return p.givenPodSize(need, node, service)
	}
	shortest, longest := lengths(p.Pods.Limits, cidr.V4)
	cause, rule := any(PlatformLimit{}), ruleOf(p.Pods.Limits, cidr.V4)
	if least := p.shortestPods(node.Mask); least > shortest {
		shortest, rule = least, p.Nodes.MaxDifferenceRule
		cause = GivenMask{node.Mask}
	}
	most := p.NodesOf(shortest, node, service) - need.SurgeNodes
	if limit := p.MaxNodes(); limit.Max < most {
		most, cause, rule = limit.Max, PlatformLimit{}, limit.Rule
	}
	if err := within("max_nodes", need.MaxNodes, 1, most, cause, rule); err != nil {
		return 0, err
	}
	return min(longest, cidr.LongestFor(uint64(need.Nodes()*node.Addresses+p.tail(service)), cidr.V4)), nil
}

// FurtherPodSize returns the prefix length of a Pod range that is added for more nodes of a size.
// What is advised is for the range that a cluster starts with.
func (p *Profile) FurtherPodSize(nodes int64, node NodeSize) (int, *SizeError) {
	shortest, longest := lengths(enforced(p.Pods.Limits), cidr.V4)
	if err := within(
		"max_nodes", nodes, 1, p.NodesOf(max(shortest, 1), node, 0), PlatformLimit{}, ruleOf(p.Pods.Limits, cidr.V4),
	); err != nil {
		return 0, err
	}
	return min(longest, cidr.LongestFor(uint64(nodes*node.Addresses), cidr.V4)), nil
}

// givenPodSize is PodSize where the need gives the prefix length.
func (p *Profile) givenPodSize(need Need, node NodeSize, service int) (int, *SizeError) {
	shortest, longest := lengths(enforced(p.Pods.Limits), cidr.V4)
	cause, rule := any(PlatformLimit{}), ruleOf(p.Pods.Limits, cidr.V4)
	least, most := p.shortestPods(node.Mask), cidr.LongestFor(uint64(node.Addresses+p.tail(service)), cidr.V4)
	if need.PodLength < least && shortest < least {
		cause, rule = GivenMask{node.Mask}, p.Nodes.MaxDifferenceRule
	} else if need.PodLength > most && longest > most { // a Pod range serves at least one node
		cause, rule = NodeAddresses{Node: node.Addresses, Services: p.tail(service)}, Rule{}
	}
	low, high := int64(max(shortest, least)), int64(min(longest, most))
	if err := within("pod_prefix_length", int64(need.PodLength), low, high, cause, rule); err != nil {
		return 0, err
	}
	nodes := p.NodesOf(need.PodLength, node, service)
	return need.PodLength, within("max_nodes", max(need.MaxNodes, 1), 1, nodes-need.SurgeNodes,
		PodRangeServes{Length: need.PodLength, Nodes: nodes, Addresses: node.Addresses}, Rule{})
}

// tail counts the addresses of a Pod range that are Services.
func (p *Profile) tail(service int) int64 {
	if p.Pods.From != Shared {
		return 0
	}
	return addresses(service)
}

// NodesOf counts the nodes of a size that an IPv4 Pod range of the prefix length serves; service is
// the prefix length of the Service range, as in PodSize.
func (p *Profile) NodesOf(length int, node NodeSize, service int) int64 {
	if node.Addresses == 0 {
		return 0
	}
	return max(0, addresses(length)-p.tail(service)) / node.Addresses
}

// NodesIn counts the nodes of a size that IPv4 Pod ranges serve. Where Pods and Services share a range, the Service range is in the first
// one alone.
func (p *Profile) NodesIn(pods []netip.Prefix, node NodeSize, service int) int64 {
	var nodes int64
	for i, r := range pods {
		switch {
		case !r.IsValid() || node.Addresses == 0:
		case i == 0:
			nodes += p.NodesOf(r.Bits(), node, service)
		default:
			nodes += addresses(r.Bits()) / node.Addresses
		}
	}
	return nodes
}

// ServiceTail is the Service range inside a Pod range that is shared with it: its last addresses.
func (p *Profile) ServiceTail(pods netip.Prefix, length int) netip.Prefix {
	if p.Pods.From != Shared || !pods.IsValid() || length < pods.Bits() {
		return netip.Prefix{}
	}
	return netip.PrefixFrom(cidr.Last(pods), length).Masked()
}

// shortestPods is the shortest prefix length of a Pod range whose node blocks the platform can
// count, 0 where it counts them all.
func (p *Profile) shortestPods(mask int) int {
	if p.Nodes.MaxDifference == 0 || mask == 0 {
		return 0
	}
	return mask - p.Nodes.MaxDifference
}

// MaxNodes is the number of nodes that the platform never exceeds, and the rule that says so.
func (p *Profile) MaxNodes() Cap {
	largest := Cap{Max: math.MaxInt64}
	for _, c := range p.Nodes.Caps {
		if c.Level == Error && c.Max < largest.Max {
			largest = c
		}
	}
	return largest
}

// AdvisedNodes is the number of nodes up to which the platform neither refuses nor advises against more.
func (p *Profile) AdvisedNodes() int64 {
	advised := int64(math.MaxInt64)
	for _, c := range p.Nodes.Caps {
		advised = min(advised, c.Max)
	}
	return advised
}

// Usable is what a cluster can really use of its ranges, without what the platform reserves. Where Pods
// use subnets only Services are counted.
type Usable struct {
	Nodes, PodsPerNode, Services int64
}

// Usable counts what fits into the ranges that a cluster holds, with nodes of a size: where it has both
// families, the smaller number.
func (p *Profile) Usable(held Ranges, node NodeSize) Usable {
	var u Usable
	u.Nodes = p.NodesIn(held.Pods, node, held.Service.Bits())
	if node.Mask != 0 {
		u.PodsPerNode = p.Nodes.PodsPerNode.inBlock(capacity(node.Mask, p.Nodes.Lost))
	} else if node.Addresses != 0 && p.Pods.From != Subnets {
		u.PodsPerNode = node.Pods
	}
	if held.Service.IsValid() {
		u.Services = p.usableServices(held.Services())
	}
	return p.usable6(u, held)
}

// addresses counts those of an IPv4 prefix length; a length that is none counts as the whole family.
func addresses(length int) int64 { return 1 << (32 - min(max(length, 0), 32)) }

// capacity counts the addresses of an IPv4 prefix length less those lost, at least 0.
func capacity(length int, lost int64) int64 { return max(0, addresses(length)-lost) }

// enforced are the limits that the platform refuses to break.
func enforced(limits []Limit) []Limit {
	var hard []Limit
	for _, l := range limits {
		if l.Level == Error {
			hard = append(hard, l)
		}
	}
	return hard
}

// ruleOf is the first rule among limits on ranges of a family.
func ruleOf(limits []Limit, family cidr.Family) Rule {
	for _, l := range limits {
		if l.binds(family) {
			return l.Rule
		}
	}
	return Rule{}
}
