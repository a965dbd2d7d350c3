package allocate

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
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
	return func(cl *topology.Cluster) { cl.Need.NodeMask6 = mask }
}

func services6(text string) func(*topology.Cluster) {
	return func(cl *topology.Cluster) { cl.ServiceIPv6CIDR = prefix(text) }
}

// saidOf is what a plan finds wrong: the kind of each problem or the code of each finding, its place, and its level.
func saidOf(r Result) []string {
	var said []string
	for _, f := range r.Faults {
		level := map[bool]string{true: "warn", false: "error"}[f.Warn]
		said = append(said, fmt.Sprintf("%s %T at %s", level, f.Problem, f.At))
	}
	for _, f := range r.Findings {
		said = append(said, fmt.Sprintf("%s %s at %s", f.Level(), f.Code, f.A.At))
	}
	slices.Sort(said)
	return said
}

func TestIPv6PodRangesAreCheckedAgainstTheNodeMask(t *testing.T) {
	const noNodes, atOdds, unsized, missing = "error allocate.NoNodes at ", "error topology.Contradicting at ", "error allocate.NeedNotServed at ", "error topology.Missing at "
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
					PodIPv6CIDR: prefix("fd00:200::/112"), ServiceIPv6CIDR: prefix("fd00:201::/112"), NodeMask6: 120}),
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
					), ServiceIPv6CIDR: prefix("fd00:201::/112"), NodeMask6: 64}),
			),
			[]string{noNodes + `existing["a"].pod_ipv6_cidr`, `error allocate.Outgrown at clusters["a"].max_nodes`},
			0,
			"",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Plan(test.r, profile.Default())
			if said := saidOf(got); !slices.Equal(said, test.want) {
				t.Fatalf("got %q, want %q", said, test.want)
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
		if said := saidOf(got); !slices.Equal(said, want) || got.Failed() {
			t.Errorf("%s: got %q, want %q", pin, said, want)
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
			Problem: Changed{Cluster: "a", Argument: "node_ipv6_cidr_mask", Held: "72", Wanted: "80"},
		},
	)
	wantFaults(
		t,
		Plan(
			edited(
				after(r, was),
				existing("a", Existing{PodCIDRs: was.Allocations["a"].Pods, NodeMask: was.Allocations["a"].NodeMask, NodeMask6: 80}),
			),
			profile.Default(),
		).Faults,
		problem{At: `existing["a"].node_ipv6_cidr_mask`, Problem: ContradictsState{Cluster: "a", Held: "72", Given: "80"}},
	)
}

// ofFamily gives one family of a cluster an argument, and leaves the other as it is.
type ofFamily struct {
	pods, services func(text string) func(*topology.Cluster)
	mask           func(int) func(*topology.Cluster)
	// at shifts a prefix length of IPv4 to the family's.
	shift int
	base  string
	// existing is an entry whose ranges of the family have such lengths and mask.
	existing func(pods, mask int) Existing
}

var families4and6 = map[string]ofFamily{
	"IPv4": {
		pods: func(text string) func(*topology.Cluster) {
			return func(cl *topology.Cluster) { cl.PodCIDRs = prefixes(text) }
		},
		services: func(text string) func(*topology.Cluster) {
			return func(cl *topology.Cluster) { cl.ServiceCIDR = prefix(text) }
		},
		mask: func(mask int) func(*topology.Cluster) { return func(cl *topology.Cluster) { cl.Need.NodeMask = mask } },
		base: "11.0.0.0/%d",
		existing: func(pods, mask int) Existing {
			return Existing{
				PodCIDRs:        prefixes(fmt.Sprintf("11.0.0.0/%d", pods)),
				ServiceCIDR:     prefix("172.20.0.0/20"),
				NodeMask:        mask,
				PodIPv6CIDR:     prefix("fd00:200::/48"),
				ServiceIPv6CIDR: prefix("fd00:201::/112"),
				NodeMask6:       64,
			}
		},
	},
	"IPv6": {
		pods: pods6, services: services6, mask: mask6, shift: 96, base: "fd00:200::/%d",
		existing: func(pods, mask int) Existing {
			return Existing{
				PodCIDRs:        prefixes("11.0.0.0/12"),
				ServiceCIDR:     prefix("172.20.0.0/20"),
				NodeMask:        24,
				PodIPv6CIDR:     prefix(fmt.Sprintf("fd00:200::/%d", pods+96)),
				ServiceIPv6CIDR: prefix("fd00:201::/112"),
				NodeMask6:       mask + 96,
			}
		},
	},
}

func (f ofFamily) podsOf(length int) func(*topology.Cluster) {
	return f.pods(fmt.Sprintf(f.base, length+f.shift))
}
func (f ofFamily) servicesOf(length int) func(*topology.Cluster) {
	return f.services(fmt.Sprintf(f.base, length+f.shift))
}
func (f ofFamily) maskOf(mask int) func(*topology.Cluster) { return f.mask(mask + f.shift) }

