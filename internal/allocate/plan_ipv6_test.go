package allocate

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// dualCluster is a request with one self-managed cluster of both families.
func dualCluster(need profile.Need, edits ...func(*topology.Cluster)) Request {
	return request(
		services("172.20.0.0/14", "fd00::/40"), supernets("10.0.0.0/12", "fd00:100::/32"),
		cluster("a", "kubernetes-routed", need, append([]func(*topology.Cluster){dual}, edits...)...),
	)
}

// pods6 and mask6 give the IPv6 Pod range and the IPv6 node mask of a cluster.
func pods6(text string) func(*topology.Cluster) {
	return func(cl *topology.Cluster) { cl.PodIPv6CIDR = prefix(text) }
}

func mask6(mask int) func(*topology.Cluster) {
	return func(cl *topology.Cluster) { cl.Need.NodeIPv6Mask = mask }
}

func services6(text string) func(*topology.Cluster) {
	return func(cl *topology.Cluster) { cl.ServiceIPv6CIDR = prefix(text) }
}

// problemsOf is what a plan finds wrong: the kind of each problem or the code of each finding, its place, and its level.
func problemsOf(r Result) []string {
	var problems []string
	for _, f := range r.Faults {
		level := map[bool]string{true: "warn", false: "error"}[f.Warn]
		problems = append(problems, fmt.Sprintf("%s %T at %s", level, f.Problem, f.At))
	}
	for _, f := range r.Findings {
		problems = append(problems, fmt.Sprintf("%s %s at %s", f.Level(), f.Code, f.A.At))
	}
	slices.Sort(problems)
	return problems
}

