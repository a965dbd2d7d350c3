package messages

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestWhatSeveralFindingsSay(t *testing.T) {
	route := partyOf(conflict.Route, "prod", inPart("vpn"))
	web := partyOf(conflict.Pod, "web")
	alone := func(owner string) conflict.Finding {
		return of("pod_in_forbidden_range", profile.Error, nil, func(f *conflict.Finding) {
			f.A = partyOf(conflict.Pod, owner, func(c *conflict.Claim) { c.Profile = shipped(t, "ack-flannel") })
		})
	}
	unusableBlock := func(owner string) conflict.Finding {
		return of("block_in_forbidden_range", profile.Error, nil, func(f *conflict.Finding) { f.A = partyOf(conflict.Block, owner) })
	}
	sampled := func(f conflict.Finding, edits ...func(*conflict.Finding)) conflict.Finding {
		f.Sample = "many"
		for _, edit := range edits {
			edit(&f)
		}
		return f
	}
	equal := func(f *conflict.Finding) { f.Shared = prefix("10.0.0.0/20") }
	many := groupOf(&route)
	for i := range maxListed + 1 {
		many.Findings = append(many.Findings, beside(fmt.Sprintf("c%02d", i), route))
	}
	exact := groupOf(&route, many.Findings[:maxListed]...)
	for name, test := range map[string]struct {
		group conflict.Group
		parts []string
	}{
		"a route and clusters": {groupOf(&route, beside("a", route), beside("b", route)), []string{
			`Route "vpn" to 10.0.0.0/20 of VPC "prod" shares addresses with 2 others:`,
			`  Pod range 10.0.0.0/20 of cluster "b" (clusters["b"].x)`,
			"!more",
		}},
		"as many as are listed": {exact, []string{"c23", "!more"}},
		"one more":              {many, []string{"c23", "!c24", "\n  and 1 more"}},
		"ranges that break a rule by themselves": {groupOf(nil, alone("a"), alone("b")), []string{
			"These 2 ranges are not accepted by", "!no network can use",
		}},
		"ranges that no network can use": {groupOf(nil, unusableBlock("a"), unusableBlock("b")), []string{
			"These 2 ranges contain addresses that no network can use:",
		}},
		"pairs of one range": {groupOf(nil, sampled(beside("a", web), equal), sampled(beside("b", web), equal)), []string{
			"3 clusters have the range 10.0.0.0/20:",
		}},
		"pairs of different ranges": {groupOf(nil, sampled(beside("a", web)), sampled(beside("b", web))), []string{
			"3 clusters share addresses in 10.0.0.0/24. Each of them is listed once:",
		}},
		"pairs of clusters and blocks": {
			groupOf(nil, sampled(beside("a", partyOf(conflict.Block, "lb"))), sampled(beside("b", web))),
			[]string{"4 parties share addresses in"},
		},
		"pairs of blocks": {
			groupOf(nil, sampled(beside("a", web), func(f *conflict.Finding) {
				f.A, *f.B = partyOf(conflict.Block, "x"), partyOf(conflict.Block, "y")
			}), sampled(beside("b", web), func(f *conflict.Finding) {
				f.A, *f.B = partyOf(conflict.Block, "z"), partyOf(conflict.Block, "x")
			})), []string{"3 blocks share addresses in"},
		},
	} {
		wantParts(t, name, WhatIsWrong(test.group), test.parts...)
	}
}

