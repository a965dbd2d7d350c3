package provider

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// entryOf is an entry of a kind and cluster in the unnamed VRF.
func entryOf(kind, cluster, r string, edits ...func(*ledger.Entry)) ledger.Entry {
	e := ledger.Entry{Kind: kind, Cluster: cluster, Range: netip.MustParsePrefix(r), Class: ledger.Unique}
	for _, edit := range edits {
		edit(&e)
	}
	return e
}

func ofOthers(entries ...ledger.Entry) []ledger.Other {
	var all []ledger.Other
	for _, e := range entries {
		all = append(all, ledger.Other{Planner: ledger.Planner{Owner: "bank/prod", Name: "k8s"}, Entry: e, State: ledger.Claim})
	}
	return all
}

func inClass(class ledger.Class, network string) func(*ledger.Entry) {
	return func(e *ledger.Entry) { e.Class, e.Network = class, network }
}

// Which entries may overlap with others, and which are those of another owner.
func TestClassesOfEntriesThatOverlap(t *testing.T) {
	const pods = "10.64.0.0/20"
	web := entryOf("pod", "web", pods)
	expired := ofOthers(entryOf("pod", "vault", pods))
	expired[0].Expired = true
	tests := map[string]struct {
		own       []ledger.Entry
		others    []ledger.Other
		permitted bool
		claimed   bool
		want      []ledger.Class
		elsewhere int
	}{
		"nothing beside it": {[]ledger.Entry{web}, nil, false, false, []ledger.Class{ledger.Unique}, 0},
		"a block of the configuration that overlaps others": {
			[]ledger.Entry{
				entryOf("block", "b", pods),
			}, ofOthers(entryOf("block", "c", pods)), true, false, []ledger.Class{ledger.Shared}, 0,
		},
		"such a block for one owner": {
			[]ledger.Entry{entryOf("block", "b", pods, func(e *ledger.Entry) { e.Delegate = "shop" })},
			ofOthers(entryOf("block", "c", pods)), true, false, []ledger.Class{ledger.Unique}, 0,
		},
		"a range of another owner": {
			[]ledger.Entry{web},
			ofOthers(entryOf("pod", "vault", "10.64.4.0/24")),
			false,
			false,
			[]ledger.Class{ledger.Unique},
			1,
		},
		"one around it": {
			[]ledger.Entry{web},
			ofOthers(entryOf("pod", "vault", "10.64.0.0/16")),
			false,
			false,
			[]ledger.Class{ledger.Unique},
			1,
		},
		"one that the rules permit": {
			[]ledger.Entry{web},
			ofOthers(entryOf("pod", "vault", pods)),
			true,
			false,
			[]ledger.Class{ledger.Shared},
			0,
		},
		"one that it had before": {
			[]ledger.Entry{web},
			ofOthers(entryOf("pod", "vault", pods)),
			false,
			true,
			[]ledger.Class{ledger.Unique},
			0,
		},
		"a hold that has expired": {[]ledger.Entry{web}, expired, false, false, []ledger.Class{ledger.Unique}, 0},
		"a block of another around it": {
			[]ledger.Entry{web},
			ofOthers(entryOf("block", "team", pods)),
			false,
			false,
			[]ledger.Class{ledger.Unique},
			0,
		},
		"a shared range of another": {
			[]ledger.Entry{
				web,
			},
			ofOthers(entryOf("service", "vault", pods, inClass(ledger.Shared, ""))),
			false,
			false,
			[]ledger.Class{ledger.Unique},
			0,
		},
		"a range in another VRF": {
			[]ledger.Entry{web}, ofOthers(entryOf("pod", "vault", pods, func(e *ledger.Entry) { e.VRF = "blue" })), false, false,
			[]ledger.Class{ledger.Unique}, 0,
		},
		"Pods that repeat, in another network": {
			[]ledger.Entry{entryOf("pod", "web", pods, inClass(ledger.Network, "prod"))},
			ofOthers(entryOf("pod", "vault", pods, inClass(ledger.Network, "test"))), false, false, []ledger.Class{ledger.Network}, 0,
		},
		"Pods that repeat, in one network": {
			[]ledger.Entry{entryOf("pod", "web", pods, inClass(ledger.Network, "prod"))},
			ofOthers(entryOf("pod", "vault", pods, inClass(ledger.Network, "prod"))), false, false, []ledger.Class{ledger.Shared}, 0,
		},
		"a released range": {
			[]ledger.Entry{
				entryOf("released", "web", pods),
			},
			ofOthers(entryOf("pod", "vault", pods)),
			false,
			false,
			[]ledger.Class{ledger.Shared},
			0,
		},
		"an own block around a range of another": {
			[]ledger.Entry{entryOf("block", "team", "10.64.0.0/16")}, ofOthers(entryOf("pod", "vault", pods)), false, false,
			[]ledger.Class{ledger.Unique}, 0,
		},
		"the same block of another": {
			[]ledger.Entry{
				entryOf("block", "team", pods),
			},
			ofOthers(entryOf("block", "team", pods)),
			false,
			false,
			[]ledger.Class{ledger.Unique},
			1,
		},
		"two own ranges that the configuration gives": {
			[]ledger.Entry{web, entryOf("pod", "data", pods)}, nil, false, false, []ledger.Class{ledger.Shared, ledger.Shared}, 0,
		},
		"an own range and a chosen one": {
			[]ledger.Entry{
				entryOf("kept", "web", "10.64.0.0/16"),
				web,
			}, nil, false, false, []ledger.Class{ledger.Unique, ledger.Unique}, 0,
		},
		"a growth reserve of another cluster": {
			[]ledger.Entry{
				entryOf("kept", "data", "10.64.0.0/16"),
				web,
			},
			nil,
			false,
			false,
			[]ledger.Class{ledger.Shared, ledger.Shared},
			0,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := classifier{entries: slices.Clone(test.own), claimed: map[entryID]bool{}, permitted: map[netip.Prefix]bool{}}
			for _, e := range test.own {
				c.claimed[idOf(e)], c.permitted[e.Range] = test.claimed, test.permitted
			}
			elsewhere := c.classify(test.others)
			for i, e := range c.entries {
				if e.Class != test.want[i] {
					t.Errorf("%s of %s has class %s, want %s", e.Range, e.Cluster, e.Class, test.want[i])
				}
			}
			if len(elsewhere) != test.elsewhere {
				t.Errorf("held by others: %+v, want %d", elsewhere, test.elsewhere)
			}
		})
	}
}

