package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

const onRoute = "pod_overlaps_route|10.64.0.0/20|home:vpn+shop"

// serious is a new error: the Pods of shop on a route of home.
func serious() conflict.Finding {
	shop := at(claim("pod", "shop", "home", "ack-flannel"), "10.64.0.0/20")
	route := part(at(claim("route", "", "home", ""), "10.64.0.0/16"), "vpn")
	f := meeting("pod_overlaps_route", "10.64.0.0/20", shop, route)
	f.Rule.Level = profile.Error
	return f
}

// throughHub is serious with a block of a VPC that hub "cen" joins.
func throughHub() conflict.Finding {
	shop := at(claim("pod", "shop", "home", "ack-flannel"), "10.64.0.0/20")
	f := meeting("pod_overlaps_peer", "10.64.0.0/20", shop, at(claim("vpc", "", "hub", ""), "10.64.0.0/16"))
	f.Rule.Level, f.Hub = profile.Error, "cen"
	return f
}

func acceptedByKey(texts ...string) map[string]topology.Acceptance {
	all := map[string]topology.Acceptance{}
	for _, text := range texts {
		all[text] = topology.Acceptance{Reason: "known"}
	}
	return all
}

func until(day string) map[string]topology.Acceptance {
	return map[string]topology.Acceptance{onRoute: {Reason: "known", Until: day}}
}

// outcome is how a finding comes out, as the tables write it.
func outcome(kept []conflict.Finding) string {
	if len(kept) == 0 {
		return "not reported"
	}
	f := kept[0]
	text := f.Level().String()
	switch {
	case f.Accepted != nil && f.Lapsed != nil:
		text += ", accepted and lapsed"
	case f.Accepted != nil:
		text += ", accepted: " + f.Accepted.Reason
	case f.Lapsed != nil && f.Lapsed.Until != "":
		text += ", lapsed on " + f.Lapsed.Until
	case f.Lapsed != nil:
		text += ", grown beyond " + f.Lapsed.Key
	}
	return text
}

