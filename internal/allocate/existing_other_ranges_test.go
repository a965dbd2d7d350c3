package allocate

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// existingWith is what existing gives a cluster, with ranges for a use beside Pods and Services.
func existingWith(name, use string, ranges ...string) func(*Request) {
	return existing(name, Existing{
		PodCIDRs: prefixes("100.80.0.0/16"), ServiceCIDR: prefix("172.20.16.0/20"), NodeMask: 24,
		OtherRanges: map[string][]netip.Prefix{use: prefixes(ranges...)},
	})
}

// Ranges that existing gives are in use beside those that the cluster gives, in place of a default, and with the place in existing.
func TestOtherRangesOfExistingAreInUse(t *testing.T) {
	unique := func(uses ...func(*topology.Cluster)) func(*Request) {
		return cluster("old", "other-unique", lengths(16, 20, 24), uses...)
	}
	fresh := cluster("a", "other-unique", lengths(16, 20, 24))
	const keptFree = "100.82.0.0/16 100.81.16.0/20"
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  string
		found []string
		at    string
	}{
		"of a declared cluster": {
			[]func(*Request){unique(), existingWith("old", "control_plane", "100.81.0.0/28"), fresh}, keptFree, nil,
			`existing["old"].other_ranges["control_plane"][0]`,
		},
		"under its name in the cloud": {
			[]func(*Request){unique(func(cl *topology.Cluster) { cl.CloudName = "c-1" }),
				existingWith("c-1", "control_plane", "100.81.0.0/28"), fresh}, keptFree, nil,
			`existing["c-1"].other_ranges["control_plane"][0]`,
		},
		"the cluster gives it too": {
			[]func(*Request){unique(using("control_plane", "100.81.0.0/28")),
				existingWith("old", "control_plane", "100.81.0.0/28"), fresh}, keptFree, nil,
			`clusters["old"].other_ranges["control_plane"][0]`,
		},
		"the cluster gives another one": {
			[]func(*Request){unique(using("control_plane", "100.65.0.0/28")),
				existingWith("old", "control_plane", "100.81.0.0/28"), fresh}, "100.64.0.0/16 100.65.16.0/20", nil,
			`clusters["old"].other_ranges["control_plane"][0] existing["old"].other_ranges["control_plane"][0]`,
		},
		"of an undeclared cluster": {
			[]func(*Request){existingWith("gone", "control_plane", "100.81.0.0/28"), fresh}, keptFree, nil,
			`existing["gone"]`,
		},
		"inside the nodes of an undeclared cluster": {
			[]func(*Request){existingWith("gone", "join", "100.81.0.0/16"), fresh}, "100.81.0.0/16 100.82.0.0/20", nil, "",
		},
		"on Pods that are pinned": {
			[]func(*Request){unique(), existingWith("old", "control_plane", "100.81.0.0/28"),
				cluster("a", "other-unique", lengths(0, 20, 24), pins("", "100.81.0.0/16"))}, "",
			[]string{"error pod_overlaps_cluster_other a 100.81.0.0/16 old 100.81.0.0/28"},
			`existing["old"].other_ranges["control_plane"][0]`,
		},
		"on the VPC": {
			[]func(*Request){unique(), existingWith("old", "control_plane", "192.168.2.0/28")}, "",
			[]string{"error other_overlaps_vpc old 192.168.2.0/28 own 192.168.2.0/24"},
			`existing["old"].other_ranges["control_plane"][0]`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := besides(test.edits...)
			got := Plan(r, otherCatalog(t))
			wantFaults(t, got.Faults)
			wantFindings(t, got, test.found...)
			if test.want != "" && heldBy(got, "a") != test.want {
				t.Errorf("got %s, want %s", heldBy(got, "a"), test.want)
			}
			if at := placesOfOthers(got.Claims); at != test.at {
				t.Errorf("the places are %s, want %s", at, test.at)
			}
			if audited := Audit(r, topology.WhatIf{}, otherCatalog(t)); len(audited.Findings) != len(test.found) {
				t.Errorf("the audit found %v", audited.Findings)
			}
		})
	}
}

// heldBy is what a cluster is allocated, "" for nothing.
func heldBy(got Result, name string) string {
	if a, has := got.Allocations[name]; has {
		return fmt.Sprintf("%s %v", list(a.Pods), a.Service)
	}
	return ""
}

// placesOfOthers are the places of the claims to ranges beside Pods and Services, those of undeclared clusters among them.
func placesOfOthers(claims []conflict.Claim) string {
	var at []string
	for _, c := range claims {
		place := c.At.String()
		if c.Kind == conflict.Other || c.Kind == conflict.Existing && c.Range == prefix("100.81.0.0/28") {
			at = append(at, place)
		}
	}
	slices.Sort(at)
	text := fmt.Sprint(at)
	return text[1 : len(text)-1]
}

