package profile_test

import (
	"math"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestServiceSizeAtTheBoundaries(t *testing.T) {
	type need = profile.Need
	tests := map[string]struct {
		profile string
		need    need
		length  int
		fault   string
	}{
		"by default there is room for 1,000": {"ack-flannel", need{}, 22, ""},
		"1,022 fill a /22":                   {"ack-flannel", need{MaxServices: 1022}, 22, ""},
		"1,023 do not":                       {"ack-flannel", need{MaxServices: 1023}, 21, ""},
		"ACK, 254 fill the smallest":         {"ack-flannel", need{MaxServices: 254}, 24, ""},
		"ACK, 255 do not":                    {"ack-flannel", need{MaxServices: 255}, 23, ""},
		"ACK, one gets the smallest":         {"ack-flannel", need{MaxServices: 1}, 24, ""},
		"ACK, 65,534 fill the largest":       {"ack-flannel", need{MaxServices: 65534}, 16, ""},
		"ACK, 65,535 are too many": {
			"ack-flannel",
			need{MaxServices: 65535},
			0,
			"max_services = 65535 is outside 1 to 65534, because of the platform's limits",
		},
		"ACK, more than can be counted": {
			"ack-flannel",
			need{MaxServices: math.MaxInt64},
			0,
			"max_services = 9223372036854775807 is outside 1 to 65534, because of the platform's limits",
		},
		"ACK, a length is given":  {"ack-flannel", need{ServiceLength: 16}, 16, ""},
		"ACK, the longest length": {"ack-flannel", need{ServiceLength: 24}, 24, ""},
		"ACK, no length is that short": {
			"ack-flannel",
			need{ServiceLength: 15},
			0,
			"service_prefix_length = 15 is outside 16 to 24, because of the platform's limits",
		},
		"ACK, no length is that long": {
			"ack-flannel",
			need{ServiceLength: 25},
			0,
			"service_prefix_length = 25 is outside 16 to 24, because of the platform's limits",
		},
		"the given length holds the Services": {"ack-flannel", need{ServiceLength: 24, MaxServices: 254}, 24, ""},
		"the given length does not hold the Services": {
			"ack-flannel",
			need{ServiceLength: 24, MaxServices: 255},
			24,
			"max_services = 255 is outside 1 to 254, because service_prefix_length = 24 holds 254",
		},
		"CCE, one gets a /24, as on ACK": {"cce-vpc-router", need{MaxServices: 1}, 24, ""},
		"CCE, 255 do not fit there":      {"cce-vpc-router", need{MaxServices: 255}, 23, ""},
		"CCE, smaller only when asked":   {"cce-vpc-router", need{ServiceLength: 28}, 28, ""},
		"CCE, a length that holds none": {
			"cce-vpc-router",
			need{ServiceLength: 32},
			32,
			"max_services = 1 is outside 1 to 0, because service_prefix_length = 32 holds 0",
		},
		"Kubernetes, 14 fill the smallest":      {"kubernetes-overlay", need{MaxServices: 14}, 28, ""},
		"Kubernetes, 15 do not":                 {"kubernetes-overlay", need{MaxServices: 15}, 27, ""},
		"Kubernetes, 20 host bits are the most": {"kubernetes-overlay", need{MaxServices: 1<<20 - 2}, 12, ""},
		"Kubernetes, 20 host bits are not enough": {
			"kubernetes-overlay",
			need{MaxServices: 1<<20 - 1},
			0,
			"max_services = 1048575 is outside 1 to 1048574, because of the platform's limits",
		},
		"Kubernetes, no length is that short": {
			"kubernetes-overlay",
			need{ServiceLength: 11},
			0,
			"service_prefix_length = 11 is outside 12 to 28, because of the platform's limits",
		},
		"Kubernetes, no length is that long": {
			"kubernetes-overlay",
			need{ServiceLength: 29},
			0,
			"service_prefix_length = 29 is outside 12 to 28, because of the platform's limits",
		},
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
		"CCE never hands out less than advised": {"cce-vpc-router", need{MaxNodes: 1}, 25, 19, ""},
		"CCE, 64 nodes fill that":               {"cce-vpc-router", need{MaxNodes: 64}, 25, 19, ""},
		"CCE, 65 do not":                        {"cce-vpc-router", need{MaxNodes: 65}, 25, 18, ""},
		"CCE, less than advised when asked":     {"cce-vpc-router", need{PodLength: 24, MaxNodes: 2}, 25, 24, ""},
		"CCE, the most nodes of the largest":    {"cce-vpc-router", need{MaxNodes: 2000}, 24, 13, ""},
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

func TestUsableIsNetOfWhatThePlatformTakes(t *testing.T) {
	type usable = profile.Usable
	tests := map[string]struct {
		profile string
		held    profile.Ranges
		want    usable
	}{
		"ACK": {
			"ack-flannel",
			profile.Ranges{Pods: prefixes("172.20.0.0/16"), Service: prefix("172.21.0.0/20"), NodeMask: 26},
			usable{1024, 63, 4094},
		},
		"CCE, as published": {
			"cce-vpc-router",
			profile.Ranges{Pods: prefixes("172.16.0.0/16"), Service: prefix("10.247.0.0/16"), NodeMask: 25},
			usable{512, 125, 65534},
		},
		"CCE with appended ranges": {
			"cce-vpc-router",
			profile.Ranges{Pods: prefixes("172.16.0.0/24", "172.16.1.0/24", "172.17.0.0/16"), NodeMask: 25},
			usable{516, 125, 0},
		},
		"a range below one block": {"cce-vpc-router", profile.Ranges{Pods: prefixes("172.16.0.0/26"), NodeMask: 25}, usable{0, 125, 0}},
		"a range that is not known": {
			"cce-vpc-router",
			profile.Ranges{Pods: []netip.Prefix{{}, prefix("172.16.0.0/24")}, NodeMask: 25},
			usable{2, 125, 0},
		},
		"Kubernetes, as published": {
			"kubernetes-overlay",
			profile.Ranges{Pods: prefixes("10.244.0.0/16"), Service: prefix("10.96.0.0/12"), NodeMask: 24},
			usable{256, 253, 1<<20 - 2},
		},
		"a Service range too small": {
			"kubernetes-overlay",
			profile.Ranges{Service: prefix("10.96.0.0/32"), NodeMask: 24},
			usable{0, 253, 0},
		},
		"no Services are counted": {"ack-flannel", profile.Ranges{Pods: prefixes("172.20.0.0/24"), NodeMask: 26}, usable{4, 63, 0}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := shipped(t, test.profile)
			if got := p.Usable(test.held, p.NodeOf(test.held.NodeMask)); got != test.want {
				t.Errorf("Usable(%+v): got %+v, want %+v", test.held, got, test.want)
			}
		})
	}
	if got := shipped(t, "ack-flannel").Usable(profile.Ranges{}, profile.NodeSize{}); got != (usable{}) {
		t.Errorf("of nothing %+v is usable", got)
	}
}

func TestNodesThatAreAllowedAndAdvised(t *testing.T) {
	limit := func(most int64, level profile.Level) profile.Cap {
		return profile.Cap{Max: most, Rule: profile.Rule{Level: level}}
	}
	tests := map[string]struct {
		caps             []profile.Cap
		allowed, advised int64
	}{
		"no cap":                      {nil, math.MaxInt64, math.MaxInt64},
		"a cap":                       {[]profile.Cap{limit(500, profile.Error)}, 500, 500},
		"advice alone":                {[]profile.Cap{limit(300, profile.Warn)}, math.MaxInt64, 300},
		"advice below a cap":          {[]profile.Cap{limit(300, profile.Warn), limit(500, profile.Error)}, 500, 300},
		"two caps, the smaller first": {[]profile.Cap{limit(200, profile.Error), limit(500, profile.Error)}, 200, 200},
		"two caps, the smaller last":  {[]profile.Cap{limit(500, profile.Error), limit(200, profile.Error)}, 200, 200},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := &profile.Profile{Nodes: profile.Nodes{Caps: test.caps}}
			if allowed, advised := p.MaxNodes().Max, p.AdvisedNodes(); allowed != test.allowed || advised != test.advised {
				t.Errorf("got %d and %d, want %d and %d", allowed, advised, test.allowed, test.advised)
			}
		})
	}
}
