package profile_test

import (
	"fmt"
	"math"
	"strconv"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func number(n int64) string { return strconv.FormatInt(n, 10) }

// fault writes what a SizeError says, "" for none.
func fault(e *profile.SizeError) string {
	if e == nil {
		return ""
	}
	return e.Error()
}

func TestNodeSizeAtTheBoundaries(t *testing.T) {
	type need = profile.Need
	tests := map[string]struct {
		profile   string
		need      need
		mask      int
		doubledBy int64
		fault     string
	}{
		"ACK counts addresses, so 64 is a /26":         {"ack-flannel", need{PodsPerNode: 64}, 26, 0, ""},
		"ACK, one more is a /25":                       {"ack-flannel", need{PodsPerNode: 65}, 25, 0, ""},
		"ACK by default has a /26":                     {"ack-flannel", need{}, 26, 0, ""},
		"ACK, the smallest block is a /28":             {"ack-flannel", need{PodsPerNode: 1}, 28, 0, ""},
		"ACK, 16 fill it":                              {"ack-flannel", need{PodsPerNode: 16}, 28, 0, ""},
		"ACK, 17 do not":                               {"ack-flannel", need{PodsPerNode: 17}, 27, 0, ""},
		"ACK, 256 fill the largest":                    {"ack-flannel", need{PodsPerNode: 256}, 24, 0, ""},
		"ACK, 257 are too many":                        {"ack-flannel", need{PodsPerNode: 257}, 0, 0, "pods_per_node = 257 is outside 1 to 256, because of the platform's limits"},
		"ACK, a block is given":                        {"ack-flannel", need{NodeMask: 24}, 24, 0, ""},
		"ACK, the given block holds the Pods":          {"ack-flannel", need{NodeMask: 26, PodsPerNode: 64}, 26, 0, ""},
		"ACK, the given block does not hold the Pods":  {"ack-flannel", need{NodeMask: 26, PodsPerNode: 65}, 26, 0, "pods_per_node = 65 is outside 1 to 64, because node_cidr_mask = 26 holds 64"},
		"ACK, a block longer than any":                 {"ack-flannel", need{NodeMask: 29}, 0, 0, "node_cidr_mask = 29 is outside 24 to 28, because of the platform's limits"},
		"ACK, a block shorter than any":                {"ack-flannel", need{NodeMask: 23}, 0, 0, "node_cidr_mask = 23 is outside 24 to 28, because of the platform's limits"},
		"ACK, the longest block":                       {"ack-flannel", need{NodeMask: 28}, 28, 0, ""},
		"ACK, fewer than none":                         {"ack-flannel", need{PodsPerNode: -1}, 0, 0, "pods_per_node = -1 is outside 1 to 256, because of the platform's limits"},
		"CCE counts what is usable, so 61 fill a /26":  {"cce-vpc-router", need{PodsPerNode: 61}, 26, 0, ""},
		"CCE, 62 need twice as much for three":         {"cce-vpc-router", need{PodsPerNode: 62}, 25, 3, ""},
		"CCE, 64 need twice as much for three":         {"cce-vpc-router", need{PodsPerNode: 64}, 25, 3, ""},
		"CCE, 65 need a /25 in any case":               {"cce-vpc-router", need{PodsPerNode: 65}, 25, 0, ""},
		"CCE by default has a /25":                     {"cce-vpc-router", need{}, 25, 0, ""},
		"CCE, 13 fill the smallest":                    {"cce-vpc-router", need{PodsPerNode: 13}, 28, 0, ""},
		"CCE, 14 need twice as much for three":         {"cce-vpc-router", need{PodsPerNode: 14}, 27, 3, ""},
		"CCE, below the smallest nothing doubles":      {"cce-vpc-router", need{PodsPerNode: 6}, 28, 0, ""},
		"CCE, 253 fill the largest":                    {"cce-vpc-router", need{PodsPerNode: 253}, 24, 0, ""},
		"CCE, 254 are too many":                        {"cce-vpc-router", need{PodsPerNode: 254}, 0, 0, "pods_per_node = 254 is outside 1 to 253, because of the platform's limits"},
		"CCE, the given block holds the Pods":          {"cce-vpc-router", need{NodeMask: 25, PodsPerNode: 125}, 25, 0, ""},
		"CCE, the given block does not hold the Pods":  {"cce-vpc-router", need{NodeMask: 25, PodsPerNode: 126}, 25, 0, "pods_per_node = 126 is outside 1 to 125, because node_cidr_mask = 25 holds 125"},
		"Kubernetes by default has a /25":              {"kubernetes-overlay", need{}, 25, 0, ""},
		"Kubernetes, 253 fill a /24":                   {"kubernetes-overlay", need{PodsPerNode: 253}, 24, 0, ""},
		"Kubernetes, 254 need twice as much for three": {"kubernetes-overlay", need{PodsPerNode: 254}, 23, 3, ""},
		"Kubernetes, one Pod fills the smallest":       {"kubernetes-overlay", need{PodsPerNode: 1}, 30, 0, ""},
		"Kubernetes, two need twice as much for three": {"kubernetes-overlay", need{PodsPerNode: 2}, 29, 3, ""},
		"Kubernetes, the largest block":                {"kubernetes-overlay", need{PodsPerNode: 1<<24 - 3}, 8, 0, ""},
		"Kubernetes, more than the largest":            {"kubernetes-overlay", need{PodsPerNode: 1<<24 - 2}, 0, 0, "pods_per_node = 16777214 is outside 1 to 16777213, because of the platform's limits"},
		"Kubernetes, more than can be counted":         {"kubernetes-overlay", need{PodsPerNode: math.MaxInt64}, 0, 0, "pods_per_node = 9223372036854775807 is outside 1 to 16777213, because of the platform's limits"},
		"Kubernetes, no block is that long":            {"kubernetes-overlay", need{NodeMask: 31}, 0, 0, "node_cidr_mask = 31 is outside 8 to 30, because of the platform's limits"},
		"Kubernetes, no block is that short":           {"kubernetes-overlay", need{NodeMask: 7}, 0, 0, "node_cidr_mask = 7 is outside 8 to 30, because of the platform's limits"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			mask, doubledBy, err := shipped(t, test.profile).NodeSize(test.need)
			if mask != test.mask || doubledBy != test.doubledBy || fault(err) != test.fault {
				t.Errorf("NodeSize(%+v):\n got /%d, doubled by %d, %q\nwant /%d, doubled by %d, %q",
					test.need, mask, doubledBy, fault(err), test.mask, test.doubledBy, test.fault)
			}
		})
	}
}

