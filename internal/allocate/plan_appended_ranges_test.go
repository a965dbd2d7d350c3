package allocate

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// routed is a CCE cluster whose Pod ranges can be appended to: each node takes a /25.
func routed(n int64, edits ...func(*topology.Cluster)) func(*Request) {
	return cluster("a", "cce-vpc-router", profile.Need{MaxNodes: n, PodsPerNode: 125, MaxServices: 200}, edits...)
}

func TestANeedGrowsByAppendedRanges(t *testing.T) {
	r := applied(t, request(routed(64)))
	const first = "10.0.0.0/19"
	tests := map[string]struct {
		edit func(*Request)
		pods string
		want any
	}{
		"as much as there is":                 {routed(64), first, nil},
		"less":                                {routed(1), first, nil},
		"one node more":                       {routed(65), first + ", 10.0.32.0/25", nil},
		"as many again":                       {routed(128), first + ", 10.0.32.0/19", nil},
		"more Services do not grow":           {routed(64, func(cl *topology.Cluster) { cl.Need.MaxServices = 300 }), first, Outgrown{}},
		"more Pods on a node do not grow":     {routed(64, func(cl *topology.Cluster) { cl.Need.PodsPerNode = 126 }), first, Outgrown{}},
		"more nodes than one range can serve": {routed(1 << 30), first, NeedNotServed{}},
		"pins that serve it":                  {routed(65, pins("", first, "10.0.64.0/25")), first + ", 10.0.64.0/25", nil},
		"pins that do not":                    {routed(66, pins("", first, "10.0.64.0/25")), "", topology.Contradicting{}},
		"no room":                             {func(r *Request) { routed(65)(r); r.Supernets = prefixes("10.0.0.0/19") }, first, NoRoom{}},
		"room elsewhere": {
			func(r *Request) { routed(65)(r); r.Supernets = prefixes("10.77.0.0/19") },
			first + ", 10.77.0.0/25",
			nil,
		},
		"beside what released": {func(r *Request) {
			routed(65)(r)
			existing("x", Existing{Cluster: "x", PodCIDRs: prefixes("10.0.32.0/20")})(r)
		}, first + ", 10.0.48.0/25", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(r, test.edit), profile.Default())
			errors := slices.DeleteFunc(slices.Clone(result.Faults), func(f topology.Fault) bool { return f.Warn })
			if test.want == nil && len(errors) > 0 ||
				test.want != nil && (len(errors) != 1 || reflect.TypeOf(errors[0].Problem) != reflect.TypeOf(test.want)) {
				t.Errorf("faults %v, want one of %T", errors, test.want)
			}
			if got := result.Allocations["a"]; list(got.Pods) != test.pods ||
				test.want == nil && !reflect.DeepEqual(got, r.Prior.Allocations["a"]) && !grew(r.Prior.Allocations["a"], got) {
				t.Errorf("got %+v, want Pods %s", got, test.pods)
			}
		})
	}
	t.Run("others do not grow", func(t *testing.T) {
		r := applied(t, request(shop()))
		if result := Plan(edited(r, nodes("shop", 129)), profile.Default()); len(pick[Outgrown](result)) != 1 {
			t.Error(allReports(result))
		}
	})
	t.Run("shrinking keeps what was appended", func(t *testing.T) {
		grown := applied(t, r, routed(65))
		if got := planned(t, edited(grown, routed(1))); !reflect.DeepEqual(got.Allocations, grown.Prior.Allocations) ||
			len(got.Faults) > 0 {
			t.Errorf("got %+v, want %+v", got.Allocations, grown.Prior.Allocations)
		}
	})
}

// A cluster has at most 20 Pod ranges, and each new one is reported when it is appended.
func TestGrowthEnds(t *testing.T) {
	r := applied(t, request(routed(64)))
	for count := 2; count <= 20; count++ {
		r = edited(r, routed(int64(63+count)))
		result := planned(t, r)
		got := result.Allocations["a"]
		if len(got.Pods) != count || got.Usable.Nodes != int64(63+count) || !grew(r.Prior.Allocations["a"], got) {
			t.Fatalf("%d: got %+v", count, got)
		}
		was := r.Prior.Allocations["a"]
		wantFaults(t, result.Faults, problem{"clusters", Appended{Clusters: []AppendedRanges{{
			Cluster: "a", Profile: shipped(t, "cce-vpc-router"), Held: was.Pods, Added: got.Pods[count-1:], Serves: was.Usable.Nodes,
			List: "pod_cidrs", Kind: "pods", Wanted: int64(63 + count),
		}}}, true})
		r = after(r, result)
		if again := planned(t, r); len(again.Faults) > 0 || !reflect.DeepEqual(again.Allocations, result.Allocations) {
			t.Fatalf("%d, again:\n%s", count, allReports(again))
		}
	}
	result := Plan(edited(r, routed(84)), profile.Default())
	if found := pick[Outgrown](result); len(found) != 1 || found[0].Problem.(Outgrown).Largest != 83 || !result.Failed() {
		t.Error(allReports(result))
	}
}

