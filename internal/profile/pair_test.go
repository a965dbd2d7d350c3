package profile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The pairs that a cluster's ranges can be in: what it holds of its own, against everything else.
var (
	podPairs = []profile.Pair{
		"pod_vpc", "pod_pod_same_vpc", "pod_service_same_vpc", "pod_peer_vpc", "pod_pod_peer", "pod_service_peer", "pod_route", "pod_site",
	}
	servicePairs = []profile.Pair{
		"service_vpc", "pod_service_same_vpc", "service_service_same_vpc", "service_peer_vpc", "pod_service_peer", "service_service_peer",
		"service_route", "service_site",
	}
	// ownPairs are those of clusters that hold both, of which each is named once.
	ownPairs = slices.Compact(slices.Sorted(slices.Values(slices.Concat(podPairs, servicePairs, []profile.Pair{"service_pod"}))))
	// optionalPairs may have a rule, but need none.
	optionalPairs = []profile.Pair{
		"pod_pod_other_mode_same_vpc",
		"pod_pod_other_mode_peer",
		"pod_pod_unrouted_same_vpc",
		"pod_pod_unrouted_peer",
	}
)

// withPairs is a catalog of one profile that has rules on the pairs and on no others.
func withPairs(from profile.From, pairs []profile.Pair) fstest.MapFS {
	blocks := profile.Fixed
	if from == profile.Subnets {
		blocks = profile.None
	}
	rule := func(text string) string {
		return fmt.Sprintf("{level: error, text: %q, sources: [page], confidence: verified}", text)
	}
	var overlap strings.Builder
	for _, pair := range pairs {
		fmt.Fprintf(&overlap, "      %s: %s\n", pair, rule(pair))
	}
	return fstest.MapFS{
		"sources.yaml": {Data: []byte("page: {title: A page, url: https://dot.example}\n")},
		"dot.yaml": {Data: []byte(`
platform: dot
title: Dot
networks: {peer: ` + rule("peer") + `}
outputs: {dot: {description: Dot.}}
profiles:
  dot:
    title: Dot
    words: [dot]
    output: dot
    pods:
      from: ` + string(from) + `
      subnets:
        {capacity: ` + rule("a") + `, with_nodes: ` + rule("b") + `, with_pods: ` + rule("c") + `,
         missing: ` + rule("e") + `, pod_range: ` + rule("d") + `}
    nodes: {blocks: ` + string(blocks) + `, shortest: 24, longest: 28, pods_per_node: {default: 1, counts: usable}}
    growth: {pods: none}
    overlap:
` + overlap.String())},
	}
}

// A profile has rules on the pairs of the ranges that its clusters hold: without any one of them it is
// refused, and with them alone it is not.
func TestEachWayOfPodsAsksForItsPairs(t *testing.T) {
	tests := map[profile.From][]profile.Pair{
		profile.Own:     ownPairs,
		profile.Shared:  podPairs,
		profile.Subnets: servicePairs,
	}
	for from, needed := range tests {
		t.Run(string(from), func(t *testing.T) {
			if p := known(t, load(t, withPairs(from, needed)), "dot"); p.Pods.From != from {
				t.Fatalf("Pods from %q", p.Pods.From)
			}
			load(t, withPairs(from, slices.Concat(needed, optionalPairs)))
			for i, pair := range needed {
				_, err := profile.Load(withPairs(from, slices.Delete(slices.Clone(needed), i, i+1)))
				if want := fmt.Sprintf("dot.yaml: profile dot: overlap %q is missing", pair); err == nil || err.Error() != want {
					t.Errorf("without %s:\n got %v\nwant %s", pair, err, want)
				}
			}
		})
	}
}

// A pair that needs no rule may have one: its entry is no misspelling.
func TestEveryPairMayHaveARule(t *testing.T) {
	for _, from := range []profile.From{profile.Own, profile.Shared, profile.Subnets} {
		load(t, withPairs(from, slices.Concat(ownPairs, optionalPairs)))
	}
	_, err := profile.Load(withPairs(profile.Own, append(slices.Clone(ownPairs), "pod_fictitious")))
	wantFault(t, err, `overlap "pod_fictitious" is no pair`)
}

