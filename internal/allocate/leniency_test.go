package allocate

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// accepts lives with conflicts, by their keys.
func accepts(keys ...string) func(*Request) {
	return func(r *Request) {
		r.Settings.Accepted = maps.Clone(r.Settings.Accepted)
		if r.Settings.Accepted == nil {
			r.Settings.Accepted = map[string]topology.Acceptance{}
		}
		for _, key := range keys {
			r.Settings.Accepted[key] = topology.Acceptance{Reason: "known"}
		}
	}
}

func ruleLevel(code, level string) func(*Request) {
	return func(r *Request) { r.Settings.Levels = map[string]string{code: level} }
}

func routeTo(text string) func(*Request) {
	return vpc("ali", func(v *topology.VPC) {
		v.Routes = map[string]topology.Route{"vpn": {Destination: prefix(text), NextHop: "vpn"}}
	})
}

// old is pinned to a range on a route of its VPC, and new wants one from the same supernet.
func oldOnRoute(edits ...func(*Request)) Request {
	r := request(
		routeTo("10.0.0.0/18"), cluster("old", "ack-flannel", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/20")),
		cluster("new", "ack-flannel", lengths(20, 24, 26)),
	)
	return edited(r, edits...)
}

const oldKey = "pod_overlaps_route|10.0.0.0/20|ali:vpn+old"

// What is lived with stops no plan, and others are placed around it as ever.
func TestAcceptedConflicts(t *testing.T) {
	const conflicts = "error pod_overlaps_route old 10.0.0.0/20 ali 10.0.0.0/18"
	placed := map[string]string{"old": "10.0.0.0/20 172.20.0.0/24 /26", "new": "10.0.64.0/20 172.20.1.0/24 /26"}
	tests := map[string]struct {
		edits []func(*Request)
		fails bool
		want  []string
	}{
		"nothing is said": {nil, true, []string{conflicts}},
		"it is accepted":  {[]func(*Request){accepts(oldKey)}, false, []string{"allow" + conflicts[5:]}},
		"a wider one is accepted": {
			[]func(*Request){accepts("pod_overlaps_route|10.0.0.0/8|ali:vpn+new+old")},
			false,
			[]string{"allow" + conflicts[5:]},
		},
		"only half of it is": {
			[]func(*Request){accepts("pod_overlaps_route|10.0.0.0/21|ali:vpn+old")},
			true,
			[]string{conflicts},
		},
		"its VPC accepts it":           {[]func(*Request){vpc("ali", acceptsOnVPC)}, false, []string{"allow" + conflicts[5:]}},
		"another VPC cannot accept it": {[]func(*Request){vpc("own", acceptsOnVPC)}, true, []string{conflicts}},
		"its rule only warns": {
			[]func(*Request){ruleLevel("pod_overlaps_route", "warn")},
			false,
			[]string{"warn" + conflicts[5:]},
		},
		"its rule is off": {[]func(*Request){ruleLevel("pod_overlaps_route", "off")}, false, nil},
		"everything is adopted": {
			[]func(*Request){func(r *Request) { r.Settings.WarnOnly = true }},
			false,
			[]string{"warn" + conflicts[5:]},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := oldOnRoute(test.edits...)
			result := Plan(r, profile.Default())
			wantFindings(t, result, test.want...)
			if result.Failed() != test.fails {
				t.Errorf("fails: %t\n%s", result.Failed(), told(result))
			}
			if !test.fails {
				wantRanges(t, result, placed)
				wantRanges(t, planned(t, after(r, result)), placed)
			}
		})
	}
}

func acceptsOnVPC(v *topology.VPC) {
	v.Accepted = map[string]topology.Acceptance{oldKey: {Reason: "known"}}
}

