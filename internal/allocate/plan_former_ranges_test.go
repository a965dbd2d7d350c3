package allocate

import (
	"maps"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// planeHeld is the state of cluster a in the VPC own, whose control plane has the first addresses that new Pods would get.
func planeHeld(t *testing.T, edits ...func(*Request)) Request {
	t.Helper()
	r := besides(append([]func(*Request){
		cluster("a", "other-unique", lengths(16, 20, 24), using("control_plane", "100.64.0.0/28")),
	}, edits...)...)
	return after(r, plannedWithOther(t, r))
}

// New ranges avoid what clusters used until now beside Pods and Services, and the next plan uses it.
func TestNewRangesAvoidFormerOtherRanges(t *testing.T) {
	b := cluster("b", "other-default", lengths(16, 20, 24), using("join", "10.9.0.0/16"))
	without := func(r *Request) { delete(r.Facts.Clusters, "a") }
	plane := func(text string) func(*Request) {
		return cluster("a", "other-unique", lengths(16, 20, 24), using("control_plane", text))
	}
	none := cluster("a", "other-unique", lengths(16, 20, 24))
	blue := func(r *Request) {
		r.Facts.VPCs["apart"] = topology.VPC{CIDRBlocks: prefixes("192.168.4.0/24"), VRF: "blue"}
	}
	claimed := func(r *Request) {
		r.Facts.Foreign = map[string]topology.Foreign{"x": {
			Owner: "theirs", Kind: topology.ForeignOther, Use: "control_plane", CIDR: prefix("100.66.0.0/28"), Network: "there",
			Allocator: "team", Profile: "other-unique",
		}}
	}
	tests := map[string]struct {
		before, edits []func(*Request)
		// want are the ranges of b, and next those in the plan after that if b comes only then.
		want, next string
	}{
		"it stays": {
			nil, []func(*Request){b}, "100.66.0.0/16 100.64.32.0/20", "100.66.0.0/16 100.64.32.0/20",
		},
		"it moves": {
			nil, []func(*Request){plane("10.8.0.0/28"), b}, "100.66.0.0/16 100.64.32.0/20", "100.66.0.0/16 100.64.0.0/20",
		},
		"it is removed": {
			nil, []func(*Request){none, b}, "100.66.0.0/16 100.64.32.0/20", "100.66.0.0/16 100.64.0.0/20",
		},
		"its cluster is removed": {
			nil, []func(*Request){without, b}, "100.66.0.0/16 100.64.32.0/20", "100.66.0.0/16 100.64.0.0/20",
		},
		"its cluster and network are removed": {
			nil, []func(*Request){func(r *Request) {
				delete(r.Facts.Clusters, "a")
				r.Facts.VPCs["new"] = topology.VPC{CIDRBlocks: prefixes("192.168.9.0/24")}
				delete(r.Facts.VPCs, "own")
				delete(r.Facts.VPCs, "far")
			}, cluster("b", "other-default", lengths(16, 20, 24), using("join", "10.9.0.0/16"), inVPC("new"))},
			"100.66.0.0/16 100.64.32.0/20", "100.66.0.0/16 100.64.0.0/20",
		},
		"its cluster is renamed": {
			nil, []func(*Request){without, cluster("z", "other-unique", lengths(16, 20, 24), using("control_plane", "10.8.0.0/28"),
				func(cl *topology.Cluster) { cl.PreviousNames = []string{"a"} }), b},
			"100.66.0.0/16 100.64.32.0/20", "100.66.0.0/16 100.64.0.0/20",
		},
		"the new cluster is in a network apart": {
			nil, []func(*Request){plane("10.8.0.0/28"), cluster("b", "other-default", lengths(16, 20, 24), using("join", "10.9.0.0/16"),
				inVPC("apart"))},
			"100.66.0.0/16 100.64.32.0/20", "100.66.0.0/16 100.64.0.0/20",
		},
		"the new cluster is in another VRF": {
			[]func(*Request){blue}, []func(*Request){plane("10.8.0.0/28"), cluster("b", "other-default", lengths(16, 20, 24),
				using("join", "10.9.0.0/16"), inVPC("apart"))},
			"100.64.0.0/16 100.65.0.0/20", "100.64.0.0/16 100.65.0.0/20",
		},
		"a claim of another planner": {
			[]func(*Request){claimed}, []func(*Request){func(r *Request) { r.Facts.Foreign = nil }, b},
			"100.67.0.0/16 100.66.16.0/20", "100.66.0.0/16 100.64.32.0/20",
		},
		"an entry of existing": {
			[]func(*Request){none, existingWith("a", "control_plane", "100.64.0.0/28")},
			[]func(*Request){func(r *Request) { delete(r.Existing, "a") }, b},
			"100.65.0.0/16 100.64.16.0/20", "100.81.0.0/16 100.82.0.0/20",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			held := planeHeld(t, test.before...)
			edits := edited(held, test.edits...)
			got := plannedWithOther(t, edits)
			if ranges := heldBy(got, "b"); ranges != test.want {
				t.Errorf("b has %s, want %s", ranges, test.want)
			}
			alone := edited(edits, func(r *Request) { delete(r.Facts.Clusters, "b") })
			next := edited(after(alone, plannedWithOther(t, alone)), func(r *Request) {
				r.Facts.Clusters["b"] = edits.Facts.Clusters["b"]
			})
			if ranges := heldBy(plannedWithOther(t, next), "b"); ranges != test.next {
				t.Errorf("in the next plan b has %s, want %s", ranges, test.next)
			}
			if again := plannedWithOther(t, after(edits, got)); heldBy(again, "b") != test.want {
				t.Errorf("b moves to %s", heldBy(again, "b"))
			}
		})
	}
}