// The options of a conflict with what an undeclared cluster uses are about its entry.
func TestOptionsBesideOtherRangesOfExisting(t *testing.T) {
	got := Plan(besides(
		existingWith("gone", "control_plane", "100.81.0.0/28"), cluster("a", "other-unique", lengths(0, 20, 24), pins("", "100.81.0.0/16")),
	), otherCatalog(t))
	wantFindings(t, got, "error pod_overlaps_existing a 100.81.0.0/16 gone 100.81.0.0/28")
	wantOptions(t, beyondAcceptance(got), []string{
		`set clusters["a"].pod_cidrs[0] [100.79.0.0/16 100.83.0.0/16 100.78.0.0/16]`, `remove existing["gone"]`,
	})
}

// The entry has an effect as long as it is there, also of a cluster whose ranges the state holds.
func TestOtherRangesOfExistingStayInUse(t *testing.T) {
	r := besides(cluster("old", "other-unique", lengths(16, 20, 24)), existingWith("old", "control_plane", "100.81.0.0/28"))
	held := after(r, plannedWithOther(t, r))
	fresh := cluster("a", "other-unique", lengths(16, 20, 24))
	if got := heldBy(Plan(edited(held, fresh), otherCatalog(t)), "a"); got != "100.82.0.0/16 100.81.16.0/20" {
		t.Errorf("with the entry: %s", got)
	}
	without := edited(held, func(r *Request) { r.Existing = nil })
	without = edited(after(without, plannedWithOther(t, without)), fresh) // the plan that removes the entry still avoids it
	if got := heldBy(Plan(without, otherCatalog(t)), "a"); got != "100.81.0.0/16 100.82.0.0/20" {
		t.Errorf("without it: %s", got)
	}
	own := r.OutgoingClaims(nil, nil, otherCatalog(t))
	if keys := otherClaims(own); !slices.Equal(keys, []string{"old/other/100.81.0.0/28"}) {
		t.Errorf("the claims are %q", keys)
	}
	got := Plan(edited(held, fresh, givenClaims(own)), otherCatalog(t))
	if shared := sharedNames(got); len(shared) > 0 || got.Failed() {
		t.Errorf("own claims that come back are of another owner: %q\n%s", shared, allReports(got))
	}
	if given := r.GivenRanges(); !slices.Contains(given, prefix("100.81.0.0/28")) {
		t.Errorf("given are %v", given)
	}
}

// Further ranges avoid them, and the claims of an undeclared cluster have them.
func TestOtherRangesOfExistingInUsageAndClaims(t *testing.T) {
	fresh := cluster("a", "other-unique", lengths(16, 20, 24))
	declared := besides(cluster("old", "other-unique", lengths(16, 20, 24)), existingWith("old", "control_plane", "100.81.0.0/28"), fresh)
	undeclared := besides(existingWith("gone", "control_plane", "100.81.0.0/28"), fresh)
	for name, r := range map[string]Request{"declared": declared, "undeclared": undeclared} {
		used, faults := NewInUse(r, otherCatalog(t))
		wantFaults(t, faults)
		further := used.FurtherOf("a", conflict.Pod)
		further.Range = prefix("100.81.0.0/16")
		if !slices.ContainsFunc(used.Claims(), func(c conflict.Claim) bool {
			return c.Range == prefix("100.81.0.0/28") && used.Avoids(further, c)
		}) {
			t.Errorf("%s: further ranges do not avoid the control plane", name)
		}
	}
	inNodes := besides(cluster("old", "other-default", lengths(16, 20, 24)), existingWith("old", "join", "100.81.0.0/16"))
	used, faults := NewInUse(inNodes, otherCatalog(t))
	wantFaults(t, faults)
	if taken := used.FurtherOf("old", conflict.Pod).TakenByOwner(cidr.V4); !slices.Contains(taken, prefix("100.81.0.0/16")) {
		t.Errorf("inside its nodes, further ranges of the cluster avoid %v", taken)
	}
	claims := undeclared.OutgoingClaims(nil, nil, otherCatalog(t))
	if _, has := claims["gone/existing/100.81.0.0/28"]; !has {
		t.Errorf("the claims are %v", claims)
	}
	held := after(undeclared, plannedWithOther(t, undeclared))
	if shared := sharedNames(Plan(edited(held, givenClaims(claims)), otherCatalog(t))); len(shared) > 0 {
		t.Errorf("own claims are of another owner: %q", shared)
	}
}

