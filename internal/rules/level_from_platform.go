package rules

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// ofPlatform are the levels that a platform has for VPCs, none for a name that is of no platform.
func ofPlatform(from string, networks profile.Networks) []profile.Rule {
	v := networks.VPC
	switch from {
	case "networks.peer":
		return broken(networks.Peer)
	case "networks.subnets.reserved":
		if rule := networks.Subnets.Reserved.Rule; rule.Broken() {
			return []profile.Rule{rule}
		}
		return []profile.Rule{Everywhere("node_address")}
	case "vpc.forbidden":
		return ofAnyFamily(v.Forbidden)
	case "vpc.primary.forbidden":
		return ofAnyFamily(v.Primary.Forbidden)
	case "vpc.secondary.forbidden":
		return ofAnyFamily(v.Secondary.Forbidden)
	case "vpc.beside":
		var rules []profile.Rule
		for _, b := range v.Beside {
			rules = append(rules, ofAnyFamily(b.Forbidden)...)
		}
		return rules
	case "vpc.max_secondary":
		return ofCaps(v.MaxSecondary)
	case "vpc.secondary_peered":
		return broken(v.SecondaryPeered)
	case "routes.forbidden":
		return ofAnyFamily(networks.Routes.Forbidden)
	case "routes.in_subnet":
		return broken(networks.Routes.InSubnet)
	case "routes.over_subnet":
		return broken(networks.Routes.OverSubnet)
	case "routes.in_secondary":
		return broken(networks.Routes.InSecondary)
	}
	return ofVPCLimits(from, networks)
}

// windowsOf are the windows of limits that count, by the ending of a name of level_from.
var windowsOf = map[string]func(profile.Window) bool{
	".lengths": func(profile.Window) bool { return true },
	".windows": func(w profile.Window) bool { return w.CIDR.Bits() > 0 },
}

// ofVPCLimits are the levels of limits on blocks and subnets: on their lengths, or on the ranges that they are from.
func ofVPCLimits(from string, networks profile.Networks) []profile.Rule {
	for name, limits := range map[string][]profile.Limit{
		"vpc": networks.VPC.Limits, "vpc.primary": networks.VPC.Primary.Limits, "vpc.secondary": networks.VPC.Secondary.Limits,
		"subnets": networks.Subnets.Limits,
	} {
		for ending, some := range windowsOf {
			if from == name+ending {
				return brokenOnes(ofLimits(limits, some))
			}
		}
	}
	return nil
}

// ofAnyFamily are the levels of forbidden ranges, without notes.
func ofAnyFamily(list []profile.Forbidden) []profile.Rule {
	var rules []profile.Rule
	for _, f := range list {
		rules = append(rules, f.Rule)
	}
	return brokenOnes(rules)
}

func brokenOnes(rules []profile.Rule) []profile.Rule {
	return slices.DeleteFunc(rules, func(r profile.Rule) bool { return !r.Broken() })
}