// A further range avoids them too, and so does a range that the ledger holds for a demand.
func TestFurtherAndHeldRangesAvoidFormerOtherRanges(t *testing.T) {
	pods := func(r Result, name string) netip.Prefix {
		all := r.Allocations[name].Pods
		return all[len(all)-1]
	}
	join := using("join", "10.9.0.0/16")
	b := cluster("b", "other-default", lengths(16, 20, 24), join)
	grows := func(r *Request) {
		cl := r.Facts.Clusters["web"]
		cl.Need.PodLength, cl.Need.MaxNodes = 0, 300
		r.Facts.Clusters["web"] = cl
	}
	for name, test := range map[string]struct {
		owner string
		edit  func(*Request)
		held  bool
	}{"further Pods": {"web", grows, false}, "new Pods": {"b", b, false}, "Pods that the ledger holds": {"b", b, true}} {
		t.Run(name, func(t *testing.T) {
			held := planeHeld(t, cluster("web", "other-default", lengths(16, 20, 24), join))
			moved := cluster("a", "other-unique", lengths(16, 20, 24), using("control_plane", "10.8.0.0/28"))
			r := edited(held, moved)
			r = edited(after(r, plannedWithOther(t, r)), test.edit)
			free := plannedWithOther(t, r)
			on := pods(free, test.owner)
			if test.held {
				key := free.Chosen[slices.IndexFunc(free.Chosen, func(c ChosenRange) bool { return c.Range == on })].Demand
				r.Ledger.Held = map[string]Held{key: {Range: on, VRFs: []string{""}}}
				if got := pods(plannedWithOther(t, r), test.owner); got != on {
					t.Fatalf("%v instead of the held %v", got, on)
				}
			}
			prior := *r.Prior
			prior.Facts.Clusters = maps.Clone(prior.Facts.Clusters)
			was := prior.Facts.Clusters["a"]
			was.OtherRanges = map[string][]netip.Prefix{"control_plane": {netip.PrefixFrom(on.Addr(), 28)}}
			prior.Facts.Clusters["a"], r.Prior = was, &prior
			if got := pods(plannedWithOther(t, r), test.owner); got.Overlaps(on) {
				t.Errorf("%v is on the former control plane", got)
			}
		})
	}
}

