package profile

import (
	"fmt"
	"math"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Need is what a cluster asks for. A zero field is not asked for.
type Need struct {
	// MaxNodes is the largest number of nodes that the cluster will ever have.
	MaxNodes int64
	// PodsPerNode is counted as the platform's own argument counts it.
	PodsPerNode int64
	// MaxServices is the largest number of Services.
	MaxServices int64
	// PodLength, ServiceLength and NodeMask are prefix lengths given instead.
	PodLength, ServiceLength, NodeMask int
}

// SizeError says that an argument of a need cannot be served.
type SizeError struct {
	// Argument is the one at fault.
	Argument string
	Value    int64
	// Min and Max bound what would do; Max < Min when nothing would.
	Min, Max int64
	// Because names the cause: another argument of the same need, or the profile's own bound.
	Because string
	// Rule is the published rule behind the bound; its Text is empty where there is none.
	Rule Rule
}

func (e *SizeError) Error() string {
	return fmt.Sprintf("%s = %d is outside %d to %d, because %s", e.Argument, e.Value, e.Min, e.Max, e.Because)
}

// within returns a SizeError unless low <= value <= high.
func within(argument string, value, low, high int64, because string, rule Rule) *SizeError {
	if low <= value && value <= high {
		return nil
	}
	return &SizeError{Argument: argument, Value: value, Min: low, Max: high, Because: because, Rule: rule}
}

// Size is what a need comes to.
type Size struct {
	PodLength, ServiceLength, NodeMask int
	// DoubledBy is the number of lost addresses that made the node block twice as large as the
	// Pods alone would need; 0 when they did not.
	DoubledBy int64
}

// ServiceSize returns the prefix length of the Service range.
func (p *Profile) ServiceSize(need Need) (int, *SizeError) {
	shortest, longest := lengths(enforced(p.Services.Limits), cidr.V4)
	rule := firstRule(p.Services.Limits)
	if need.ServiceLength != 0 {
		if err := within("service_prefix_length", int64(need.ServiceLength), int64(shortest), int64(longest), "of the platform's limits", rule); err != nil {
			return 0, err
		}
		count := capacity(need.ServiceLength, p.Services.Lost)
		return need.ServiceLength, within("max_services", max(need.MaxServices, 1), 1, count,
			fmt.Sprintf("service_prefix_length = %d holds %d", need.ServiceLength, count), Rule{})
	}
	if p.Services.SizedLongest != 0 {
		longest = min(longest, p.Services.SizedLongest)
	}
	count := need.MaxServices
	if count == 0 {
		count = p.Services.DefaultCount
	}
	if err := within("max_services", count, 1, capacity(shortest, p.Services.Lost), "of the platform's limits", rule); err != nil {
		return 0, err
	}
	return min(longest, cidr.LongestFor(uint64(count+p.Services.Lost), cidr.V4)), nil
}

// NodeSize returns the prefix length of each node's block, and by how many lost addresses it
// became twice as large.
func (p *Profile) NodeSize(need Need) (mask int, doubledBy int64, fault *SizeError) {
	n := p.Nodes
	pods := need.PodsPerNode
	if pods == 0 && need.NodeMask == 0 {
		pods = n.PodsPerNode.Default
	}
	if need.NodeMask != 0 {
		if err := within("node_cidr_mask", int64(need.NodeMask), int64(n.Shortest), int64(n.Longest), "of the platform's limits", Rule{}); err != nil {
			return 0, 0, err
		}
		count := p.PodsOfBlock(need.NodeMask)
		return need.NodeMask, 0, within("pods_per_node", max(pods, 1), 1, count,
			fmt.Sprintf("node_cidr_mask = %d holds %d", need.NodeMask, count), Rule{})
	}
	largest := min(n.PodsPerNode.Max, p.PodsOfBlock(n.Shortest))
	if err := within("pods_per_node", pods, 1, largest, "of the platform's limits", Rule{}); err != nil {
		return 0, 0, err
	}
	if n.PodsPerNode.Counts == "addresses" {
		return min(n.Longest, cidr.LongestFor(uint64(pods), cidr.V4)), 0, nil
	}
	mask = min(n.Longest, cidr.LongestFor(uint64(pods+n.Lost), cidr.V4))
	if mask < min(n.Longest, cidr.LongestFor(uint64(pods), cidr.V4)) {
		doubledBy = n.Lost
	}
	return mask, doubledBy, nil
}

// PodSize returns the prefix length of a Pod range for nodes with blocks of the mask. A need
// without max_nodes and pod_prefix_length has none.
func (p *Profile) PodSize(need Need, mask int) (int, *SizeError) {
	if need.PodLength != 0 {
		return p.givenPodSize(need, mask)
	}
	shortest, longest := lengths(p.Pods.Limits, cidr.V4)
	because, rule := "of the platform's limits", firstRule(p.Pods.Limits)
	if least := p.shortestPods(mask); least > shortest {
		shortest, rule = least, p.Nodes.MaxDifferenceRule
		because = fmt.Sprintf("of node_cidr_mask = %d", mask)
	}
	most := blocks(shortest, mask)
	if limit := p.MaxNodes(); limit.Max < most {
		most, because, rule = limit.Max, "of the platform's limits", limit.Rule
	}
	if err := within("max_nodes", need.MaxNodes, 1, most, because, rule); err != nil {
		return 0, err
	}
	return min(longest, mask-cidr.Bits(uint64(need.MaxNodes))), nil
}

// givenPodSize is PodSize where the need gives the prefix length.
func (p *Profile) givenPodSize(need Need, mask int) (int, *SizeError) {
	shortest, longest := lengths(enforced(p.Pods.Limits), cidr.V4)
	because, rule := "of the platform's limits", firstRule(p.Pods.Limits)
	least := p.shortestPods(mask)
	switch {
	case need.PodLength < least && shortest < least:
		because, rule = fmt.Sprintf("of node_cidr_mask = %d", mask), p.Nodes.MaxDifferenceRule
	case need.PodLength > mask && longest > mask: // a Pod range holds at least one node block
		because, rule = fmt.Sprintf("of node_cidr_mask = %d", mask), Rule{}
	}
	low, high := int64(max(shortest, least)), int64(min(longest, mask))
	if err := within("pod_prefix_length", int64(need.PodLength), low, high, because, rule); err != nil {
		return 0, err
	}
	nodes := blocks(need.PodLength, mask)
	return need.PodLength, within("max_nodes", max(need.MaxNodes, 1), 1, nodes,
		fmt.Sprintf("pod_prefix_length = %d holds %d blocks of /%d", need.PodLength, nodes, mask), Rule{})
}

// shortestPods is the shortest prefix length of a Pod range whose node blocks the platform can
// count, 0 where it counts them all.
func (p *Profile) shortestPods(mask int) int {
	if p.Nodes.MaxDifference == 0 {
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

// Usable is what a cluster can really use of its ranges, net of what the platform takes.
type Usable struct {
	Nodes, PodsPerNode, Services int64
}

// Usable counts what fits into ranges that a cluster holds. Counts beyond 63 bits are cut there.
func (p *Profile) Usable(held Ranges) Usable {
	var u Usable
	for _, pods := range held.Pods {
		u.Nodes = saturatingAdd(u.Nodes, blocks(pods.Bits(), held.NodeMask))
	}
	if held.NodeMask != 0 {
		u.PodsPerNode = capacity(held.NodeMask+32-bitsOf(held.Pods), p.Nodes.Lost)
	}
	if held.Service.IsValid() {
		u.Services = capacity(held.Service.Bits()+32-held.Service.Addr().BitLen(), p.Services.Lost)
	}
	return u
}

func bitsOf(prefixes []netip.Prefix) int {
	if len(prefixes) == 0 {
		return 32
	}
	return prefixes[0].Addr().BitLen()
}

// PodsOfBlock counts the Pods of a node block as the platform's argument counts them.
func (p *Profile) PodsOfBlock(mask int) int64 {
	if p.Nodes.PodsPerNode.Counts == "addresses" {
		return capacity(mask, 0)
	}
	return capacity(mask, p.Nodes.Lost)
}

// capacity counts the addresses of an IPv4 prefix length less those lost, at least 0; a negative
// length, which stands for more host bits than 32, counts likewise.
func capacity(length int, lost int64) int64 {
	if 32-length >= 63 {
		return math.MaxInt64
	}
	return max(0, int64(1)<<max(0, 32-length)-lost)
}

// blocks counts the sub-prefixes of length mask in a prefix.
func blocks(length, mask int) int64 {
	switch {
	case mask < length:
		return 0
	case mask-length >= 63:
		return math.MaxInt64
	default:
		return int64(1) << (mask - length)
	}
}

func saturatingAdd(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

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

func firstRule(limits []Limit) Rule {
	if len(limits) == 0 {
		return Rule{}
	}
	return limits[0].Rule
}