func TestHowTheNetworksOfSeveralPartiesAreConnected(t *testing.T) {
	in := func(owner, network string) conflict.Claim {
		return partyOf(conflict.Pod, owner, func(c *conflict.Claim) { c.Network = network })
	}
	group := func(edit func(*conflict.Finding), networks ...string) conflict.Group {
		common := in("common", networks[0])
		g := groupOf(&common)
		for _, network := range networks[1:] {
			f := beside(network, common)
			f.A.Network = network
			edit(&f)
			g.Findings = append(g.Findings, f)
		}
		return g
	}
	none := func(*conflict.Finding) {}
	hub := func(f *conflict.Finding) { f.Hub = "cen" }
	third := func(f *conflict.Finding) { f.Third, f.Hub = "mid", "cen" }
	mesh := func(f *conflict.Finding) { f.Mesh, f.Hub = "m", "cen" }
	withoutOther := group(hub, "x", "y", "z")
	withoutOther.Findings[0].B = nil
	for name, test := range map[string]struct {
		group conflict.Group
		want  string
	}{
		"two networks":                 {group(hub, "x", "y", "y"), `; both networks are attached to hub "cen"`},
		"three networks":               {group(hub, "x", "y", "z"), `; all these networks are attached to hub "cen"`},
		"two, and one in no network":   {group(hub, "x", "y", ""), `; both networks are attached to hub "cen"`},
		"a mesh of three networks":     {group(mesh, "x", "y", "z"), `; both clusters are members of mesh "m"`},
		"a third network reaches them": {group(third, "x", "y", "z"), `; "mid" is connected to all of them and can reach only one`},
		"peers":                        {group(none, "x", "y", "z"), "; their networks are peers"},
	} {
		if got := meetings(test.group); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
	if got := networks(withoutOther); got != 3 {
		t.Errorf("%d networks beside a finding without another party, want 3", got)
	}
}

func TestPlacesAtTheEndOfAMessage(t *testing.T) {
	p := Writer{Catalog: profile.Default()}
	web := partyOf(conflict.Pod, "web")
	one, number := beside("a", web), beside("a", web)
	number.Number.Unit = conflict.Nodes
	alone := one
	alone.B = nil
	for name, test := range map[string]struct {
		group conflict.Group
		part  string
	}{
		"two parties": {groupOf(nil, one), `Declared in: clusters["a"].x, clusters["web"].x`},
		"one party":   {groupOf(nil, alone), `Declared in: clusters["a"].x`},
		"a number":    {groupOf(nil, number), "!Declared in"},
		"many pairs":  {groupOf(nil, one, beside("b", web)), "!Declared in"},
	} {
		wantParts(t, name, p.facts(test.group), test.part)
	}
	wantParts(t, "one party", p.facts(groupOf(nil, alone)), "!web")
}

func TestTheCauseOfAGroupIsItsCommonParty(t *testing.T) {
	web := partyOf(conflict.Pod, "web")
	if got := causeOf(groupOf(&web, beside("a", web))).String(); got != `clusters["web"].x` {
		t.Errorf("got %s", got)
	}
	if got := causeOf(groupOf(nil, beside("a", web))).String(); got != `clusters["a"].x` {
		t.Errorf("got %s", got)
	}
}

// A message has an effect only if the rule has one at the level of the finding.
func TestEffectsOfFindings(t *testing.T) {
	p := Writer{Catalog: profile.Default()}
	f := onRoute(1)[0]
	wantParts(t, "a rule", p.Group(groupOf(nil, f)).Detail, "\n\nEffect: ", "To resolve, do one of the following:")
	f.Rule.Level = profile.Allow
	wantParts(t, "a note", p.Group(groupOf(nil, f)).Detail, "!Effect: ", "!To resolve")
	f = onRoute(1)[0]
	f.Code = "unknown"
	wantParts(t, "no rule", p.Group(groupOf(nil, f)).Detail, "!Effect: ")
	for text, want := range map[string]string{
		"Traffic goes elsewhere.": "Effect: traffic goes elsewhere.",
		"NAT fails.":              "Effect: NAT fails.",
		"Pods are lost.":          "Effect: Pods are lost.",
	} {
		if got := effect(text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Another resource can report a finding instead of this one.
func TestFindingsThatAnotherResourceReports(t *testing.T) {
	p := Writer{Catalog: profile.Default(), Reported: func(f conflict.Finding) bool { return f.A.Owner == "c00" }}
	if got := p.Report(onRoute(1)); len(got) > 0 {
		t.Errorf("reported:\n%s", all(got))
	}
	if got := p.Report(onRoute(2)); len(got) != 1 {
		t.Errorf("%d messages:\n%s", len(got), all(got))
	}
}

func TestWhyAFindingDoesNotStopAPlan(t *testing.T) {
	warn := of("x", profile.Warn, nil, func(f *conflict.Finding) { f.A.Kind = conflict.VPC })
	adoptedWarning := of("x", profile.Warn, nil, func(f *conflict.Finding) { f.WarnOnly = true })
	number := of("x", profile.Error, nil, func(f *conflict.Finding) { f.PreExisting, f.VPCPlatform = true, "Alibaba Cloud" })
	for name, test := range map[string]struct {
		finding conflict.Finding
		want    string
	}{
		"a warning on networks":              {warn, "[]"},
		"a warning that only warns":          {adoptedWarning, "[]"},
		"a rule of a platform, pre-existing": {number, "[This was so before the change, so it does not stop the plan.]"},
	} {
		if got := fmt.Sprint(preExisting(test.finding)); got != test.want {
			t.Errorf("%s: got %s", name, got)
		}
	}
}
