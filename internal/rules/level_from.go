package rules

import (
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// ofProfile are the levels that a profile has under a name of level_from, none for a name that is of no profile.
func ofProfile(from string, p *profile.Profile) []profile.Rule {
	if pair, ok := strings.CutPrefix(from, "overlap."); ok {
		pair, routed := strings.CutSuffix(pair, " of routed Pods")
		if routed && !p.PodsSeenOutside() {
			return nil
		}
		return broken(p.Overlap[pair])
	}
	if of, ok := strings.CutPrefix(from, "other_ranges."); ok {
		return ofOtherRanges(of, p)
	}
	switch from {
	case "nodes.caps":
		return ofCaps(p.Nodes.Caps)
	case "pods.max":
		return ofCaps(p.Pods.Max)
	case "nodes.route_quota_rule":
		return broken(p.Nodes.RouteQuotaRule)
	case "nodes.max_difference_rule":
		return []profile.Rule{p.Nodes.MaxDifferenceRule}
	case "ipv6.max_difference_rule":
		return []profile.Rule{p.IPv6.MaxDifferenceRule}
	case "pods.subnets.capacity":
		return []profile.Rule{p.Pods.Subnets.Capacity}
	case "pods.subnets.with_nodes":
		return broken(p.Pods.Subnets.WithNodes)
	case "pods.subnets.with_pods":
		return broken(p.Pods.Subnets.WithPods)
	case "pods.subnets.with_other_mode":
		return broken(p.Pods.Subnets.WithOtherMode)
	case "nodes.shared_subnet":
		return broken(p.Nodes.SharedSubnet)
	case "pods.subnets.limits":
		return ofLimits(p.Pods.Subnets.Limits, func(profile.Window) bool { return true })
	}
	return ofRanges(from, p)
}

// families are the address families at the end of names of level_from.
var families = map[string]cidr.Family{".ipv4": cidr.V4, ".ipv6": cidr.V6}

// ofFamily divides a name of level_from from the address family that it ends in.
func ofFamily(from string) (name string, family cidr.Family, ok bool) {
	for ending, family := range families {
		if name, ok := strings.CutSuffix(from, ending); ok {
			return name, family, true
		}
	}
	return from, 0, false
}

// ofRanges are the levels that a profile has for single ranges of a family.
func ofRanges(from string, p *profile.Profile) []profile.Rule {
	name, family, ok := ofFamily(from)
	if !ok {
		return nil
	}
	limits := p.Pods.Limits
	if strings.HasPrefix(name, "services.") {
		limits = p.Services.Limits
	}
	isOf := func(w profile.Window) bool { return cidr.FamilyOf(w.CIDR) == family }
	switch name {
	case "forbidden":
		return ofForbidden(slices.Concat(profile.Unusable(), p.Forbidden), family)
	case "pods.lengths", "services.lengths":
		return ofLimits(limits, isOf)
	case "pods.windows", "services.windows":
		return ofLimits(limits, func(w profile.Window) bool { return isOf(w) && w.CIDR.Bits() > 0 })
	}
	return nil
}

// ofOtherRanges are the levels that a profile has for ranges beside Pods and Services.
func ofOtherRanges(from string, p *profile.Profile) []profile.Rule {
	var rules []profile.Rule
	for _, name := range p.OtherNames() {
		other := p.OtherRanges[name]
		pair, _ := strings.CutPrefix(from, "overlap.")
		rules = append(rules, broken(other.Overlap[pair])...)
		switch from {
		case "contains.pods":
			rules = append(rules, broken(other.Contains.Pods)...)
		case "lengths":
			rules = append(rules, ofLimits(other.Limits, func(profile.Window) bool { return true })...)
		case "windows":
			rules = append(rules, ofLimits(other.Limits, func(w profile.Window) bool { return w.CIDR.Bits() > 0 })...)
		}
	}
	return rules
}

// unusable are the levels of addresses that no network can use.
func unusable(from string) []profile.Rule {
	if name, family, ok := ofFamily(from); ok && name == "unusable" {
		return ofForbidden(profile.Unusable(), family)
	}
	return nil
}

// ofHub are the levels of a kind of hub, none for a name that is of no hub.
func ofHub(from string, joins profile.Joins) []profile.Rule {
	if from == "hubs" || from == "hubs that compare subnets" && joins.Compares == profile.EachSubnet {
		return broken(joins.Rule)
	}
	return nil
}

func ofForbidden(list []profile.Forbidden, family cidr.Family) []profile.Rule {
	var rules []profile.Rule
	for _, f := range list {
		if cidr.FamilyOf(f.CIDR) == family {
			rules = append(rules, f.Rule)
		}
	}
	return rules
}

// ofLimits are the levels of limits that have some window.
func ofLimits(limits []profile.Limit, some func(profile.Window) bool) []profile.Rule {
	var rules []profile.Rule
	for _, l := range limits {
		if slices.ContainsFunc(l.Windows, some) {
			rules = append(rules, l.Rule)
		}
	}
	return rules
}

func ofCaps(caps []profile.Cap) []profile.Rule {
	var rules []profile.Rule
	for _, c := range caps {
		rules = append(rules, c.Rule)
	}
	return rules
}

// broken is the rule, unless it allows what it is about.
func broken(r profile.Rule) []profile.Rule {
	if !r.Broken() {
		return nil
	}
	return []profile.Rule{r}
}