func TestIPv6PodRangesAreCheckedAgainstTheNodeMask(t *testing.T) {
	const (
		noNodes, atOdds  = "error allocate.NoNodes at ", "error topology.Contradicting at "
		unsized, missing = "error allocate.NeedNotServed at ", "error topology.Missing at "
	)
	need := profile.Need{MaxNodes: 100}
	tests := map[string]struct {
		r    Request
		want []string
		// nodes and mask are what comes out where nothing is wrong.
		nodes int64
		mask  string
	}{
		"a /64 holds one block of /64, not a hundred": {
			dualCluster(need, pods6("fd00:200::/64")),
			[]string{atOdds + `clusters["a"].max_nodes`},
			0,
			"",
		},
		"which is enough for one node": {dualCluster(profile.Need{MaxNodes: 1}, pods6("fd00:200::/64")), nil, 1, "64"},
		"a /57 holds 128":              {dualCluster(need, pods6("fd00:200::/57")), nil, 128, "64"},
		"a /112 holds none": {
			dualCluster(need, pods6("fd00:200::/112")),
			[]string{noNodes + `clusters["a"].pod_ipv6_cidr`},
			0,
			"",
		},
		"nor does a /104": {
			dualCluster(need, pods6("fd00:200::/104")),
			[]string{noNodes + `clusters["a"].pod_ipv6_cidr`},
			0,
			"",
		},
		"unless the mask is longer": {dualCluster(need, pods6("fd00:200::/112"), mask6(120)), nil, 128, "120"},
		"a /40 is 24 bits shorter than a block": {
			dualCluster(need, pods6("fd00:200::/40")),
			[]string{`error node6_mask_difference_over_16 at clusters["a"].pod_ipv6_cidr`},
			0,
			"",
		},
		"a /47 is 17 bits shorter": {
			dualCluster(need, pods6("fd00:200::/47")),
			[]string{`error node6_mask_difference_over_16 at clusters["a"].pod_ipv6_cidr`},
			0,
			"",
		},
		"a /48 is 16 bits shorter":     {dualCluster(need, pods6("fd00:200::/48")), nil, 128, "64"},
		"a /40 with blocks of /56":     {dualCluster(need, pods6("fd00:200::/40"), mask6(56)), nil, 128, "56"},
		"a mask alone sizes the range": {dualCluster(need, mask6(120)), nil, 128, "120"},
		"a mask that holds too few Pods": {
			dualCluster(profile.Need{MaxNodes: 100, PodsPerNode: 110}, mask6(122)),
			[]string{unsized + `clusters["a"].pods_per_node`},
			0,
			"",
		},
		"a mask that holds none": {
			dualCluster(need, mask6(127)),
			[]string{unsized + `clusters["a"].node_ipv6_cidr_mask`},
			0,
			"",
		},
		"more Services than an IPv6 range has": {
			dualCluster(profile.Need{MaxNodes: 100, MaxServices: 65535}),
			[]string{unsized + `clusters["a"].max_services`},
			0,
			"",
		},
		"more Services than the pinned one has": {
			dualCluster(profile.Need{MaxNodes: 100, MaxServices: 15}, services6("fd00:200::/124")),
			[]string{atOdds + `clusters["a"].max_services`},
			0,
			"",
		},
		"a mask of one family only": {
			request(
				cluster("a", "kubernetes-routed", need, mask6(64)),
			), []string{`error topology.NotAccepted at clusters["a"].node_ipv6_cidr_mask`}, 0, "",
		},
		"existing has a mask": {
			edited(
				dualCluster(need),
				existing("a", Existing{PodCIDRs: prefixes("10.0.0.0/17"), ServiceCIDR: prefix("172.20.0.0/20"), NodeMask: 24,
					PodIPv6CIDR: prefix("fd00:200::/112"), ServiceIPv6CIDR: prefix("fd00:201::/112"), NodeIPv6Mask: 120}),
			),
			nil,
			128,
			"120",
		},
		"existing lacks the mask that its range needs": {
			edited(
				dualCluster(need),
				existing("a", Existing{PodCIDRs: prefixes("10.0.0.0/17"), ServiceCIDR: prefix("172.20.0.0/20"), NodeMask: 24,
					PodIPv6CIDR: prefix(
						"fd00:200::/112",
					), ServiceIPv6CIDR: prefix("fd00:201::/112")}),
			),
			[]string{missing + `existing["a"].node_ipv6_cidr_mask`},
			0,
			"",
		},
		"existing has a mask that its range does not": {
			edited(
				dualCluster(need),
				existing("a", Existing{PodCIDRs: prefixes("10.0.0.0/17"), ServiceCIDR: prefix("172.20.0.0/20"), NodeMask: 24,
					PodIPv6CIDR: prefix(
						"fd00:200::/112",
					), ServiceIPv6CIDR: prefix("fd00:201::/112"), NodeIPv6Mask: 64}),
			),
			[]string{noNodes + `existing["a"].pod_ipv6_cidr`, `error allocate.Outgrown at clusters["a"].max_nodes`},
			0,
			"",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Plan(test.r, profile.Default())
			if problems := problemsOf(got); !slices.Equal(problems, test.want) {
				t.Fatalf("got %q, want %q", problems, test.want)
			}
			if test.mask == "" {
				return
			}
			a := got.Allocations["a"]
			if a.Usable.Nodes != test.nodes || a.Values["node_cidr_mask_size_ipv6"] != test.mask {
				t.Errorf(
					"got %d nodes and node_cidr_mask_size_ipv6 = %s, want %d and %s",
					a.Usable.Nodes, a.Values["node_cidr_mask_size_ipv6"], test.nodes, test.mask,
				)
			}
		})
	}
}

// A state from before IPv6 ranges were counted stays as it is; the plan says what it lacks and fails for nothing.
func TestHeldIPv6RangesStayAsTheyAre(t *testing.T) {
	for pin, want := range map[string][]string{
		"fd00:200::/64":  {`warn allocate.Outgrown at clusters["a"].max_nodes`},
		"fd00:200::/112": {`warn allocate.NoNodes at clusters["a"].pod_ipv6_cidr`, `warn allocate.Outgrown at clusters["a"].max_nodes`},
		"fd00:200::/40":  {`warn node6_mask_difference_over_16 at clusters["a"].pod_ipv6_cidr`},
		"fd00:200::/57":  nil,
	} {
		r := dualCluster(profile.Need{MaxNodes: 100})
		was := planned(t, r)
		a := was.Allocations["a"]
		a.PodIPv6 = prefix(pin)
		a.Usable.Nodes = 128
		was.Allocations["a"] = a
		r = dualCluster(profile.Need{MaxNodes: 100}, pods6(pin))
		got := Plan(after(r, was), profile.Default())
		if problems := problemsOf(got); !slices.Equal(problems, want) || got.Failed() {
			t.Errorf("%s: got %q, want %q", pin, problems, want)
		}
		if !reflect.DeepEqual(got.Allocations["a"], a) {
			t.Errorf("%s: got %+v, want %+v", pin, got.Allocations["a"], a)
		}
	}
}