// Overlapping entries are found as by a comparison of all pairs.
func TestOverlappingEntriesAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) []ledger.Entry {
			return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) ledger.Entry {
				at := netip.AddrFrom4([4]byte{10, 0, 0, byte(rapid.IntRange(0, 31).Draw(t, "address"))})
				bits := rapid.IntRange(26, 32).Draw(t, "bits")
				return ledger.Entry{
					Range: netip.PrefixFrom(at, bits).Masked(), VRF: rapid.SampledFrom([]string{"", "blue"}).Draw(t, "vrf"),
					Cluster: rapid.StringMatching("[a-z]{6}").Draw(t, "cluster"),
				}
			}), 0, 8).Draw(t, label)
		}
		own, others := draw("own"), ofOthers(draw("others")...)
		want := map[string]int{}
		name := func(a, b ledger.Entry) string {
			pair := []string{a.Range.String() + a.Cluster + a.VRF, b.Range.String() + b.Cluster + b.VRF}
			slices.Sort(pair)
			return pair[0] + " " + pair[1]
		}
		for i, e := range own {
			for _, o := range own[:i] {
				if e.VRF == o.VRF && e.Range.Overlaps(o.Range) {
					want[name(e, o)]++
				}
			}
			for _, o := range others {
				if e.VRF == o.VRF && e.Range.Overlaps(o.Range) {
					want[name(e, o.Entry)]++
				}
			}
		}
		overlapping(own, others, func(outer, inner comparedEntry) {
			if outer.Range.Bits() > inner.Range.Bits() {
				t.Fatalf("%s is not around %s", outer.Range, inner.Range)
			}
			want[name(outer.Entry, inner.Entry)]--
		})
		for pair, missing := range want {
			if missing != 0 {
				t.Fatalf("%s: found %d too few", pair, missing)
			}
		}
	})
}

