package rules

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// A limit of other ranges is one of lengths, and one of addresses only if its window has not all of them.
func TestLimitsOfOtherRangesAreOfLengthsAndOfAddresses(t *testing.T) {
	limit := func(text, window string) profile.Limit {
		return profile.Limit{
			Rule:    profile.Rule{Level: profile.Error, Text: text},
			Windows: []profile.Window{{CIDR: netip.MustParsePrefix(window), Shortest: 16, Longest: 24}},
		}
	}
	p := &profile.Profile{OtherRanges: map[string]profile.OtherRange{
		"join": {Limits: []profile.Limit{limit("of any addresses", "0.0.0.0/0"), limit("of 10.0.0.0/8", "10.0.0.0/8")}},
	}}
	for from, want := range map[string][]string{
		"other_ranges.lengths": {"of any addresses", "of 10.0.0.0/8"},
		"other_ranges.windows": {"of 10.0.0.0/8"},
		"other_ranges.pods":    nil,
	} {
		var got []string
		for _, rule := range ofProfile(from, p) {
			got = append(got, rule.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", from, got, want)
		}
	}
}
