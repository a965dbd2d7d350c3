package profile_test

import (
	"math"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestSize6AtTheBoundaries(t *testing.T) {
	type size = profile.Size6
	dynamic, inSubnets := fictitiousMany(t, "fictitious-dynamic"), fictitiousMany(t, "fictitious-subnets")
	free := changed(dynamic, func(p *profile.Profile) { p.IPv6.MaxDifference = 0 })
	services := changed(inSubnets, func(p *profile.Profile) { p.IPv6.Services, p.IPv6.ServiceLength = "own", 108 })
	platform := changed(services, func(p *profile.Profile) { p.IPv6.Services = "platform" })
	tests := map[string]struct {
		p     *profile.Profile
		nodes int64
		want  size
		fault string
	}{
		"one node has one block":             {dynamic, 1, size{80, 112, 80}, ""},
		"no nodes are sized as one":          {dynamic, 0, size{80, 112, 80}, ""},
		"two double it":                      {dynamic, 2, size{79, 112, 80}, ""},
		"512 fill a /71":                     {dynamic, 512, size{71, 112, 80}, ""},
		"513 do not":                         {dynamic, 513, size{70, 112, 80}, ""},
		"1,024 are the most of a difference": {dynamic, 1024, size{70, 112, 80}, ""},
		"one more is too many": {
			dynamic,
			1025,
			size{0, 112, 80},
			"max_nodes = 1025 is outside 1 to 1024, because IPv6 node blocks are /80",
		},
		"without a difference it is not":       {free, 1025, size{69, 112, 80}, ""},
		"nor are as many as can be counted":    {free, 1<<63 - 1, size{17, 112, 80}, ""},
		"subnets and the platform have theirs": {inSubnets, 1000, size{}, ""},
		"Services may be the cluster's own":    {services, 1000, size{Service: 108}, ""},
		"a length that is not allocated":       {platform, 1000, size{}, ""},
		"one family needs none":                {fictitiousMany(t, "fictitious-shared"), 1000, size{}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := test.p.Size6(test.nodes, profile.Need{})
			if got != test.want || fault(err) != test.fault {
				t.Errorf("Size6(%d):\n got %+v, %q\nwant %+v, %q", test.nodes, got, fault(err), test.want, test.fault)
			}
		})
	}
}

// The smallest range that has a block for each node, by halving the number of blocks.
func TestSize6AgreesWithTheOracle(t *testing.T) {
	dynamic := fictitiousMany(t, "fictitious-dynamic")
	for nodes := int64(1); nodes <= 1024; nodes++ {
		want := dynamic.IPv6.NodeMask
		for blocks := int64(1); blocks < nodes; blocks *= 2 {
			want--
		}
		if got, err := dynamic.Size6(nodes, profile.Need{}); got.Pod != want || err != nil {
			t.Fatalf("%d nodes: got /%d, %v; the oracle says /%d", nodes, got.Pod, err, want)
		}
	}
}

func TestNodeMask6AtTheBoundaries(t *testing.T) {
	dynamic, inSubnets := fictitiousMany(t, "fictitious-dynamic"), fictitiousMany(t, "fictitious-subnets")
	bounded := changed(dynamic, func(p *profile.Profile) { p.IPv6.NodeShortest, p.IPv6.NodeLongest = 72, 96 })
	losing := changed(dynamic, func(p *profile.Profile) { p.IPv6.Lost = 1 })
	const argument = "node_ipv6_cidr_mask = "
	tests := map[string]struct {
		p     *profile.Profile
		need  profile.Need
		want  int
		fault string
	}{
		"the profile's own": {dynamic, profile.Need{}, 80, ""},
		"the shortest":      {dynamic, profile.Need{NodeIPv6Mask: 1}, 1, ""},
		"below the shortest": {
			dynamic,
			profile.Need{NodeIPv6Mask: -1},
			0,
			argument + "-1 is outside 1 to 128, because of the platform's limits",
		},
		"the longest": {dynamic, profile.Need{NodeIPv6Mask: 128}, 128, ""},
		"beyond the longest": {
			dynamic,
			profile.Need{NodeIPv6Mask: 129},
			0,
			argument + "129 is outside 1 to 128, because of the platform's limits",
		},
		"the shortest of a platform": {bounded, profile.Need{NodeIPv6Mask: 72}, 72, ""},
		"below the shortest of a platform": {
			bounded,
			profile.Need{NodeIPv6Mask: 71},
			0,
			argument + "71 is outside 72 to 96, because of the platform's limits",
		},
		"the longest of a platform": {bounded, profile.Need{NodeIPv6Mask: 96}, 96, ""},
		"beyond the longest of a platform": {
			bounded,
			profile.Need{NodeIPv6Mask: 97},
			0,
			argument + "97 is outside 72 to 96, because of the platform's limits",
		},
		"as many Pods as the block has": {dynamic, profile.Need{NodeIPv6Mask: 124, PodsPerNode: 16}, 124, ""},
		"one Pod more": {
			dynamic,
			profile.Need{NodeIPv6Mask: 124, PodsPerNode: 17},
			124,
			"pods_per_node = 17 is outside 1 to 16, because node_ipv6_cidr_mask = 124 holds 16",
		},
		"a block of lost addresses alone": {
			losing,
			profile.Need{NodeIPv6Mask: 128},
			128,
			"pods_per_node = 1 is outside 1 to 0, because node_ipv6_cidr_mask = 128 holds 0",
		},
		"nodes without blocks": {inSubnets, profile.Need{}, 0, ""},
		"a mask where nodes have no block": {
			inSubnets,
			profile.Need{NodeIPv6Mask: 80},
			0,
			argument + "80 is outside 1 to 0, because profile.NoIPv6Blocks",
		},
		"a mask where Pods are in subnets, 1": {
			inSubnets,
			profile.Need{NodeIPv6Mask: 1},
			0,
			argument + "1 is outside 1 to 0, because profile.NoIPv6Blocks",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, err := test.p.NodeMask6(test.need); got != test.want || fault(err) != test.fault {
				t.Errorf("got %d, %q, want %d, %q", got, fault(err), test.want, test.fault)
			}
		})
	}
}