// A range of the state may be beside an equal one in its network only where no rule refuses that.
func TestPodsThatRepeatInOneNetworkByTheRules(t *testing.T) {
	const pods = "10.64.0.0/20"
	web := entryOf("pod", "web", pods, inClass(ledger.Network, "prod"))
	chosen := web
	chosen.Demand = "pod/web"
	others := ofOthers(entryOf("pod", "vault", "10.64.8.0/21", inClass(ledger.Network, "prod")))
	of := func(a, b string) allocate.Result {
		second := conflict.Claim{Range: netip.MustParsePrefix(b)}
		return allocate.Result{Findings: []conflict.Finding{
			{Rule: profile.Rule{Level: profile.Error}, A: conflict.Claim{Range: netip.MustParsePrefix(a)}, B: &second, PreExisting: true},
		}}
	}
	accepted, warned := of(pods, "10.64.8.0/21"), of(pods, "10.64.8.0/21")
	accepted.Findings[0].Accepted, warned.Findings[0].Rule.Level = &topology.Acceptance{}, profile.Warn
	for name, test := range map[string]struct {
		own       ledger.Entry
		result    allocate.Result
		elsewhere int
	}{
		"no rule":                        {web, allocate.Result{}, 0},
		"a rule on both":                 {web, of(pods, "10.64.8.0/21"), 1},
		"a rule on both, as second":      {web, of("10.64.8.0/21", pods), 1},
		"a rule on another range":        {web, of(pods, "10.64.0.0/21"), 0},
		"a rule that is accepted":        {web, accepted, 0},
		"a rule that warns":              {web, warned, 0},
		"a range that this plan chooses": {chosen, allocate.Result{}, 0},
	} {
		l := ledgerPlan{view: ledger.View{Others: others}, outcome: outcome{result: test.result}}
		entries := []ledger.Entry{test.own}
		elsewhere, class := l.classified(entries), entries[0].Class
		if len(elsewhere) != test.elsewhere || (class == ledger.Shared) != (test.elsewhere == 0) {
			t.Errorf("%s: class %s, held by others: %+v", name, class, elsewhere)
		}
	}
}

// A cluster that got another name keeps its range and the class of it, also inside what another planner released since.
func TestRenamedClustersInsideWhatOthersReleased(t *testing.T) {
	shared := inClass(ledger.Shared, "")
	for name, test := range map[string]struct {
		was, now  ledger.Entry
		class     ledger.Class
		elsewhere int
	}{
		"renamed":               {entryOf("pod", "old", "10.64.0.0/24"), entryOf("pod", "new", "10.64.0.0/24"), ledger.Unique, 0},
		"renamed, and shared":   {entryOf("pod", "old", "10.64.0.0/24", shared), entryOf("pod", "new", "10.64.0.0/24"), ledger.Shared, 0},
		"with another range":    {entryOf("pod", "old", "10.64.0.0/24"), entryOf("pod", "new", "10.64.1.0/24"), ledger.Unique, 1},
		"with a range for Pods": {entryOf("service", "old", "10.64.0.0/24"), entryOf("pod", "new", "10.64.0.0/24"), ledger.Unique, 1},
	} {
		l := ledgerPlan{view: ledger.View{
			Own: []ledger.Own{{Entry: test.was, State: ledger.Claim}}, Others: ofOthers(entryOf("released", "vault", "10.64.0.0/20")),
		}}
		entries := []ledger.Entry{test.now}
		if elsewhere := l.classified(entries); len(elsewhere) != test.elsewhere || entries[0].Class != test.class {
			t.Errorf("%s: class %s, %d ranges elsewhere", name, entries[0].Class, len(elsewhere))
		}
	}
}
