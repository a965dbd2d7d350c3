package conflict

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestTraitsNameTheAcceptancesOfAClaim(t *testing.T) {
	accepted := func(keys ...string) map[string]topology.Acceptance {
		all := map[string]topology.Acceptance{}
		for _, key := range keys {
			all[key] = topology.Acceptance{Reason: "known"}
		}
		return all
	}
	facts := topology.Facts{VPCs: map[string]topology.VPC{"shared": {Accepted: accepted("rule|10.0.0.0/8|shared:vpn+x")}}}
	in := func(owner, network string) Claim { return Claim{Kind: Pod, Owner: owner, Network: network} }
	l := Settings{Accepted: accepted("rule|10.0.0.0/8|a+b", "rule|10.0.0.0/8|b+c")}
	traits := l.Traits(facts)
	for name, test := range map[string]struct {
		one, other Claim
		same       bool
	}{
		"two that no acceptance names":      {in("x1", "home"), in("x2", "home"), true},
		"one that an acceptance names":      {in("a", "home"), in("x2", "home"), false},
		"two that two acceptances name":     {in("a", "home"), in("c", "home"), false},
		"one in a network with acceptances": {in("x1", "home"), in("x1", "shared"), false},
		"two in a network with acceptances": {in("x1", "shared"), in("x2", "shared"), true},
	} {
		if same := traits.OfClaim(test.one) == traits.OfClaim(test.other); same != test.same {
			t.Errorf("%s: the same traits: %t", name, same)
		}
	}
	for name, test := range map[string]struct {
		one, other Claim
		accepted   bool
	}{
		"two that one acceptance names":   {in("a", "home"), in("b", "home"), true},
		"two that another one names":      {in("c", "home"), in("b", "home"), true},
		"two that two acceptances name":   {in("a", "home"), in("c", "home"), false},
		"one that nothing names":          {in("x1", "home"), in("b", "home"), false},
		"the other one that nothing does": {in("b", "home"), in("x1", "home"), false},
	} {
		if got := traits.OfPair(test.one, test.other); (got != "") != test.accepted {
			t.Errorf("%s: got %q", name, got)
		}
	}
	if one, other := traits.OfPair(in("a", "home"), in("b", "home")), traits.OfPair(in("b", "home"), in("c", "home")); one == other {
		t.Error("pairs of two acceptances have the same traits")
	}
	if one, other := traits.OfPair(in("a", "home"), in("b", "home")), traits.OfPair(in("a", "home"), in("b", "shared")); one == other {
		t.Error("pairs in two networks have the same traits, though one network has acceptances")
	}
	none := (Settings{}).Traits(topology.Facts{})
	if got := none.OfPair(in("a", "home"), in("b", "home")); got != "" || none.OfClaim(in("a", "home")) != none.OfClaim(in("b", "shared")) {
		t.Errorf("without acceptances there are traits: %q", got)
	}
}

func TestAcceptancesByParty(t *testing.T) {
	b := Claim{Kind: Pod, Owner: "b", Range: prefixesOf("10.0.0.0/16")[0]}
	found := Finding{Code: "rule", A: Claim{Kind: Pod, Owner: "a", Range: b.Range}, B: &b, Shared: b.Range}
	third := found
	third.A.Owner = "c"
	wider := found
	wider.Shared = prefixesOf("10.0.0.0/8")[0]
	l := Settings{Today: "2026-01-10", Accepted: map[string]topology.Acceptance{
		"rule|10.0.0.0/16|a+b": {
			Reason: "known"}, "rule|10.0.0.0/20|a+b": {Reason: "a part"}, "other|10.0.0.0/8|c+b": {Reason: "another rule"},
		"over|10.0.0.0/16|a+b": {Reason: "over", Until: "2026-01-09"}, "rule|10.0.0.0/16|old+d": {Reason: "known"},
	}}
	all := l.acceptedByParty(map[string]string{"old": "e"})
	for name, test := range map[string]struct {
		finding Finding
		want    bool
	}{
		"a finding that a key covers":        {found, true},
		"a finding of another party":         {third, false},
		"a finding of more addresses":        {wider, false},
		"a finding whose acceptance is over": {Finding{Code: "over", A: found.A, B: &b, Shared: b.Range}, false},
	} {
		if got := all.covers(test.finding); got != test.want {
			t.Errorf("%s: covered %t", name, got)
		}
	}
	for owner, want := range map[string]bool{"a": true, "b": true, "c": true, "d": true, "e": true, "old": false, "x": false} {
		if got := all.names(Claim{Kind: Pod, Owner: owner}); got != want {
			t.Errorf("an acceptance names %s: %t", owner, got)
		}
	}
	if none := (Settings{}).acceptedByParty(nil); none != nil || none.names(found.A) {
		t.Error("without acceptances one names a claim")
	}
}
