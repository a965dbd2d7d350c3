package profile

import (
	"cmp"
	"slices"
)

// PodsPerNode says how many Pods a node can have and how the platform counts them.
type PodsPerNode struct {
	Default int64 `yaml:"default"`
	// Min and Max are the smallest and largest number that the platform accepts; 0 where none is published. A node block with more
	// addresses has no more Pods than Max.
	Min int64 `yaml:"min"`
	Max int64 `yaml:"max"`
	// Rule says where Min and Max are published, where the rule on the size of node blocks does not.
	Rule Rule `yaml:"rule"`
	// Listed are the only numbers that the platform documents, in ascending order, and ListedRule is broken by others; none where
	// it documents all from Min to Max.
	Listed     []int64 `yaml:"listed"`
	ListedRule Rule    `yaml:"listed_rule"`
	// Addresses counts the addresses of a node block that the platform keeps for each Pod, 0 for one.
	Addresses int64 `yaml:"addresses"`
	// Counts is "addresses" when lost addresses count as Pods (ACK), "usable" when not (CCE).
	Counts string `yaml:"counts"`
}

// addresses counts those that a number of Pods keeps in a node block.
func (n PodsPerNode) addresses(pods int64) int64 { return pods * max(n.Addresses, 1) }

// inBlock counts the Pods of a node block that has so many addresses for them.
func (n PodsPerNode) inBlock(addresses int64) int64 {
	pods := addresses / max(n.Addresses, 1)
	if n.Max != 0 {
		pods = min(pods, n.Max)
	}
	return pods
}

// Unlisted returns the rule that a number of Pods breaks because the platform does not document it.
func (n PodsPerNode) Unlisted(pods int64) (rule Rule, broken bool) {
	return n.ListedRule, pods != 0 && len(n.Listed) > 0 && !slices.Contains(n.Listed, pods)
}

// PodsPerNodeOf is the number of Pods that a node of a cluster has by the platform's own argument: what the cluster asks for, or the
// default. A node block that is not of the default size says it otherwise.
func (p *Profile) PodsPerNodeOf(need Need, mask int) int64 {
	byDefault, fault := p.NodeSize(Need{})
	if need.PodsPerNode != 0 || fault != nil || mask == 0 || mask == byDefault.Mask {
		return cmp.Or(need.PodsPerNode, p.Nodes.PodsPerNode.Default)
	}
	return p.PodsOfBlock(mask)
}

// PodsOfBlock counts the Pods of a node block as the platform's argument counts them.
func (p *Profile) PodsOfBlock(mask int) int64 {
	n := p.Nodes
	if n.PodsPerNode.Counts == "addresses" {
		return n.PodsPerNode.inBlock(addresses(mask))
	}
	return n.PodsPerNode.inBlock(capacity(mask, n.Lost))
}

// mostPods is the largest pods_per_node that the platform accepts.
func (p *Profile) mostPods() int64 {
	n, most := p.Nodes, int64(maxCount)
	if n.PodsPerNode.Max != 0 {
		most = n.PodsPerNode.Max
	}
	if n.Blocks == Fixed {
		most = min(most, p.PodsOfBlock(n.Shortest))
	}
	return most
}

// podsAccepted returns a SizeError unless the platform accepts a number of Pods on a node.
func (p *Profile) podsAccepted(pods int64) *SizeError {
	n := p.Nodes
	rule := n.PodsPerNode.Rule
	if rule.Text == "" {
		rule = n.SizeRule
	}
	return within("pods_per_node", pods, max(n.PodsPerNode.Min, 1), p.mostPods(), PlatformLimit{}, rule)
}

func (c *Catalog) checkPodsPerNode(p *Profile, wrong complaint) {
	n, pods := p.Nodes, p.Nodes.PodsPerNode
	if pods.Default < 1 || pods.Min < 0 || pods.Default < pods.Min || pods.Max != 0 && pods.Max < pods.Default {
		wrong("pods_per_node %d, %d to %d do not fit", pods.Default, pods.Min, pods.Max)
	}
	if !counts(pods.Counts) || n.Blocks == Dynamic && pods.Counts != "usable" {
		wrong("pods_per_node counts %q, not addresses or usable, or blocks are dynamic", pods.Counts)
	}
	if pods.Addresses < 0 || pods.Addresses > 0 && n.Blocks != Fixed {
		wrong("pods_per_node has %d addresses for each Pod, or there are no fixed blocks", pods.Addresses)
	}
	if n.Blocks == Fixed && p.PodsOfBlock(n.Longest) < pods.Min {
		wrong("node blocks of /%d have no room for pods_per_node = %d", n.Longest, pods.Min)
	}
	if pods.Rule.Text != "" || pods.Min != 0 {
		c.checkRule("pods_per_node.rule", pods.Rule, wrong)
	}
	if len(pods.Listed) > 0 {
		c.checkRule("pods_per_node.listed_rule", pods.ListedRule, wrong)
		if !slices.IsSorted(pods.Listed) || !slices.Contains(pods.Listed, pods.Default) {
			wrong("pods_per_node lists %d, not in ascending order or without the default", pods.Listed)
		}
	}
}
