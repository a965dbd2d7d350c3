package allocate

import (
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// accepts adds conflicts to accepted_conflicts, by their keys.
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

// oldOnRoute has two clusters: old is pinned to a range on a route of its VPC, and new needs a range from the same supernet.
func oldOnRoute(edits ...func(*Request)) Request {
	r := request(
		routeTo("10.0.0.0/18"), cluster("old", "ack-flannel", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/20")),
		cluster("new", "ack-flannel", lengths(20, 24, 26)),
	)
	return edited(r, edits...)
}

const oldKey = "pod_overlaps_route|10.0.0.0/20|ali:vpn+old"

// Accepted conflicts do not stop a plan, and other ranges are placed as always.
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
				t.Errorf("fails: %t\n%s", result.Failed(), allReports(result))
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
	second := cluster("new", "ack-flannel", profile.Need{}, pins("172.20.9.0/24", "10.0.32.0/20"))
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
				"error pod_overlaps_route new 10.0.32.0/20 ali 10.0.0.0/18",
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
			lapsed := slices.ContainsFunc(result.Findings, func(f conflict.Finding) bool { return f.Lapsed != nil })
			if lapsed != test.grown {
				t.Errorf("lapsed: %t", lapsed)
			}
		})
	}
}

// A conflict whose acceptance has expired is an error again until it is applied; a pre-existing one only warns, with the reason.
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

// What an acceptance is for may not be known yet, so that nobody is asked to remove it.
func TestAcceptancesWaitForUnknownFacts(t *testing.T) {
	r := oldOnRoute(
		accepts("pod_overlaps_route|10.0.0.0/20|ali:new+old", oldKey),
		func(r *Request) { r.Facts.Unknown = topology.Unknown{"sites"} },
	)
	result := Plan(r, profile.Default())
	wantFaults(t, result.Faults)
	if len(result.Unknown) == 0 {
		t.Error("nothing is unknown")
	}
}

// Advice that is reported once, when it is new, uses its acceptance for good, although it is not reported again.
func TestAcceptancesOfConflictsThatAreReportedOnce(t *testing.T) {
	tests := map[string]struct {
		r   Request
		key string
	}{
		"released ranges by a lock, for another": {request(
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
				t.Fatalf("%s is not reported:\n%s", test.key, allReports(first))
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

// An acceptance that names a removed cluster is reported as unused, as long as this is known.
func TestAnAcceptanceOfAnUndeclaredCluster(t *testing.T) {
	netted := func(r *Request) { r.Settings.ConfigChecked = true }
	unused := func(r Result) bool {
		return slices.ContainsFunc(r.Faults, func(f topology.Fault) bool { _, nothing := f.Problem.(UnusedAcceptance); return nothing })
	}
	r := request(
		accepts("pod_overlaps_cluster_pod|10.0.0.0/20|old+shop"), netted, cluster("shop", "ack-flannel", lengths(20, 22, 26)),
		cluster("old", "ack-flannel", lengths(20, 22, 26)),
	)
	was := planned(t, r)
	undeclared := edited(after(r, was), func(r *Request) { delete(r.Facts.Clusters, "old") })
	released := planned(t, undeclared)
	reclaimed := edited(after(undeclared, released), func(r *Request) { r.Reclaim = []string{"old"} })
	back := planned(t, reclaimed)
	if !unused(was) || !unused(released) || !unused(planned(t, after(undeclared, released))) {
		t.Error("an acceptance of nothing is not reported")
	}
	if unused(planned(t, after(reclaimed, back))) {
		t.Error("what may be about another allocator's cluster is not reported")
	}
}
