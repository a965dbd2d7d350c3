package allocate

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// withoutOther is the catalog without the data on other ranges, as an earlier version has it.
func withoutOther(t *testing.T) *profile.Catalog {
	catalog := otherCatalog(t)
	for _, name := range catalog.Names() {
		p, _ := catalog.Profile(name)
		p.OtherRanges = nil
	}
	return catalog
}

// What was allocated before the data knew of the ranges stays, and the conflict only warns. A new cluster avoids them.
func TestHeldRangesStayWhereOtherRangesBecomeKnown(t *testing.T) {
	r := besides(cluster("a", "other-default", lengths(16, 20, 24)))
	before := Plan(r, withoutOther(t))
	wantRanges(t, before, map[string]string{"a": "100.64.0.0/16 100.65.0.0/20 /24"})
	held := after(r, before)

	got := Plan(held, otherCatalog(t))
	wantRanges(t, got, map[string]string{"a": "100.64.0.0/16 100.65.0.0/20 /24"})
	wantFindings(t, got, "warn pod_overlaps_other a 100.64.0.0/16 a 100.64.0.0/16")
	wantOptions(t, beyondAcceptance(got), []string{
		`set clusters["a"].other_ranges["join"] [172.16.0.0/16]`, `set renumber["a"] 1`,
	})

	got = Plan(edited(held, cluster("b", "other-default", lengths(16, 20, 24))), otherCatalog(t))
	wantRanges(t, got, map[string]string{"a": "100.64.0.0/16 100.65.0.0/20 /24", "b": "100.66.0.0/16 100.65.16.0/20 /24"})

	moved := edited(held, func(r *Request) { r.Renumber = map[string]string{"a": "1"} })
	wantRanges(t, plannedWithOther(t, moved), map[string]string{"a": "100.66.0.0/16 100.65.16.0/20 /24"})
}

// plannedWithOther plans with the data on other ranges and stops the test where the plan fails.
func plannedWithOther(t *testing.T, r Request) Result {
	t.Helper()
	result := Plan(r, otherCatalog(t))
	if result.Failed() {
		t.Fatalf("the plan fails:\n%s", allReports(result))
	}
	return result
}

// A range that a held cluster is given later is a new conflict, with an option that takes it back.
func TestAnotherRangeOnHeldPodsIsANewConflict(t *testing.T) {
	r := besides(cluster("a", "other-default", lengths(16, 20, 24)))
	held := after(r, plannedWithOther(t, r))
	for name, test := range map[string]struct {
		edit func(*Request)
		want string
	}{
		"a first list": {
			cluster("a", "other-default", lengths(16, 20, 24), using("join", "100.65.0.0/16")), `remove clusters["a"].other_ranges["join"]`,
		},
		"a list that changed": {
			func(r *Request) {
				cluster("a", "other-default", lengths(16, 20, 24), using("join", "100.65.0.0/16"))(r)
				was := r.Prior.Facts.Clusters["a"]
				using("join", "10.9.0.0/16")(&was)
				prior := *r.Prior
				prior.Facts.Clusters = map[string]topology.Cluster{"a": was}
				r.Prior = &prior
			}, `restore clusters["a"].other_ranges["join"] [10.9.0.0/16]`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := Plan(edited(held, test.edit), otherCatalog(t))
			wantFindings(t, got, "error pod_overlaps_other a 100.65.0.0/16 a 100.65.0.0/16")
			var undone []topology.Option
			for _, o := range conflict.Groups(got.Findings)[0].Options() {
				if o.Kind == conflict.Undone {
					undone = append(undone, o)
				}
			}
			wantOptions(t, undone, []string{test.want})
		})
	}
}

func TestConflictsOfOtherRangesCanBeAccepted(t *testing.T) {
	r := besides(
		cluster("a", "other-default", lengths(0, 0, 24), pins("172.20.0.0/20", "100.64.0.0/16")),
		func(r *Request) {
			r.Settings.Accepted = map[string]topology.Acceptance{"pod_overlaps_other|100.64.0.0/16|a+a:join": {Reason: "a trial"}}
		},
	)
	got := plannedWithOther(t, r)
	wantFindings(t, got, "allow pod_overlaps_other a 100.64.0.0/16 a 100.64.0.0/16")
	wantFaults(t, got.Faults)
}

