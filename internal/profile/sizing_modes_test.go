package profile_test

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

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
	ice := europa(t, "europa-ice")
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tail := ice.ServiceTail(prefix(test.pods), test.service)
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
			if got := ice.Usable(held, ice.NodeOf(test.perNode)).Nodes; got != test.nodes {
				t.Errorf("nodes: got %d, want %d", got, test.nodes)
			}
		})
	}
}

func TestOnlySharedRangesHaveATail(t *testing.T) {
	ice, ocean, vent := europa(t, "europa-ice"), europa(t, "europa-ocean"), europa(t, "europa-vent")
	tests := map[string]struct {
		p      *profile.Profile
		pods   netip.Prefix
		length int
		want   netip.Prefix
	}{
		"the last addresses":              {ice, prefix("10.0.0.0/16"), 24, prefix("10.0.255.0/24")},
		"the range as a whole":            {ice, prefix("10.0.0.0/24"), 24, prefix("10.0.0.0/24")},
		"the last address":                {ice, prefix("10.0.0.0/24"), 32, prefix("10.0.0.255/32")},
		"more than the range":             {ice, prefix("10.0.0.0/24"), 23, netip.Prefix{}},
		"of no range":                     {ice, netip.Prefix{}, 24, netip.Prefix{}},
		"no such length":                  {ice, prefix("10.0.0.0/24"), 33, netip.Prefix{}},
		"Pods of their own share nothing": {ocean, prefix("10.0.0.0/16"), 24, netip.Prefix{}},
		"Pods in subnets share nothing":   {vent, prefix("10.0.0.0/16"), 24, netip.Prefix{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.p.ServiceTail(test.pods, test.length); got != test.want {
				t.Errorf("ServiceTail(%v, %d): got %v, want %v", test.pods, test.length, got, test.want)
			}
		})
	}
}

