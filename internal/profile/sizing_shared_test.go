package profile_test

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The figures that TKE publishes: (2^(32-p) - Services) / Pods of a node, with the Services at the
// end of the range.
func TestSharedRangeHoldsThePublishedFigures(t *testing.T) {
	tests := map[string]struct {
		pods             string
		perNode, service int
		nodes            int64
		services         string
	}{
		"a /16 with 64 Pods and 256 Services":          {"172.16.0.0/16", 26, 24, 1020, "172.16.255.0/24"},
		"a /16 with 128 Pods and 1,024 Services":       {"172.16.0.0/16", 25, 22, 504, "172.16.252.0/22"},
		"a /19 with 256 Pods and 1,024 Services":       {"10.99.0.0/19", 24, 22, 28, "10.99.28.0/22"},
		"a /24 that its Services fill":                 {"10.99.1.0/24", 26, 24, 0, "10.99.1.0/24"},
		"a /24 with room for three nodes":              {"10.99.1.0/24", 26, 27, 3, "10.99.1.224/27"},
		"what is left of a node block is lost":         {"10.99.1.0/24", 25, 27, 1, "10.99.1.224/27"},
		"a range smaller than its Services has no end": {"10.99.1.0/24", 26, 23, 0, ""},
	}
	shared := fictitiousMany(t, "fictitious-shared")
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tail := shared.ServiceTail(prefix(test.pods), test.service)
			want := netip.Prefix{}
			if test.services != "" {
				want = prefix(test.services)
			}
			if tail != want {
				t.Errorf("Services: got %v, want %v", tail, want)
			}
			if tail == want && want.IsValid() && !prefix(test.pods).Contains(tail.Addr()) {
				t.Errorf("%v is not in %s", tail, test.pods)
			}
			held := profile.Ranges{
				Pods:     prefixes(test.pods),
				Service:  netip.PrefixFrom(prefix(test.pods).Addr(), test.service),
				NodeMask: test.perNode,
			}
			if got := shared.Usable(held, shared.NodeOf(test.perNode)).Nodes; got != test.nodes {
				t.Errorf("nodes: got %d, want %d", got, test.nodes)
			}
		})
	}
}

func TestOnlySharedRangesHaveATail(t *testing.T) {
	shared, dynamic := fictitiousMany(t, "fictitious-shared"), fictitiousMany(t, "fictitious-dynamic")
	inSubnets := fictitiousMany(t, "fictitious-subnets")
	tests := map[string]struct {
		p      *profile.Profile
		pods   netip.Prefix
		length int
		want   netip.Prefix
	}{
		"the last addresses":              {shared, prefix("10.0.0.0/16"), 24, prefix("10.0.255.0/24")},
		"the range as a whole":            {shared, prefix("10.0.0.0/24"), 24, prefix("10.0.0.0/24")},
		"the last address":                {shared, prefix("10.0.0.0/24"), 32, prefix("10.0.0.255/32")},
		"more than the range":             {shared, prefix("10.0.0.0/24"), 23, netip.Prefix{}},
		"of no range":                     {shared, netip.Prefix{}, 24, netip.Prefix{}},
		"no such length":                  {shared, prefix("10.0.0.0/24"), 33, netip.Prefix{}},
		"Pods of their own share nothing": {dynamic, prefix("10.0.0.0/16"), 24, netip.Prefix{}},
		"Pods in subnets share nothing":   {inSubnets, prefix("10.0.0.0/16"), 24, netip.Prefix{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.p.ServiceTail(test.pods, test.length); got != test.want {
				t.Errorf("ServiceTail(%v, %d): got %v, want %v", test.pods, test.length, got, test.want)
			}
		})
	}
}