func TestHowAConflictIsTakenIn(t *testing.T) {
	preExisting, advice := serious(), serious()
	preExisting.PreExisting, advice.Rule.Level = true, profile.Warn
	tests := map[string]struct {
		says    conflict.Settings
		finding conflict.Finding
		want    string
	}{
		"nothing is said":                       {conflict.Settings{}, serious(), "error"},
		"nothing is said of a pre-existing one": {conflict.Settings{}, preExisting, "warn"},
		"its rule is a warning":                 {levels("warn"), serious(), "warn"},
		"its rule is an error":                  {levels("error"), serious(), "error"},
		"its rule is off":                       {levels("off"), serious(), "not reported"},
		"another rule is off": {
			conflict.Settings{Levels: map[string]string{"pod_overlaps_vpc": "off"}},
			serious(),
			"error",
		},
		"the level of its rule is not known yet":         {levels(""), serious(), "error"},
		"advice is made an error":                        {levels("error"), advice, "error"},
		"a pre-existing one stays a warning at an error": {levels("error"), preExisting, "warn"},
		"everything is adopted":                          {conflict.Settings{WarnOnly: true}, serious(), "warn"},
		"it is adopted whatever its rule's level": {
			conflict.Settings{WarnOnly: true, Levels: levels("error").Levels},
			serious(),
			"warn",
		},
		"it is accepted": {
			conflict.Settings{Accepted: acceptedByKey(onRoute)},
			serious(),
			"allow, accepted: known",
		},
		"it is accepted whatever its rule's level": {
			conflict.Settings{Accepted: acceptedByKey(onRoute), Levels: levels("error").Levels},
			serious(),
			"allow, accepted: known",
		},
		"it is pre-existing and accepted": {
			conflict.Settings{Accepted: acceptedByKey(onRoute)},
			preExisting,
			"allow, accepted: known",
		},
		"its rule is off and it is accepted": {
			conflict.Settings{Accepted: acceptedByKey(onRoute), Levels: levels("off").Levels},
			serious(),
			"not reported",
		},
		"another is accepted": {
			conflict.Settings{Accepted: acceptedByKey("pod_overlaps_route|10.64.0.0/20|data+home:vpn")},
			serious(),
			"error",
		},
		"what is accepted is no key": {conflict.Settings{Accepted: acceptedByKey("pod_overlaps_route")}, serious(), "error"},
		"its last day is tomorrow": {
			conflict.Settings{Accepted: until("2026-12-31"), Today: "2026-12-30"},
			serious(),
			"allow, accepted: known",
		},
		"its last day is today": {
			conflict.Settings{Accepted: until("2026-12-31"), Today: "2026-12-31"},
			serious(),
			"allow, accepted: known",
		},
		"its last day was yesterday": {
			conflict.Settings{Accepted: until("2026-12-31"), Today: "2027-01-01"},
			serious(),
			"error, lapsed on 2026-12-31",
		},
		"it has expired and is pre-existing": {
			conflict.Settings{Accepted: until("2026-12-31"), Today: "2027-01-01"},
			preExisting,
			"warn, lapsed on 2026-12-31",
		},
		"nobody says what day it is": {
			conflict.Settings{Accepted: until("2026-12-31")},
			serious(),
			"allow, accepted: known",
		},
		"it has no last day": {
			conflict.Settings{Accepted: until(""), Today: "2999-01-01"},
			serious(),
			"allow, accepted: known",
		},
		"only a part of it is accepted": {
			conflict.Settings{Accepted: acceptedByKey("pod_overlaps_route|10.64.0.0/24|home:vpn+shop")},
			serious(),
			"error, grown beyond pod_overlaps_route|10.64.0.0/24|home:vpn+shop",
		},
		"what is accepted of its parties lies beside": {
			conflict.Settings{Accepted: acceptedByKey("pod_overlaps_route|10.65.0.0/20|home:vpn+shop")},
			serious(),
			"error, grown beyond pod_overlaps_route|10.65.0.0/20|home:vpn+shop",
		},
		"a part is accepted, and so is the whole": {
			conflict.Settings{Accepted: acceptedByKey(onRoute, "pod_overlaps_route|10.64.0.0/24|home:vpn+shop")},
			serious(),
			"allow, accepted: known",
		},
		"more is accepted than there is": {
			conflict.Settings{Accepted: acceptedByKey("pod_overlaps_route|10.64.0.0/16|data+home:vpn+shop")},
			serious(),
			"allow, accepted: known",
		},
		"an expired key covers more than a part": {
			conflict.Settings{
				Accepted: both(until("2026-12-31"), acceptedByKey("pod_overlaps_route|10.64.0.0/24|home:vpn+shop")),
				Today:    "2027-01-01",
			},
			serious(),
			"error, lapsed on 2026-12-31",
		},
		"one key has run out, and a wider one has not": {
			conflict.Settings{
				Accepted: both(until("2026-12-31"), acceptedByKey("pod_overlaps_route|10.64.0.0/16|home:vpn+shop")),
				Today:    "2027-01-01",
			},
			serious(),
			"allow, accepted: known",
		},
		"one key has run out, and a later one has not": {
			conflict.Settings{Accepted: both(until("2026-12-31"), acceptedByKey(onRoute+"+zoo")), Today: "2027-01-01"},
			serious(),
			"allow, accepted: known",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			kept, _ := test.says.Apply([]conflict.Finding{test.finding}, topology.Facts{})
			if got := outcome(kept); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func levels(level string) conflict.Settings {
	return conflict.Settings{Levels: map[string]string{"pod_overlaps_route": level}}
}

func both(a, b map[string]topology.Acceptance) map[string]topology.Acceptance {
	for key, acceptance := range b {
		a[key] = acceptance
	}
	return a
}

// Conflicts that no cluster takes part in stop no allocator, unless the configuration says that they do.
func TestForeignConflictsWarn(t *testing.T) {
	networks := meeting(
		"vpc_overlaps_peer", "10.64.0.0/20", at(claim("vpc", "", "home", ""), "10.64.0.0/20"),
		at(claim("vpc", "", "hub", ""), "10.64.0.0/16"),
	)
	networks.Rule.Level = profile.Error
	advice := networks
	advice.Rule.Level = profile.Warn
	say := func(level string) conflict.Settings {
		return conflict.Settings{Levels: map[string]string{"vpc_overlaps_peer": level}}
	}
	tests := map[string]struct {
		says    conflict.Settings
		finding conflict.Finding
		want    string
	}{
		"an error":                   {conflict.Settings{}, networks, "warn"},
		"advice":                     {conflict.Settings{}, advice, "warn"},
		"an error that is one here":  {say("error"), networks, "error"},
		"advice that is an error":    {say("error"), advice, "error"},
		"an error that is a warning": {say("warn"), networks, "warn"},
		"an error that is off":       {say("off"), networks, "not reported"},
		"an error that is adopted":   {conflict.Settings{WarnOnly: true, Levels: say("error").Levels}, networks, "warn"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if !test.finding.BetweenNetworks() {
				t.Fatal("a cluster takes part")
			}
			kept, _ := test.says.Apply([]conflict.Finding{test.finding}, topology.Facts{})
			if got := outcome(kept); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if f := serious(); f.BetweenNetworks() {
		t.Error("a cluster on a route is foreign")
	}
	if f := counts("nodes_over_cap", "nodes", 2001, serious().A); f.BetweenNetworks() {
		t.Error("a cluster alone is foreign")
	}
	if f := meeting("vpc", "10.64.0.0/20", networks.A); !f.BetweenNetworks() {
		t.Error("a network alone is not foreign")
	}
}

// The level of a finding is what all that is said of it comes to.
func TestLevelsOfAllCombinations(t *testing.T) {
	all := []profile.Level{profile.Allow, profile.Warn, profile.Error}
	for _, rule := range all[1:] {
		for _, set := range all {
			for mask := range 16 {
				preExisting, adopting, accepted, foreign := mask&1 != 0, mask&2 != 0, mask&4 != 0, mask&8 != 0
				f := serious()
				if foreign {
					f.A = at(claim("vpc", "", "home", ""), "10.64.0.0/20")
				}
				f.Rule.Level, f.SetLevel, f.PreExisting, f.WarnOnly = rule, set, preExisting, adopting
				if accepted {
					f.Accepted = &topology.Acceptance{Reason: "known"}
				}
				want := rule
				if set != profile.Allow {
					want = set
				}
				if preExisting || adopting || foreign && set == profile.Allow {
					want = profile.Warn // a warning is never less
				}
				if accepted {
					want = profile.Allow
				}
				if got := f.Level(); got != want {
					t.Errorf(
						"rule %v, set %v, preExisting %t, adopting %t, accepted %t, foreign %t: got %v, want %v",
						rule, set, preExisting, adopting, accepted, foreign, got, want,
					)
				}
			}
		}
	}
}