func TestServiceSizeAtTheBoundaries(t *testing.T) {
	type need = profile.Need
	tests := map[string]struct {
		profile string
		need    need
		length  int
		fault   string
	}{
		"by default there is room for 1,000":          {"ack-flannel", need{}, 22, ""},
		"1,022 fill a /22":                            {"ack-flannel", need{MaxServices: 1022}, 22, ""},
		"1,023 do not":                                {"ack-flannel", need{MaxServices: 1023}, 21, ""},
		"ACK, 254 fill the smallest":                  {"ack-flannel", need{MaxServices: 254}, 24, ""},
		"ACK, 255 do not":                             {"ack-flannel", need{MaxServices: 255}, 23, ""},
		"ACK, one gets the smallest":                  {"ack-flannel", need{MaxServices: 1}, 24, ""},
		"ACK, 65,534 fill the largest":                {"ack-flannel", need{MaxServices: 65534}, 16, ""},
		"ACK, 65,535 are too many":                    {"ack-flannel", need{MaxServices: 65535}, 0, "max_services = 65535 is outside 1 to 65534, because of the platform's limits"},
		"ACK, more than can be counted":               {"ack-flannel", need{MaxServices: math.MaxInt64}, 0, "max_services = 9223372036854775807 is outside 1 to 65534, because of the platform's limits"},
		"ACK, a length is given":                      {"ack-flannel", need{ServiceLength: 16}, 16, ""},
		"ACK, the longest length":                     {"ack-flannel", need{ServiceLength: 24}, 24, ""},
		"ACK, no length is that short":                {"ack-flannel", need{ServiceLength: 15}, 0, "service_prefix_length = 15 is outside 16 to 24, because of the platform's limits"},
		"ACK, no length is that long":                 {"ack-flannel", need{ServiceLength: 25}, 0, "service_prefix_length = 25 is outside 16 to 24, because of the platform's limits"},
		"the given length holds the Services":         {"ack-flannel", need{ServiceLength: 24, MaxServices: 254}, 24, ""},
		"the given length does not hold the Services": {"ack-flannel", need{ServiceLength: 24, MaxServices: 255}, 24, "max_services = 255 is outside 1 to 254, because service_prefix_length = 24 holds 254"},
		"CCE, one gets a /24, as on ACK":              {"cce-vpc-router", need{MaxServices: 1}, 24, ""},
		"CCE, 255 do not fit there":                   {"cce-vpc-router", need{MaxServices: 255}, 23, ""},
		"CCE, smaller only when asked":                {"cce-vpc-router", need{ServiceLength: 28}, 28, ""},
		"CCE, a length that holds none":               {"cce-vpc-router", need{ServiceLength: 32}, 32, "max_services = 1 is outside 1 to 0, because service_prefix_length = 32 holds 0"},
		"Kubernetes, 14 fill the smallest":            {"kubernetes-overlay", need{MaxServices: 14}, 28, ""},
		"Kubernetes, 15 do not":                       {"kubernetes-overlay", need{MaxServices: 15}, 27, ""},
		"Kubernetes, 20 host bits are the most":       {"kubernetes-overlay", need{MaxServices: 1<<20 - 2}, 12, ""},
		"Kubernetes, 20 host bits are not enough":     {"kubernetes-overlay", need{MaxServices: 1<<20 - 1}, 0, "max_services = 1048575 is outside 1 to 1048574, because of the platform's limits"},
		"Kubernetes, no length is that short":         {"kubernetes-overlay", need{ServiceLength: 11}, 0, "service_prefix_length = 11 is outside 12 to 28, because of the platform's limits"},
		"Kubernetes, no length is that long":          {"kubernetes-overlay", need{ServiceLength: 29}, 0, "service_prefix_length = 29 is outside 12 to 28, because of the platform's limits"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			length, err := shipped(t, test.profile).ServiceSize(test.need)
			if length != test.length || fault(err) != test.fault {
				t.Errorf("ServiceSize(%+v):\n got /%d, %q\nwant /%d, %q", test.need, length, fault(err), test.length, test.fault)
			}
		})
	}
}