// A conflict that grows is a new one, whatever was accepted; what the acceptance has no word on stays quiet.
func TestAcceptedConflictsThatGrow(t *testing.T) {
	shrunk := cluster("old", "ack-flannel", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/21"))
	second := cluster("late", "ack-flannel", profile.Need{}, pins("172.20.9.0/24", "10.0.32.0/20"))
	tests := map[string]struct {
		grows func(*Request)
		want  []string
		grown bool
	}{
		"the range grows": {
			cluster("old", "ack-flannel", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/20")),
			[]string{"error pod_overlaps_route old 10.0.0.0/20 ali 10.0.0.0/18"},
			true,
		},
		"a cluster comes to it": {
			second,
			[]string{
				"allow pod_overlaps_route old 10.0.0.0/21 ali 10.0.0.0/18",
				"error pod_overlaps_route late 10.0.32.0/20 ali 10.0.0.0/18",
			},
			false,
		},
		"the route grows around them": {
			routeTo("10.0.0.0/17"),
			[]string{"allow pod_overlaps_route old 10.0.0.0/21 ali 10.0.0.0/17"},
			false,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := oldOnRoute(shrunk, accepts("pod_overlaps_route|10.0.0.0/21|ali:vpn+old"))
			result := Plan(edited(r, test.grows), profile.Default())
			wantFindings(t, result, test.want...)
			if lapsed := slices.ContainsFunc(result.Findings, func(f conflict.Finding) bool { return f.Lapsed != nil }); lapsed != test.grown {
				t.Errorf("lapsed: %t", lapsed)
			}
		})
	}
}

// An acceptance that is over asks again as long as nobody has applied the conflict; what stands only warns, with the reason.
func TestAcceptancesThatAreOver(t *testing.T) {
	over := func(r *Request) {
		r.Settings = conflict.Settings{
			Accepted: map[string]topology.Acceptance{oldKey: {Reason: "known", Until: "2026-12-31"}},
			Today:    "2027-01-01",
		}
	}
	wantFindings(t, Plan(oldOnRoute(over), profile.Default()), "error pod_overlaps_route old 10.0.0.0/20 ali 10.0.0.0/18")
	r := oldOnRoute(accepts(oldKey))
	later := planned(t, edited(after(r, planned(t, r)), over))
	wantFindings(t, later, "warn pod_overlaps_route old 10.0.0.0/20 ali 10.0.0.0/18")
	if got := later.Findings[0].Lapsed; got == nil || got.Until != "2026-12-31" {
		t.Errorf("lapsed: %+v", got)
	}
}

func TestWhatIsSaidOfConflictsIsChecked(t *testing.T) {
	codes := rules.FoundBy(rules.Allocator, profile.Default())
	tests := map[string]struct {
		edit func(*Request)
		want []problem
	}{
		"a key of a conflict": {accepts(oldKey), nil},
		"a key of other parties": {accepts("pod_overlaps_route|10.0.0.0/20|ali:vpn+gone", oldKey), []problem{
			{
				`accepted_conflicts["pod_overlaps_route|10.0.0.0/20|ali:vpn+gone"]`,
				UnusedAcceptance{Key: "pod_overlaps_route|10.0.0.0/20|ali:vpn+gone"},
				true,
			},
		}},
		"a text that is no key": {accepts("typo", oldKey), []problem{{`accepted_conflicts["typo"]`, conflict.NoKey{Key: "typo"}, false}}},
		"no reason": {func(r *Request) { r.Settings.Accepted = map[string]topology.Acceptance{oldKey: {}} }, []problem{
			{`accepted_conflicts["` + oldKey + `"].reason`, topology.Missing{Reason: conflict.ReasonNeeded{}}, false},
		}},
		"no key on a VPC": {
			vpc("ali", func(v *topology.VPC) { v.Accepted = map[string]topology.Acceptance{"typo": {Reason: "known"}} }),
			[]problem{
				{`vpcs["ali"].accepted_conflicts["typo"]`, conflict.NoKey{Key: "typo"}, false},
			},
		},
		"no key on a hub": {func(r *Request) {
			r.Facts.Hubs["h"] = topology.Hub{Accepted: map[string]topology.Acceptance{"typo": {Reason: "known"}}}
		}, []problem{{`hubs["h"].accepted_conflicts["typo"]`, conflict.NoKey{Key: "typo"}, false}}},
		"no key on a site": {func(r *Request) {
			r.Facts.Sites["s"] = topology.Site{
				CIDRBlocks: prefixes("9.0.0.0/24"),
				Accepted:   map[string]topology.Acceptance{"typo": {Reason: "known"}},
			}
		}, []problem{{`sites["s"].accepted_conflicts["typo"]`, conflict.NoKey{Key: "typo"}, false}}},
		"a rule that is none": {
			ruleLevel("pod_overlap_route", "off"),
			[]problem{
				{`rule_levels["pod_overlap_route"]`, topology.Undeclared{What: "rule", Name: "pod_overlap_route", Known: codes}, false},
			},
		},
		"a rule of blocks": {
			ruleLevel("block_overlaps_foreign_block", "warn"),
			[]problem{
				{
					`rule_levels["block_overlaps_foreign_block"]`,
					topology.Undeclared{What: "rule", Name: "block_overlaps_foreign_block", Known: codes},
					false,
				},
			},
		},
		"a block elsewhere": {ruleLevel("block_overlaps_aggregate", "warn"), nil},
		"a level that is none": {
			ruleLevel("pod_overlaps_route", "ignore"),
			[]problem{{`rule_levels["pod_overlaps_route"]`, topology.NotOneOf{Value: "ignore", Allowed: conflict.Levels}, false}},
		},
		"a level to be decided": {ruleLevel("pod_overlaps_route", ""), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantFaults(t, Plan(oldOnRoute(test.edit), profile.Default()).Faults, test.want...)
		})
	}
}

