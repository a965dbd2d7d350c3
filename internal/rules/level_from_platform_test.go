package rules_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

// ofNetworks are all levels that a platform has on blocks, subnets and routes of its VPCs.
func ofNetworks(n profile.Networks) []profile.Rule {
	all := []profile.Rule{n.VPC.SecondaryPeered, n.Routes.InSubnet, n.Routes.OverSubnet}
	for _, l := range slices.Concat(n.VPC.Limits, n.VPC.Primary.Limits, n.VPC.Secondary.Limits, n.Subnets.Limits) {
		all = append(all, l.Rule)
	}
	forbidden := slices.Concat(n.VPC.Forbidden, n.VPC.Primary.Forbidden, n.VPC.Secondary.Forbidden, n.Routes.Forbidden)
	for _, b := range n.VPC.Beside {
		forbidden = append(forbidden, b.Forbidden...)
	}
	for _, f := range forbidden {
		all = append(all, f.Rule)
	}
	for _, c := range n.VPC.MaxSecondary {
		all = append(all, c.Rule)
	}
	return slices.DeleteFunc(all, func(r profile.Rule) bool { return !r.Broken() })
}

func TestEveryLevelOnVPCsIsOfARule(t *testing.T) {
	catalog := profile.Default()
	var bases []rules.Basis
	for _, code := range rules.FoundBy(rules.Declaration, catalog) {
		bases = append(bases, rules.Bases(code, catalog)...)
	}
	bases = append(bases, rules.Bases("vpc_secondary_peered", catalog)...)
	count := 0
	for _, platform := range catalog.Platforms() {
		for _, rule := range ofNetworks(catalog.Platform(platform).Networks) {
			count++
			if !slices.ContainsFunc(bases, func(b rules.Basis) bool {
				return b.Text == rule.Text && b.Level == rule.Level && slices.Contains(b.Of, platform)
			}) {
				t.Errorf("%s: no rule has the level %s with %q", platform, rule.Level, rule.Text)
			}
		}
	}
	if count < 30 {
		t.Errorf("only %d levels were found", count)
	}
}

// What a VPC breaks by itself, its declaration finds, and so do the planners and an audit that receive the VPC.
func TestDeclarationsFindTheirRulesAsPlannersDo(t *testing.T) {
	catalog := profile.Default()
	for _, code := range rules.FoundBy(rules.Declaration, catalog) {
		rule, _ := rules.Find(code, catalog)
		if !rule.IsFoundBy(rules.Allocator) || !rule.IsFoundBy(rules.Blocks) || !rule.IsFoundBy(rules.Audit) {
			t.Errorf("%s is found by %v alone", code, rule.FoundBy)
		}
	}
}
