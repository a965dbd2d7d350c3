package profile

import (
	"cmp"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// NodeSize is what each node uses of the Pod addresses.
type NodeSize struct {
	// Mask is the prefix length of the block of each node, 0 where nodes have no block of one size.
	Mask int
	// Addresses counts what a node uses of a Pod range or in blocks of subnets, 0 where Pods use single addresses of subnets.
	Addresses int64
	// Pods is the number of Pods on a node that this serves, counted as the platform counts it.
	Pods int64
	// DoubledBy is the number of lost addresses that made the node block twice as large as the
	// Pods alone would need; 0 when they did not.
	DoubledBy int64
}

// NodeSize works out what each node uses.
func (p *Profile) NodeSize(need Need) (NodeSize, *SizeError) {
	n := p.Nodes
	if need.NodeMask != 0 && p.Pods.From == Subnets {
		return NodeSize{}, &SizeError{
			Argument: "node_cidr_mask",
			Value:    int64(need.NodeMask),
			Min:      1,
			Cause:    PodsInSubnets{},
		}
	}
	if n.Blocks == None {
		pods := p.podsPerNode(need)
		return NodeSize{Pods: pods}, p.podsAccepted(pods)
	}
	if need.NodeMask != 0 {
		return p.givenBlock(need)
	}
	if need.PodsPerNode == 0 && n.DefaultMask != 0 {
		return p.NodeOf(n.DefaultMask), nil
	}
	pods := p.podsPerNode(need)
	if err := p.podsAccepted(pods); err != nil {
		return NodeSize{}, err
	}
	if n.Blocks == Dynamic {
		block := addresses(n.Longest)
		return NodeSize{Addresses: (pods + n.Lost + block - 1) / block * block, Pods: pods}, nil
	}
	longest, kept := n.longestChosen(), n.PodsPerNode.addresses(pods)
	alone := min(longest, cidr.LongestFor(uint64(kept), cidr.V4))
	if n.PodsPerNode.Counts == "addresses" {
		return p.NodeOf(alone), nil
	}
	size := p.NodeOf(min(longest, cidr.LongestFor(uint64(kept+n.Lost), cidr.V4)))
	if size.Mask < alone {
		size.DoubledBy = n.Lost
	}
	return size, nil
}

// givenBlock is NodeSize where the need gives the prefix length of the block.
func (p *Profile) givenBlock(need Need) (NodeSize, *SizeError) {
	n := p.Nodes
	if err := within(
		"node_cidr_mask", int64(need.NodeMask), int64(n.Shortest), int64(n.Longest), PlatformLimit{}, n.SizeRule,
	); err != nil {
		return NodeSize{}, err
	}
	size, least := p.NodeOf(need.NodeMask), max(n.PodsPerNode.Min, 1)
	holds := ArgumentHolds{"node_cidr_mask", need.NodeMask, size.Pods}
	if err := within("pods_per_node", max(need.PodsPerNode, least), least, size.Pods, holds, Rule{}); err != nil {
		return size, err
	}
	return size, p.podsAccepted(cmp.Or(need.PodsPerNode, least))
}

// NodeOf is what a node with one block of the prefix length uses.
func (p *Profile) NodeOf(mask int) NodeSize {
	size := NodeSize{Mask: mask, Addresses: addresses(mask), Pods: p.PodsOfBlock(mask)}
	if p.Nodes.Blocks == Dynamic {
		size.Mask = 0
	}
	return size
}

// longestChosen is the longest node block that is chosen where the configuration gives no length.
func (n Nodes) longestChosen() int { return cmp.Or(n.AdvisedLongest, n.Longest) }

// AdviseMask returns the rule that advises against a length of node blocks, which the platform may accept.
func (n Nodes) AdviseMask(mask int) (rule Rule, advised bool) {
	return n.AdvisedRule, mask > n.longestChosen() && mask <= n.Longest
}

func (p *Profile) podsPerNode(need Need) int64 {
	if need.PodsPerNode == 0 {
		return p.Nodes.PodsPerNode.Default
	}
	return need.PodsPerNode
}