func TestPodSizeOfOtherModes(t *testing.T) {
	type need = profile.Need
	ice := func(service int) func(*profile.Profile, need) (int, *profile.SizeError) {
		return func(p *profile.Profile, n need) (int, *profile.SizeError) { return p.PodSize(n, p.NodeOf(26), service) }
	}
	asked := func(p *profile.Profile, n need) (int, *profile.SizeError) {
		node, err := p.NodeSize(need{PodsPerNode: n.PodsPerNode})
		if err != nil {
			return 0, err
		}
		return p.PodSize(n, node, 20)
	}
	tests := map[string]struct {
		profile string
		size    func(*profile.Profile, need) (int, *profile.SizeError)
		need    need
		length  int
		fault   string
	}{
		"shared, 1,020 nodes and 256 Services fill a /16":      {"europa-ice", ice(24), need{MaxNodes: 1020}, 16, ""},
		"shared, one node more does not fit":                   {"europa-ice", ice(24), need{MaxNodes: 1021}, 15, ""},
		"shared, Services alone double what nodes would fill":  {"europa-ice", ice(27), need{MaxNodes: 1024}, 15, ""},
		"shared, the smallest has three nodes and 32 Services": {"europa-ice", ice(27), need{MaxNodes: 1}, 24, ""},
		"shared, three fill it":                                {"europa-ice", ice(27), need{MaxNodes: 3}, 24, ""},
		"shared, four do not":                                  {"europa-ice", ice(27), need{MaxNodes: 4}, 23, ""},
		"shared, the most nodes":                               {"europa-ice", ice(24), need{MaxNodes: 65532}, 10, ""},
		"shared, more than the most": {
			"europa-ice",
			ice(24),
			need{MaxNodes: 65533},
			0,
			"max_nodes = 65533 is outside 1 to 65532, because of the platform's limits",
		},
		"shared, the length is given": {"europa-ice", ice(24), need{PodLength: 16, MaxNodes: 1020}, 16, ""},
		"shared, the given length does not hold the nodes": {
			"europa-ice",
			ice(24),
			need{PodLength: 16, MaxNodes: 1021},
			16,
			"max_nodes = 1021 is outside 1 to 1020, because pod_prefix_length = 16 serves 1020 nodes of 64 addresses each",
		},
		"shared, the smallest for a node beside the Services": {"europa-ice", ice(24), need{PodLength: 23, MaxNodes: 4}, 23, ""},
		"shared, no node beside the Services": {
			"europa-ice",
			ice(24),
			need{PodLength: 24},
			0,
			"pod_prefix_length = 24 is outside 10 to 23, because each node takes 64 addresses and Services take 256",
		},
		"shared, a length that the platform has nowhere": {
			"europa-ice",
			ice(27),
			need{PodLength: 26},
			0,
			"pod_prefix_length = 26 is outside 10 to 24, because of the platform's limits",
		},
		"shared, a length that is too short": {
			"europa-ice",
			ice(27),
			need{PodLength: 9},
			0,
			"pod_prefix_length = 9 is outside 10 to 24, because of the platform's limits",
		},

		"dynamic, 10 nodes of 7 blocks fill 1,120 addresses": {"europa-ocean", asked, need{MaxNodes: 10}, 21, ""},
		"dynamic, 36 nodes of 7 blocks fill a /20":           {"europa-ocean", asked, need{MaxNodes: 36}, 20, ""},
		"dynamic, 37 do not":                                 {"europa-ocean", asked, need{MaxNodes: 37}, 19, ""},
		"dynamic, 16 nodes of one block fill the smallest":   {"europa-ocean", asked, need{MaxNodes: 16, PodsPerNode: 16}, 24, ""},
		"dynamic, one Pod more takes a block more":           {"europa-ocean", asked, need{MaxNodes: 16, PodsPerNode: 17}, 23, ""},
		"dynamic, Services have a range of their own":        {"europa-ocean", asked, need{MaxNodes: 256, PodsPerNode: 16}, 20, ""},
		"dynamic, the most nodes":                            {"europa-ocean", asked, need{MaxNodes: 2000, PodsPerNode: 16}, 17, ""},
		"dynamic, more than the most": {
			"europa-ocean",
			asked,
			need{MaxNodes: 2001, PodsPerNode: 16},
			0,
			"max_nodes = 2001 is outside 1 to 2000, because of the platform's limits",
		},
		"dynamic, more Pods than the largest holds": {
			"europa-ocean",
			asked,
			need{MaxNodes: 1000, PodsPerNode: 1049},
			0,
			"max_nodes = 1000 is outside 1 to 992, because of the platform's limits",
		},
		"dynamic, the length is given": {"europa-ocean", asked, need{PodLength: 24, MaxNodes: 2}, 24, ""},
		"dynamic, the given length does not hold the nodes": {
			"europa-ocean",
			asked,
			need{PodLength: 24, MaxNodes: 3},
			24,
			"max_nodes = 3 is outside 1 to 2, because pod_prefix_length = 24 serves 2 nodes of 112 addresses each",
		},
		"dynamic, the given length does not hold one": {
			"europa-ocean",
			asked,
			need{PodLength: 24, PodsPerNode: 257},
			0,
			"pod_prefix_length = 24 is outside 12 to 23, because each node takes 272 addresses",
		},
		"dynamic, no need at all has no size": {
			"europa-ocean",
			asked,
			need{},
			0,
			"max_nodes = 0 is outside 1 to 2000, because of the platform's limits",
		},
		"subnets, no range is needed":                    {"europa-vent", asked, need{MaxNodes: 500}, 0, ""},
		"subnets, not even for a need that says nothing": {"europa-vent", asked, need{}, 0, ""},
		"subnets, more nodes than the platform has": {
			"europa-vent",
			asked,
			need{MaxNodes: 501},
			0,
			"max_nodes = 501 is outside 1 to 500, because of the platform's limits",
		},
		"subnets, no length will do": {
			"europa-vent",
			asked,
			need{PodLength: 16},
			0,
			"pod_prefix_length = 16 is outside 1 to 0, because Pods use subnets",
		},
		"shared, negative needs are refused as ever": {
			"europa-ice",
			ice(24),
			need{MaxNodes: -1},
			0,
			"max_nodes = -1 is outside 1 to 65532, because of the platform's limits",
		},
		"shared, a tail that fills the largest leaves no node": {
			"europa-ice",
			ice(10),
			need{MaxNodes: 1},
			0,
			"max_nodes = 1 is outside 1 to 0, because of the platform's limits",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			length, err := test.size(europa(t, test.profile), test.need)
			if length != test.length || fault(err) != test.fault {
				t.Errorf("PodSize(%+v):\n got /%d, %q\nwant /%d, %q", test.need, length, fault(err), test.length, test.fault)
			}
		})
	}
}

