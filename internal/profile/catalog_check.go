package profile

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"

	"go.yaml.in/yaml/v3"
)

// complaint reports a fault of the data.
type complaint func(format string, args ...any)

// of returns a complaint that names the place.
func (c complaint) of(where string) complaint {
	return func(format string, args ...any) { c(where+": "+format, args...) }
}

func (c *Catalog) checkProfile(p *Profile, wrong complaint) {
	if p.Title == "" || len(p.Words) == 0 {
		wrong("a profile needs a title and words")
	}
	if p.Anywhere != "" && p.Anywhere != "any" {
		wrong("platforms %q, not any", p.Anywhere)
	}
	for _, pair := range p.pairs() {
		if _, ok := p.Overlap[pair]; !ok {
			wrong("overlap %q is missing", pair)
		}
	}
	for pair, rule := range p.Overlap {
		if !hasRules(pair) {
			wrong("overlap %q is no pair", pair)
		}
		c.checkRule(pair, rule, wrong)
	}
	c.checkPods(p, wrong.of("pods"))
	c.checkServices(p.Services, wrong.of("services"))
	c.checkDefaults(p, wrong)
	c.checkDNS(p.Services.DNS, wrong.of("services: dns"))
	c.checkNodes(p, wrong.of("nodes"))
	c.checkForbidden(p.Forbidden, wrong)
	c.checkOtherRanges(p, wrong)
	c.checkIPv6(p, wrong.of("ipv6"))
	c.checkGrowth(p, wrong.of("growth"))
	c.checkChange(p.Change, wrong.of("change"))
	if slices.Contains(p.NotKnown, "") {
		wrong("not_known: an empty text")
	}
}

func (c *Catalog) checkIPv6(p *Profile, wrong complaint) {
	ipv6 := p.IPv6
	if ipv6.Text != "" || ipv6.Dual {
		c.checkRule("rule", ipv6.Rule, wrong)
	}
	if ipv6.Alone.Text != "" || ipv6.Alone.Confidence != "" {
		c.checkRule("alone", ipv6.Alone, wrong)
	}
	if !ipv6.Dual {
		return
	}
	if !slices.Contains([]string{"own", "subnets", "platform"}, ipv6.Pods) || !slices.Contains([]string{"own", "platform"}, ipv6.Services) {
		wrong("pods from %q and services from %q", ipv6.Pods, ipv6.Services)
	}
	if ipv6.Services == "own" && (ipv6.ServiceLength < 1 || ipv6.ServiceLength > 128) ||
		ipv6.Pods == "own" && (ipv6.NodeMask < 1 || ipv6.NodeMask > 128) {
		wrong("service_length %d and node_mask %d do not fit", ipv6.ServiceLength, ipv6.NodeMask)
	}
	c.checkIPv6Nodes(ipv6, wrong)
	c.checkUnset(p, wrong.of("unset_by_terraform"))
}

func (c *Catalog) checkIPv6Nodes(ipv6 IPv6, wrong complaint) {
	if ipv6.NodeShortest < 0 || ipv6.NodeShortest > ipv6.NodeMask ||
		ipv6.NodeLongest != 0 && ipv6.NodeLongest < max(ipv6.NodeShortest, ipv6.NodeMask) || ipv6.NodeLongest > 128 {
		wrong("node masks /%d to /%d do not fit", ipv6.NodeShortest, ipv6.NodeLongest)
	}
	if ipv6.NodeShortest != 0 || ipv6.NodeLongest != 0 {
		c.checkRule("node_size_rule", ipv6.NodeSizeRule, wrong)
	}
	if ipv6.MaxDifference > 0 {
		c.checkRule("max_difference_rule", ipv6.MaxDifferenceRule, wrong)
	}
}

func (c *Catalog) checkUnset(p *Profile, wrong complaint) {
	unset := p.IPv6.Unset
	if unset.Text == "" && unset.Confidence == "" && !unset.Takes.IsValid() {
		return
	}
	c.checkRule("rule", unset.Rule, wrong)
	if p.IPv6.Services != "own" || len(p.Change.Resources) == 0 {
		wrong("no range is allocated, or there is no resource")
	}
	if unset.Level != Warn {
		wrong("level %s, not warn", unset.Level)
	}
	if unset.Takes.IsValid() && (!canonical(unset.Takes) || unset.Takes.Addr().Is4()) {
		wrong("takes %v is no IPv6 range", unset.Takes)
	}
}

func (c *Catalog) checkPods(p *Profile, wrong complaint) {
	if !slices.Contains([]From{Own, Shared, Subnets}, p.Pods.From) {
		wrong("from %q, not own, shared or subnets", p.Pods.From)
	}
	c.checkLimits(p.Pods.Limits, wrong)
	c.checkLimits(p.Pods.Subnets.Limits, wrong)
	c.checkCaps(p.Pods.Max, wrong)
	if p.Pods.Subnets.OfNodes && p.Pods.From != Subnets {
		wrong("subnets.of_nodes without Pods in subnets")
	}
	if p.Pods.From == Subnets {
		c.checkRule("subnets.capacity", p.Pods.Subnets.Capacity, wrong)
		c.checkRule("subnets.with_nodes", p.Pods.Subnets.WithNodes, wrong)
		c.checkRule("subnets.with_pods", p.Pods.Subnets.WithPods, wrong)
		c.checkRule("subnets.missing", p.Pods.Subnets.Missing, wrong)
		c.checkRule("subnets.pod_range", p.Pods.Subnets.PodRange, wrong)
	}
	if other := p.Pods.Subnets.WithOtherMode; other.Text != "" || other.Confidence != "" {
		c.checkRule("subnets.with_other_mode", other, wrong)
	}
}

