package profile_test

import (
	"math"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestNodeSizeAtTheBoundaries(t *testing.T) {
	type need = profile.Need
	type node = profile.NodeSize
	tests := map[string]struct {
		profile string
		need    need
		want    node
		fault   string
	}{
		"ACK counts addresses, so 64 is a /26": {"ack-flannel", need{PodsPerNode: 64}, node{26, 64, 64, 0}, ""},
		"ACK, one more is a /25":               {"ack-flannel", need{PodsPerNode: 65}, node{25, 128, 128, 0}, ""},
		"ACK by default has a /26":             {"ack-flannel", need{}, node{26, 64, 64, 0}, ""},
		"ACK, the smallest block is a /28":     {"ack-flannel", need{PodsPerNode: 1}, node{28, 16, 16, 0}, ""},
		"ACK, 16 fill it":                      {"ack-flannel", need{PodsPerNode: 16}, node{28, 16, 16, 0}, ""},
		"ACK, 17 do not":                       {"ack-flannel", need{PodsPerNode: 17}, node{27, 32, 32, 0}, ""},
		"ACK, 256 fill the largest":            {"ack-flannel", need{PodsPerNode: 256}, node{24, 256, 256, 0}, ""},
		"ACK, 257 are too many": {
			"ack-flannel",
			need{PodsPerNode: 257},
			node{},
			"pods_per_node = 257 is outside 1 to 256, because of the platform's limits",
		},
		"ACK, a block is given":               {"ack-flannel", need{NodeMask: 24}, node{24, 256, 256, 0}, ""},
		"ACK, the given block holds the Pods": {"ack-flannel", need{NodeMask: 26, PodsPerNode: 64}, node{26, 64, 64, 0}, ""},
		"ACK, the given block does not hold the Pods": {
			"ack-flannel",
			need{NodeMask: 26, PodsPerNode: 65},
			node{26, 64, 64, 0},
			"pods_per_node = 65 is outside 1 to 64, because node_cidr_mask = 26 holds 64",
		},
		"ACK, a block longer than any": {
			"ack-flannel",
			need{NodeMask: 29},
			node{},
			"node_cidr_mask = 29 is outside 24 to 28, because of the platform's limits",
		},
		"ACK, a block shorter than any": {
			"ack-flannel",
			need{NodeMask: 23},
			node{},
			"node_cidr_mask = 23 is outside 24 to 28, because of the platform's limits",
		},
		"ACK, the longest block": {"ack-flannel", need{NodeMask: 28}, node{28, 16, 16, 0}, ""},
		"ACK, fewer than none": {
			"ack-flannel",
			need{PodsPerNode: -1},
			node{},
			"pods_per_node = -1 is outside 1 to 256, because of the platform's limits",
		},
		"CCE counts what is usable, so 61 fill a /26": {"cce-vpc-router", need{PodsPerNode: 61}, node{26, 64, 61, 0}, ""},
		"CCE, 62 need twice as much for three":        {"cce-vpc-router", need{PodsPerNode: 62}, node{25, 128, 125, 3}, ""},
		"CCE, 64 need twice as much for three":        {"cce-vpc-router", need{PodsPerNode: 64}, node{25, 128, 125, 3}, ""},
		"CCE, 65 need a /25 in any case":              {"cce-vpc-router", need{PodsPerNode: 65}, node{25, 128, 125, 0}, ""},
		"CCE by default has a /25":                    {"cce-vpc-router", need{}, node{25, 128, 125, 0}, ""},
		"CCE, 13 fill the smallest":                   {"cce-vpc-router", need{PodsPerNode: 13}, node{28, 16, 13, 0}, ""},
		"CCE, 14 need twice as much for three":        {"cce-vpc-router", need{PodsPerNode: 14}, node{27, 32, 29, 3}, ""},
		"CCE, below the smallest nothing doubles":     {"cce-vpc-router", need{PodsPerNode: 6}, node{28, 16, 13, 0}, ""},
		"CCE, 253 fill the largest":                   {"cce-vpc-router", need{PodsPerNode: 253}, node{24, 256, 253, 0}, ""},
		"CCE, 254 are too many": {
			"cce-vpc-router",
			need{PodsPerNode: 254},
			node{},
			"pods_per_node = 254 is outside 1 to 253, because of the platform's limits",
		},
		"CCE, the given block holds the Pods": {"cce-vpc-router", need{NodeMask: 25, PodsPerNode: 125}, node{25, 128, 125, 0}, ""},
		"CCE, the given block does not hold the Pods": {
			"cce-vpc-router",
			need{NodeMask: 25, PodsPerNode: 126},
			node{25, 128, 125, 0},
			"pods_per_node = 126 is outside 1 to 125, because node_cidr_mask = 25 holds 125",
		},
		"Kubernetes by default has a /25":              {"kubernetes-overlay", need{}, node{25, 128, 125, 0}, ""},
		"Kubernetes, 253 fill a /24":                   {"kubernetes-overlay", need{PodsPerNode: 253}, node{24, 256, 253, 0}, ""},
		"Kubernetes, 254 need twice as much for three": {"kubernetes-overlay", need{PodsPerNode: 254}, node{23, 512, 509, 3}, ""},
		"Kubernetes, one Pod fills the smallest":       {"kubernetes-overlay", need{PodsPerNode: 1}, node{30, 4, 1, 0}, ""},
		"Kubernetes, two need twice as much for three": {"kubernetes-overlay", need{PodsPerNode: 2}, node{29, 8, 5, 3}, ""},
		"Kubernetes, the largest block": {
			"kubernetes-overlay",
			need{PodsPerNode: 1<<24 - 3},
			node{8, 16777216, 16777213, 0},
			"",
		},
		"Kubernetes, more than the largest": {
			"kubernetes-overlay",
			need{PodsPerNode: 1<<24 - 2},
			node{},
			"pods_per_node = 16777214 is outside 1 to 16777213, because of the platform's limits",
		},
		"Kubernetes, more than can be counted": {
			"kubernetes-overlay",
			need{PodsPerNode: math.MaxInt64},
			node{},
			"pods_per_node = 9223372036854775807 is outside 1 to 16777213, because of the platform's limits",
		},
		"Kubernetes, no block is that long": {
			"kubernetes-overlay",
			need{NodeMask: 31},
			node{},
			"node_cidr_mask = 31 is outside 8 to 30, because of the platform's limits",
		},
		"Kubernetes, no block is that short": {
			"kubernetes-overlay",
			need{NodeMask: 7},
			node{},
			"node_cidr_mask = 7 is outside 8 to 30, because of the platform's limits",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := shipped(t, test.profile).NodeSize(test.need)
			if got != test.want || fault(err) != test.fault {
				t.Errorf("NodeSize(%+v):\n got %+v, %q\nwant %+v, %q", test.need, got, fault(err), test.want, test.fault)
			}
		})
	}
}

