package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// grown is a profile with another growth.
func grown(t *testing.T, name string, growth profile.Growth) *profile.Profile {
	t.Helper()
	return changed(fictitiousMany(t, name), func(p *profile.Profile) { p.Growth = growth })
}

func TestMaxPodRangesFollowsTheGrowth(t *testing.T) {
	some := profile.Requirement{Text: "something"}
	pods := []string{profile.PodRanges}
	nine := profile.Growth{Pods: profile.Append, MaxRanges: 9, Requires: some}
	outside := profile.Growth{Pods: profile.OutsideTerraform, MaxRanges: 5}
	tests := map[string]struct {
		name    string
		growth  profile.Growth
		allowed []string
		want    int
	}{
		"one range where none is added":         {"fictitious-dynamic", profile.Growth{Pods: profile.Never}, pods, 1},
		"as many as can be added":               {"fictitious-dynamic", profile.Growth{Pods: profile.Append, MaxRanges: 20}, nil, 20},
		"any number where none is published":    {"fictitious-dynamic", profile.Growth{Pods: profile.Append}, nil, profile.Unlimited},
		"one range without what it requires":    {"fictitious-dynamic", nine, nil, 1},
		"the other ranges do not matter":        {"fictitious-dynamic", nine, []string{"services"}, 1},
		"several with what it requires":         {"fictitious-dynamic", nine, pods, 9},
		"ranges that are added elsewhere":       {"fictitious-shared", outside, nil, 5},
		"no range where Pods use subnets":       {"fictitious-subnets", profile.Growth{Pods: profile.InSubnets}, nil, 0},
		"not even if subnets may be added":      {"fictitious-subnets", profile.Growth{Pods: profile.InSubnets, MaxRanges: 20}, pods, 0},
		"a shared range to which none is added": {"fictitious-shared", profile.Growth{Pods: profile.Never}, nil, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := grown(t, test.name, test.growth).MaxPodRanges(test.allowed); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestRangesAreAppendedWhereTheProfileAndTheClusterCan(t *testing.T) {
	some := profile.Requirement{Text: "something"}
	services := func(how profile.Grows, requires profile.Requirement) profile.Growth {
		return profile.Growth{Pods: profile.Never, Services: profile.ServiceGrowth{How: how, Requires: requires}}
	}
	both := profile.Appended
	tests := map[string]struct {
		growth      profile.Growth
		ranges      string
		allowed     []string
		can, always bool
	}{
		"Pods":                              {profile.Growth{Pods: profile.Append}, "pods", nil, true, true},
		"Pods that require something":       {profile.Growth{Pods: profile.Append, Requires: some}, "pods", nil, true, false},
		"Pods with what they require":       {profile.Growth{Pods: profile.Append, Requires: some}, "pods", both, true, true},
		"ranges of no kind":                 {profile.Growth{Pods: profile.Append}, "", both, false, false},
		"Pods that cannot":                  {profile.Growth{Pods: profile.Never}, "pods", both, false, false},
		"Pods added elsewhere":              {profile.Growth{Pods: profile.OutsideTerraform}, "pods", both, false, false},
		"Services of which nothing is said": {profile.Growth{Pods: profile.Append}, "services", both, false, false},
		"Services that cannot":              {services(profile.Never, profile.Requirement{}), "services", both, false, false},
		"Services":                          {services(profile.Append, profile.Requirement{}), "services", nil, true, true},
		"Services that require something":   {services(profile.Append, some), "services", []string{"pods"}, true, false},
		"Services with what they require":   {services(profile.Append, some), "services", []string{"services"}, true, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := grown(t, "fictitious-dynamic", test.growth)
			if got := p.CanAppend(test.ranges); got != test.can {
				t.Errorf("can append: got %t", got)
			}
			if got := p.Appends(test.ranges, test.allowed); got != test.always {
				t.Errorf("appends: got %t", got)
			}
		})
	}
}

func TestGrowthIsChecked(t *testing.T) {
	const file, growth = "fictitious-one.yaml", "{pods: append, max_ranges: 3, sources: [one-guide]}"
	refusesEach(t, fictitiousOneFiles(t), map[string]unsound{
		"a requirement without a source": {
			file, growth, "{pods: append, requires: {text: a plug-in}}",
			"growth: requires needs a text and a source, and ranges that can grow",
		},
		"a requirement of what cannot be appended": {
			file, growth, "{pods: none, requires: {text: a plug-in, sources: [one-guide]}}",
			"growth: requires needs a text and a source, and ranges that can grow",
		},
		"a requirement with an unlisted source": {
			file, growth, "{pods: append, requires: {text: a plug-in, sources: [hearsay]}}", `growth: requires: source "hearsay" is not`,
		},
		"subnets of Pods with a range": {file, growth, "{pods: subnets}", `growth: pods "subnets", and Pods from "own"`},
		"a rule on the base where nothing is extended": {
			file, growth,
			"{pods: none, same_base: {level: warn, text: it stays, sources: [one-guide], confidence: verified}}",
			"growth: same_base is for a superset",
		},
		"a rule on the base without a source": {
			file, growth, "{pods: superset, same_base: {level: warn, text: it stays, confidence: verified}}", "growth: same_base: ",
		},
		"Services without a text": {
			file, growth, "{pods: none, services: {how: append}}",
			`growth: services "append", not none or append with a text and a source`,
		},
		"Services without a source": {
			file, growth, "{pods: none, services: {how: append, text: they can}}",
			`growth: services "append", not none or append with a text`,
		},
		"Services that grow in another way": {
			file, growth, "{pods: none, services: {how: subnets, text: they can, sources: [one-guide]}}",
			`growth: services "subnets", not none`,
		},
		"Services with an unlisted source": {
			file, growth, "{pods: none, services: {how: none, text: they cannot, sources: [hearsay]}}",
			`growth: services: source "hearsay" is not`,
		},
		"a requirement of Services that cannot be appended": {
			file, growth,
			"{pods: none, services: {how: none, text: no, sources: [one-guide], requires: {text: 1.33, sources: [one-guide]}}}",
			"growth: services.requires needs a text and a source",
		},
		"what to do without a source": {
			file, growth, "{pods: append, apply: {text: do this}}", "growth: apply needs a text and a source, and ranges that can grow",
		},
		"what to do where nothing grows": {
			file, growth, "{pods: none, apply: {text: do this, sources: [one-guide]}}",
			"growth: apply needs a text and a source, and ranges that can grow",
		},
		"what to do for Services that cannot grow": {
			file, growth,
			"{pods: none, services: {how: none, text: no, sources: [one-guide], apply: {text: do this, sources: [one-guide]}}}",
			"growth: services.apply needs a text and a source, and ranges that can grow",
		},
		"what to do with an unlisted source": {
			file, growth, "{pods: superset, apply: {text: do this, sources: [hearsay]}}", `growth: apply: source "hearsay" is not`,
		},
	})
}

// Pod ranges that are added outside of Terraform are accepted from the configuration of every cluster, others where they can be appended.
func TestWhoAcceptsFurtherPodRanges(t *testing.T) {
	some := profile.Requirement{Text: "something"}
	pods := []string{profile.PodRanges}
	for name, test := range map[string]struct {
		growth  profile.Growth
		allowed []string
		want    bool
	}{
		"none are added":                     {profile.Growth{Pods: profile.Never}, pods, false},
		"added outside of Terraform":         {profile.Growth{Pods: profile.OutsideTerraform}, nil, true},
		"appended by every cluster":          {profile.Growth{Pods: profile.Append}, nil, true},
		"appended by clusters that say so":   {profile.Growth{Pods: profile.Append, Requires: some}, pods, true},
		"appended, and nobody says so":       {profile.Growth{Pods: profile.Append, Requires: some}, nil, false},
		"extended, which is no further one":  {profile.Growth{Pods: profile.Superset}, pods, false},
		"further subnets, which are no such": {profile.Growth{Pods: profile.InSubnets}, pods, false},
	} {
		if got := grown(t, "fictitious-dynamic", test.growth).AcceptsFurtherPods(test.allowed); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestOnlySupersetsExtendAPodRange(t *testing.T) {
	for how, want := range map[profile.Grows]bool{profile.Superset: true, profile.Append: false, profile.Never: false} {
		if got := grown(t, "fictitious-dynamic", profile.Growth{Pods: how}).Extends(); got != want {
			t.Errorf("%s: got %t", how, got)
		}
	}
}

func TestMaxRangesOfEachKind(t *testing.T) {
	some := profile.Requirement{Text: "something"}
	services := func(s profile.ServiceGrowth) profile.Growth {
		return profile.Growth{Pods: profile.Append, MaxRanges: 3, Services: s}
	}
	for name, test := range map[string]struct {
		services profile.ServiceGrowth
		allowed  []string
		want     int
	}{
		"one where nothing is said":          {profile.ServiceGrowth{}, profile.Appended, 1},
		"one where none is appended":         {profile.ServiceGrowth{How: profile.Never, MaxRanges: 4}, profile.Appended, 1},
		"as many as can be appended":         {profile.ServiceGrowth{How: profile.Append, MaxRanges: 4}, nil, 4},
		"any number where none is published": {profile.ServiceGrowth{How: profile.Append}, nil, profile.Unlimited},
		"one without what it requires": {
			profile.ServiceGrowth{How: profile.Append, MaxRanges: 4, Requires: some}, []string{profile.PodRanges}, 1,
		},
		"several with what it requires": {
			profile.ServiceGrowth{How: profile.Append, MaxRanges: 4, Requires: some}, []string{profile.ServiceRanges}, 4,
		},
	} {
		p := grown(t, "fictitious-dynamic", services(test.services))
		if got := p.MaxRanges(profile.ServiceRanges, test.allowed); got != test.want {
			t.Errorf("%s: got %d, want %d", name, got, test.want)
		}
		if got := p.MaxRanges(profile.PodRanges, test.allowed); got != 3 {
			t.Errorf("%s: got %d Pod ranges, want 3", name, got)
		}
	}
}

// The larger range contains the one that is held, and begins with its address where a rule says so.
func TestSupersetsOfAPodRange(t *testing.T) {
	free := profile.Growth{Pods: profile.Superset}
	bound := profile.Growth{Pods: profile.Superset, SameBase: profile.Rule{Level: profile.Warn, Text: "it stays"}}
	for name, test := range map[string]struct {
		growth profile.Growth
		held   string
		length int
		want   string
	}{
		"around it":                       {free, "10.0.16.0/20", 18, "10.0.0.0/18"},
		"with its address":                {bound, "10.0.0.0/20", 18, "10.0.0.0/18"},
		"with another address":            {bound, "10.0.16.0/20", 18, ""},
		"the same length":                 {free, "10.0.16.0/20", 20, ""},
		"a smaller one":                   {free, "10.0.16.0/20", 21, ""},
		"a length that is none":           {free, "10.0.16.0/20", -1, ""},
		"all addresses contain any range": {free, "10.0.16.0/20", 0, "0.0.0.0/0"},
	} {
		got := grown(t, "fictitious-dynamic", test.growth).Superset(prefix(test.held), test.length)
		if text := got.String(); got.IsValid() != (test.want != "") || got.IsValid() && text != test.want {
			t.Errorf("%s: got %v, want %q", name, got, test.want)
		}
	}
}