// What an acceptance is for may not be known yet, so that nobody is asked to remove it.
func TestAcceptancesWaitForUnknownFacts(t *testing.T) {
	r := oldOnRoute(
		accepts("pod_overlaps_route|10.0.0.0/20|ali:late+old", oldKey),
		func(r *Request) { r.Facts.Unknown = topology.Unknown{"sites"} },
	)
	result := Plan(r, profile.Default())
	wantFaults(t, result.Faults)
	if len(result.Unknown) == 0 {
		t.Error("nothing is unknown")
	}
}

// The keys that a report names are enough to live with all of it: accepting them makes a plan pass, moves
// nobody, and stays enough.
func TestAcceptingAllKeysMakesAPlanPass(t *testing.T) {
	t.Parallel()
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.request()
		if d.chance(40, "an edit") {
			if first := Plan(r, profile.Default()); !first.Failed() {
				r = d.edit(after(r, first), "edit")
			}
		}
		first := Plan(r, profile.Default())
		if faulty(first) {
			t.Skip("nothing was handed out")
		}
		var keys []string
		for _, g := range conflict.Groups(first.Findings) {
			for _, key := range g.Keys() {
				keys = append(keys, key.String())
			}
		}
		accepted += len(keys)
		lenient := edited(r, accepts(keys...))
		second := Plan(lenient, profile.Default())
		if second.Failed() {
			t.Fatalf("fails with all keys accepted: %v\n%s", keys, told(second))
		}
		wantQuiet(t, second)
		if !reflect.DeepEqual(first.Allocations, second.Allocations) {
			t.Fatalf("accepting moves somebody: %+v, then %+v", first.Allocations, second.Allocations)
		}
		third := Plan(after(lenient, second), profile.Default())
		wantQuiet(t, third)
		if third.Failed() || !reflect.DeepEqual(second.Allocations, third.Allocations) {
			t.Fatalf("planned %+v, then %+v\n%s", second.Allocations, third.Allocations, told(third))
		}
	})
	if accepted == 0 {
		t.Error("no conflict was drawn")
	}
}