func TestPodSizeAtTheBoundaries(t *testing.T) {
	type need = profile.Need
	tests := map[string]struct {
		profile string
		need    need
		mask    int
		length  int
		fault   string
	}{
		"ACK, 100 nodes of a /26":                  {"ack-flannel", need{MaxNodes: 100}, 26, 19, ""},
		"128 nodes fill it":                        {"ack-flannel", need{MaxNodes: 128}, 26, 19, ""},
		"129 do not":                               {"ack-flannel", need{MaxNodes: 129}, 26, 18, ""},
		"one node has one block":                   {"ack-flannel", need{MaxNodes: 1}, 28, 28, ""},
		"ACK, the most nodes":                      {"ack-flannel", need{MaxNodes: 1 << 18}, 26, 8, ""},
		"ACK, more than the most":                  {"ack-flannel", need{MaxNodes: 1<<18 + 1}, 26, 0, "max_nodes = 262145 is outside 1 to 262144, because of the platform's limits"},
		"no need at all has no size":               {"ack-flannel", need{}, 26, 0, "max_nodes = 0 is outside 1 to 262144, because of the platform's limits"},
		"a length is given":                        {"ack-flannel", need{PodLength: 16}, 26, 16, ""},
		"a length of one block":                    {"ack-flannel", need{PodLength: 26}, 26, 26, ""},
		"a length of less than one block":          {"ack-flannel", need{PodLength: 27}, 26, 0, "pod_prefix_length = 27 is outside 8 to 26, because of node_cidr_mask = 26"},
		"a length that ACK has nowhere":            {"ack-flannel", need{PodLength: 7}, 26, 0, "pod_prefix_length = 7 is outside 8 to 26, because of the platform's limits"},
		"the given length holds the nodes":         {"ack-flannel", need{PodLength: 16, MaxNodes: 1024}, 26, 16, ""},
		"the given length does not hold them":      {"ack-flannel", need{PodLength: 16, MaxNodes: 1025}, 26, 16, "max_nodes = 1025 is outside 1 to 1024, because pod_prefix_length = 16 holds 1024 blocks of /26"},
		"CCE never hands out less than advised":    {"cce-vpc-router", need{MaxNodes: 1}, 25, 19, ""},
		"CCE, 64 nodes fill that":                  {"cce-vpc-router", need{MaxNodes: 64}, 25, 19, ""},
		"CCE, 65 do not":                           {"cce-vpc-router", need{MaxNodes: 65}, 25, 18, ""},
		"CCE, less than advised when asked":        {"cce-vpc-router", need{PodLength: 24, MaxNodes: 2}, 25, 24, ""},
		"CCE, the most nodes of the largest":       {"cce-vpc-router", need{MaxNodes: 2000}, 24, 13, ""},
		"CCE, more nodes than it has":              {"cce-vpc-router", need{MaxNodes: 2001}, 24, 0, "max_nodes = 2001 is outside 1 to 2000, because of the platform's limits"},
		"Kubernetes, a difference of 16":           {"kubernetes-overlay", need{PodLength: 10}, 26, 10, ""},
		"Kubernetes, a difference of 17":           {"kubernetes-overlay", need{PodLength: 9}, 26, 0, "pod_prefix_length = 9 is outside 10 to 26, because of node_cidr_mask = 26"},
		"Kubernetes, the nodes of a difference 16": {"kubernetes-overlay", need{MaxNodes: 65536}, 26, 10, ""},
		"Kubernetes, the nodes of a difference 17": {"kubernetes-overlay", need{MaxNodes: 65537}, 26, 0, "max_nodes = 65537 is outside 1 to 65536, because of node_cidr_mask = 26"},
		"Kubernetes, at least 14 addresses":        {"kubernetes-overlay", need{MaxNodes: 1}, 30, 28, ""},
		"Kubernetes, fewer addresses than that":    {"kubernetes-overlay", need{PodLength: 29}, 30, 0, "pod_prefix_length = 29 is outside 14 to 28, because of the platform's limits"},
		"Kubernetes, large blocks bind less":       {"kubernetes-overlay", need{MaxNodes: 128}, 8, 1, ""},
		"Kubernetes, more of the large blocks":     {"kubernetes-overlay", need{MaxNodes: 129}, 8, 0, "max_nodes = 129 is outside 1 to 128, because of the platform's limits"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			length, err := shipped(t, test.profile).PodSize(test.need, test.mask)
			if length != test.length || fault(err) != test.fault {
				t.Errorf("PodSize(%+v, /%d):\n got /%d, %q\nwant /%d, %q", test.need, test.mask, length, fault(err), test.length, test.fault)
			}
		})
	}
}

