package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestPodSizeAtTheBoundaries(t *testing.T) {
	type need = profile.Need
	tests := map[string]struct {
		profile string
		need    need
		mask    int
		length  int
		fault   string
	}{
		"ACK, 100 nodes of a /26": {"ack-flannel", need{MaxNodes: 100}, 26, 19, ""},
		"128 nodes fill it":       {"ack-flannel", need{MaxNodes: 128}, 26, 19, ""},
		"129 do not":              {"ack-flannel", need{MaxNodes: 129}, 26, 18, ""},
		"one node has one block":  {"ack-flannel", need{MaxNodes: 1}, 28, 28, ""},
		"ACK, the most nodes":     {"ack-flannel", need{MaxNodes: 1 << 18}, 26, 8, ""},
		"ACK, more than the most": {
			"ack-flannel",
			need{MaxNodes: 1<<18 + 1},
			26,
			0,
			"max_nodes = 262145 is outside 1 to 262144, because of the platform's limits",
		},
		"no need at all has no size": {
			"ack-flannel",
			need{},
			26,
			0,
			"max_nodes = 0 is outside 1 to 262144, because of the platform's limits",
		},
		"a length is given":     {"ack-flannel", need{PodLength: 16}, 26, 16, ""},
		"a length of one block": {"ack-flannel", need{PodLength: 26}, 26, 26, ""},
		"a length of less than one block": {
			"ack-flannel",
			need{PodLength: 27},
			26,
			0,
			"pod_prefix_length = 27 is outside 8 to 26, because each node takes 64 addresses",
		},
		"a length that ACK has nowhere": {
			"ack-flannel",
			need{PodLength: 7},
			26,
			0,
			"pod_prefix_length = 7 is outside 8 to 26, because of the platform's limits",
		},
		"the given length holds the nodes": {"ack-flannel", need{PodLength: 16, MaxNodes: 1024}, 26, 16, ""},
		"the given length does not hold them": {
			"ack-flannel",
			need{PodLength: 16, MaxNodes: 1025},
			26,
			16,
			"max_nodes = 1025 is outside 1 to 1024, because pod_prefix_length = 16 serves 1024 nodes of 64 addresses each",
		},
		"CCE clusters never get less than advised": {"cce-vpc-router", need{MaxNodes: 1}, 25, 19, ""},
		"CCE, 64 nodes fill that":                  {"cce-vpc-router", need{MaxNodes: 64}, 25, 19, ""},
		"CCE, 65 do not":                           {"cce-vpc-router", need{MaxNodes: 65}, 25, 18, ""},
		"CCE, less than advised when asked":        {"cce-vpc-router", need{PodLength: 24, MaxNodes: 2}, 25, 24, ""},
		"CCE, the most nodes of the largest":       {"cce-vpc-router", need{MaxNodes: 2000}, 24, 13, ""},
		"CCE, more nodes than it has": {
			"cce-vpc-router",
			need{MaxNodes: 2001},
			24,
			0,
			"max_nodes = 2001 is outside 1 to 2000, because of the platform's limits",
		},
		"Kubernetes, a difference of 16": {"kubernetes-overlay", need{PodLength: 10}, 26, 10, ""},
		"Kubernetes, a difference of 17": {
			"kubernetes-overlay",
			need{PodLength: 9},
			26,
			0,
			"pod_prefix_length = 9 is outside 10 to 26, because of node_cidr_mask = 26",
		},
		"Kubernetes, the nodes of a difference 16": {"kubernetes-overlay", need{MaxNodes: 65536}, 26, 10, ""},
		"Kubernetes, the nodes of a difference 17": {
			"kubernetes-overlay",
			need{MaxNodes: 65537},
			26,
			0,
			"max_nodes = 65537 is outside 1 to 65536, because of node_cidr_mask = 26",
		},
		"Kubernetes, at least 14 addresses": {"kubernetes-overlay", need{MaxNodes: 1}, 30, 28, ""},
		"Kubernetes, fewer addresses than that": {
			"kubernetes-overlay",
			need{PodLength: 29},
			30,
			0,
			"pod_prefix_length = 29 is outside 14 to 28, because of the platform's limits",
		},
		"Kubernetes, large blocks bind less": {"kubernetes-overlay", need{MaxNodes: 128}, 8, 1, ""},
		"Kubernetes, more of the large blocks": {
			"kubernetes-overlay",
			need{MaxNodes: 129},
			8,
			0,
			"max_nodes = 129 is outside 1 to 128, because of the platform's limits",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := shipped(t, test.profile)
			length, err := p.PodSize(test.need, p.NodeOf(test.mask), 0)
			if length != test.length || fault(err) != test.fault {
				t.Errorf(
					"PodSize(%+v, /%d):\n got /%d, %q\nwant /%d, %q", test.need, test.mask, length, fault(err), test.length, test.fault,
				)
			}
		})
	}
}

// A fault cites the rule behind the bound that was missed, and no other.
func TestSizeErrorsCiteTheirRule(t *testing.T) {
	kubernetes, ack, cce := shipped(t, "kubernetes-overlay"), shipped(t, "ack-flannel"), shipped(t, "cce-vpc-router")
	difference, fourteen := kubernetes.Nodes.MaxDifferenceRule.Text, kubernetes.Pods.Limits[0].Text
	pods := func(p *profile.Profile, need profile.Need, mask int) *profile.SizeError {
		_, err := p.PodSize(need, p.NodeOf(mask), 0)
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
		"more nodes than the platform": {pods(cce, profile.Need{MaxNodes: 2001}, 25), "the largest CCE flavor supports 2,000 nodes"},
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