func (c *Catalog) checkServices(s Services, wrong complaint) {
	c.checkLimits(s.Limits, wrong)
	c.checkLost(s.Lost, s.LostRule, wrong)
	if s.SizedShortest != 0 {
		c.checkRule("sized_rule", s.SizedRule, wrong)
	}
	if s.Counts != "" && !counts(s.Counts) {
		wrong("counts %q, not addresses or usable", s.Counts)
	}
}

// checkLost checks the rule on lost addresses, where there is one.
func (c *Catalog) checkLost(lost int64, r Rule, wrong complaint) {
	if r.Text == "" && r.Confidence == "" {
		return
	}
	c.checkRule("lost_rule", r, wrong)
	if lost == 0 {
		wrong("lost_rule without lost addresses")
	}
}

func (c *Catalog) checkNodes(p *Profile, wrong complaint) {
	n := p.Nodes
	c.checkCaps(n.Caps, wrong)
	c.checkLost(n.Lost, n.LostRule, wrong)
	if n.MaxDifference > 0 {
		c.checkRule("max_difference_rule", n.MaxDifferenceRule, wrong)
	}
	if n.RoutesPerNode > 0 {
		c.checkRule("route_quota_rule", n.RouteQuotaRule, wrong)
	}
	if n.SizeRule.Text != "" {
		c.checkRule("size_rule", n.SizeRule, wrong)
	}
	if r := n.SharedSubnet; r.Text != "" || r.Confidence != "" {
		c.checkRule("shared_subnet", r, wrong)
	}
	checkBlocks(n, p.Pods.From, wrong)
	if n.AdvisedLongest != 0 {
		c.checkRule("advised_rule", n.AdvisedRule, wrong)
		if n.AdvisedLongest < n.Shortest || n.AdvisedLongest >= n.Longest {
			wrong("advised_longest /%d is not shorter than /%d", n.AdvisedLongest, n.Longest)
		}
	}
	c.checkPodsPerNode(p, wrong)
}

// checkBlocks checks how nodes get Pod addresses.
func checkBlocks(n Nodes, from From, wrong complaint) {
	if n.Blocks == None && from != Subnets || n.Blocks == Fixed && from == Subnets {
		wrong("blocks %q do not go with Pods from %q", n.Blocks, from)
		return
	}
	if n.Blocks == None {
		return
	}
	if n.Blocks != Fixed && n.Blocks != Dynamic {
		wrong("blocks %q, not fixed, dynamic or none", n.Blocks)
		return
	}
	if n.Shortest < 1 || n.Longest < n.Shortest || n.Longest > 32 {
		wrong("masks /%d to /%d do not fit", n.Shortest, n.Longest)
	}
	if n.DefaultMask != 0 && (n.Blocks != Fixed || n.DefaultMask < n.Shortest || n.DefaultMask > n.longestChosen()) {
		wrong("default_mask /%d does not fit", n.DefaultMask)
	}
}

func counts(what string) bool { return what == "addresses" || what == "usable" }

func (c *Catalog) checkLimits(limits []Limit, wrong complaint) {
	for _, l := range limits {
		c.checkRule("limit", l.Rule, wrong)
		for _, w := range l.Windows {
			if !canonical(w.CIDR) || w.Shortest < w.CIDR.Bits() || w.Longest < w.Shortest || w.Longest > w.CIDR.Addr().BitLen() {
				wrong("window %v /%d to /%d is no window", w.CIDR, w.Shortest, w.Longest)
			}
		}
	}
}

func (c *Catalog) checkForbidden(list []Forbidden, wrong complaint) {
	for _, f := range list {
		if !canonical(f.CIDR) {
			wrong("forbidden %v is no range", f.CIDR)
		}
		if f.AllowedBy != "" && (f.AllowedBy != AllowClassE || f.CIDR != classE) {
			wrong("forbidden %v: no argument %q allows it", f.CIDR, f.AllowedBy)
		}
		c.checkRule("forbidden "+f.CIDR.String(), f.Rule, wrong)
	}
}

func (c *Catalog) checkCaps(caps []Cap, wrong complaint) {
	for _, limit := range caps {
		if limit.Max < 1 {
			wrong("a cap of %d", limit.Max)
		}
		c.checkRule("caps", limit.Rule, wrong)
	}
}

func canonical(p netip.Prefix) bool { return p.IsValid() && p == p.Masked() }

func (c *Catalog) checkRule(where string, r Rule, wrong complaint) {
	if r.Text == "" || len(r.Sources) == 0 {
		wrong("%s: a rule needs a text and a source", where)
	}
	if r.Confidence != "verified" && r.Confidence != "derived" {
		wrong("%s: confidence %q, not verified or derived", where, r.Confidence)
	}
	if r.Confidence == "derived" && r.Reason == "" {
		wrong("%s: a derived rule needs a reason for its level", where)
	}
	c.checkSources(where, r.Sources, wrong)
}

func (c *Catalog) checkSources(where string, keys []string, wrong complaint) {
	for _, key := range keys {
		if _, ok := c.sources[key]; !ok {
			wrong("%s: source %q is not in %s", where, key, sourcesFile)
		}
	}
}

// levelled refuses rules, which are known by their confidence, without a level: they
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
