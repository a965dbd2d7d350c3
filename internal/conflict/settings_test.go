package conflict_test

import (
	"slices"
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

func acceptedByParty(texts ...string) map[string]topology.Acceptance {
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
		return "not told"
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
	standing, advice := serious(), serious()
	standing.PreExisting, advice.Rule.Level = true, profile.Warn
	tests := map[string]struct {
		says    conflict.Settings
		finding conflict.Finding
		want    string
	}{
		"nothing is said":                    {conflict.Settings{}, serious(), "error"},
		"nothing is said of one that stands": {conflict.Settings{}, standing, "warn"},
		"its rule is a warning":              {levels("warn"), serious(), "warn"},
		"its rule is an error":               {levels("error"), serious(), "error"},
		"its rule is off":                    {levels("off"), serious(), "not told"},
		"another rule is off": {
			conflict.Settings{Levels: map[string]string{"pod_overlaps_vpc": "off"}},
			serious(),
			"error",
		},
		"the level of its rule is not known yet":      {levels(""), serious(), "error"},
		"advice is made an error":                     {levels("error"), advice, "error"},
		"one that stands stays a warning at an error": {levels("error"), standing, "warn"},
		"everything is adopted":                       {conflict.Settings{WarnOnly: true}, serious(), "warn"},
		"it is adopted whatever its rule's level": {
			conflict.Settings{WarnOnly: true, Levels: levels("error").Levels},
			serious(),
			"warn",
		},
		"it is accepted": {
			conflict.Settings{Accepted: acceptedByParty(onRoute)},
			serious(),
			"allow, accepted: known",
		},
		"it is accepted whatever its rule's level": {
			conflict.Settings{Accepted: acceptedByParty(onRoute), Levels: levels("error").Levels},
			serious(),
			"allow, accepted: known",
		},
		"it stands and is accepted": {
			conflict.Settings{Accepted: acceptedByParty(onRoute)},
			standing,
			"allow, accepted: known",
		},
		"its rule is off and it is accepted": {
			conflict.Settings{Accepted: acceptedByParty(onRoute), Levels: levels("off").Levels},
			serious(),
			"not told",
		},
		"another is accepted": {
			conflict.Settings{Accepted: acceptedByParty("pod_overlaps_route|10.64.0.0/20|data+home:vpn")},
			serious(),
			"error",
		},
		"what is accepted is no key": {conflict.Settings{Accepted: acceptedByParty("pod_overlaps_route")}, serious(), "error"},
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
		"it has run out and stands": {
			conflict.Settings{Accepted: until("2026-12-31"), Today: "2027-01-01"},
			standing,
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
			conflict.Settings{Accepted: acceptedByParty("pod_overlaps_route|10.64.0.0/24|home:vpn+shop")},
			serious(),
			"error, grown beyond pod_overlaps_route|10.64.0.0/24|home:vpn+shop",
		},
		"what is accepted of its parties lies beside": {
			conflict.Settings{Accepted: acceptedByParty("pod_overlaps_route|10.65.0.0/20|home:vpn+shop")},
			serious(),
			"error, grown beyond pod_overlaps_route|10.65.0.0/20|home:vpn+shop",
		},
		"a part is accepted, and so is the whole": {
			conflict.Settings{Accepted: acceptedByParty(onRoute, "pod_overlaps_route|10.64.0.0/24|home:vpn+shop")},
			serious(),
			"allow, accepted: known",
		},
		"more is accepted than there is": {
			conflict.Settings{Accepted: acceptedByParty("pod_overlaps_route|10.64.0.0/16|data+home:vpn+shop")},
			serious(),
			"allow, accepted: known",
		},
		"a key that has run out tells more than a part": {
			conflict.Settings{
				Accepted: both(until("2026-12-31"), acceptedByParty("pod_overlaps_route|10.64.0.0/24|home:vpn+shop")),
				Today:    "2027-01-01",
			},
			serious(),
			"error, lapsed on 2026-12-31",
		},
		"one key has run out, and a wider one has not": {
			conflict.Settings{
				Accepted: both(until("2026-12-31"), acceptedByParty("pod_overlaps_route|10.64.0.0/16|home:vpn+shop")),
				Today:    "2027-01-01",
			},
			serious(),
			"allow, accepted: known",
		},
		"one key has run out, and a later one has not": {
			conflict.Settings{Accepted: both(until("2026-12-31"), acceptedByParty(onRoute+"+zoo")), Today: "2027-01-01"},
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
		"an error that is off":       {say("off"), networks, "not told"},
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

// An acceptance that a network or hub brings along has a say only where these take part.
func TestWhoMayAccept(t *testing.T) {
	const overHub = "pod_overlaps_peer|10.64.0.0/20|hub+shop"
	hubbed := func(hub string) topology.Facts {
		return topology.Facts{Hubs: map[string]topology.Hub{hub: {Accepted: acceptedByParty(onRoute, overHub)}}}
	}
	vpc := func(name string) topology.Facts {
		return topology.Facts{VPCs: map[string]topology.VPC{name: {Accepted: acceptedByParty(onRoute, overHub)}}}
	}
	site := func(name string) topology.Facts {
		return topology.Facts{Sites: map[string]topology.Site{name: {Accepted: acceptedByParty(onRoute, overHub)}}}
	}
	atSite := serious()
	atSite.A.Network, atSite.B.Network = "site", "site"
	tests := map[string]struct {
		facts   topology.Facts
		finding conflict.Finding
		want    string
	}{
		"the VPC of the cluster":           {vpc("home"), serious(), "allow, accepted: known"},
		"the VPC on the other side":        {vpc("hub"), throughHub(), "allow, accepted: known"},
		"the VPC on the near side":         {vpc("home"), throughHub(), "allow, accepted: known"},
		"not another VPC":                  {vpc("apart"), serious(), "error"},
		"not another VPC of the hub":       {vpc("third"), throughHub(), "error"},
		"the site of the cluster":          {site("site"), atSite, "allow, accepted: known"},
		"not another site":                 {site("site-hub"), atSite, "error"},
		"the hub that joins the two":       {hubbed("cen"), throughHub(), "allow, accepted: known"},
		"not another hub":                  {hubbed("er"), throughHub(), "error"},
		"not a hub that joins nothing":     {hubbed("cen"), serious(), "error"},
		"not a hub named as the VPC":       {hubbed("home"), serious(), "error"},
		"nobody where nothing is accepted": {topology.Facts{VPCs: map[string]topology.VPC{"home": {}}}, serious(), "error"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			kept, _ := conflict.Settings{}.Apply([]conflict.Finding{test.finding}, test.facts)
			if got := outcome(kept); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAcceptancesOfNothingArePointedOut(t *testing.T) {
	const gone, smaller, number = "pod_overlaps_route|10.64.0.0/20|gone+home:vpn", "pod_overlaps_route|10.64.0.0/24|home:vpn+shop", "nodes_over_cap|nodes=5000|shop"
	declared := func(clusters ...string) topology.Facts {
		f := topology.Facts{
			Clusters: map[string]topology.Cluster{},
			VPCs:     map[string]topology.VPC{"home": {}},
			Sites:    map[string]topology.Site{"site": {}},
			Hubs:     map[string]topology.Hub{"cen": {}},
			Reserved: map[string]topology.Reserved{"later": {}},
		}
		for _, name := range clusters {
			f.Clusters[name] = topology.Cluster{}
		}
		return f
	}
	at := func(f topology.Facts, fact string, texts ...string) topology.Facts {
		f.VPCs["home"] = topology.VPC{Accepted: acceptedByParty(texts...)}
		if fact == "site" {
			f.VPCs["home"], f.Sites["site"] = topology.VPC{}, topology.Site{Accepted: acceptedByParty(texts...)}
		}
		if fact == "hub" {
			f.VPCs["home"], f.Hubs["cen"] = topology.VPC{}, topology.Hub{Accepted: acceptedByParty(texts...)}
		}
		return f
	}
	tests := map[string]struct {
		says  conflict.Settings
		facts topology.Facts
		want  []string
	}{
		"one that covers":                         {conflict.Settings{Accepted: acceptedByParty(onRoute)}, declared(), nil},
		"one that covers too little has its word": {conflict.Settings{Accepted: acceptedByParty(smaller)}, declared(), nil},
		"one that has run out has its word": {
			conflict.Settings{Accepted: until("2020-01-01"), Today: "2026-01-01"},
			declared(),
			nil,
		},
		"two that cover": {
			conflict.Settings{Accepted: acceptedByParty(onRoute, "pod_overlaps_route|10.0.0.0/8|home:vpn+shop")},
			declared(),
			nil,
		},
		"one that covers though the rule is off": {
			conflict.Settings{Accepted: acceptedByParty(onRoute), Levels: levels("off").Levels},
			declared(),
			nil,
		},
		"one of the allocator that nothing has": {
			conflict.Settings{Accepted: acceptedByParty(gone)},
			declared(),
			[]string{`accepted_conflicts["` + gone + `"]`},
		},
		"one that a net may have something for": {conflict.Settings{Accepted: acceptedByParty(gone), ConfigChecked: true}, declared(), nil},
		"one of a party that is gone": {
			conflict.Settings{Accepted: acceptedByParty(gone), ConfigChecked: true, Gone: []string{"gone"}},
			declared(),
			[]string{`accepted_conflicts["` + gone + `"]`},
		},
		"one that no net has anything for": {
			conflict.Settings{Accepted: acceptedByParty(gone), ConfigChecked: true},
			declared("gone"),
			[]string{`accepted_conflicts["` + gone + `"]`},
		},
		"one of another workspace that told it once": {
			conflict.Settings{Accepted: acceptedByParty("pod_overlaps_foreign_block|10.0.0.0/8|lake@team-b+shop"), ConfigChecked: true},
			declared("shop"),
			[]string{`accepted_conflicts["pod_overlaps_foreign_block|10.0.0.0/8|lake@team-b+shop"]`},
		},
		"one of two that nobody declares": {
			conflict.Settings{Accepted: acceptedByParty("x|10.0.0.0/8|a+b"), ConfigChecked: true},
			declared(),
			[]string{`accepted_conflicts["x|10.0.0.0/8|a+b"]`},
		},
		"one of what rested": {
			conflict.Settings{Accepted: acceptedByParty("pod_overlaps_released|10.0.0.0/8|old+shop"), ConfigChecked: true, Gone: []string{"old"}},
			declared("shop"),
			[]string{`accepted_conflicts["pod_overlaps_released|10.0.0.0/8|old+shop"]`},
		},
		"two, in order": {
			conflict.Settings{Accepted: acceptedByParty(gone, onRoute, number)},
			declared(),
			[]string{`accepted_conflicts["` + number + `"]`, `accepted_conflicts["` + gone + `"]`},
		},
		"what is no key is told elsewhere":         {conflict.Settings{Accepted: acceptedByParty("what")}, declared(), nil},
		"one of a VPC whose parties are not given": {conflict.Settings{}, at(declared("shop"), "vpc", gone), nil},
		"one of a VPC whose parties are given": {
			conflict.Settings{},
			at(declared("shop", "gone"), "vpc", gone),
			[]string{`vpcs["home"].accepted_conflicts["` + gone + `"]`},
		},
		"one of a site whose parties are given": {
			conflict.Settings{},
			at(declared("shop", "gone"), "site", gone),
			[]string{`sites["site"].accepted_conflicts["` + gone + `"]`},
		},
		"one of a hub whose parties are given": {
			conflict.Settings{},
			at(declared("shop", "gone"), "hub", gone),
			[]string{`hubs["cen"].accepted_conflicts["` + gone + `"]`},
		},
		"one of a hub whose parties are not given": {conflict.Settings{}, at(declared("shop"), "hub", gone), nil},
		"one of a VPC with a reservation and a site": {
			conflict.Settings{},
			at(declared(), "vpc", "x|10.0.0.0/8|later+site"),
			[]string{`vpcs["home"].accepted_conflicts["x|10.0.0.0/8|later+site"]`},
		},
		"one of a hub that covers what no hub takes part": {
			conflict.Settings{},
			at(declared("shop"), "hub", onRoute),
			[]string{`hubs["cen"].accepted_conflicts["` + onRoute + `"]`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, unused := test.says.Apply([]conflict.Finding{serious()}, test.facts)
			var got []string
			for _, path := range unused {
				got = append(got, path.String())
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// Apply answers with findings of its own, and those it was given stay as they are.
func TestFindingsThatAreGivenStayAsTheyAre(t *testing.T) {
	given := []conflict.Finding{serious(), throughHub()}
	kept, _ := conflict.Settings{
		Accepted: acceptedByParty(onRoute),
		Levels:   map[string]string{"pod_overlaps_peer": "warn"},
		WarnOnly: true,
	}.Apply(
		given,
		topology.Facts{},
	)
	if len(kept) != 2 || kept[0].Accepted == nil || kept[1].SetLevel != profile.Warn || !kept[1].WarnOnly {
		t.Errorf("what is said has no effect: %+v", kept)
	}
	for _, f := range given {
		if f.Accepted != nil || f.Lapsed != nil || f.SetLevel != profile.Allow || f.WarnOnly {
			t.Errorf("a finding that was given has changed: %+v", f)
		}
	}
}

// The level of a finding is what all that is said of it comes to.
func TestLevelsOfAllCombinations(t *testing.T) {
	all := []profile.Level{profile.Allow, profile.Warn, profile.Error}
	for _, rule := range all[1:] {
		for _, set := range all {
			for mask := range 16 {
				standing, adopting, accepted, foreign := mask&1 != 0, mask&2 != 0, mask&4 != 0, mask&8 != 0
				f := serious()
				if foreign {
					f.A = at(claim("vpc", "", "home", ""), "10.64.0.0/20")
				}
				f.Rule.Level, f.SetLevel, f.PreExisting, f.WarnOnly = rule, set, standing, adopting
				if accepted {
					f.Accepted = &topology.Acceptance{Reason: "known"}
				}
				want := rule
				if set != profile.Allow {
					want = set
				}
				if standing || adopting || foreign && set == profile.Allow {
					want = profile.Warn // a warning is never less
				}
				if accepted {
					want = profile.Allow
				}
				if got := f.Level(); got != want {
					t.Errorf(
						"rule %v, set %v, standing %t, adopting %t, accepted %t, foreign %t: got %v, want %v",
						rule, set, standing, adopting, accepted, foreign, got, want,
					)
				}
			}
		}
	}
}