// Where nothing else is free, the message names them, and its option asks for the range in the next plan.
func TestNoRoomBesideFormerOtherRanges(t *testing.T) {
	small := func(r *Request) {
		r.Supernets, r.ServiceSupernets = prefixes("10.64.0.0/16"), prefixes("172.20.0.0/16")
	}
	pod := func(cl *topology.Cluster) { cl.PodCIDRs = prefixes("10.64.0.0/18") }
	held := besides(small, cluster("a", "other-unique", lengths(0, 20, 24), pod, using("control_plane", "10.64.128.0/28")))
	held = after(held, plannedWithOther(t, held))
	moved := cluster("a", "other-unique", lengths(0, 20, 24), pod, using("control_plane", "10.8.0.0/28"))
	got := edited(held, moved, cluster("b", "other-default", lengths(17, 20, 24), using("join", "10.9.0.0/16")))
	faults := pick[NoRoom](WithRoomOptions(got, Plan(got, otherCatalog(t)), otherCatalog(t)))
	if len(faults) != 1 {
		t.Fatalf("faults %v", faults)
	}
	if e := faults[0].Problem.(NoRoom); !slices.ContainsFunc(e.Holders, func(c conflict.Claim) bool {
		return c.Former && c.Owner == "a" && c.Range == prefix("10.64.128.0/28")
	}) {
		t.Errorf("held by %v", e.Holders)
	}
	options := faults[0].Options
	wantOptions(t, options, []string{
		`set clusters["b"].pod_prefix_length 18`, "add supernets 10.65.0.0/16", `remove clusters["b"]`,
	})
	last := options[len(options)-1]
	if len(last.Later) != 1 || last.Later[0].At.String() != `clusters["b"]` {
		t.Errorf("later %v", last.Later)
	}
}

// A range that the configuration gives there is a warning, but for the cluster's own range of that use, which becomes larger.
func TestGivenRangesOnFormerOtherRangesWarn(t *testing.T) {
	b := func(service, pods string) func(*Request) {
		return cluster("b", "other-default", lengths(0, 0, 24), pins(service, pods), using("join", "10.9.0.0/16"))
	}
	moved := cluster("a", "other-unique", lengths(16, 20, 24), using("control_plane", "10.8.0.0/28"))
	held := planeHeld(t, cluster("c", "other-unique", lengths(16, 20, 24), using("remote_nodes", "10.7.0.0/16")))
	remote := func(text string) func(*Request) {
		return cluster("c", "other-unique", lengths(16, 20, 24), using("remote_nodes", text))
	}
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  []string
	}{
		"beside it": {[]func(*Request){moved, b("10.64.0.0/20", "10.65.0.0/16")}, nil},
		"Pods":      {[]func(*Request){moved, b("10.64.0.0/20", "100.64.0.0/20")}, []string{`remove clusters["b"]`}},
		"Services":  {[]func(*Request){moved, b("100.64.0.0/20", "10.65.0.0/16")}, []string{`remove clusters["b"]`}},
		"another other range": {
			[]func(*Request){moved, remote("100.64.0.0/24")}, []string{`remove clusters["c"].other_ranges["remote_nodes"]`},
		},
		"the same one, larger":   {[]func(*Request){remote("10.6.0.0/15")}, nil},
		"held Pods of a cluster": {[]func(*Request){moved}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := plannedWithOther(t, edited(held, test.edits...))
			var options []topology.Option
			for _, f := range pick[GivenOnFormer](got) {
				if !f.Warn || len(f.Options) != 1 || len(f.Options[0].Later) != 1 {
					t.Errorf("fault %+v", f)
				}
				options = append(options, f.Options...)
			}
			wantOptions(t, options, test.want)
		})
	}
}

// A range that a cluster still uses is no former one: where Pods may repeat, those of a cluster in an unconnected network may be on it.
func TestRangesThatAreStillUsedAreNoFormerOnes(t *testing.T) {
	r := planeHeld(t, func(r *Request) { r.SharedPods, r.SharedServices = true, true })
	b := cluster("b", "other-default", lengths(16, 20, 24), using("join", "10.9.0.0/16"), inVPC("apart"))
	if got := plannedWithOther(t, edited(r, b)).Allocations["b"].Pods[0]; got != prefix("100.64.0.0/16") {
		t.Errorf("beside a range in use: %v", got)
	}
	moved := cluster("a", "other-unique", lengths(16, 20, 24), using("control_plane", "10.8.0.0/28"))
	if got := plannedWithOther(t, edited(r, moved, b)).Allocations["b"].Pods[0]; got.Overlaps(prefix("100.64.0.0/28")) {
		t.Errorf("beside a range that was in use: %v", got)
	}
}