// Where nodes fill blocks as they need them, a node uses whole blocks; where Pods use subnets
// it takes none.
func TestNodeSizeOfOtherBlocks(t *testing.T) {
	type need = profile.Need
	type node = profile.NodeSize
	tests := map[string]struct {
		profile string
		need    need
		want    node
		fault   string
	}{
		"one Pod fills a block of 16":    {"fictitious-dynamic", need{PodsPerNode: 1}, node{0, 16, 1, 0}, ""},
		"16 Pods fill it":                {"fictitious-dynamic", need{PodsPerNode: 16}, node{0, 16, 16, 0}, ""},
		"17 take a second one":           {"fictitious-dynamic", need{PodsPerNode: 17}, node{0, 32, 17, 0}, ""},
		"33 a third, not twice as much":  {"fictitious-dynamic", need{PodsPerNode: 33}, node{0, 48, 33, 0}, ""},
		"the default of 110 takes seven": {"fictitious-dynamic", need{}, node{0, 112, 110, 0}, ""},
		"nothing bounds what has no published maximum": {
			"fictitious-dynamic", need{PodsPerNode: 1 << 32}, node{0, 1 << 32, 1 << 32, 0}, "",
		},
		"but the addresses of IPv4": {
			"fictitious-dynamic",
			need{PodsPerNode: 1<<32 + 1},
			node{},
			"pods_per_node = 4294967297 is outside 1 to 4294967296, because of the platform's limits",
		},
		"fewer than none": {
			"fictitious-dynamic",
			need{PodsPerNode: -1},
			node{},
			"pods_per_node = -1 is outside 1 to 4294967296, because of the platform's limits",
		},
		"a reservation for each node is given": {"fictitious-dynamic", need{NodeMask: 25}, node{0, 128, 128, 0}, ""},
		"it holds the Pods":                    {"fictitious-dynamic", need{NodeMask: 25, PodsPerNode: 128}, node{0, 128, 128, 0}, ""},
		"it does not hold the Pods": {
			"fictitious-dynamic",
			need{NodeMask: 25, PodsPerNode: 129},
			node{0, 128, 128, 0},
			"pods_per_node = 129 is outside 1 to 128, because node_cidr_mask = 25 holds 128",
		},
		"the smallest reservation": {"fictitious-dynamic", need{NodeMask: 28}, node{0, 16, 16, 0}, ""},
		"one below the smallest": {
			"fictitious-dynamic",
			need{NodeMask: 29},
			node{},
			"node_cidr_mask = 29 is outside 24 to 28, because of the platform's limits",
		},
		"in subnets a Pod takes one address of them": {"fictitious-subnets", need{PodsPerNode: 128}, node{Pods: 128}, ""},
		"in subnets too there is a default":          {"fictitious-subnets", need{}, node{Pods: 20}, ""},
		"in subnets too there is a maximum": {
			"fictitious-subnets",
			need{PodsPerNode: 129},
			node{Pods: 129},
			"pods_per_node = 129 is outside 1 to 128, because of the platform's limits",
		},
		"in subnets fewer than none": {
			"fictitious-subnets",
			need{PodsPerNode: -1},
			node{Pods: -1},
			"pods_per_node = -1 is outside 1 to 128, because of the platform's limits",
		},
		"in subnets no block will do": {
			"fictitious-subnets",
			need{NodeMask: 24},
			node{},
			"node_cidr_mask = 24 is outside 1 to 0, because Pods use subnets",
		},
		"a shared range has blocks of one size": {"fictitious-shared", need{PodsPerNode: 65}, node{25, 128, 128, 0}, ""},
		"of 32 addresses or more":               {"fictitious-shared", need{PodsPerNode: 1}, node{27, 32, 32, 0}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := fictitiousMany(t, test.profile).NodeSize(test.need)
			if got != test.want || fault(err) != test.fault {
				t.Errorf("NodeSize(%+v):\n got %+v, %q\nwant %+v, %q", test.need, got, fault(err), test.want, test.fault)
			}
		})
	}
}