func TestSize6NamesTheFirstArgumentAtFault(t *testing.T) {
	dynamic := fictitiousMany(t, "fictitious-dynamic")
	for want, need := range map[string]profile.Need{
		"node_ipv6_cidr_mask": {NodeIPv6Mask: 129, MaxServices: 1 << 20},
		"max_services":        {NodeIPv6Mask: 80, MaxServices: 1 << 20},
	} {
		if _, err := dynamic.Size6(1<<20, need); err == nil || err.Argument != want {
			t.Errorf("%+v: got %v, want a fault of %s", need, err, want)
		}
	}
}

// Where two bounds fall together the published limit is named, not the arithmetic.
func TestPodSize6NamesThePublishedLimitOnATie(t *testing.T) {
	limit := profile.Limit{Windows: []profile.Window{{CIDR: prefix("fd00::/8"), Shortest: 70, Longest: 100}}}
	dynamic := changed(fictitiousMany(t, "fictitious-dynamic"), func(p *profile.Profile) { p.Pods.Limits = []profile.Limit{limit} })
	for mask, want := range map[int]string{
		80: "max_nodes = 5000 is outside 1 to 1024, because of the platform's limits",
		81: "max_nodes = 5000 is outside 1 to 1024, because IPv6 node blocks are /81",
		79: "max_nodes = 5000 is outside 1 to 512, because of the platform's limits",
	} {
		if _, err := dynamic.PodSize6(5000, mask); fault(err) != want {
			t.Errorf("/%d: got %q, want %q", mask, fault(err), want)
		}
	}
}

func TestMostNodesOfIPv6Blocks(t *testing.T) {
	for difference, want := range map[int]int64{0: math.MaxInt64, 1: 2, 10: 1024, 62: 1 << 62, 63: math.MaxInt64, 120: math.MaxInt64} {
		p := changed(fictitiousMany(t, "fictitious-dynamic"), func(p *profile.Profile) { p.IPv6.MaxDifference = difference })
		if got := p.MostNodes6(); got != want {
			t.Errorf("a difference of %d: got %d, want %d", difference, got, want)
		}
	}
}