// As long as it is not known what a cluster uses, nothing is allocated to it, and its default is no reason for a conflict.
func TestUnknownOtherRangesPostpone(t *testing.T) {
	for name, test := range map[string]struct {
		edit func(*topology.Cluster)
		want []string
	}{
		"all of them": {func(cl *topology.Cluster) { cl.Unknown = topology.Unknown{"other_ranges"} }, nil},
		"some of them": {
			func(cl *topology.Cluster) {
				using("masquerade", "192.168.2.0/25")(cl)
				cl.Unknown = topology.Unknown{"other_ranges"}
			}, []string{"error other_overlaps_vpc a 192.168.2.0/25 own 192.168.2.0/24"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			vpc := vpc("own", func(v *topology.VPC) { v.CIDRBlocks = append(v.CIDRBlocks, prefix("100.64.0.0/24")) })
			got := Plan(besides(vpc, cluster("a", "other-default", lengths(16, 20, 24), test.edit)), otherCatalog(t))
			wantFindings(t, got, test.want...)
			if fmt.Sprint(got.Unknown) != `[clusters["a"].other_ranges]` || fmt.Sprint(got.Deferred) != "[a]" {
				t.Errorf("unknown %v, deferred %v", got.Unknown, got.Deferred)
			}
		})
	}
}

// Pods of another workspace do not conflict with what a cluster uses inside, and do with what the network sees.
func TestOtherRangesBesidePodsOfAnotherWorkspace(t *testing.T) {
	theirs := func(r *Request) {
		r.Facts.Foreign = map[string]topology.Foreign{"x": {
			Owner: "theirs", Kind: topology.ForeignPod, CIDR: prefix("10.9.0.0/16"), Network: "own", Allocator: "team",
			Profile: "other-default",
		}}
	}
	for name, test := range map[string]struct {
		kind, use, r string
		want         []string
	}{
		"inside": {"other-default", "join", "10.9.0.0/16", nil},
		"seen": {"other-unique", "control_plane", "10.9.0.0/28",
			[]string{"error pod_overlaps_cluster_other a 10.9.0.0/28 theirs 10.9.0.0/16"}},
	} {
		t.Run(name, func(t *testing.T) {
			wantFindings(t, Plan(
				besides(theirs, cluster("a", test.kind, lengths(16, 20, 24), using(test.use, test.r))), otherCatalog(t),
			), test.want...)
		})
	}
}

// Where the supernets are outside of the range that must contain the Pods, the message says so, and its options make room.
func TestNoRoomOutsideTheRangeThatContainsPods(t *testing.T) {
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  []string
	}{
		"the supernet can be the range": {
			[]func(*Request){supernets("10.0.0.0/16")}, []string{
				`set clusters["a"].other_ranges["cluster_network"] [10.0.0.0/16]`, "add supernets 100.64.0.0/18",
			},
		},
		"the supernet is in the VPC": {
			[]func(*Request){supernets("192.168.2.0/25", "192.168.2.128/25"),
				func(r *Request) { r.ServiceSupernets = prefixes("172.20.0.0/16") }},
			[]string{"add supernets 100.64.0.0/18"},
		},
		"others have parts of the range in the ledger": {
			[]func(*Request){supernets("192.168.2.0/25", "192.168.2.128/25"), takenInLedger("", "100.64.0.0/12"),
				func(r *Request) { r.ServiceSupernets = prefixes("172.20.0.0/16") }},
			[]string{"add supernets 100.80.0.0/18"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := besides(append(test.edits, cluster("a", "other-container", lengths(19, 0, 24), func(cl *topology.Cluster) {
				cl.ServiceCIDR = prefix("172.20.0.0/20")
			}))...)
			got := Plan(r, otherCatalog(t))
			faults := WithRoomOptions(r, got, otherCatalog(t)).Faults
			if len(faults) != 1 {
				t.Fatal(allReports(got))
			}
			e, lacks := faults[0].Problem.(NoRoom)
			if !lacks || len(e.Excluding) != 1 || e.Excluding[0].Text != "the Pod range must be inside the cluster network" {
				t.Fatalf("%+v", faults)
			}
			wantOptions(t, faults[0].Options, test.want)
		})
	}
}
