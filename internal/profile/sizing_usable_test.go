package profile_test

import (
	"math"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestUsableOfOtherModes(t *testing.T) {
	type usable = profile.Usable
	shared, dynamic := fictitiousMany(t, "fictitious-shared"), fictitiousMany(t, "fictitious-dynamic")
	inSubnets := fictitiousMany(t, "fictitious-subnets")
	tests := map[string]struct {
		p    *profile.Profile
		held profile.Ranges
		node profile.NodeSize
		want usable
	}{
		"what is lost of blocks and Services is not usable": {
			shared,
			profile.Ranges{Pods: prefixes("172.16.0.0/16"), Service: prefix("172.16.255.0/24")},
			shared.NodeOf(26),
			usable{1020, 61, 254},
		},
		"a shared range without its Services serves none": {
			shared,
			profile.Ranges{Pods: prefixes("172.16.0.0/16")},
			shared.NodeOf(26),
			usable{0, 61, 0},
		},
		"dynamic blocks serve the Pods that are asked for": {
			dynamic,
			profile.Ranges{Pods: prefixes("10.0.0.0/20"), Service: prefix("10.247.0.0/16")},
			profile.NodeSize{Addresses: 112, Pods: 110},
			usable{36, 110, 65534},
		},
		"dynamic blocks in several ranges": {
			dynamic,
			profile.Ranges{Pods: prefixes("10.0.0.0/24", "10.1.0.0/24")},
			profile.NodeSize{Addresses: 112, Pods: 110},
			usable{4, 110, 0},
		},
		"in subnets only Services are counted": {
			inSubnets,
			profile.Ranges{Service: prefix("10.96.0.0/24")},
			profile.NodeSize{Pods: 20},
			usable{0, 0, 255},
		},
		"even if there is a Pod range": {
			inSubnets,
			profile.Ranges{Pods: prefixes("10.0.0.0/16"), Service: prefix("10.96.0.0/24")},
			profile.NodeSize{Pods: 20},
			usable{0, 0, 255},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.p.Usable(test.held, test.node); got != test.want {
				t.Errorf("Usable(%+v): got %+v, want %+v", test.held, got, test.want)
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