func TestMemoryWhereFactsAreUnknown(t *testing.T) {
	unknown := vpc("own", func(v *topology.VPC) { v.Unknown = topology.Unknown{"cidr_blocks"} })
	reclaimUnknown := func(r *Request) { r.Unknown = topology.Unknown{"reclaim"} }
	of := func(edit func(*Request), attribute string) func(*Request) {
		return func(r *Request) {
			edit(r)
			cl := r.Facts.Clusters["a"]
			cl.Unknown = topology.Unknown{attribute}
			r.Facts.Clusters["a"] = cl
		}
	}
	r := applied(t, request(routed(64)))
	released := applied(t, r, withoutClusters("a"))
	tests := map[string]struct {
		r       Request
		edits   []func(*Request)
		known   bool // the allocation of a is, and unknown are deferred clusters
		unknown bool // what released is known later
		waits   bool
	}{
		"what is held stays known":      {r, []func(*Request){unknown}, true, false, false},
		"growth does not wait silently": {r, []func(*Request){unknown, routed(65)}, true, false, true},
		"growth of what is all known":   {r, []func(*Request){routed(65)}, true, false, false},
		"growth by pins need not wait": {
			r,
			[]func(*Request){unknown, routed(65, pins("", "10.0.0.0/19", "10.0.64.0/25"))},
			true,
			false,
			false,
		},
		"what comes back is known":                         {released, []func(*Request){unknown, routed(64)}, true, false, false},
		"what comes back and grows does not wait silently": {released, []func(*Request){unknown, routed(65)}, false, true, true},
		"what comes back in vain waits": {
			released,
			[]func(*Request){unknown, routed(65, func(cl *topology.Cluster) { cl.Need.MaxServices = 3000 })},
			false,
			true,
			false,
		},
		"what comes back if its need is not too large waits": {released, []func(*Request){of(routed(64), "max_nodes")}, false, true, false},
		"what comes back if it is not reclaimed waits":       {released, []func(*Request){reclaimUnknown, routed(64)}, false, true, false},
		"what released if it is not reclaimed":               {released, []func(*Request){reclaimUnknown}, false, true, false},
		"what released, with other facts to come":            {released, []func(*Request){unknown}, false, false, false},
		"who holds something does not wait for reclaim":      {r, []func(*Request){reclaimUnknown}, true, false, false},
		"who guards is not asked": {
			r,
			[]func(*Request){func(r *Request) { r.Unknown = topology.Unknown{"prevent_release"} }, withoutClusters("a"), nodes("b", 16)},
			false,
			false,
			false,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(test.r, test.edits...), profile.Default())
			_, known := result.Allocations["a"]
			if known != test.known || result.ReleasedUnknown != test.unknown || result.Failed() != test.waits ||
				(len(pick[GrowthPostponed](result)) > 0) != test.waits {
				t.Errorf(
					"known %t, released unknown %t, deferred %v\n%s", known, result.ReleasedUnknown, result.Deferred, allReports(result),
				)
			}
		})
	}
	t.Run("nothing is released while clusters are unknown", func(t *testing.T) {
		result := Plan(
			edited(r, withoutClusters("a"), func(r *Request) { r.Facts.Unknown = topology.Unknown{"clusters"} }), profile.Default(),
		)
		wantReleased(t, result, map[string]string{})
		wantFaults(t, pick[NoLongerDeclared](result))
	})
	t.Run("the fault names the facts", func(t *testing.T) {
		result := Plan(edited(r, unknown, routed(65)), profile.Default())
		wantFaults(
			t, result.Faults, problem{At: `clusters["a"].max_nodes`, Problem: GrowthPostponed{Cluster: "a", Unknown: result.Unknown}},
		)
		if fmt.Sprint(result.Unknown) != `[vpcs["own"].cidr_blocks]` {
			t.Error(result.Unknown)
		}
	})
}
