package conflict_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// An acceptance that a network or hub brings along has a say only where these take part.
func TestWhoMayAccept(t *testing.T) {
	const overHub = "pod_overlaps_peer|10.64.0.0/20|hub+shop"
	hubbed := func(hub string) topology.Facts {
		return topology.Facts{Hubs: map[string]topology.Hub{hub: {Accepted: acceptedByKey(onRoute, overHub)}}}
	}
	vpc := func(name string) topology.Facts {
		return topology.Facts{VPCs: map[string]topology.VPC{name: {Accepted: acceptedByKey(onRoute, overHub)}}}
	}
	site := func(name string) topology.Facts {
		return topology.Facts{Sites: map[string]topology.Site{name: {Accepted: acceptedByKey(onRoute, overHub)}}}
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
	const gone, smaller = "pod_overlaps_route|10.64.0.0/20|gone+home:vpn", "pod_overlaps_route|10.64.0.0/24|home:vpn+shop"
	const number = "nodes_over_cap|nodes=5000|shop"
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
		f.VPCs["home"] = topology.VPC{Accepted: acceptedByKey(texts...)}
		if fact == "site" {
			f.VPCs["home"], f.Sites["site"] = topology.VPC{}, topology.Site{Accepted: acceptedByKey(texts...)}
		}
		if fact == "hub" {
			f.VPCs["home"], f.Hubs["cen"] = topology.VPC{}, topology.Hub{Accepted: acceptedByKey(texts...)}
		}
		return f
	}
	tests := map[string]struct {
		says  conflict.Settings
		facts topology.Facts
		want  []string
	}{
		"one that covers":                         {conflict.Settings{Accepted: acceptedByKey(onRoute)}, declared(), nil},
		"one that covers too little has its word": {conflict.Settings{Accepted: acceptedByKey(smaller)}, declared(), nil},
		"one that has run out has its word": {
			conflict.Settings{Accepted: until("2020-01-01"), Today: "2026-01-01"},
			declared(),
			nil,
		},
		"two that cover": {
			conflict.Settings{Accepted: acceptedByKey(onRoute, "pod_overlaps_route|10.0.0.0/8|home:vpn+shop")},
			declared(),
			nil,
		},
		"one that covers though the rule is off": {
			conflict.Settings{Accepted: acceptedByKey(onRoute), Levels: levels("off").Levels},
			declared(),
			nil,
		},
		"one of the allocator that nothing has": {
			conflict.Settings{Accepted: acceptedByKey(gone)},
			declared(),
			[]string{`accepted_conflicts["` + gone + `"]`},
		},
		"one for the configuration-wide check": {conflict.Settings{Accepted: acceptedByKey(gone), ConfigChecked: true}, declared(), nil},
		"one of a party that is gone": {
			conflict.Settings{Accepted: acceptedByKey(gone), ConfigChecked: true, Gone: []string{"gone"}},
			declared(),
			[]string{`accepted_conflicts["` + gone + `"]`},
		},
		"one without a configuration-wide check": {
			conflict.Settings{Accepted: acceptedByKey(gone), ConfigChecked: true},
			declared("gone"),
			[]string{`accepted_conflicts["` + gone + `"]`},
		},
		"one of another workspace that reported it once": {
			conflict.Settings{Accepted: acceptedByKey("pod_overlaps_foreign_block|10.0.0.0/8|lake@team-b+shop"), ConfigChecked: true},
			declared("shop"),
			[]string{`accepted_conflicts["pod_overlaps_foreign_block|10.0.0.0/8|lake@team-b+shop"]`},
		},
		"one of two that nobody declares": {
			conflict.Settings{Accepted: acceptedByKey("x|10.0.0.0/8|a+b"), ConfigChecked: true},
			declared(),
			[]string{`accepted_conflicts["x|10.0.0.0/8|a+b"]`},
		},
		"one of a released range": {
			conflict.Settings{
				Accepted:      acceptedByKey("pod_overlaps_released|10.0.0.0/8|old+shop"),
				ConfigChecked: true,
				Gone:          []string{"old"},
			},
			declared("shop"),
			[]string{`accepted_conflicts["pod_overlaps_released|10.0.0.0/8|old+shop"]`},
		},
		"two, in order": {
			conflict.Settings{Accepted: acceptedByKey(gone, onRoute, number)},
			declared(),
			[]string{`accepted_conflicts["` + number + `"]`, `accepted_conflicts["` + gone + `"]`},
		},
		"what is no key is reported elsewhere":     {conflict.Settings{Accepted: acceptedByKey("what")}, declared(), nil},
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
		Accepted: acceptedByKey(onRoute),
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
