package rules_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

func TestOptionsOfACode(t *testing.T) {
	for _, code := range rules.Codes(profile.Default()) {
		rule, _ := rules.Find(code, profile.Default())
		if got := rules.OptionsOf(code); len(got) == 0 || !slices.Equal(got, rule.Options) {
			t.Errorf("%s has the options %q, and its rule %q", code, got, rule.Options)
		}
	}
	for code, listed := range map[string]bool{
		"node_mask_difference_over_16": true, "node_mask_difference_over_3": true, "node_mask_difference_over_": false,
		"node_mask_difference_over_x": false, "mask_difference_over_16": false, "zebra": false, "": false,
	} {
		if got := rules.OptionsOf(code); (len(got) > 0) != listed {
			t.Errorf("%q has the options %q", code, got)
		}
	}
	if got := rules.OptionsAcross(); !slices.Contains(got, "accepted") {
		t.Errorf("the options across resources are %q", got)
	}
}
