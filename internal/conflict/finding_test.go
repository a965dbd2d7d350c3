package conflict_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestAPreExistingFindingIsAWarningAtMost(t *testing.T) {
	for _, test := range []struct {
		rangeLevel, preExisting profile.Level
	}{{profile.Allow, profile.Allow}, {profile.Warn, profile.Warn}, {profile.Error, profile.Warn}} {
		f := conflict.Finding{Rule: profile.Rule{Level: test.rangeLevel}}
		if got := f.Level(); got != test.rangeLevel {
			t.Errorf("a new finding of level %v: got %v", test.rangeLevel, got)
		}
		f.PreExisting = true
		if got := f.Level(); got != test.preExisting {
			t.Errorf("a pre-existing finding of level %v: got %v, want %v", test.rangeLevel, got, test.preExisting)
		}
	}
}

func TestMarkPreExistingKnowsFindingsByTheirParties(t *testing.T) {
	pods := func(owner, text string) conflict.Claim {
		return at(claim("pod", owner, "home", "ack-flannel"), text)
	}
	route := func(name, text string) conflict.Claim {
		c := at(claim("route", "", "home", ""), text)
		c.Part = name
		return c
	}
	found := func(level profile.Level, a conflict.Claim, b ...conflict.Claim) conflict.Finding {
		f := conflict.Finding{Code: "code", Rule: profile.Rule{Level: level}, A: a}
		if len(b) > 0 {
			f.B = &b[0]
		}
		return f
	}
	counted := func(code string, level profile.Level, a conflict.Claim, n int64) conflict.Finding {
		return conflict.Finding{Code: code, Rule: profile.Rule{Level: level}, A: a, Number: conflict.Figure{Unit: conflict.Nodes, Value: n}}
	}
	shop, other, services := pods(
		"shop",
		"10.0.0.0/16",
	), pods(
		"other",
		"10.0.0.0/20",
	), at(
		claim("service", "shop", "home", "ack-flannel"),
		"10.0.0.0/16",
	)
	both := found(profile.Error, shop, other)
	elsewhere, renamed := shop, both
	elsewhere.At, elsewhere.Profile, elsewhere.Network, renamed.Code = nil, nil, "", "renamed"
	tests := map[string]struct {
		now    conflict.Finding
		before []conflict.Finding
		want   bool
	}{
		"it was there": {both, []conflict.Finding{both}, true},
		"among others": {
			both,
			[]conflict.Finding{found(profile.Warn, shop), both, found(profile.Warn, other)},
			true,
		},
		"nothing was there": {both, nil, false},
		"both ranges were, but did not meet": {
			both,
			[]conflict.Finding{found(profile.Error, shop), found(profile.Error, other)},
			false,
		},
		"it was only a warning":                {both, []conflict.Finding{found(profile.Warn, shop, other)}, false},
		"it was an error, now it is a warning": {found(profile.Warn, shop, other), []conflict.Finding{both}, true},
		"it was both":                          {both, []conflict.Finding{both, found(profile.Warn, shop, other)}, true},
		"both, the other way round":            {both, []conflict.Finding{found(profile.Warn, shop, other), both}, true},
		"the parties were named the other way": {both, []conflict.Finding{found(profile.Error, other, shop)}, true},
		"the rule had another code":            {both, []conflict.Finding{renamed}, true},
		"the first has another range now": {
			both,
			[]conflict.Finding{found(profile.Error, pods("shop", "10.0.0.0/17"), other)},
			false,
		},
		"the second has another range now": {
			both,
			[]conflict.Finding{found(profile.Error, shop, pods("other", "10.0.0.0/21"))},
			false,
		},
		"the range had another owner": {
			both,
			[]conflict.Finding{found(profile.Error, pods("old", "10.0.0.0/16"), other)},
			false,
		},
		"the range was one of Services":                 {both, []conflict.Finding{found(profile.Error, services, other)}, false},
		"place, profile and network make no difference": {both, []conflict.Finding{found(profile.Error, elsewhere, other)}, true},
		"the route had another name": {
			found(profile.Error, shop, route("new", "10.0.0.0/8")),
			[]conflict.Finding{found(profile.Error, shop, route("old", "10.0.0.0/8"))},
			false,
		},
		"the route is the same": {
			found(profile.Error, shop, route("idc", "10.0.0.0/8")),
			[]conflict.Finding{found(profile.Error, shop, route("idc", "10.0.0.0/8"))},
			true,
		},
		"a range that breaks a rule alone":   {found(profile.Error, shop), []conflict.Finding{found(profile.Error, shop)}, true},
		"not when it broke one with another": {found(profile.Error, shop), []conflict.Finding{both}, false},
		"a count that grew": {
			counted("over", profile.Error, shop, 2002),
			[]conflict.Finding{counted("over", profile.Error, shop, 2001)},
			true,
		},
		"a count that became serious": {
			counted("over", profile.Error, shop, 2001),
			[]conflict.Finding{counted("over", profile.Warn, shop, 1500)},
			false,
		},
		"another count": {
			counted("over", profile.Warn, shop, 201),
			[]conflict.Finding{counted("under", profile.Warn, shop, 201)},
			false,
		},
		"a count is not the range that has it": {
			counted("over", profile.Warn, shop, 201),
			[]conflict.Finding{found(profile.Error, shop)},
			false,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			now, fresh := test.now, found(profile.Error, pods("new", "10.9.0.0/16"))
			now.PreExisting, fresh.PreExisting = !test.want, true // an old mark does not last
			findings := []conflict.Finding{now, fresh}
			conflict.MarkPreExisting(findings, test.before)
			if findings[0].PreExisting != test.want || findings[1].PreExisting {
				t.Errorf("pre-existing: got %v and %v, want %v and false", findings[0].PreExisting, findings[1].PreExisting, test.want)
			}
		})
	}
}