// A fault cites the rule behind the bound that was missed, and no other.
func TestSizeErrorsCiteTheirRule(t *testing.T) {
	kubernetes, ack, cce := shipped(t, "kubernetes-overlay"), shipped(t, "ack-flannel"), shipped(t, "cce-vpc-router")
	difference, fourteen := kubernetes.Nodes.MaxDifferenceRule.Text, kubernetes.Pods.Limits[0].Text
	pods := func(p *profile.Profile, need profile.Need, mask int) *profile.SizeError {
		_, err := p.PodSize(need, mask)
		return err
	}
	services := func(p *profile.Profile, need profile.Need) *profile.SizeError {
		_, err := p.ServiceSize(need)
		return err
	}
	tests := map[string]struct {
		err  *profile.SizeError
		want string
	}{
		"too large a difference":       {pods(kubernetes, profile.Need{PodLength: 8}, 25), difference},
		"too many nodes for it":        {pods(kubernetes, profile.Need{MaxNodes: 65537}, 25), difference},
		"too few addresses":            {pods(kubernetes, profile.Need{PodLength: 29}, 30), fourteen},
		"less than a node block":       {pods(kubernetes, profile.Need{PodLength: 26}, 25), ""},
		"too large for the platform":   {pods(ack, profile.Need{PodLength: 7}, 26), ack.Pods.Limits[0].Text},
		"more nodes than the platform": {pods(cce, profile.Need{MaxNodes: 2001}, 25), "the largest CCE flavor holds 2,000 nodes"},
		"too many Services":            {services(ack, profile.Need{MaxServices: 65535}), ack.Services.Limits[0].Text},
		"a Service range too small":    {services(ack, profile.Need{ServiceLength: 25}), ack.Services.Limits[0].Text},
		"two arguments at odds":        {services(ack, profile.Need{ServiceLength: 24, MaxServices: 255}), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.err == nil {
				t.Fatal("no fault")
			}
			if test.err.Rule.Text != test.want {
				t.Errorf("%v cites %q, want %q", test.err, test.err.Rule.Text, test.want)
			}
		})
	}
}

