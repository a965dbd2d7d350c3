package rules_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

func TestEveryRuleHasATitleAndSentences(t *testing.T) {
	all, sentences := rules.All(profile.Default()), regexp.MustCompile(`^[A-Z].*[^. ]\.$`)
	if len(all) < 50 {
		t.Fatalf("the table has only %d rules", len(all))
	}
	for _, r := range all {
		if !regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)+$`).MatchString(r.Code) {
			t.Errorf("%q is no code", r.Code)
		}
		if r.Title == "" || strings.HasSuffix(r.Title, ".") {
			t.Errorf("%s has the title %q", r.Code, r.Title)
		}
		for name, text := range map[string]string{"broken": r.Broken, "effect": r.Effect, "effect_of_warning": r.EffectOfWarning} {
			if !sentences.MatchString(text) && (text != "" || name != "effect_of_warning") || strings.Contains(text, "  ") {
				t.Errorf("%s of %s is no sentence: %q", name, r.Code, text)
			}
		}
		if r.Effect == r.EffectOfWarning {
			t.Errorf("%s gives its effect twice", r.Code)
		}
	}
}

func TestNoTwoRulesAreAlike(t *testing.T) {
	codes := rules.Codes(profile.Default())
	if !slices.IsSorted(codes) || len(slices.Compact(slices.Clone(codes))) != len(codes) {
		t.Errorf("the codes are not in order, each once: %v", codes)
	}
	first := map[string]string{}
	for _, r := range rules.All(profile.Default()) {
		for _, text := range []string{r.Title, r.Broken} {
			if other := first[text]; other != "" {
				t.Errorf("%s and %s have the same text: %s", r.Code, other, text)
			}
			first[text] = r.Code
		}
	}
}

func TestFindReturnsARuleByItsCode(t *testing.T) {
	for _, code := range rules.Codes(profile.Default()) {
		if r, ok := rules.Find(code, profile.Default()); !ok || r.Code != code {
			t.Errorf("%s: got %+v, %t", code, r, ok)
		}
	}
	for _, code := range []string{"", "pod", "pod_overlaps", "zebra", "node_mask_difference_over_{bits}", "node_mask_difference_over_17"} {
		if r, ok := rules.Find(code, profile.Default()); ok {
			t.Errorf("%q: got %+v", code, r)
		}
		if bases := rules.Bases(code, profile.Default()); bases != nil {
			t.Errorf("%q: got the levels %+v", code, bases)
		}
	}
}

func TestEffectAtALevel(t *testing.T) {
	one, two := rules.Rule{Effect: "It fails."}, rules.Rule{Effect: "It fails.", EffectOfWarning: "It is slow."}
	for name, test := range map[string]struct {
		rule  rules.Rule
		level profile.Level
		want  string
	}{
		"an error":                                {two, profile.Error, "It fails."},
		"a warning":                               {two, profile.Warn, "It is slow."},
		"a warning without an effect of its own":  {one, profile.Warn, "It fails."},
		"what is allowed has no effect":           {two, profile.Allow, ""},
		"what is allowed, without another effect": {one, profile.Allow, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.rule.EffectAt(test.level); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestWhoFindsARule(t *testing.T) {
	for name, test := range map[string]struct {
		foundBy                  []rules.Finder
		allocator, audit, blocks bool
	}{
		"by default":         {nil, true, true, false},
		"one finder":         {[]rules.Finder{rules.Blocks}, false, false, true},
		"two finders":        {[]rules.Finder{rules.Blocks, rules.Audit}, false, true, true},
		"not by an audit":    {[]rules.Finder{rules.Allocator}, true, false, false},
		"a finder by itself": {[]rules.Finder{rules.Audit}, false, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := rules.Rule{FoundBy: test.foundBy}
			for finder, want := range map[rules.Finder]bool{
				rules.Allocator: test.allocator, rules.Audit: test.audit, rules.Blocks: test.blocks,
			} {
				if got := r.IsFoundBy(finder); got != want {
					t.Errorf("%s: got %t", finder, got)
				}
			}
		})
	}
}

func TestALevelThatTheTableDoesNotHavePanics(t *testing.T) {
	if rules.Everywhere("mesh").Level != profile.Error {
		t.Error("the rule of a mesh is no error")
	}
	defer func() {
		if recover() == nil {
			t.Error("an unknown name did not panic")
		}
	}()
	rules.Everywhere("meshes")
}

// A rule that no platform has is left out, and a rule whose code has a number of the data is there once for each number.
func TestRulesFollowTheData(t *testing.T) {
	if _, ok := rules.Find("node_mask_difference_over_16", profile.Default()); !ok {
		t.Error("the limit of kubeadm is not in the table")
	}
	if r, ok := rules.Find("pod6_out_of_allowed_range", profile.Default()); ok {
		t.Errorf("every platform accepts all of IPv6 for Pods, but there is %+v", r)
	}
	want := []string{
		"block6_in_forbidden_range", "block_in_forbidden_range", "block_overlaps_aggregate", "block_overlaps_block",
		"block_overlaps_existing", "block_overlaps_foreign_block", "block_overlaps_foreign_other", "block_overlaps_foreign_pod",
		"block_overlaps_foreign_service", "block_overlaps_released", "block_overlaps_reserved", "node_subnets_too_small",
		"other_overlaps_aggregate", "other_overlaps_existing", "other_overlaps_foreign_block", "other_overlaps_peer",
		"other_overlaps_released", "other_overlaps_reserved", "pod_overlaps_aggregate", "pod_overlaps_cluster_other",
		"pod_overlaps_existing", "pod_overlaps_foreign_block", "pod_overlaps_mesh_pod", "pod_overlaps_mesh_service",
		"pod_overlaps_own_pod", "pod_overlaps_peer_other", "pod_overlaps_released", "pod_overlaps_reserved",
		"route_to_own_block", "service_overlaps_aggregate", "service_overlaps_cluster_other", "service_overlaps_existing",
		"service_overlaps_foreign_block", "service_overlaps_mesh_service", "service_overlaps_peer_other",
		"service_overlaps_released", "service_overlaps_reserved", "supernet_overlaps_foreign_supernet",
		"two_networks_of_one_name", "vpc_forbidden",
	}
	if got := rules.Codes(&profile.Catalog{}); !slices.Equal(got, want) {
		t.Errorf("without platforms: got %v, want %v", got, want)
	}
}
