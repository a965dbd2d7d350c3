package topology_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestDidYouMean(t *testing.T) {
	networks := []string{"prod", "production", "staging", "dev", "a", "cen-prod"}
	tests := map[string]struct {
		name  string
		known []string
		want  string
	}{
		"a letter is missing":             {"prd", networks, "prod"},
		"a letter is too many":            {"prood", networks, "prod"},
		"two letters are turned round":    {"stagnig", networks, "staging"},
		"three letters differ":            {"stagXYZ", networks, "staging"},
		"three letters of five differ":    {"abcde", []string{"abXYZ"}, ""},
		"two letters of five differ":      {"abcde", []string{"abcXY"}, "abcXY"},
		"half of the letters are missing": {"abcd", []string{"ab"}, ""},
		"a name of 128 characters": {
			strings.Repeat("x", 127) + "y",
			[]string{strings.Repeat("x", 128)},
			strings.Repeat("x", 128),
		},
		"a name of 129 characters":            {strings.Repeat("x", 128) + "y", []string{strings.Repeat("x", 129)}, ""},
		"four letters differ":                 {"staWXYZ", networks, ""},
		"the nearest of two":                  {"producti", networks, "production"},
		"a short name is not replaced whole":  {"xyz", []string{"dev"}, ""},
		"but for one letter":                  {"dew", []string{"dev"}, "dev"},
		"a single letter is not replaced":     {"b", []string{"a"}, ""},
		"the first of two that are as near":   {"vpc-c", []string{"vpc-b", "vpc-a"}, "vpc-a"},
		"upper case counts as other letters":  {"Prod", networks, "prod"},
		"the words are joined by other signs": {"ACK_Flannel", []string{"ack-flannel", "ack-terway"}, "ack-flannel"},
		"two letters are not replaced":        {"cn", []string{"en", "zh"}, ""},
		"nothing is known":                    {"prod", nil, ""},
		"a name that is much too long":        {strings.Repeat("x", 10_000), networks, ""},
		"known names that are much too long":  {"prod", []string{strings.Repeat("x", 10_000)}, ""},
		"letters of more than one byte":       {"pród", networks, "prod"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := slices.Clone(test.known)
			if got := topology.DidYouMean(test.name, test.known); got != test.want {
				t.Errorf("DidYouMean(%.20q): got %q, want %q", test.name, got, test.want)
			}
			reversed := slices.Clone(test.known)
			slices.Reverse(reversed)
			if got := topology.DidYouMean(test.name, reversed); got != test.want {
				t.Errorf("the other way round: got %q, want %q", got, test.want)
			}
			if !slices.Equal(before, test.known) {
				t.Errorf("the list was changed to %v", test.known)
			}
		})
	}
}

func TestSortFaultsPutsThemIntoTheOrderOfTheirPlaces(t *testing.T) {
	at := func(attr string) topology.Path { return topology.Path{}.Attr(attr) }
	sorted := []topology.Fault{
		{At: at("a"), Problem: topology.Missing{}},
		{At: at("b"), Problem: topology.Missing{}},
		{At: at("b").Attr("c"), Problem: topology.Missing{}},
		{At: at("b").At(0), Problem: topology.BadName{Name: "x"}},
		{At: at("b").At(0), Problem: topology.BadName{Name: "y"}},
		{At: at("b").At(0), Problem: topology.Repeated{Value: "a"}},
		{At: at("b").At(1), Problem: topology.Missing{}},
	}
	faults := []topology.Fault{sorted[3], sorted[5], sorted[2], sorted[6], sorted[4], sorted[0], sorted[1]}
	topology.SortFaults(faults)
	for i := range sorted {
		if faults[i].String() != sorted[i].String() {
			t.Errorf("fault %d: got %v, want %v", i, faults[i], sorted[i])
		}
	}
}