func TestUsableIsNetOfWhatThePlatformTakes(t *testing.T) {
	type usable = profile.Usable
	tests := map[string]struct {
		profile string
		held    profile.Ranges
		want    usable
	}{
		"ACK":                       {"ack-flannel", profile.Ranges{Pods: prefixes("172.20.0.0/16"), Service: prefix("172.21.0.0/20"), NodeMask: 26}, usable{1024, 63, 4094}},
		"CCE, as published":         {"cce-vpc-router", profile.Ranges{Pods: prefixes("172.16.0.0/16"), Service: prefix("10.247.0.0/16"), NodeMask: 25}, usable{512, 125, 65534}},
		"CCE with appended ranges":  {"cce-vpc-router", profile.Ranges{Pods: prefixes("172.16.0.0/24", "172.16.1.0/24", "172.17.0.0/16"), NodeMask: 25}, usable{516, 125, 0}},
		"a range below one block":   {"cce-vpc-router", profile.Ranges{Pods: prefixes("172.16.0.0/26"), NodeMask: 25}, usable{0, 125, 0}},
		"Kubernetes, as published":  {"kubernetes-overlay", profile.Ranges{Pods: prefixes("10.244.0.0/16"), Service: prefix("10.96.0.0/12"), NodeMask: 24}, usable{256, 253, 1<<20 - 2}},
		"Kubernetes on IPv6":        {"kubernetes-overlay", profile.Ranges{Pods: prefixes("fd00::/48"), Service: prefix("fd01::/108"), NodeMask: 64}, usable{65536, math.MaxInt64, 1<<20 - 2}},
		"more than can be counted":  {"kubernetes-overlay", profile.Ranges{Pods: prefixes("fd00::/8", "fc00::/8"), Service: prefix("fd01::/64"), NodeMask: 120}, usable{math.MaxInt64, 253, math.MaxInt64}},
		"one node more than that":   {"kubernetes-overlay", profile.Ranges{Pods: prefixes("fd00::/8"), NodeMask: 71}, usable{math.MaxInt64, 1<<57 - 3, 0}},
		"a Service range too small": {"kubernetes-overlay", profile.Ranges{Service: prefix("10.96.0.0/32")}, usable{0, 0, 0}},
		"nothing held":              {"ack-flannel", profile.Ranges{}, usable{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := shipped(t, test.profile).Usable(test.held); got != test.want {
				t.Errorf("Usable(%+v): got %+v, want %+v", test.held, got, test.want)
			}
		})
	}
}

func TestPodsOfBlockCountsAsThePlatformDoes(t *testing.T) {
	tests := []struct {
		profile string
		mask    int
		want    int64
	}{
		{"ack-flannel", 24, 256}, {"ack-flannel", 26, 64}, {"ack-flannel", 28, 16},
		{"cce-vpc-router", 24, 253}, {"cce-vpc-router", 25, 125}, {"cce-vpc-router", 28, 13},
		{"kubernetes-routed", 8, 1<<24 - 3}, {"kubernetes-routed", 30, 1}, {"kubernetes-routed", 31, 0}, {"kubernetes-routed", 32, 0},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%s has %d of a /%d", test.profile, test.want, test.mask), func(t *testing.T) {
			if got := shipped(t, test.profile).PodsOfBlock(test.mask); got != test.want {
				t.Errorf("got %d", got)
			}
		})
	}
}
