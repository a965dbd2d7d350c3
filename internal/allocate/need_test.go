package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Each argument on both sides of each bound.
func TestNeedsOutsideThePlatform(t *testing.T) {
	tests := map[string]struct {
		profile  string
		argument string
		fits     profile.Need
		over     profile.Need
		min, max int64
		value    int64
	}{
		"ACK, Pods of a node": {
			"ack-flannel",
			"pods_per_node",
			profile.Need{MaxNodes: 2, PodsPerNode: 256},
			profile.Need{MaxNodes: 2, PodsPerNode: 257},
			1,
			256,
			257,
		},
		"ACK, the shortest mask": {"ack-flannel", "node_cidr_mask", lengths(20, 0, 24), lengths(20, 0, 23), 24, 28, 23},
		"ACK, the longest mask":  {"ack-flannel", "node_cidr_mask", lengths(20, 0, 28), lengths(20, 0, 29), 24, 28, 29},
		"ACK, Pods of a mask": {
			"ack-flannel",
			"pods_per_node",
			profile.Need{MaxNodes: 2, NodeMask: 27, PodsPerNode: 32},
			profile.Need{MaxNodes: 2, NodeMask: 27, PodsPerNode: 33},
			1,
			32,
			33,
		},
		"ACK, nodes of all addresses": {
			"ack-flannel",
			"max_nodes",
			profile.Need{MaxNodes: 1 << 16, PodsPerNode: 256},
			profile.Need{MaxNodes: 1<<16 + 1, PodsPerNode: 256},
			1,
			1 << 16,
			1<<16 + 1,
		},
		"ACK, the shortest Pod range":   {"ack-flannel", "pod_prefix_length", lengths(8, 0, 24), lengths(7, 0, 24), 8, 24, 7},
		"ACK, a Pod range of one block": {"ack-flannel", "pod_prefix_length", lengths(26, 0, 26), lengths(27, 0, 26), 8, 26, 27},
		"ACK, nodes of a Pod range": {
			"ack-flannel",
			"max_nodes",
			profile.Need{PodLength: 20, MaxNodes: 64},
			profile.Need{PodLength: 20, MaxNodes: 65},
			1,
			64,
			65,
		},
		"ACK, the shortest Service range": {
			"ack-flannel",
			"service_prefix_length",
			lengths(20, 16, 26),
			lengths(20, 15, 26),
			16,
			24,
			15,
		},
		"ACK, the longest Service range": {
			"ack-flannel",
			"service_prefix_length",
			lengths(20, 24, 26),
			lengths(20, 25, 26),
			16,
			24,
			25,
		},
		"ACK, Services of a Service range": {
			"ack-flannel",
			"max_services",
			profile.Need{MaxNodes: 2, ServiceLength: 22, MaxServices: 1022},
			profile.Need{MaxNodes: 2, ServiceLength: 22, MaxServices: 1023},
			1,
			1022,
			1023,
		},
		"ACK, Services of all": {
			"ack-flannel",
			"max_services",
			profile.Need{MaxNodes: 2, MaxServices: 65534},
			profile.Need{MaxNodes: 2, MaxServices: 65535},
			1,
			65534,
			65535,
		},
		"CCE, nodes of the largest flavor": {
			"cce-vpc-router",
			"max_nodes",
			profile.Need{MaxNodes: 2000},
			profile.Need{MaxNodes: 2001},
			1,
			2000,
			2001,
		},
		"CCE, usable Pods of the largest mask": {
			"cce-vpc-router",
			"pods_per_node",
			profile.Need{MaxNodes: 2, PodsPerNode: 253},
			profile.Need{MaxNodes: 2, PodsPerNode: 254},
			1,
			253,
			254,
		},
		"Kubernetes, nodes of a mask": {
			"kubernetes-routed",
			"max_nodes",
			profile.Need{MaxNodes: 1 << 16, NodeMask: 27},
			profile.Need{MaxNodes: 1<<16 + 1, NodeMask: 27},
			1,
			1 << 16,
			1<<16 + 1,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(wide(), cluster("a", test.profile, test.fits)), profile.Default())
			wantFaults(t, result.Faults)
			if len(result.Allocations) != 1 {
				t.Errorf("just inside: %d allocations, want 1", len(result.Allocations))
			}
			result = Plan(edited(wide(), cluster("a", test.profile, test.over)), profile.Default())
			if len(result.Faults) != 1 || !result.Failed() {
				t.Fatalf("just outside: faults %v, failed %t, want one", result.Faults, result.Failed())
			}
			fault := result.Faults[0]
			got, ok := fault.Problem.(NeedNotServed)
			if want := `clusters["a"].` + test.argument; !ok || fault.At.String() != want {
				t.Fatalf("just outside: got %v, want NeedNotServed at %s", fault, want)
			}
			if got.Argument != test.argument || got.Value != test.value || got.Min != test.min || got.Max != test.max ||
				got.Cluster != "a" ||
				got.Profile != shipped(t, test.profile) {
				t.Errorf(
					"just outside: got %+v, want %s = %d outside %d to %d", got.SizeError, test.argument, test.value, test.min, test.max,
				)
			}
			wantRanges(t, result, map[string]string{})
		})
	}
}