// Whatever is wrong with ranges and node masks of one family is found in the other, at the argument of that
// family, and as serious: each case is told once for both. Ranges are given in lengths of IPv4.
func TestWhatIsCheckedOfOneFamilyIsCheckedOfTheOther(t *testing.T) {
	need := profile.Need{MaxNodes: 100}
	held := func(f ofFamily, first profile.Need, mask int, then ...func(*topology.Cluster)) Request {
		r := dualCluster(first, f.maskOf(mask))
		now := after(r, planned(t, r))
		now.Facts = dualCluster(first, then...).Facts
		return now
	}
	asking := func(need profile.Need) func(*topology.Cluster) {
		return func(cl *topology.Cluster) { cl.Need = need }
	}
	cases := map[string]func(f ofFamily) Request{
		"a pinned Pod range smaller than a node block":  func(f ofFamily) Request { return dualCluster(need, f.podsOf(26), f.maskOf(24)) },
		"a pinned Pod range with too few node blocks":   func(f ofFamily) Request { return dualCluster(need, f.podsOf(18), f.maskOf(24)) },
		"a pinned Pod range with node blocks too small": func(f ofFamily) Request { return dualCluster(need, f.podsOf(8), f.maskOf(26)) },
		"a pinned Pod range of too few addresses":       func(f ofFamily) Request { return dualCluster(profile.Need{MaxNodes: 1}, f.podsOf(29), f.maskOf(30)) },
		"a pinned Service range with too few addresses": func(f ofFamily) Request {
			return dualCluster(profile.Need{MaxNodes: 9, MaxServices: 100}, f.servicesOf(27))
		},
		"a pinned Service range that is too large": func(f ofFamily) Request { return dualCluster(need, f.servicesOf(11)) },
		"a node mask that is no length":            func(f ofFamily) Request { return dualCluster(need, f.maskOf(33)) },
		"a node mask that holds no Pod":            func(f ofFamily) Request { return dualCluster(need, f.maskOf(31)) },
		"a node mask that holds too few Pods": func(f ofFamily) Request {
			return dualCluster(profile.Need{MaxNodes: 9, PodsPerNode: 110}, f.maskOf(26))
		},
		"more nodes than blocks can be numbered": func(f ofFamily) Request {
			return dualCluster(profile.Need{MaxNodes: 65537, PodsPerNode: 1}, f.maskOf(30))
		},
		"a change of the node mask": func(f ofFamily) Request { return held(f, need, 24, f.maskOf(25)) },
		"more Pods on a node than what is held has": func(f ofFamily) Request {
			return held(f, profile.Need{MaxNodes: 9}, 28, asking(profile.Need{MaxNodes: 9, PodsPerNode: 60}))
		},
		"an existing node mask that is no length":        func(f ofFamily) Request { return edited(dualCluster(need), existing("a", f.existing(12, 33))) },
		"an existing Pod range with too few node blocks": func(f ofFamily) Request { return edited(dualCluster(need), existing("a", f.existing(18, 24))) },
		"an existing mask that contradicts the state":    func(f ofFamily) Request { return contradicting(t, f) },
		"another Pod range than what is held":            func(f ofFamily) Request { return held(f, need, 24, f.podsOf(12)) },
		"another Service range than what is held":        func(f ofFamily) Request { return held(f, need, 24, f.servicesOf(20)) },
		"a node mask that is not known yet":              lateMask,
		"a mirror that gives the node mask of its own":   func(f ofFamily) Request { return mirrorWith(f.maskOf(24)) },
		"a node mask where Pods have no block of the cluster": func(f ofFamily) Request {
			return request(cluster("a", "ack-terway", profile.Need{}, dual, f.maskOf(24)))
		},
	}
	plain := strings.NewReplacer(
		"ipv6_", "", "[0]", "", "pod_cidrs", "pod_cidr", "pod6_", "pod_", "service6_", "service_", "node6_", "node_",
	)
	for name, of := range cases {
		t.Run(name, func(t *testing.T) {
			said := map[string][]string{}
			for family, f := range families4and6 {
				got := Plan(of(f), profile.Default())
				for _, s := range saidOf(got) {
					if strings.HasPrefix(s, "allow") || strings.Contains(s, "allocate.AssumedServiceRange") {
						continue // no platform has a default of IPv6, and a note is not printed
					}
					said[family] = append(said[family], plain.Replace(s))
				}
				for _, at := range got.Unknown {
					said[family] = append(said[family], "unknown "+plain.Replace(at.String()))
				}
			}
			if len(said["IPv4"]) == 0 || !slices.Equal(said["IPv4"], said["IPv6"]) {
				t.Errorf("of IPv4 the plan says %q, of IPv6 %q", said["IPv4"], said["IPv6"])
			}
		})
	}
}

func contradicting(t *testing.T, f ofFamily) Request {
	t.Helper()
	r := edited(dualCluster(profile.Need{MaxNodes: 100}), existing("a", f.existing(12, 24)))
	return edited(after(r, planned(t, r)), existing("a", f.existing(12, 25)))
}

func lateMask(f ofFamily) Request {
	attribute := map[int]string{0: "node_cidr_mask", 96: "node_ipv6_cidr_mask"}[f.shift]
	return dualCluster(profile.Need{MaxNodes: 100}, func(cl *topology.Cluster) { cl.Unknown = topology.Unknown{attribute} })
}

// mirrorWith is a cluster with the ranges of another one in another VRF, and something of its own.
func mirrorWith(edit func(*topology.Cluster)) Request {
	mirror := func(cl *topology.Cluster) { cl.VPC, cl.SameAs, cl.IPFamilies = "far", "a", nil }
	return edited(dualCluster(profile.Need{MaxNodes: 9}), cluster("b", "kubernetes-routed", profile.Need{}, mirror, edit), func(r *Request) {
		r.Facts.VPCs["far"] = topology.VPC{CIDRBlocks: prefixes("192.168.2.0/24"), VRF: "far"}
	})
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