// What is not known of them yet postpones new clusters, and no default is in use for certain.
func TestUnknownOtherRangesOfExisting(t *testing.T) {
	unknown := func(name string) func(*Request) {
		return func(r *Request) {
			e := Existing{PodCIDRs: prefixes("100.80.0.0/16"), ServiceCIDR: prefix("172.20.16.0/20"), NodeMask: 24}
			e.Unknown = topology.Unknown{"other_ranges"}
			existing(name, e)(r)
		}
	}
	fresh := cluster("a", "other-unique", lengths(16, 20, 24))
	vpc := vpc("own", func(v *topology.VPC) { v.CIDRBlocks = append(v.CIDRBlocks, prefix("100.64.0.0/24")) })
	r := besides(vpc, cluster("old", "other-default", lengths(16, 20, 24)), unknown("old"), fresh)
	got := Plan(r, otherCatalog(t))
	wantFindings(t, got)
	if fmt.Sprint(got.Unknown, got.Deferred) != `[existing["old"].other_ranges] [a]` || heldBy(got, "old") == "" {
		t.Errorf("unknown %v, deferred %v, allocated %v", got.Unknown, got.Deferred, got.Allocations)
	}
	if !r.OutgoingClaimsUnknown(got, otherCatalog(t)) {
		t.Error("the claims are known")
	}
	got = Plan(besides(unknown("gone"), fresh), otherCatalog(t))
	if fmt.Sprint(got.Unknown, got.Deferred) != `[existing["gone"].other_ranges] [a]` {
		t.Errorf("undeclared: unknown %v, deferred %v", got.Unknown, got.Deferred)
	}
	held := besides(cluster("old", "other-unique", lengths(16, 20, 24)), existingWith("old", "control_plane", "100.81.0.0/28"))
	got = Plan(edited(after(held, plannedWithOther(t, held)), unknown("old"), fresh), otherCatalog(t))
	if fmt.Sprint(got.Deferred) != "[a]" || heldBy(got, "old") == "" {
		t.Errorf("held: deferred %v, allocated %v", got.Deferred, got.Allocations)
	}
}

func TestBadOtherRangesOfExisting(t *testing.T) {
	released := Existing{Cluster: "gone", PodCIDRs: prefixes("100.80.0.0/16")}
	released.OtherRanges = map[string][]netip.Prefix{"control_plane": prefixes("100.64.0.0/28")}
	unnamed := func(name string) topology.Undeclared {
		known := []string{"cluster_network", "control_plane", "join", "masquerade", "remote_nodes"}
		if name == "old" {
			known = []string{"control_plane", "remote_nodes"}
		}
		return topology.Undeclared{Kind: topology.OtherRangeName, Name: "plane", Known: known}
	}
	old := cluster("old", "other-unique", lengths(16, 20, 24))
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  problem
	}{
		"a use that the profile does not have": {
			[]func(*Request){old, existingWith("old", "plane", "100.64.0.0/28")},
			problem{At: `existing["old"].other_ranges["plane"]`, Problem: unnamed("old")},
		},
		"a use that no profile has": {
			[]func(*Request){existingWith("gone", "plane", "100.64.0.0/28")},
			problem{At: `existing["gone"].other_ranges["plane"]`, Problem: unnamed("gone")},
		},
		"the wrong family": {
			[]func(*Request){old, existingWith("old", "control_plane", "fd98::/64")},
			problem{
				At:      `existing["old"].other_ranges["control_plane"][0]`,
				Problem: topology.WrongFamily{Range: prefix("fd98::/64"), Want: "IPv4"},
			},
		},
		"the wrong family, undeclared": {
			[]func(*Request){existingWith("gone", "control_plane", "fd98::/64")},
			problem{
				At:      `existing["gone"].other_ranges["control_plane"][0]`,
				Problem: topology.WrongFamily{Range: prefix("fd98::/64"), Want: "IPv4"},
			},
		},
		"too many": {
			[]func(*Request){old, existingWith("old", "control_plane", "100.64.0.0/28", "100.64.1.0/28")},
			problem{At: `existing["old"].other_ranges["control_plane"]`, Problem: topology.TooMany{
				Of: topology.ListedRanges, Count: 2, Max: 1,
				Limit: topology.Limit{Profile: "Fictitious with a control plane in the network"},
			}},
		},
		"of a cluster with one family": {
			[]func(*Request){cluster("old", "other-default", lengths(16, 20, 24)), existingWith("old", "join", "fd99::/64")},
			problem{
				At:      `existing["old"].other_ranges["join"][0]`,
				Problem: topology.NotAccepted{Value: "fd99::/64", Reason: topology.IPv6NotRequested{}},
			},
		},
		"released": {
			[]func(*Request){existing("gone#1", released)},
			problem{
				At:      `existing["gone#1"].other_ranges`,
				Problem: topology.NotAccepted{Value: []string{"control_plane"}, Reason: OthersReleased{}},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := besides(test.edits...)
			wantFaults(t, Plan(r, otherCatalog(t)).Faults, test.want)
			wantFaults(t, Audit(r, topology.WhatIf{}, otherCatalog(t)).Faults, test.want)
		})
	}
}

// A conflict that was there before only warns, and no option moves a range that a cluster uses already.
func TestPreExistingConflictsOfOtherRangesOfExisting(t *testing.T) {
	r := besides(cluster("old", "other-unique", lengths(16, 20, 24)), existingWith("old", "control_plane", "192.168.2.0/28"))
	key := "other_overlaps_vpc|192.168.2.0/28|old:control_plane+own"
	accepted := edited(r, func(r *Request) { r.Settings.Accepted = map[string]topology.Acceptance{key: {Reason: "a trial"}} })
	held := after(r, plannedWithOther(t, accepted))
	got := Plan(held, otherCatalog(t))
	wantFindings(t, got, "warn other_overlaps_vpc old 192.168.2.0/28 own 192.168.2.0/24")
	for _, o := range beyondAcceptance(got) {
		for _, e := range o.Edits {
			if e.At[0].Attr == "existing" {
				t.Errorf("there is an option %+v", o)
			}
		}
	}
}