func TestNodesOfAnIPv6PodRange(t *testing.T) {
	p := fictitiousMany(t, "fictitious-dynamic")
	tests := map[string]struct {
		pods netip.Prefix
		mask int
		want int64
	}{
		"one block":                     {prefix("fd00::/80"), 80, 1},
		"two blocks":                    {prefix("fd00::/79"), 80, 2},
		"a range that is no block":      {prefix("fd00::/81"), 80, 0},
		"no range":                      {netip.Prefix{}, 80, 0},
		"no blocks":                     {prefix("fd00::/64"), 0, 0},
		"no blocks, of all addresses":   {prefix("::/0"), 0, 0},
		"as many as can be counted":     {prefix("fc00::/7"), 69, 1 << 62},
		"more than can be counted":      {prefix("fc00::/7"), 70, math.MaxInt64},
		"many more than can be counted": {prefix("::/0"), 128, math.MaxInt64},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := p.NodesOf6(test.pods, test.mask); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestPodsAndServicesOfIPv6Lengths(t *testing.T) {
	p := changed(fictitiousMany(t, "fictitious-dynamic"), func(p *profile.Profile) { p.IPv6.Lost, p.IPv6.ServiceUsed = 3, 0 })
	used := changed(p, func(p *profile.Profile) { p.IPv6.ServiceUsed = 120 })
	for length, want := range map[int]struct{ pods, services, used int64 }{
		128: {0, 0, 0}, 127: {0, 0, 0}, 126: {1, 2, 2}, 120: {253, 254, 254}, 112: {65533, 65534, 254},
		66: {1<<62 - 3, 1<<62 - 2, 254}, 65: {math.MaxInt64 - 3, math.MaxInt64 - 2, 254}, 0: {math.MaxInt64 - 3, math.MaxInt64 - 2, 254},
		129: {0, 0, 0}, -1: {math.MaxInt64 - 3, math.MaxInt64 - 2, 254},
	} {
		if pods, services, used := p.PodsOfBlock6(length), p.ServicesOf6(length), used.ServicesOf6(length); pods != want.pods ||
			services != want.services || used != want.used {
			t.Errorf("/%d: got %d, %d and %d, want %+v", length, pods, services, used, want)
		}
	}
}

// A cluster can use the smaller number of both families.
func TestUsableOfBothFamilies(t *testing.T) {
	dynamic := changed(fictitiousMany(t, "fictitious-dynamic"), func(p *profile.Profile) { p.Services.Lost = 0 })
	node := profile.NodeSize{Addresses: 16, Pods: 16}
	held := func(change func(*profile.Ranges)) profile.Ranges {
		r := profile.Ranges{
			Pods: prefixes("10.0.0.0/24"), Service: prefix("10.1.0.0/24"),
			PodIPv6: prefix("fd00::/72"), NodeIPv6Mask: 80, ServiceIPv6: prefix("fd01::/112"),
		}
		change(&r)
		return r
	}
	tests := map[string]struct {
		held profile.Ranges
		want profile.Usable
	}{
		"IPv4 has less of all": {held(func(*profile.Ranges) {}), profile.Usable{Nodes: 16, PodsPerNode: 16, Services: 256}},
		"IPv6 has fewer nodes": {
			held(func(r *profile.Ranges) { r.PodIPv6 = prefix("fd00::/77") }),
			profile.Usable{Nodes: 8, PodsPerNode: 16, Services: 256},
		},
		"IPv6 has fewer Pods a node": {
			held(func(r *profile.Ranges) { r.PodIPv6, r.NodeIPv6Mask = prefix("fd00::/120"), 125 }),
			profile.Usable{Nodes: 16, PodsPerNode: 8, Services: 256},
		},
		"IPv6 has fewer Services": {
			held(func(r *profile.Ranges) { r.ServiceIPv6 = prefix("fd01::/122") }),
			profile.Usable{Nodes: 16, PodsPerNode: 16, Services: 64},
		},
		"no IPv6 Pod range": {
			held(func(r *profile.Ranges) { r.PodIPv6, r.NodeIPv6Mask = netip.Prefix{}, 125 }),
			profile.Usable{Nodes: 16, PodsPerNode: 16, Services: 256},
		},
		"no IPv6 node blocks": {
			held(func(r *profile.Ranges) { r.NodeIPv6Mask = 0 }),
			profile.Usable{Nodes: 16, PodsPerNode: 16, Services: 256},
		},
		"no IPv6 Service range": {
			held(func(r *profile.Ranges) { r.ServiceIPv6 = netip.Prefix{} }),
			profile.Usable{Nodes: 16, PodsPerNode: 16, Services: 256},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := dynamic.Usable(test.held, node); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestWhichServiceRangeTheClusterHasAnyway(t *testing.T) {
	chosen := profile.Unset{Takes: prefix("fc00::/112")}
	for _, test := range []struct {
		unset profile.Unset
		given netip.Prefix
		want  bool
	}{
		{chosen, prefix("fc00::/112"), true},
		{chosen, prefix("fc00::/113"), false},
		{chosen, netip.Prefix{}, false},
		{profile.Unset{}, netip.Prefix{}, false},
		{profile.Unset{}, prefix("fc00::/112"), false},
	} {
		if got := test.unset.Holds(test.given); got != test.want {
			t.Errorf("%v given %v: got %v", test.unset.Takes, test.given, got)
		}
	}
}