func TestPinsAgainstNeeds(t *testing.T) {
	at := func(argument, value string, other, gives any) []problem {
		return []problem{{At: `clusters["a"].` + argument, Problem: topology.Contradicting{Value: value, Other: other, Gives: gives}}}
	}
	pods := prefixes("10.0.0.0/20")
	podCIDRs := topology.ArgumentValue{Argument: "pod_cidrs", Value: pods}
	serviceCIDR := topology.ArgumentValue{Argument: "service_cidr", Value: prefix("172.20.0.0/22")}
	tests := map[string]struct {
		need profile.Need
		pin  func(*topology.Cluster)
		want []problem
	}{
		"pins and nothing else":                 {pin: pins("172.20.0.0/22", "10.0.0.0/20")},
		"as many nodes as the range has blocks": {need: profile.Need{MaxNodes: 64}, pin: pins("172.20.0.0/22", "10.0.0.0/20")},
		"one node more": {
			profile.Need{MaxNodes: 65},
			pins("172.20.0.0/22", "10.0.0.0/20"),
			at("max_nodes", "65", topology.NodeAddresses{PodCIDRs: pods, Addresses: 64}, topology.AtMost(64)),
		},
		"the length that is pinned": {need: profile.Need{PodLength: 20}, pin: pins("172.20.0.0/22", "10.0.0.0/20")},
		"a shorter length": {
			profile.Need{PodLength: 19},
			pins("172.20.0.0/22", "10.0.0.0/20"),
			at("pod_prefix_length", "19", podCIDRs, 20),
		},
		"a longer length": {
			profile.Need{PodLength: 21},
			pins("172.20.0.0/22", "10.0.0.0/20"),
			at("pod_prefix_length", "21", podCIDRs, 20),
		},
		"a range of one block": {need: profile.Need{NodeMask: 24}, pin: pins("172.20.0.0/22", "10.0.0.0/24")},
		"a range of less than a block": {
			profile.Need{NodeMask: 24},
			pins("172.20.0.0/22", "10.0.0.0/25"),
			[]problem{
				{
					At:      `clusters["a"].pod_cidrs[0]`,
					Problem: NoNodes{Cluster: "a", Profile: shipped(t, "ack-flannel"), Range: prefix("10.0.0.0/25"), Node: 256},
				},
			},
		},
		"as many Services as the range holds": {need: profile.Need{MaxServices: 1022}, pin: pins("172.20.0.0/22", "10.0.0.0/20")},
		"one Service more": {
			profile.Need{MaxServices: 1023},
			pins("172.20.0.0/22", "10.0.0.0/20"),
			at("max_services", "1023", serviceCIDR, topology.AtMost(1022)),
		},
		"the Service length that is pinned": {need: profile.Need{ServiceLength: 22}, pin: pins("172.20.0.0/22", "10.0.0.0/20")},
		"another Service length": {
			profile.Need{ServiceLength: 23},
			pins("172.20.0.0/22", "10.0.0.0/20"),
			at("service_prefix_length", "23", serviceCIDR, 22),
		},
		"a pinned Service range and a need of Pods":  {need: profile.Need{MaxNodes: 64}, pin: pins("172.20.0.0/22")},
		"a small Service range, with no needs given": {pin: pins("172.20.0.0/24", "10.0.0.0/20")},
		"a mask that is not known yet": {profile.Need{MaxNodes: 65}, func(cl *topology.Cluster) {
			pins("172.20.0.0/22", "10.0.0.0/20")(cl)
			cl.Unknown = topology.Unknown{"pods_per_node"}
		}, nil},
		"a pin that is not known yet beside one": {profile.Need{MaxNodes: 65}, func(cl *topology.Cluster) {
			pins("172.20.0.0/22", "10.0.0.0/20", "")(cl)
			cl.Profile, cl.VPC = "cce-vpc-router", "hua"
			cl.Unknown = topology.Unknown{"pod_cidrs"}
		}, nil},
		"a length with a mask that is not known yet": {
			profile.Need{PodLength: 27},
			func(cl *topology.Cluster) { cl.Unknown = topology.Unknown{"node_cidr_mask"} },
			nil,
		},
		"nodes of a length, mask to come": {
			profile.Need{PodLength: 24, MaxNodes: 16},
			func(cl *topology.Cluster) { cl.Unknown = topology.Unknown{"pods_per_node"} },
			nil,
		},
		"a length that is too long for the default one": {profile.Need{PodLength: 20, MaxNodes: 16}, func(*topology.Cluster) {}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(request(cluster("a", "ack-flannel", test.need, test.pin)), profile.Default())
			wantFaults(t, result.Faults, test.want...)
			if result.Failed() != (test.want != nil) {
				t.Errorf("failed: %t\n%s", result.Failed(), allReports(result))
			}
		})
	}
}

