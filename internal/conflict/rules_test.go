package conflict_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestRulesAreDescribedInSentences(t *testing.T) {
	rules, sentence := conflict.Rules(profile.Default()), regexp.MustCompile(`^[A-Z][^.]*[^. ]\.$`)
	if len(rules) < 50 {
		t.Fatalf("only %d rules are described", len(rules))
	}
	for _, d := range rules {
		if !regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)+$`).MatchString(d.Code) {
			t.Errorf("%q is no code", d.Code)
		}
		if !sentence.MatchString(d.Means) {
			t.Errorf("what %s means is no sentence: %q", d.Code, d.Means)
		}
		if !sentence.MatchString(d.Consequence) {
			t.Errorf("the consequence of %s is no sentence: %q", d.Code, d.Consequence)
		}
	}
}

func TestNoRuleIsDescribedTwice(t *testing.T) {
	codes := conflict.Codes(profile.Default())
	if !slices.IsSorted(codes) || len(slices.Compact(slices.Clone(codes))) != len(codes) {
		t.Errorf("the codes are not in order, each once: %v", codes)
	}
	means := map[string]string{}
	for _, d := range conflict.Rules(profile.Default()) {
		if other := means[d.Means]; other != "" {
			t.Errorf("%s and %s mean the same: %s", d.Code, other, d.Means)
		}
		means[d.Means] = d.Code
	}
}

func TestDescribeFindsARuleByItsCode(t *testing.T) {
	for _, code := range conflict.Codes(profile.Default()) {
		if d, ok := conflict.Describe(code, profile.Default()); !ok || d.Code != code {
			t.Errorf("%s: got %+v, %t", code, d, ok)
		}
	}
	for _, code := range []string{"", "pod", "pod_overlaps", "zebra"} {
		if d, ok := conflict.Describe(code, profile.Default()); ok {
			t.Errorf("%q: got %+v", code, d)
		}
	}
}

// A rule that no platform has is none, and what the data has a number in its code for is described with the number.
func TestRulesFollowTheData(t *testing.T) {
	if _, ok := conflict.Describe("node_mask_difference_over_16", profile.Default()); !ok {
		t.Error("the bound of kubeadm is not described")
	}
	if d, ok := conflict.Describe("pod6_out_of_allowed_range", profile.Default()); ok {
		t.Errorf("every platform takes all of IPv6 for Pods, but there is %+v", d)
	}
	want := []string{
		"block6_in_forbidden_range", "block_in_forbidden_range", "block_overlaps_aggregate", "block_overlaps_block", "block_overlaps_existing", "block_overlaps_foreign_block", "block_overlaps_foreign_pod",
		"block_overlaps_foreign_service", "block_overlaps_released", "block_overlaps_reserved",
		"node_subnets_too_small", "pod_overlaps_aggregate", "pod_overlaps_existing", "pod_overlaps_foreign_block", "pod_overlaps_mesh_pod", "pod_overlaps_mesh_service", "pod_overlaps_own_pod", "pod_overlaps_released", "pod_overlaps_reserved",
		"service_overlaps_aggregate", "service_overlaps_existing", "service_overlaps_foreign_block", "service_overlaps_mesh_service", "service_overlaps_released", "service_overlaps_reserved", "supernet_overlaps_foreign_supernet", "two_networks_of_one_name",
	}
	if got := conflict.Codes(&profile.Catalog{}); !slices.Equal(got, want) {
		t.Errorf("without platforms: got %v, want %v", got, want)
	}
}
