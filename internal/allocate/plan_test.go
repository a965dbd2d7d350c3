package allocate

import (
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// onVPC is a cluster pinned onto the block of its VPC.
func onVPC(name string) func(*Request) {
	return cluster(name, "ack-flannel", profile.Need{}, pins("172.20.0.0/24", "192.168.0.0/25"))
}

// Pinned ranges are checked, whether an allocator or another planner holds them.
func TestPinsAreChecked(t *testing.T) {
	tests := map[string]struct {
		edits  []func(*Request)
		want   []string
		failed bool
	}{
		"on its VPC": {
			[]func(*Request){onVPC("a")},
			[]string{"error pod_overlaps_vpc a 192.168.0.0/25 ali 192.168.0.0/24"},
			true,
		},
		"on what is reserved": {
			[]func(*Request){pods("a", 0, pins("172.20.0.0/24", "10.0.0.0/24")), reserved("x", "10.0.0.0/20")},
			[]string{"error pod_overlaps_reserved a 10.0.0.0/24 x 10.0.0.0/20"},
			true,
		},
		"on an undeclared cluster": {
			[]func(*Request){
				pods("a", 0, pins("172.20.0.0/24", "10.0.0.0/24")),
				existing("gone", Existing{PodCIDRs: prefixes("10.0.0.0/28")}),
			},
			[]string{"error pod_overlaps_existing a 10.0.0.0/24 gone 10.0.0.0/28"},
			true,
		},
		"on itself": {
			[]func(*Request){pods("a", 0, pins("10.0.0.0/25", "10.0.0.0/24"))},
			[]string{"error pod_overlaps_service a 10.0.0.0/24 a 10.0.0.0/25"},
			true,
		},
		"where Docker listens, which only warns": {
			[]func(*Request){
				pods("a", 0, pins("172.20.0.0/24", "172.17.0.0/24")),
			}, []string{"warn pod_in_forbidden_range a 172.17.0.0/24"}, false,
		},
		"against advice, which only warns": {
			[]func(*Request){
				cluster("a", "cce-vpc-router", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/21")),
			}, []string{"warn pod_prefix_out_of_range a 10.0.0.0/21"}, false,
		},
		"outside what the platform takes": {
			[]func(*Request){cluster("a", "ack-flannel", profile.Need{}, pins("172.20.0.0/24", "9.0.0.0/24"))},
			[]string{"error pod_out_of_allowed_range a 9.0.0.0/24"},
			true,
		},
		"nowhere near anything": {edits: []func(*Request){pods("a", 0, pins("172.20.0.0/24", "9.0.0.0/24"))}},
		"held by existing, on its VPC": {
			[]func(*Request){
				shop(),
				existing("shop", Existing{PodCIDRs: prefixes("192.168.0.0/16"), ServiceCIDR: prefix("172.21.0.0/22")}),
			},
			[]string{"error pod_overlaps_vpc shop 192.168.0.0/16 ali 192.168.0.0/24"},
			true,
		},
		"more nodes than the largest flavor": {
			[]func(*Request){cluster("a", "cce-vpc-router", profile.Need{MaxNodes: 2001}, pins("172.20.0.0/24", "10.0.0.0/12"))},
			[]string{"error nodes_over_cap a 10.0.0.0/12", "warn nodes_over_cap a 10.0.0.0/12", "warn route_quota_exceeded a 10.0.0.0/12"},
			true,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := request(test.edits...)
			for name, cl := range r.Facts.Clusters {
				if len(cl.PodCIDRs) > 0 {
					cl.Need.PodLength, cl.Need.ServiceLength, cl.Need.NodeMask = 0, 0, 0
					r.Facts.Clusters[name] = cl
				}
			}
			result := Plan(r, profile.Default())
			wantFaults(t, result.Faults)
			wantFindings(t, result, test.want...)
			if result.Failed() != test.failed {
				t.Errorf("failed: %t, want %t", result.Failed(), test.failed)
			}
		})
	}
}

// A conflict that was there before warns, so that destroy and unrelated changes pass; a new one
// fails the plan. New allocations avoid both parties either way.
func TestOldConflictsDoNotBlock(t *testing.T) {
	before := request(onVPC("old"))
	was := Plan(before, profile.Default())
	if !was.Failed() {
		t.Fatal("a new conflict does not fail the plan")
	}
	const preExisting = "warn pod_overlaps_vpc old 192.168.0.0/25 ali 192.168.0.0/24"
	yes := true
	tests := map[string]struct {
		edits  []func(*Request)
		want   []string
		failed bool
	}{
		"nothing new":            {want: []string{preExisting}},
		"a cluster more":         {edits: []func(*Request){supernets("192.168.0.0/16"), shop()}, want: []string{preExisting}},
		"the cluster undeclared": {edits: []func(*Request){func(r *Request) { delete(r.Facts.Clusters, "old") }}},
		"a word more about it": {
			edits: []func(*Request){vpc("ali", func(v *topology.VPC) { v.Description = "shared" })},
			want:  []string{preExisting},
		},
		"an unrelated conflict": {
			[]func(*Request){reserved("x", "172.20.0.128/25")},
			[]string{"error service_overlaps_reserved old 172.20.0.0/24 x 172.20.0.128/25", preExisting},
			true,
		},
		"another cluster on it": {
			[]func(*Request){onVPC("new")},
			[]string{
				"error pod_overlaps_cluster_pod new 192.168.0.0/25 old 192.168.0.0/25",
				"error pod_overlaps_vpc new 192.168.0.0/25 ali 192.168.0.0/24",
				"warn service_overlaps_cluster_service new 172.20.0.0/24 old 172.20.0.0/24",
				preExisting,
			}, true,
		},
		"a larger VPC, which is another range": {
			[]func(*Request){vpc("ali", func(v *topology.VPC) { v.CIDRBlocks = prefixes("192.168.0.0/23") })},
			[]string{"error pod_overlaps_vpc old 192.168.0.0/25 ali 192.168.0.0/23"},
			true,
		},
		"a route where it is": {
			[]func(*Request){vpc("ali", route("r", topology.Route{Destination: prefix("192.168.0.0/26")}))},
			[]string{"error pod_overlaps_route old 192.168.0.0/25 ali 192.168.0.0/26", preExisting},
			true,
		},
		"a summary where it is": {
			edits: []func(*Request){vpc("ali", route("r", topology.Route{Destination: prefix("192.168.0.0/26"), Summary: &yes}))},
			want:  []string{preExisting},
		},
		"a link to a network that is there too": {[]func(*Request){vpc("hua", func(v *topology.VPC) {
			v.Platform, v.CIDRBlocks = "generic", prefixes("192.168.0.64/26")
			v.Peers = []string{"ali"}
		})}, []string{
			"error pod_overlaps_peer old 192.168.0.0/25 hua 192.168.0.64/26", preExisting,
			"warn vpc_overlaps_peer ali 192.168.0.0/24 hua 192.168.0.64/26",
		},
			true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := edited(after(before, was), test.edits...)
			result := Plan(r, profile.Default())
			wantFaults(t, slices.DeleteFunc(slices.Clone(result.Faults), func(f topology.Fault) bool { return f.Warn }))
			wantFindings(t, result, test.want...)
			if result.Failed() != test.failed {
				t.Errorf("failed: %t, want %t\n%s", result.Failed(), test.failed, allReports(result))
			}
			if _, here := r.Facts.Clusters["old"]; here && !reflect.DeepEqual(result.Allocations["old"], was.Allocations["old"]) {
				t.Errorf("old: got %+v, want %+v", result.Allocations["old"], was.Allocations["old"])
			}
			if found := collisions(r, profile.Default(), result.Allocations); len(found) > 0 {
				t.Errorf("allocated although rules forbid it: %v", found)
			}
		})
	}
}

// A count that was too large before warns; one that has become too large fails the plan.
func TestOldCountsDoNotBlock(t *testing.T) {
	nodes := func(n int64) func(*Request) {
		return cluster("a", "cce-vpc-router", profile.Need{MaxNodes: n}, pins("172.20.0.0/24", "10.0.0.0/12"))
	}
	for name, test := range map[string]struct {
		before, now int64
		failed      bool
	}{
		"as large as before":    {2001, 2001, false},
		"smaller, still over":   {3000, 2001, false},
		"too large only now":    {2000, 2001, true},
		"never too large":       {2000, 2000, false},
		"no longer too large":   {2001, 2000, false},
		"a cluster that is new": {0, 2001, true},
	} {
		t.Run(name, func(t *testing.T) {
			r := request()
			r.Prior = &Prior{}
			if test.before > 0 {
				r = edited(r, nodes(test.before))
				r = after(r, Plan(r, profile.Default()))
			}
			result := Plan(edited(r, nodes(test.now)), profile.Default())
			wantFaults(t, result.Faults)
			if result.Failed() != test.failed {
				t.Errorf("failed: %t, want %t\n%s", result.Failed(), test.failed, allReports(result))
			}
		})
	}
}