func ref(c conflict.Claim) *conflict.Claim { return &c }

func TestSortPutsTheSeriousFirstThenTheParties(t *testing.T) {
	rule := func(level profile.Level, text string) profile.Rule { return profile.Rule{Level: level, Text: text} }
	pods := func(owner, text string) conflict.Claim {
		return conflict.Claim{Owner: owner, Kind: conflict.Pod, Range: prefix(text)}
	}
	services := conflict.Claim{Owner: "a", Kind: conflict.Service, Range: prefix("10.0.0.0/20")}
	fatal, warn := rule(profile.Error, "e"), rule(profile.Warn, "w")
	sorted := []conflict.Finding{
		{Rule: fatal, A: pods("a", "10.0.0.0/16"), Code: "m"},
		{Rule: fatal, A: pods("a", "10.0.0.0/16"), B: ref(pods("b", "10.0.0.0/16")), Code: "m"},
		{Rule: fatal, A: pods("a", "10.0.0.0/16"), B: ref(pods("c", "10.0.0.0/16")), Code: "m"},
		{Rule: fatal, A: pods("a", "10.0.0.0/16"), B: ref(services), Code: "m"},
		{Rule: fatal, A: pods("a", "10.1.0.0/16"), Code: "m"},
		{Rule: fatal, A: pods("b", "10.0.0.0/16"), Code: "k"},
		{Rule: fatal, A: pods("b", "10.0.0.0/16"), Code: "m", Shared: prefix("10.0.0.0/20")},
		{Rule: fatal, A: pods("b", "10.0.0.0/16"), Code: "m", Shared: prefix("10.0.16.0/20")},
		{Rule: rule(profile.Error, "f"), A: pods("b", "10.0.0.0/16"), Code: "m", Shared: prefix("10.0.16.0/20")},
		{Rule: fatal, A: services, Code: "m"},
		{Rule: warn, A: pods("a", "10.0.0.0/16"), Code: "m"},
		{Rule: fatal, A: pods("b", "10.0.0.0/16"), Code: "m", PreExisting: true},
		{Rule: rule(profile.Allow, "n"), A: pods("a", "10.0.0.0/16"), Code: "m"},
	}
	for turn := range sorted {
		findings := slices.Concat(sorted[turn:], sorted[:turn])
		slices.Reverse(findings)
		conflict.Sort(findings)
		for i := range sorted {
			got, want := findings[i], sorted[i]
			if got.A.ID() != want.A.ID() || got.Code != want.Code || got.Rule.Text != want.Rule.Text || got.Shared != want.Shared ||
				(got.B == nil) != (want.B == nil) ||
				got.B != nil && got.B.ID() != want.B.ID() {
				t.Fatalf("place %d: got %+v, want %+v", i, got, want)
			}
		}
	}
}

// Of findings that are alike otherwise, a new warning comes before one that was an error and existed before.
func TestSortPutsNewWarningsBeforePreExistingOnes(t *testing.T) {
	pods := conflict.Claim{Owner: "a", Kind: conflict.Pod, Range: prefix("10.0.0.0/16")}
	fresh := conflict.Finding{Rule: profile.Rule{Level: profile.Warn, Text: "w"}, A: pods, Code: "m"}
	old := conflict.Finding{Rule: profile.Rule{Level: profile.Error, Text: "w"}, A: pods, Code: "m", PreExisting: true}
	for _, findings := range [][]conflict.Finding{{fresh, old}, {old, fresh}} {
		if conflict.Sort(findings); findings[0].PreExisting || !findings[1].PreExisting {
			t.Errorf("got %+v", findings)
		}
	}
}

// A held range cannot follow advice any more: that is no longer reported of ranges that break it by themselves.
func TestAdviceThatIsOutdated(t *testing.T) {
	pods := conflict.Claim{Owner: "a", Kind: conflict.Pod, Range: prefix("10.0.0.0/16")}
	outdated := conflict.Finding{Rule: profile.Rule{Level: profile.Warn}, A: pods, Code: "m", PreExisting: true}
	for name, test := range map[string]struct {
		change func(*conflict.Finding)
		want   bool
	}{
		"advice on a range that was there":   {func(*conflict.Finding) {}, true},
		"a note on a range that was there":   {func(f *conflict.Finding) { f.Rule.Level = profile.Allow }, true},
		"advice on a new range":              {func(f *conflict.Finding) { f.PreExisting = false }, false},
		"advice on two ranges":               {func(f *conflict.Finding) { f.B = ref(pods) }, false},
		"advice on a block of a VPC":         {func(f *conflict.Finding) { f.VPCPlatform = "Alibaba Cloud" }, false},
		"advice on a number":                 {func(f *conflict.Finding) { f.Number.Unit = "nodes" }, false},
		"an error of a range that was there": {func(f *conflict.Finding) { f.Rule.Level = profile.Error }, false},
		"advice on a subnet of Pods":         {func(f *conflict.Finding) { f.A.Part = "nodes" }, false},
	} {
		f := outdated
		if test.change(&f); f.OutdatedAdvice() != test.want {
			t.Errorf("%s: outdated %t", name, f.OutdatedAdvice())
		}
	}
}
