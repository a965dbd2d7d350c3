package profile

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"

	"go.yaml.in/yaml/v3"
)

func (c *Catalog) checkProfile(p *Profile, wrong func(string, ...any)) {
	if p.Title == "" || p.Word == "" {
		wrong("a profile needs a title and a word")
	}
	if p.Anywhere != "" && p.Anywhere != "any" {
		wrong("platforms %q, not any", p.Anywhere)
	}
	for _, pair := range requiredPairs {
		if _, ok := p.Overlap[pair]; !ok {
			wrong("overlap %q is missing", pair)
		}
	}
	for pair, rule := range p.Overlap {
		if !pair.judged() {
			wrong("overlap %q is no pair", pair)
		}
		c.checkRule(string(pair), rule, wrong)
	}
	for _, l := range slices.Concat(p.Pods.Limits, p.Services.Limits) {
		c.checkRule("limit", l.Rule, wrong)
		for _, w := range l.Windows {
			if !canonical(w.CIDR) || w.Shortest < w.CIDR.Bits() || w.Longest < w.Shortest || w.Longest > w.CIDR.Addr().BitLen() {
				wrong("window %v /%d to /%d is no window", w.CIDR, w.Shortest, w.Longest)
			}
		}
	}
	for _, f := range p.Forbidden {
		if !canonical(f.CIDR) {
			wrong("forbidden %v is no range", f.CIDR)
		}
		c.checkRule("forbidden "+f.CIDR.String(), f.Rule, wrong)
	}
	for _, limit := range p.Nodes.Caps {
		c.checkRule("caps", limit.Rule, wrong)
	}
	n := p.Nodes
	if n.MaxDifference > 0 {
		c.checkRule("max_difference_rule", n.MaxDifferenceRule, wrong)
	}
	if n.RoutesPerNode > 0 {
		c.checkRule("route_quota_rule", n.RouteQuotaRule, wrong)
	}
	if n.Shortest < 1 || n.Longest < n.Shortest || n.Longest > 32 || n.PodsPerNode.Default < 1 || n.PodsPerNode.Max < n.PodsPerNode.Default {
		wrong("nodes: masks /%d to /%d and pods_per_node %d to %d do not fit", n.Shortest, n.Longest, n.PodsPerNode.Default, n.PodsPerNode.Max)
	}
	if counts := n.PodsPerNode.Counts; counts != "addresses" && counts != "usable" {
		wrong("nodes: pods_per_node counts %q, not addresses or usable", counts)
	}
	if g := p.Growth.Pods; g != "none" && g != "append" {
		wrong("growth: pods %q, not none or append", g)
	}
	c.checkSources("growth", p.Growth.Sources, wrong)
}

func canonical(p netip.Prefix) bool { return p.IsValid() && p == p.Masked() }

func (c *Catalog) checkRule(where string, r Rule, wrong func(string, ...any)) {
	if r.Text == "" || len(r.Sources) == 0 {
		wrong("%s: a rule needs a text and a source", where)
	}
	if r.Confidence != "verified" && r.Confidence != "derived" {
		wrong("%s: confidence %q, not verified or derived", where, r.Confidence)
	}
	c.checkSources(where, r.Sources, wrong)
}

func (c *Catalog) checkSources(where string, keys []string, wrong func(string, ...any)) {
	for _, key := range keys {
		if _, ok := c.sources[key]; !ok {
			wrong("%s: source %q is not in %s", where, key, sourcesFile)
		}
	}
}

// levelled refuses rules, which are known by their confidence, that do not say their level: they
// would read as "allow".
func levelled(name string, n *yaml.Node) error {
	keys := map[string]bool{}
	if n.Kind == yaml.MappingNode {
		for i := 0; i < len(n.Content); i += 2 {
			keys[n.Content[i].Value] = true
		}
	}
	var faults []error
	if keys["confidence"] && !keys["level"] {
		faults = append(faults, fmt.Errorf("%s: line %d: a rule needs a level", name, n.Line))
	}
	for _, child := range n.Content {
		faults = append(faults, levelled(name, child))
	}
	return errors.Join(faults...)
}