// wantQuiet wants all findings to be accepted, and every acceptance to be for something.
func wantQuiet(t *rapid.T, r Result) {
	for _, f := range r.Findings {
		if f.Accepted == nil {
			t.Fatalf("%s is not accepted", f.Key())
		}
	}
	for _, f := range r.Faults {
		if nothing, ok := f.Problem.(UnusedAcceptance); ok {
			t.Fatalf("%s is for nothing\n%s", nothing.Key, told(r))
		}
	}
}

// How serious a rule is changes what is told, never what is handed out.
func TestLevelsOfRulesMoveNobody(t *testing.T) {
	t.Parallel()
	codes := rules.FoundBy(rules.Allocator, profile.Default())
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.request()
		first := Plan(r, profile.Default())
		if faulty(first) {
			t.Skip("nothing was handed out")
		}
		levelled := edited(r)
		levelled.Settings.Levels = map[string]string{}
		for _, code := range codes {
			if level := one(d, code, "", "off", "warn", "error"); level != "" {
				levelled.Settings.Levels[code] = level
			}
		}
		second := Plan(levelled, profile.Default())
		if !reflect.DeepEqual(first.Allocations, second.Allocations) {
			t.Fatalf("levels move somebody: %+v, then %+v", first.Allocations, second.Allocations)
		}
		left := 0
		for _, f := range first.Findings {
			if levelled.Settings.Levels[f.Code] != conflict.Off {
				left++
			}
		}
		if len(second.Findings) != left {
			t.Fatalf("%d findings with levels, want %d", len(second.Findings), left)
		}
	})
}

// What is told once, because it is new, uses up its acceptance for good, though it is not told again.
func TestAcceptancesOfWhatIsToldOnce(t *testing.T) {
	tests := map[string]struct {
		r   Request
		key string
	}{
		"what rests by a lock, for another": {request(
			existing(
				"b",
				Existing{Cluster: "b", PodCIDRs: prefixes("10.0.0.0/20")},
			),
			cluster("a", "kubernetes-overlay", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/20")),
		), "pod_overlaps_released|10.0.0.0/20|a+b"},
		"advice on a range that is held by now": {request(
			supernets("10.0.0.0/8"), cluster("a", "cce-vpc-router", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/22")),
		), "pod_prefix_out_of_range|10.0.0.0/22|a"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			first := Plan(test.r, profile.Default())
			if !slices.ContainsFunc(first.Findings, func(f conflict.Finding) bool { return f.Key().String() == test.key }) {
				t.Fatalf("%s is not told:\n%s", test.key, told(first))
			}
			r := edited(test.r, accepts(test.key))
			second := planned(t, r)
			wantFaults(t, second.Faults)
			third := planned(t, after(r, second))
			wantFaults(t, third.Faults)
			wantFindings(t, third)
		})
	}
}

// Who is gone is nobody else's: that there is nothing to accept any more is told as long as it is known.
func TestAnAcceptanceOfWhoIsGone(t *testing.T) {
	netted := func(r *Request) { r.Settings.ConfigChecked = true }
	told := func(r Result) bool {
		return slices.ContainsFunc(r.Faults, func(f topology.Fault) bool { _, nothing := f.Problem.(UnusedAcceptance); return nothing })
	}
	r := request(
		accepts("pod_overlaps_cluster_pod|10.0.0.0/20|old+shop"), netted, cluster("shop", "ack-flannel", lengths(20, 22, 26)),
		cluster("old", "ack-flannel", lengths(20, 22, 26)),
	)
	was := planned(t, r)
	gone := edited(after(r, was), func(r *Request) { delete(r.Facts.Clusters, "old") })
	rests := planned(t, gone)
	reclaimed := edited(after(gone, rests), func(r *Request) { r.Reclaim = []string{"old"} })
	back := planned(t, reclaimed)
	if !told(was) || !told(rests) || !told(planned(t, after(gone, rests))) {
		t.Error("an acceptance of nothing is not told")
	}
	if told(planned(t, after(reclaimed, back))) {
		t.Error("what may be about another allocator's cluster is told as nothing")
	}
}