func TestPodRangesHoldANode(t *testing.T) {
	node := profile.NodeSize{Addresses: 256}
	for name, test := range map[string]struct {
		ranges podRanges
		want   bool
	}{
		"a block of a node":           {podRanges{ranges: prefixes("10.0.0.0/24"), node: node}, true},
		"less than a block":           {podRanges{ranges: prefixes("10.0.0.0/24", "10.0.1.0/25"), node: node}, false},
		"nodes that use no addresses": {podRanges{ranges: prefixes("10.0.0.0/24")}, true},
		"a range that is not known":   {podRanges{ranges: prefixes(""), node: node}, true},
	} {
		var c checker
		got := test.ranges.holdNodes(c.add, topology.Path{}, "a", shipped(t, "ack-flannel"), 1)
		if got != test.want || len(c.faults) == 0 != test.want {
			t.Errorf("%s: got %t, faults %v", name, got, c.faults)
		}
	}
}

func TestLengthForNodes(t *testing.T) {
	for nodes, want := range map[int64]int{1: 24, 2: 23, 65: 17, 1 << 40: 1} {
		if got := lengthForNodes(shipped(t, "ack-flannel"), nodes, profile.NodeSize{Addresses: 256}, 0); got != want {
			t.Errorf("%d nodes: got /%d, want /%d", nodes, got, want)
		}
	}
}

func TestPinnedPodRangesHoldTheNodes(t *testing.T) {
	for addresses, want := range map[int64]int{0: 0, 128: 0, 256: 1} {
		var c checker
		cl := topology.Cluster{PodCIDRs: prefixes("10.0.0.0/24"), Need: profile.Need{MaxNodes: 2}}
		pinnedPods(c.add, topology.Path{}, cl, shipped(t, "ack-flannel"), profile.NodeSize{Addresses: addresses}, 0)
		if len(c.faults) != want {
			t.Errorf("%d addresses for each node: got %v, want %d faults", addresses, c.faults, want)
		}
	}
}
