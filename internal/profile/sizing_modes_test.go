package profile_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestPodSizeOfOtherModes(t *testing.T) {
	type need = profile.Need
	shared := func(service int) func(*profile.Profile, need) (int, *profile.SizeError) {
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
		"shared, 1,020 nodes and 256 Services fill a /16":      {"fictitious-shared", shared(24), need{MaxNodes: 1020}, 16, ""},
		"shared, one node more does not fit":                   {"fictitious-shared", shared(24), need{MaxNodes: 1021}, 15, ""},
		"shared, Services alone double what nodes would fill":  {"fictitious-shared", shared(27), need{MaxNodes: 1024}, 15, ""},
		"shared, the smallest has three nodes and 32 Services": {"fictitious-shared", shared(27), need{MaxNodes: 1}, 24, ""},
		"shared, three fill it":                                {"fictitious-shared", shared(27), need{MaxNodes: 3}, 24, ""},
		"shared, four do not":                                  {"fictitious-shared", shared(27), need{MaxNodes: 4}, 23, ""},
		"shared, the most nodes":                               {"fictitious-shared", shared(24), need{MaxNodes: 65532}, 10, ""},
		"shared, more than the most": {
			"fictitious-shared",
			shared(24),
			need{MaxNodes: 65533},
			0,
			"max_nodes = 65533 is outside 1 to 65532, because of the platform's limits",
		},
		"shared, the length is given": {"fictitious-shared", shared(24), need{PodLength: 16, MaxNodes: 1020}, 16, ""},
		"shared, the given length does not hold the nodes": {
			"fictitious-shared",
			shared(24),
			need{PodLength: 16, MaxNodes: 1021},
			16,
			"max_nodes = 1021 is outside 1 to 1020, because pod_prefix_length = 16 serves 1020 nodes of 64 addresses each",
		},
		"shared, the smallest for a node beside the Services": {"fictitious-shared", shared(24), need{PodLength: 23, MaxNodes: 4}, 23, ""},
		"shared, no node beside the Services": {
			"fictitious-shared",
			shared(24),
			need{PodLength: 24},
			0,
			"pod_prefix_length = 24 is outside 10 to 23, because each node takes 64 addresses and Services take 256",
		},
		"shared, a length that the platform has nowhere": {
			"fictitious-shared",
			shared(27),
			need{PodLength: 26},
			0,
			"pod_prefix_length = 26 is outside 10 to 24, because of the platform's limits",
		},
		"shared, a length that is too short": {
			"fictitious-shared",
			shared(27),
			need{PodLength: 9},
			0,
			"pod_prefix_length = 9 is outside 10 to 24, because of the platform's limits",
		},

		"dynamic, 10 nodes of 7 blocks fill 1,120 addresses": {"fictitious-dynamic", asked, need{MaxNodes: 10}, 21, ""},
		"dynamic, 36 nodes of 7 blocks fill a /20":           {"fictitious-dynamic", asked, need{MaxNodes: 36}, 20, ""},
		"dynamic, 37 do not":                                 {"fictitious-dynamic", asked, need{MaxNodes: 37}, 19, ""},
		"dynamic, 16 nodes of one block fill the smallest":   {"fictitious-dynamic", asked, need{MaxNodes: 16, PodsPerNode: 16}, 24, ""},
		"dynamic, one Pod more takes a block more":           {"fictitious-dynamic", asked, need{MaxNodes: 16, PodsPerNode: 17}, 23, ""},
		"dynamic, Services have a range of their own":        {"fictitious-dynamic", asked, need{MaxNodes: 256, PodsPerNode: 16}, 20, ""},
		"dynamic, the most nodes":                            {"fictitious-dynamic", asked, need{MaxNodes: 2000, PodsPerNode: 16}, 17, ""},
		"dynamic, more than the most": {
			"fictitious-dynamic",
			asked,
			need{MaxNodes: 2001, PodsPerNode: 16},
			0,
			"max_nodes = 2001 is outside 1 to 2000, because of the platform's limits",
		},
		"dynamic, more Pods than the largest holds": {
			"fictitious-dynamic",
			asked,
			need{MaxNodes: 1000, PodsPerNode: 1049},
			0,
			"max_nodes = 1000 is outside 1 to 992, because of the platform's limits",
		},
		"dynamic, the length is given": {"fictitious-dynamic", asked, need{PodLength: 24, MaxNodes: 2}, 24, ""},
		"dynamic, the given length does not hold the nodes": {
			"fictitious-dynamic",
			asked,
			need{PodLength: 24, MaxNodes: 3},
			24,
			"max_nodes = 3 is outside 1 to 2, because pod_prefix_length = 24 serves 2 nodes of 112 addresses each",
		},
		"dynamic, the given length does not hold one": {
			"fictitious-dynamic",
			asked,
			need{PodLength: 24, PodsPerNode: 257},
			0,
			"pod_prefix_length = 24 is outside 12 to 23, because each node takes 272 addresses",
		},
		"dynamic, no need at all has no size": {
			"fictitious-dynamic",
			asked,
			need{},
			0,
			"max_nodes = 0 is outside 1 to 2000, because of the platform's limits",
		},
		"subnets, no range is needed":                    {"fictitious-subnets", asked, need{MaxNodes: 500}, 0, ""},
		"subnets, not even for a need that says nothing": {"fictitious-subnets", asked, need{}, 0, ""},
		"subnets, more nodes than the platform has": {
			"fictitious-subnets",
			asked,
			need{MaxNodes: 501},
			0,
			"max_nodes = 501 is outside 1 to 500, because of the platform's limits",
		},
		"subnets, no length will do": {
			"fictitious-subnets",
			asked,
			need{PodLength: 16},
			0,
			"pod_prefix_length = 16 is outside 1 to 0, because Pods use subnets",
		},
		"shared, negative needs are refused as in other modes": {
			"fictitious-shared",
			shared(24),
			need{MaxNodes: -1},
			0,
			"max_nodes = -1 is outside 1 to 65532, because of the platform's limits",
		},
		"shared, a tail that fills the largest leaves no node": {
			"fictitious-shared",
			shared(10),
			need{MaxNodes: 1},
			0,
			"max_nodes = 1 is outside 1 to 0, because of the platform's limits",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			length, err := test.size(fictitiousMany(t, test.profile), test.need)
			if length != test.length || fault(err) != test.fault {
				t.Errorf("PodSize(%+v):\n got /%d, %q\nwant /%d, %q", test.need, length, fault(err), test.length, test.fault)
			}
		})
	}
}

// Where two bounds fall together the published limit is named, not the arithmetic.
func TestPodSizeNamesThePublishedLimitOnATie(t *testing.T) {
	shared := changed(fictitiousMany(t, "fictitious-shared"), func(p *profile.Profile) { p.Nodes.MaxDifference = 16 })
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
			if _, err := shared.PodSize(test.need, shared.NodeOf(test.mask), 27); fault(err) != test.want {
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
	many := known(t, load(t, fictitiousManyFiles(t)), "fictitious-dynamic")
	if _, fault := many.FurtherPodSize(1<<12+1, many.NodeOf(24)); fault == nil || fault.Max != 1<<12 {
		t.Errorf("beyond what the platform takes: got %+v", fault)
	}
}
