package conflict_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// sample draws claims of few owners in few places, and what the rules find among them.
func sample(t *rapid.T) []conflict.Finding {
	var claims []conflict.Claim
	kinds := []string{"pod", "pod", "service", "vpc", "site", "route", "reserved"}
	for i := range rapid.IntRange(2, 14).Draw(t, "claims") {
		label := fmt.Sprint(i, " ")
		kind := rapid.SampledFrom(kinds).Draw(t, label+"kind")
		network := rapid.SampledFrom([]string{"home", "hub", "pal"}).Draw(t, label+"network")
		if kind == "site" {
			network = rapid.SampledFrom([]string{"site", "site-hub"}).Draw(t, label+"site")
		}
		length := rapid.SampledFrom([]int{16, 20, 20, 24}).Draw(t, label+"length")
		place := fmt.Sprintf(
			"%s.%d.0/%d", rapid.SampledFrom([]string{"10.64", "100.64", "9.0"}).Draw(t, label+"ground"),
			16*rapid.IntRange(0, 2).Draw(t, label+"place"), length,
		)
		owner := fmt.Sprint("c", i)
		if kind == "reserved" {
			owner = "later"
		}
		c := at(
			claim(
				kind, owner, network,
				rapid.SampledFrom([]string{"ack-flannel", "cce-vpc-router", "tke-global-router"}).Draw(t, label+"profile"),
			),
			prefix(place).Masked().String(),
		)
		if kind == "route" {
			c.Part = owner
		}
		claims = append(claims, c)
	}
	findings := append(world().Overlaps(claims), conflict.Ranges(claims)...)
	for i := range findings {
		findings[i].PreExisting = rapid.Bool().Draw(t, fmt.Sprint(i, " pre-existing"))
	}
	return findings
}

func TestEveryFindingIsInOneGroup(t *testing.T) {
	several := 0
	rapid.Check(t, func(t *rapid.T) {
		findings := sample(t)
		conflict.Sort(findings)
		var left []string
		for _, f := range findings {
			left = append(left, fmt.Sprintf("%+v", f))
		}
		at := -1
		for _, g := range conflict.Groups(findings) {
			first, last := slices.Index(left, fmt.Sprintf("%+v", g.Findings[0])), -1
			if first <= at {
				t.Errorf("a group begins before the one ahead of it: %s", shape(g))
			}
			at = first
			for _, f := range g.Findings {
				i := slices.Index(left, fmt.Sprintf("%+v", f))
				if i <= last {
					t.Fatalf("a finding is there twice, or out of order: %s", f.Key())
				}
				left[i], last = "", i
				wantFits(t, g, f)
			}
			if len(g.Findings) > 1 {
				several++
			}
		}
		if i := slices.IndexFunc(left, func(text string) bool { return text != "" }); i >= 0 {
			t.Errorf("a finding is in no group: %s", findings[i].Key())
		}
	})
	if several == 0 {
		t.Error("no group of several was drawn")
	}
}

// wantFits wants a finding to be of the group: of its rule and level, with its common party or its range, and
// with parties that are all reported.
func wantFits(t *rapid.T, g conflict.Group, f conflict.Finding) {
	first := g.Findings[0]
	if f.Code != first.Code || f.Level() != first.Level() || f.PreExisting != first.PreExisting || f.Rule.Text != first.Rule.Text ||
		(f.B == nil) != (first.B == nil) {
		t.Errorf("%s is reported with %s", f.Key(), first.Key())
	}
	if !slices.ContainsFunc(g.Keys(), func(k conflict.Key) bool { return k.Covers(f.Key()) }) {
		t.Errorf("%s does not cover %s", g.Keys(), f.Key())
	}
	var reported []conflict.ID
	for _, c := range g.Members() {
		reported = append(reported, c.ID())
	}
	if g.Common != nil {
		reported = append(reported, g.Common.ID())
		if f.A.ID() != g.Common.ID() && f.B.ID() != g.Common.ID() {
			t.Errorf("%s has no part in %s", g.Common.Owner, f.Key())
		}
	} else if len(g.Findings) > 1 && f.B != nil && (f.A.Range != f.B.Range || f.Shared != first.Shared) {
		t.Errorf("%s and %s have neither a party nor a range in common", f.Key(), first.Key())
	}
	if len(slices.Compact(slices.SortedFunc(slices.Values(reported), compareIDs))) != len(reported) {
		t.Errorf("a party is reported twice: %v", reported)
	}
	if !slices.Contains(reported, f.A.ID()) || f.B != nil && !slices.Contains(reported, f.B.ID()) {
		t.Errorf("a party of %s is not reported", f.Key())
	}
}

func compareIDs(a, b conflict.ID) int {
	return conflict.CompareClaims(
		conflict.Claim{Owner: a.Owner, Kind: a.Kind, Part: a.Part, Range: a.Range},
		conflict.Claim{Owner: b.Owner, Kind: b.Kind, Part: b.Part, Range: b.Range},
	)
}

// The order in which the rules found something does not matter.
func TestGroupsAreOrderFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		findings := sample(t)
		shuffled := rapid.Permutation(findings).Draw(t, "order")
		conflict.Sort(findings)
		conflict.Sort(shuffled)
		if diff := cmp.Diff(shapes(findings), shapes(shuffled)); diff != "" {
			t.Error(diff)
		}
	})
}