func TestLostAddressesFillBlocksToo(t *testing.T) {
	lossy := changed(fictitiousMany(t, "fictitious-dynamic"), func(p *profile.Profile) { p.Nodes.Lost = 3 })
	for pods, want := range map[int64]int64{13: 16, 14: 32, 29: 32, 30: 48} {
		got, err := lossy.NodeSize(profile.Need{PodsPerNode: pods})
		if got != (profile.NodeSize{Addresses: want, Pods: pods}) || err != nil {
			t.Errorf("%d Pods and 3 lost addresses: got %+v, %v; want %d addresses", pods, got, err, want)
		}
	}
}

// Where no maximum is published the largest block is the bound, and of two bounds the smaller.
func TestMostPodsIsTheSmallerOfTwoBounds(t *testing.T) {
	tests := map[string]struct {
		published int64
		most      int64
	}{
		"none is published":          {0, 256},
		"a larger one is published":  {1000, 256},
		"a smaller one is published": {100, 100},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			shared := changed(fictitiousMany(t, "fictitious-shared"), func(p *profile.Profile) { p.Nodes.PodsPerNode.Max = test.published })
			if _, err := shared.NodeSize(profile.Need{PodsPerNode: test.most}); err != nil {
				t.Errorf("%d Pods are refused: %v", test.most, err)
			}
			if got, err := shared.NodeSize(profile.Need{PodsPerNode: test.most + 1}); err == nil || err.Max != test.most {
				t.Errorf("%d Pods: got %+v, %v", test.most+1, got, err)
			}
		})
	}
}
