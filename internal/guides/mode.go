package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// mode is what a guide says of one profile.
type mode struct {
	Name, Title string
	Sizes       []size
	Limits      ruleLines
	Overlap     ruleLines
	Forbidden   ruleLines
	// Others are the uses of addresses beside Pods and Services, OtherRules their rules.
	Others     []otherUse
	OtherRules ruleLines
	// NotKnown are parts of sentences on what no source says.
	NotKnown []string
}

// mode builds the section of a profile from top to bottom.
func (c *citations) mode(p *profile.Profile) (mode, error) {
	m := mode{Name: p.Name, Title: p.Title, Sizes: c.sizes(p), Limits: c.sizeRules(p), NotKnown: p.NotKnown}
	var err, errOfOthers error
	m.Overlap, err = c.overlap(p)
	m.Forbidden = c.forbidden("Pod or Service range", p.Forbidden)
	m.Others = otherUses(p)
	m.OtherRules, errOfOthers = c.otherRules(p)
	return m, errors.Join(err, errOfOthers)
}

// sizeRules are the rules for ranges, node blocks and counts.
func (c *citations) sizeRules(p *profile.Profile) ruleLines {
	out := c.limits("Pod range", p.Pods.Limits)
	out = append(out, c.rule(usedIfUnset("Pod range", p.Pods.Default), p.Pods.Default.Rule)...)
	out = append(out, c.limits("Pod subnet", p.Pods.Subnets.Limits)...)
	out = append(out, c.rule("Pod subnets with fewer addresses than Pods", p.Pods.Subnets.Capacity)...)
	out = append(out, c.rule("Pod subnet that nodes use too", p.Pods.Subnets.WithNodes)...)
	out = append(out, c.rule("Pod subnet of two clusters", p.Pods.Subnets.WithPods)...)
	out = append(out, c.rule("Pod subnet of two clusters with different profiles", p.Pods.Subnets.WithOtherMode)...)
	out = append(out, c.rule("No Pod subnets", p.Pods.Subnets.Missing)...)
	out = append(out, c.rule("`pod_cidrs` with Pod subnets", p.Pods.Subnets.PodRange)...)
	out = append(out, c.caps("Pods of a cluster", p.Pods.Max)...)
	out = append(out, c.limits("Service range", p.Services.Limits)...)
	out = append(out, c.rule(usedIfUnset("Service range", p.Services.Default.DefaultRanges), p.Services.Default.Rule)...)
	out = append(out, c.rule("`dns_service_ip` outside of the Service range", p.Services.DNS.Outside)...)
	out = append(out, c.rule("`dns_service_ip` that is the first address of the Service range", p.Services.DNS.First)...)
	sized := "Service range whose size follows from `max_services`: " + lengths(p.Services.SizedShortest, p.Services.SizedLongest)
	out = append(out, c.rule(sized, p.Services.SizedRule)...)
	lost := fmt.Sprintf("addresses of a Service range that Services cannot use: %d", p.Services.Lost)
	out = append(out, c.rule(lost, p.Services.LostRule)...)
	n := p.Nodes
	out = append(out, c.rule("`pods_per_node`", n.PodsPerNode.Rule)...)
	out = append(out, c.rule("`pods_per_node` other than "+listed(n.PodsPerNode.Listed), n.PodsPerNode.ListedRule)...)
	out = append(out, c.rule("node block: "+lengths(n.Shortest, n.Longest), n.SizeRule)...)
	out = append(out, c.rule(fmt.Sprintf("addresses of %s that Pods do not use: %d", lostOf(n), n.Lost), n.LostRule)...)
	out = append(out, c.rule(fmt.Sprintf("node block with a prefix longer than /%d", n.AdvisedLongest), n.AdvisedRule)...)
	difference := fmt.Sprintf("prefix length of the node block minus prefix length of the Pod range: at most %d", n.MaxDifference)
	out = append(out, c.rule(difference, n.MaxDifferenceRule)...)
	out = append(
		out,
		c.rule(
			fmt.Sprintf("routes of the VPC, %d for each node: %d unless the VPC sets `route_quota`", n.RoutesPerNode, n.RouteQuota),
			n.RouteQuotaRule,
		)...)
	out = append(out, c.caps("nodes of a cluster", n.Caps)...)
	out = append(out, c.rule("Node subnet of two clusters", n.SharedSubnet)...)
	ipv6 := p.IPv6
	out = append(out, c.rule("clusters with IPv4 and IPv6", ipv6.Rule)...)
	out = append(out, c.rule("clusters with IPv6 alone", ipv6.Alone)...)
	out = append(out, c.rule("IPv6 Service range of a cluster that Terraform creates", ipv6.Unset.Rule)...)
	out = append(out, c.rule("IPv6 node block: "+lengths(ipv6.NodeShortest, ipv6.NodeLongest), ipv6.NodeSizeRule)...)
	return append(
		out,
		c.rule(
			fmt.Sprintf("prefix length of the IPv6 node block minus prefix length of the IPv6 Pod range: at most %d", ipv6.MaxDifference),
			ipv6.MaxDifferenceRule,
		)...)
}

