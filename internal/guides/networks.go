package main

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// networks are the rules for VPCs, subnets, routes and peers.
func (c *citations) networks(n profile.Networks) ruleLines {
	v, out := n.VPC, ruleLines{}
	for _, block := range []struct {
		name  string
		rules profile.Blocked
	}{
		{"VPC block", profile.Blocked{Limits: v.Limits, Forbidden: v.Forbidden}},
		{"first VPC block", v.Primary},
		{"additional VPC block", v.Secondary},
	} {
		out = append(out, c.limits(block.name, block.rules.Limits)...)
		out = append(out, c.forbidden(block.name, block.rules.Forbidden)...)
	}
	for _, b := range v.Beside {
		out = append(out, c.forbidden("additional block of a VPC "+beside(b), b.Forbidden)...)
	}
	out = append(out, c.caps("additional VPC blocks", v.MaxSecondary)...)
	out = append(out, c.rule("additional blocks of a VPC with peers", v.SecondaryPeered)...)
	out = append(out, c.limits("subnet", n.Subnets.Limits)...)
	out = append(
		out,
		c.rule(
			fmt.Sprintf("addresses of each subnet that the platform reserves: %d", n.Subnets.Reserved.Addresses),
			n.Subnets.Reserved.Rule,
		)...)
	out = append(out, c.forbidden("route to a range", n.Routes.Forbidden)...)
	out = append(out, c.rule("route to a destination inside a subnet", n.Routes.InSubnet)...)
	out = append(out, c.rule("route to a destination that overlaps a subnet", n.Routes.OverSubnet)...)
	out = append(out, c.rule("route to a destination in an additional VPC block", n.Routes.InSecondary)...)
	return append(out, c.rule("CIDR blocks of two connected networks", n.Peer)...)
}

// gap is what is not checked on a platform, and why.
type gap struct{ About, Why string }

var gapNames = map[string]string{
	profile.VPCLimits: "size of a VPC's IPv4 blocks", profile.VPCLimits6: "size of a VPC's IPv6 blocks",
	profile.SecondaryBlocks: "number of additional VPC blocks",
	profile.SubnetLimits:    "size of IPv4 subnets", profile.SubnetLimits6: "size of IPv6 subnets",
	profile.ReservedAddresses: "addresses of a subnet that the platform reserves",
	profile.RouteRules:        "destinations of routes",
}

// gaps are what there is no data on.
func gaps(n profile.Networks) []gap {
	var out []gap
	for _, kind := range n.Gaps() {
		if why := n.Unpublished[kind]; why != "" {
			out = append(out, gap{gapNames[kind], why})
		}
	}
	return out
}

// beside says which VPCs a rule on further blocks is for.
func beside(b profile.Beside) string {
	var within, outside []string
	for _, r := range b.Within {
		within = append(within, code(r))
	}
	for _, r := range b.Outside {
		outside = append(outside, code(r))
	}
	switch {
	case len(outside) > 0:
		return "whose first block is outside " + strings.Join(outside, ", ") + ","
	case b.Any:
		return "that has a block inside " + strings.Join(within, ", ") + ","
	}
	return "whose first block is inside " + strings.Join(within, ", ") + ","
}

var compares = map[profile.Compares]string{
	profile.WholeBlocks: "CIDR blocks of two VPCs must not overlap",
	profile.EachSubnet:  "subnets of two VPCs must not overlap, their CIDR blocks may",
	profile.Identical:   "only identical CIDR blocks are refused",
}

// hubs are the kinds of hubs, each with what it compares.
func (c *citations) hubs(hubs map[string]profile.Hub) ruleLines {
	var out ruleLines
	for _, kind := range sorted(hubs) {
		hub := hubs[kind]
		about := code(kind) + ", " + cell(hub.Title)
		out = append(out, c.rule(about+": "+compares[hub.Compares], hub.Rule)...)
		for _, level := range sorted(hub.ProtectionLevels) {
			joins := hub.ProtectionLevels[level]
			out = append(out, c.rule(about+" with protection level "+code(level)+": "+compares[joins.Compares], joins.Rule)...)
		}
	}
	return out
}