// What is held keeps its node mask, and another one is a change.
func TestTheIPv6NodeMaskIsHeld(t *testing.T) {
	r := dualCluster(profile.Need{MaxNodes: 100}, mask6(72))
	was := planned(t, r)
	again := planned(t, after(dualCluster(profile.Need{MaxNodes: 100}), was))
	if !reflect.DeepEqual(again.Allocations["a"], was.Allocations["a"]) {
		t.Errorf("got %+v, want %+v", again.Allocations["a"], was.Allocations["a"])
	}
	wantFaults(
		t,
		Plan(after(dualCluster(profile.Need{MaxNodes: 100}, mask6(80)), was), profile.Default()).Faults,
		problem{
			At:      `clusters["a"].node_ipv6_cidr_mask`,
			Problem: Changed{Cluster: "a", Argument: "node_ipv6_cidr_mask", Held: 72, Wanted: 80},
		},
	)
	wantFaults(
		t,
		Plan(
			edited(
				after(r, was),
				existing("a", Existing{PodCIDRs: was.Allocations["a"].Pods, NodeMask: was.Allocations["a"].NodeMask, NodeIPv6Mask: 80}),
			),
			profile.Default(),
		).Faults,
		problem{At: `existing["a"].node_ipv6_cidr_mask`, Problem: ContradictsState{Cluster: "a", Held: 72, Given: 80}},
	)
}

// What can be used is the smaller number of both families: what a cluster of one family alone could use, for each.
func TestUsableIsTheMinimumOfBothFamilies(t *testing.T) {
	prof := shipped(t, "kubernetes-routed")
	rapid.Check(t, func(t *rapid.T) {
		mask, mask6 := rapid.IntRange(20, 30).Draw(t, "mask"), rapid.IntRange(64, 126).Draw(t, "mask6")
		pods, pods6 := rapid.IntRange(mask-12, mask).Draw(t, "pods"), rapid.IntRange(mask6-16, mask6).Draw(t, "pods6")
		service, service6 := rapid.IntRange(12, 28).Draw(t, "service"), rapid.IntRange(108, 124).Draw(t, "service6")
		four := profile.Ranges{
			Pods:     prefixes(fmt.Sprintf("10.0.0.0/%d", max(pods, 8))),
			Service:  prefix(fmt.Sprintf("172.16.0.0/%d", service)),
			NodeMask: mask,
		}
		four.Pods[0] = four.Pods[0].Masked()
		both := four
		both.PodIPv6, both.ServiceIPv6, both.NodeIPv6Mask = prefix(
			fmt.Sprintf("fd00::/%d", pods6),
		), prefix(
			fmt.Sprintf("fd01::/%d", service6),
		), mask6
		alone, got := prof.Usable(four, prof.NodeOf(mask)), prof.Usable(both, prof.NodeOf(mask))
		want := profile.Usable{ // two addresses of a node block and of the Services are lost, and a /112 of these is used
			Nodes:       min(alone.Nodes, 1<<(mask6-pods6)),
			PodsPerNode: alone.PodsPerNode,
			Services:    min(alone.Services, 1<<(128-max(service6, 112))-2),
		}
		if host := 128 - mask6; host < 40 {
			want.PodsPerNode = min(want.PodsPerNode, 1<<host-2)
		}
		if got != want {
			t.Fatalf("%+v: got %+v, want %+v", both, got, want)
		}
	})
}