// usedIfUnset says which ranges of a kind the platform uses by itself.
func usedIfUnset(kind string, d profile.DefaultRanges) string {
	var ranges []string
	for _, family := range []cidr.Family{cidr.V4, cidr.V6} {
		var choices []string
		for _, r := range d.Of(family) {
			choices = append(choices, code(r))
		}
		if len(choices) > 0 {
			ranges = append(ranges, strings.Join(choices, " or "))
		}
	}
	return kind + " if none is set: " + strings.Join(ranges, " and ")
}

// listed are numbers as the end of a phrase.
func listed(numbers []int64) string {
	var out []string
	for _, n := range numbers {
		out = append(out, fmt.Sprint(n))
	}
	return strings.Join(out, ", ")
}

// overlap is the profile's table of what may share addresses, in the order of the pairs.
func (c *citations) overlap(p *profile.Profile) (ruleLines, error) {
	for pair := range p.Overlap {
		if !slices.ContainsFunc(pairs, func(known pairWords) bool { return known.pair == pair }) {
			return nil, fmt.Errorf("profile %s: this program has no words for the pair %q", p.Name, pair)
		}
	}
	var out ruleLines
	for _, of := range pairs {
		out = append(out, c.rule(of.words, p.Overlap[of.pair])...)
	}
	return out, nil
}

// pairWords are a pair in words.
type pairWords struct {
	pair  profile.Pair
	words string
}

var pairs = []pairWords{
	{profile.PodVPC, "Pods / own VPC"},
	{profile.ServiceVPC, "Services / own VPC"},
	{profile.ServicePod, "Services / Pods of the same cluster"},
	{profile.PodPodSameVPC, "Pods / Pods of another cluster in the VPC"},
	{profile.PodPodOtherModeSameVPC, "Pods / Pods of another cluster in the VPC, with another profile"},
	{profile.PodPodUnroutedSameVPC, "Pods / Pods of another cluster in the VPC that may not be routed"},
	{profile.PodServiceSameVPC, "Pods / Services of another cluster in the VPC"},
	{profile.ServiceServiceSameVPC, "Services / Services of another cluster in the VPC"},
	{profile.PodPeerVPC, "Pods / connected VPC"},
	{profile.ServicePeerVPC, "Services / connected VPC"},
	{profile.PodPodPeer, "Pods / Pods of a cluster in a connected VPC"},
	{profile.PodPodOtherModePeer, "Pods / Pods of a cluster in a connected VPC, with another profile"},
	{profile.PodPodUnroutedPeer, "Pods / Pods of a cluster in a connected VPC that may not be routed"},
	{profile.PodServicePeer, "Pods / Services of a cluster in a connected VPC"},
	{profile.ServiceServicePeer, "Services / Services of a cluster in a connected VPC"},
	{profile.PodRoute, "Pods / route of the VPC"},
	{profile.ServiceRoute, "Services / route of the VPC"},
	{profile.PodSite, "Pods / connected site (IDC, VPN)"},
	{profile.ServiceSite, "Services / connected site (IDC, VPN)"},
}
