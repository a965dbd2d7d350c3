package main

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// networks are the rules for VPCs, subnets, routes and peers.
func (c *citations) networks(n profile.Networks) rules {
	v, out := n.VPC, rules{}
	for _, block := range []struct {
		name  string
		rules profile.Blocked
	}{
		{"VPC block", profile.Blocked{Limits: v.Limits, Forbidden: v.Forbidden}},
		{"first VPC block", v.Primary},
		{"further VPC block", v.Secondary},
	} {
		out = append(out, c.limits(block.name, block.rules.Limits)...)
		out = append(out, c.forbidden("no "+block.name, block.rules.Forbidden)...)
	}
	out = append(out, c.caps("further VPC blocks", v.MaxSecondary)...)
	out = append(out, c.rule("further blocks of a VPC with peers", v.SecondaryPeered)...)
	out = append(out, c.limits("subnet", n.Subnets.Limits)...)
	out = append(out, c.rule(fmt.Sprintf("addresses of each subnet that the platform keeps: %d", n.Subnets.Reserved.Addresses), n.Subnets.Reserved.Rule)...)
	out = append(out, c.forbidden("no route to a range", n.Routes.Forbidden)...)
	out = append(out, c.rule("route to a destination inside a subnet", n.Routes.InSubnet)...)
	out = append(out, c.rule("route to a destination that shares addresses with a subnet", n.Routes.OverSubnet)...)
	return append(out, c.rule("blocks of two networks that are joined", n.Peer)...)
}

var compares = map[profile.Compares]string{
	profile.WholeBlocks: "no blocks of two VPCs may overlap",
	profile.EachSubnet:  "subnets of two VPCs are compared, their blocks may overlap",
	profile.Identical:   "only blocks that are the same are refused",
}

// hubs are the kinds of hubs, each with what it compares.
func (c *citations) hubs(hubs map[string]profile.Hub) rules {
	var out rules
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
