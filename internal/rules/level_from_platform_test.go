package rules

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// ofNetworks are all levels that a platform has on blocks, subnets and routes of its VPCs.
func ofNetworks(n profile.Networks) []profile.Rule {
	all := []profile.Rule{n.VPC.SecondaryPeered, n.Routes.InSubnet, n.Routes.OverSubnet, n.Routes.InSecondary}
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
	var bases []Basis
	for _, code := range FoundBy(Declaration, catalog) {
		bases = append(bases, Bases(code, catalog)...)
	}
	bases = append(bases, Bases("vpc_secondary_peered", catalog)...)
	count := 0
	for _, platform := range catalog.Platforms() {
		for _, rule := range ofNetworks(catalog.Platform(platform).Networks) {
			count++
			if !slices.ContainsFunc(bases, func(b Basis) bool {
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
	for _, code := range FoundBy(Declaration, catalog) {
		rule, _ := Find(code, catalog)
		if !rule.IsFoundBy(Allocator) || !rule.IsFoundBy(Blocks) || !rule.IsFoundBy(Audit) {
			t.Errorf("%s is found by %v alone", code, rule.FoundBy)
		}
	}
}

func TestLevelsOfLimitsOnBlocksAndSubnets(t *testing.T) {
	limit := func(text string, level profile.Level, windows ...string) profile.Limit {
		l := profile.Limit{Rule: profile.Rule{Text: text, Level: level}}
		for _, w := range windows {
			l.Windows = append(l.Windows, profile.Window{CIDR: netip.MustParsePrefix(w)})
		}
		return l
	}
	networks := profile.Networks{}
	networks.VPC.Limits = []profile.Limit{
		limit("of a range", profile.Error, "10.0.0.0/8"), limit("of all IPv4", profile.Warn, "0.0.0.0/0"),
		limit("of half of IPv4 or all IPv6", profile.Error, "::/0", "128.0.0.0/1"), limit("a note", profile.Allow, "10.0.0.0/8"),
	}
	networks.VPC.Primary.Limits = []profile.Limit{limit("of a first block", profile.Error, "10.0.0.0/8")}
	networks.VPC.Secondary.Limits = []profile.Limit{limit("of a further block", profile.Error, "::/0")}
	networks.Subnets.Limits = []profile.Limit{limit("of a subnet", profile.Error, "10.0.0.0/8")}
	for from, want := range map[string][]string{
		"vpc.lengths":           {"of a range", "of all IPv4", "of half of IPv4 or all IPv6"},
		"vpc.windows":           {"of a range", "of half of IPv4 or all IPv6"},
		"vpc.primary.lengths":   {"of a first block"},
		"vpc.primary.windows":   {"of a first block"},
		"vpc.secondary.lengths": {"of a further block"},
		"vpc.secondary.windows": nil,
		"subnets.lengths":       {"of a subnet"},
		"subnets.windows":       {"of a subnet"},
		"subnets":               nil,
		"lengths":               nil,
		"routes.lengths":        nil,
	} {
		t.Run(from, func(t *testing.T) {
			var got []string
			for _, rule := range ofPlatform(from, networks) {
				got = append(got, rule.Text)
			}
			if !slices.Equal(got, want) {
				t.Errorf("got the levels %q, want %q", got, want)
			}
		})
	}
}
