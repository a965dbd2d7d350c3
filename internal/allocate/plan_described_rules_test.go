package allocate

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

// undescribed returns what no page describes of a finding: its rule, or the platform rule of one of the parties.
func undescribed(f conflict.Finding, catalog *profile.Catalog) string {
	if _, ok := rules.Find(f.Code, catalog); !ok {
		return fmt.Sprintf("%s is not described", f.Code)
	}
	if !slices.ContainsFunc(rules.Bases(f.Code, catalog), func(b rules.Basis) bool {
		return b.Text == f.Rule.Text && b.Level == f.Rule.Level &&
			(b.Of == nil || slices.ContainsFunc(b.Of, func(who string) bool { return says(who, f, catalog) }))
	}) {
		return fmt.Sprintf("%s is not based on %v %q", f.Code, f.Rule.Level, f.Rule.Text)
	}
	return ""
}

// says is whether a profile, platform or hub has a say in a finding.
func says(who string, f conflict.Finding, catalog *profile.Catalog) bool {
	if _, isProfile := catalog.Profile(who); !isProfile {
		return true // the rules of platforms and hubs have their tests in the package profile
	}
	// A claim without a profile follows the rules of kubernetes-routed.
	has := func(p *profile.Profile) bool {
		return p != nil && (p.Name == who || p.Name == "" && who == "kubernetes-routed")
	}
	return has(f.A.Profile) || f.B != nil && has(f.B.Profile)
}

// unlistedOption says which option of findings their rule does not list.
func unlistedOption(findings []conflict.Finding) string {
	reported := slices.DeleteFunc(slices.Clone(findings), func(f conflict.Finding) bool { return f.Accepted != nil })
	for _, g := range conflict.Groups(reported) {
		code := g.Findings[0].Code
		for _, o := range g.Options() {
			if !slices.Contains(rules.OptionsOf(code), string(o.Kind)) {
				return fmt.Sprintf("%s does not list the option %s", code, o.Kind)
			}
		}
	}
	return ""
}

// Each finding's rule is described and lists the options, and the page of rules has the platform rule that it is based on.
func TestRulesOfAllFindingsAreDescribed(t *testing.T) {
	t.Parallel()
	catalog, seen := profile.Default(), map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		findings := Plan(draw{t}.request(), catalog).Findings
		if missing := unlistedOption(findings); missing != "" {
			t.Fatal(missing)
		}
		for _, f := range findings {
			seen[f.Code] = true
			if missing := undescribed(f, catalog); missing != "" {
				t.Fatal(missing)
			}
		}
	})
	if len(seen) < atLeast(30) {
		t.Errorf("only %d rules were broken: %v", len(seen), names(seen))
	}
}
