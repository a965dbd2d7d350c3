package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// drawn are findings of one rule and family between few parties in few places.
func drawn(t *rapid.T) []conflict.Finding {
	owners := []string{"a", "b", "c", "d"}
	counting := rapid.Bool().Draw(t, "counting")
	var findings []conflict.Finding
	for i := range rapid.IntRange(1, 6).Draw(t, "findings") {
		label := fmt.Sprint(i, " ")
		length := rapid.IntRange(12, 32).Draw(t, label+"length")
		place := netip.AddrFrom4([4]byte{10, byte(rapid.IntRange(0, 255).Draw(t, label+"place")), 0, 0})
		shared := netip.PrefixFrom(place, length).Masked()
		side := func(label string) conflict.Claim {
			c := at(claim("pod", rapid.SampledFrom(owners).Draw(t, label), "home", "ack-flannel"), shared.String())
			return part(c, rapid.SampledFrom([]string{"", "x"}).Draw(t, label+" part"))
		}
		if counting {
			findings = append(findings, counts("code", "nodes", int64(length), side(label+"of")))
			continue
		}
		findings = append(findings, meeting("code", shared.String(), side(label+"first"), side(label+"second")))
	}
	return findings
}

func TestTheKeysOfAGroupCoverItsFindingsAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		findings := drawn(t)
		keys := conflict.Group{Findings: findings}.Keys()
		for _, key := range keys {
			wantRead(t, key)
			wantOnlyFound(t, key, findings)
		}
		for _, f := range findings {
			if covering(keys, f) != 1 {
				t.Errorf("%d of %s cover %s", covering(keys, f), keys, f.Key())
			}
		}
		slices.Reverse(findings)
		if turned := (conflict.Group{Findings: findings}).Keys(); fmt.Sprint(turned) != fmt.Sprint(keys) {
			t.Errorf("the order of findings matters: %s and %s", keys, turned)
		}
	})
}

// covering counts the keys that cover a finding.
func covering(keys []conflict.Key, f conflict.Finding) int {
	return len(slices.DeleteFunc(slices.Clone(keys), func(k conflict.Key) bool { return !k.Covers(f.Key()) }))
}

// wantOnlyFound wants the range or number of a key to be that of a finding, and each of its parties to be one of a
// finding that it covers.
func wantOnlyFound(t *rapid.T, key conflict.Key, findings []conflict.Finding) {
	covered := conflict.Group{Findings: findings}.Under(key)
	same := func(f conflict.Finding) bool { return f.Shared == key.Shared && f.Number.Value == key.Number.Value }
	if !slices.ContainsFunc(covered, func(f conflict.Finding) bool { return same(f) || key.Number.Unit != "" && f.Number == key.Number }) {
		t.Errorf("no finding has what %s covers", key)
	}
	var parties []string
	for _, f := range covered {
		parties = append(parties, f.Key().Parties...)
	}
	if slices.ContainsFunc(key.Parties, func(party string) bool { return !slices.Contains(parties, party) }) {
		t.Errorf("%s names a party that no finding under it has", key)
	}
}

// Ranges at both ends of IPv4 have no range in common, so that each has a key of its own.
func TestRangesThatAreFarApartHaveAKeyEach(t *testing.T) {
	public, shared := podsOf("public", "11.0.0.0/16"), podsOf("shared", "100.64.0.0/16")
	g := conflict.Group{Findings: []conflict.Finding{
		meeting("pod_out_of_allowed_range", "11.0.0.0/16", public), meeting("pod_out_of_allowed_range", "100.64.0.0/16", shared),
	}}
	if got, want := fmt.Sprint(g.Keys()), "[pod_out_of_allowed_range|11.0.0.0/16|public "+
		"pod_out_of_allowed_range|100.64.0.0/16|shared]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// In a sample only some pairs are found, and its keys accept all of them.
func TestTheKeysOfASampleCoverEveryPair(t *testing.T) {
	var claims []conflict.Claim
	for i := range 40 {
		claims = append(claims, podsOf(fmt.Sprintf("wide%02d", i), "10.64.0.0/16"))
	}
	for i := range 3 {
		claims = append(claims, podsOf(fmt.Sprint("small", i), fmt.Sprintf("10.64.%d.0/24", i)))
	}
	w, accepted := world(), map[string]topology.Acceptance{}
	for _, g := range conflict.Groups(w.SampledOverlaps(claims)) {
		for _, key := range g.Keys() {
			accepted[key.String()] = topology.Acceptance{Reason: "known"}
		}
	}
	kept, _ := conflict.Settings{Accepted: accepted}.Apply(w.Overlaps(claims), topology.Facts{})
	for _, f := range kept {
		if f.Accepted == nil {
			t.Fatalf("%s is not accepted by %d keys", f.Key(), len(accepted))
		}
	}
}