// An entry that is written out wins over one that is merged in.
func TestAPairWinsOverAMergedOne(t *testing.T) {
	files := edited(
		t,
		withPairs(profile.Own, ownPairs),
		"dot.yaml",
		"    overlap:\n",
		"    overlap:\n      <<: {pod_vpc: {level: warn, text: merged, sources: [page], confidence: verified}, "+
			"pod_pod_other_mode_peer: {level: warn, text: merged, sources: [page], confidence: verified}}\n",
	)
	dot := known(t, load(t, files), "dot")
	if got := dot.RuleFor(profile.PodVPC, nil); got.Text != "pod_vpc" || got.Level != profile.Error {
		t.Errorf("pod_vpc has the rule %+v", got)
	}
	if got := dot.Overlap[profile.PodPodOtherModePeer].Text; got != "merged" {
		t.Errorf("what is merged and not written out: got %q", got)
	}
}

func TestTheRuleForTheOtherParty(t *testing.T) {
	dot := known(t, load(t, withPairs(profile.Own, slices.Concat(ownPairs, optionalPairs))), "dot")
	plain := known(t, load(t, withPairs(profile.Own, ownPairs)), "dot")
	other := changed(dot, func(p *profile.Profile) { p.Name = "dash" })
	wary := known(t, load(t, withPairs(profile.Own, slices.Concat(ownPairs, optionalPairs[2:]))), "dot")
	hidden := changed(dot, func(p *profile.Profile) {
		p.Name, p.Overlap = "dash", map[profile.Pair]profile.Rule{profile.PodPodPeer: {Level: profile.Warn}}
	})
	tests := map[string]struct {
		p     *profile.Profile
		pair  profile.Pair
		other *profile.Profile
		want  string
	}{
		"a cluster of its own mode":               {dot, profile.PodPodSameVPC, dot, "pod_pod_same_vpc"},
		"a cluster of another mode":               {dot, profile.PodPodSameVPC, other, "pod_pod_other_mode_same_vpc"},
		"a cluster of another mode in a peer":     {dot, profile.PodPodPeer, other, "pod_pod_other_mode_peer"},
		"a cluster whose Pods may not be routed":  {wary, profile.PodPodSameVPC, hidden, "pod_pod_unrouted_same_vpc"},
		"such a cluster in a peer":                {wary, profile.PodPodPeer, hidden, "pod_pod_unrouted_peer"},
		"such a cluster in another pair":          {wary, profile.PodServicePeer, hidden, "pod_service_peer"},
		"such a cluster of another mode":          {dot, profile.PodPodPeer, hidden, "pod_pod_other_mode_peer"},
		"another mode whose Pods are routed":      {wary, profile.PodPodPeer, other, "pod_pod_peer"},
		"no cluster":                              {dot, profile.PodPodPeer, nil, "pod_pod_peer"},
		"another mode where nothing is said":      {plain, profile.PodPodPeer, other, "pod_pod_peer"},
		"another mode in a pair that knows none":  {dot, profile.PodServicePeer, other, "pod_service_peer"},
		"a pair without an entry has no rule":     {dot, "pod_fictitious", nil, ""},
		"not even beside a cluster of other mode": {dot, "pod_fictitious", other, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.p.RuleFor(test.pair, test.other).Text; got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestPodsThatOtherNetworksHaveRoutesTo(t *testing.T) {
	for level, want := range map[profile.Level]bool{profile.Allow: false, profile.Warn: true, profile.Error: true} {
		p := &profile.Profile{Overlap: map[profile.Pair]profile.Rule{profile.PodPodPeer: {Level: level}}}
		if got := p.PodsSeenOutside(); got != want {
			t.Errorf("two clusters that share Pods are %s: got %v", level, got)
		}
	}
}