// Where two bounds fall together the published limit is named, not the arithmetic.
func TestPodSizeNamesThePublishedLimitOnATie(t *testing.T) {
	ice := changed(europa(t, "europa-ice"), func(p *profile.Profile) { p.Nodes.MaxDifference = 16 })
	tests := map[string]struct {
		need profile.Need
		mask int
		want string
	}{
		"a length, where they agree": {
			profile.Need{PodLength: 9},
			26,
			"pod_prefix_length = 9 is outside 10 to 24, because of the platform's limits",
		},
		"a length, where the difference binds": {
			profile.Need{PodLength: 9},
			27,
			"pod_prefix_length = 9 is outside 11 to 24, because of node_cidr_mask = 27",
		},
		"nodes, where they agree": {
			profile.Need{MaxNodes: 65536},
			26,
			"max_nodes = 65536 is outside 1 to 65535, because of the platform's limits",
		},
		"nodes, where the difference binds more": {
			profile.Need{MaxNodes: 65536},
			27,
			"max_nodes = 65536 is outside 1 to 65535, because of node_cidr_mask = 27",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := ice.PodSize(test.need, ice.NodeOf(test.mask), 27); fault(err) != test.want {
				t.Errorf("got  %s\nwant %s", fault(err), test.want)
			}
		})
	}
}

// Every limit binds, in whatever order they stand.
func TestSizesDoNotDependOnTheOrderOfLimits(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		turned := changed(p, func(p *profile.Profile) {
			p.Pods.Limits, p.Services.Limits = slices.Clone(p.Pods.Limits), slices.Clone(p.Services.Limits)
			slices.Reverse(p.Pods.Limits)
			slices.Reverse(p.Services.Limits)
		})
		rapid.Check(t, func(t *rapid.T) {
			need := rapid.OneOf(anyNeed, smallNeed).Draw(t, "need")
			one, ok := size(p, need)
			other, too := size(turned, need)
			if ok != too || ok && one != other {
				t.Fatalf("%+v comes to %+v, %v; with the limits turned to %+v, %v", need, one, ok, other, too)
			}
		})
	})
}

func TestServiceSizeOfOtherModes(t *testing.T) {
	type need = profile.Need
	tests := map[string]struct {
		profile string
		need    need
		length  int
		fault   string
	}{
		"addresses count, so 256 fill a /24": {"europa-ice", need{MaxServices: 256}, 24, ""},
		"257 do not":                         {"europa-ice", need{MaxServices: 257}, 23, ""},
		"by default there is room for 256":   {"europa-ice", need{}, 24, ""},
		"one gets the 32 that are the least": {"europa-ice", need{MaxServices: 1}, 27, ""},
		"32,768 are the most":                {"europa-ice", need{MaxServices: 32768}, 17, ""},
		"32,769 are too many": {
			"europa-ice",
			need{MaxServices: 32769},
			0,
			"max_services = 32769 is outside 1 to 32768, because of the platform's limits",
		},
		"a length is given": {"europa-ice", need{ServiceLength: 17}, 17, ""},
		"no length is that short": {
			"europa-ice",
			need{ServiceLength: 16},
			0,
			"service_prefix_length = 16 is outside 17 to 27, because of the platform's limits",
		},
		"a length in a shared range is bound as well": {
			"europa-ice",
			need{ServiceLength: 28},
			0,
			"service_prefix_length = 28 is outside 17 to 27, because of the platform's limits",
		},
		"the given length holds addresses": {"europa-ice", need{ServiceLength: 27, MaxServices: 32}, 27, ""},
		"the given length does not hold the Services": {
			"europa-ice",
			need{ServiceLength: 27, MaxServices: 33},
			27,
			"max_services = 33 is outside 1 to 32, because service_prefix_length = 27 holds 32",
		},
		"usable ones count where nothing else is said": {"europa-ocean", need{MaxServices: 255}, 23, ""},
		"what is lost is the platform's to say":        {"europa-vent", need{MaxServices: 255}, 24, ""},
		"two addresses hold none": {
			"europa-ocean",
			need{ServiceLength: 31},
			31,
			"max_services = 1 is outside 1 to 0, because service_prefix_length = 31 holds 0",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			length, err := europa(t, test.profile).ServiceSize(test.need)
			if length != test.length || fault(err) != test.fault {
				t.Errorf("ServiceSize(%+v):\n got /%d, %q\nwant /%d, %q", test.need, length, fault(err), test.length, test.fault)
			}
		})
	}
}

// A bound on what is chosen has a rule of its own, unless a limit binds more.
func TestServiceSizeCitesTheRuleThatBinds(t *testing.T) {
	ice, vent := europa(t, "europa-ice"), europa(t, "europa-vent")
	shortest := func(length int) *profile.Profile {
		return changed(vent, func(p *profile.Profile) { p.Services.SizedShortest, p.Services.SizedRule.Text = length, "sized" })
	}
	limit := vent.Services.Limits[0].Text
	tests := map[string]struct {
		p     *profile.Profile
		need  profile.Need
		least int64
		want  string
	}{
		"a bound without any limits":     {ice, profile.Need{MaxServices: 1 << 20}, 1, "ice takes 32 to 32768 Services"},
		"a bound on a length":            {ice, profile.Need{ServiceLength: 16}, 17, "ice takes 32 to 32768 Services"},
		"a bound that binds more":        {shortest(20), profile.Need{ServiceLength: 19}, 20, "sized"},
		"a bound that binds as much":     {shortest(16), profile.Need{ServiceLength: 15}, 16, limit},
		"a bound that binds less":        {shortest(12), profile.Need{ServiceLength: 15}, 16, limit},
		"limits without any such bounds": {vent, profile.Need{ServiceLength: 15}, 16, limit},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := test.p.ServiceSize(test.need)
			if err == nil {
				t.Fatal("no fault")
			}
			if err.Rule.Text != test.want || err.Min != test.least {
				t.Errorf("%v cites %q, want %q from %d", err, err.Rule.Text, test.want, test.least)
			}
		})
	}
}

func TestMaxPodRangesFollowsTheGrowth(t *testing.T) {
	grown := func(name string, ranges int) *profile.Profile {
		return changed(europa(t, name), func(p *profile.Profile) { p.Growth.MaxRanges = ranges })
	}
	tests := map[string]struct {
		p    *profile.Profile
		want int
	}{
		"one range where none is added":    {grown("europa-ocean", 0), 1},
		"as many as can be added":          {grown("europa-ocean", 20), 20},
		"a shared range":                   {grown("europa-ice", 0), 1},
		"no range where Pods live apart":   {grown("europa-vent", 0), 0},
		"not even if subnets may be added": {grown("europa-vent", 20), 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.p.MaxPodRanges(); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestUsableOfOtherModes(t *testing.T) {
	type usable = profile.Usable
	ice, ocean, vent := europa(t, "europa-ice"), europa(t, "europa-ocean"), europa(t, "europa-vent")
	tests := map[string]struct {
		p    *profile.Profile
		held profile.Ranges
		node profile.NodeSize
		want usable
	}{
		"what is lost of blocks and Services is not usable": {
			ice,
			profile.Ranges{Pods: prefixes("172.16.0.0/16"), Service: prefix("172.16.255.0/24")},
			ice.NodeOf(26),
			usable{1020, 61, 254},
		},
		"a shared range without its Services serves none": {
			ice,
			profile.Ranges{Pods: prefixes("172.16.0.0/16")},
			ice.NodeOf(26),
			usable{0, 61, 0},
		},
		"dynamic blocks serve the Pods that are asked for": {
			ocean,
			profile.Ranges{Pods: prefixes("10.0.0.0/20"), Service: prefix("10.247.0.0/16")},
			profile.NodeSize{Addresses: 112, Pods: 110},
			usable{36, 110, 65534},
		},
		"dynamic blocks in several ranges": {
			ocean,
			profile.Ranges{Pods: prefixes("10.0.0.0/24", "10.1.0.0/24")},
			profile.NodeSize{Addresses: 112, Pods: 110},
			usable{4, 110, 0},
		},
		"in subnets only Services are counted": {
			vent,
			profile.Ranges{Service: prefix("10.96.0.0/24")},
			profile.NodeSize{Pods: 20},
			usable{0, 0, 255},
		},
		"even if there is a Pod range all the same": {
			vent,
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

// A further range is sized for the nodes that the others do not serve, with no regard to advice.
func TestFurtherPodSize(t *testing.T) {
	p := shipped(t, "cce-vpc-router")
	node := p.NodeOf(25)
	tests := map[string]struct {
		nodes int64
		want  int
	}{
		"one node":                        {1, 25},
		"two":                             {2, 24},
		"three take as many as four":      {3, 23},
		"four":                            {4, 23},
		"as many as a /12 and shorter":    {1 << 14, 11},
		"as many as all addresses but /1": {1 << 24, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, fault := p.FurtherPodSize(test.nodes, node); got != test.want || fault != nil {
				t.Errorf("got /%d, %v, want /%d", got, fault, test.want)
			}
		})
	}
	if _, fault := p.FurtherPodSize(1<<24+1, node); fault == nil || fault.Argument != "max_nodes" || fault.Max != 1<<24 {
		t.Errorf("one node too many: got %+v", fault)
	}
	europa := known(t, load(t, europaFiles(t)), "europa-ocean")
	if _, fault := europa.FurtherPodSize(1<<12+1, europa.NodeOf(24)); fault == nil || fault.Max != 1<<12 {
		t.Errorf("beyond what the platform takes: got %+v", fault)
	}
}
