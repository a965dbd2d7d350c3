package provider

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// resources makes a world of resources in their order, each with its kind and name.
func resources(all ...any) world {
	w := world{config: map[topology.Origin]given{}}
	for i := 0; i < len(all); i += 3 {
		by := topology.Origin{Kind: all[i].(string), Name: all[i+1].(string)}
		w.order, w.config[by] = append(w.order, by), all[i+2].(given)
	}
	return w
}

// onHub is an allocator with a VPC and a cluster of a name, all in place, on the hub cen.
func onHub(name, block, pods, services string, cluster given) given {
	sized := given{"vpc": name, "profile": "ack-flannel", "max_nodes": int64(20), "max_services": int64(100)}
	maps.Copy(sized, cluster)
	return given{
		"supernets": []string{pods}, "service_supernets": []string{services}, "hubs": given{"cen": given{}},
		"vpcs": given{
			name: given{"platform": "alicloud", "cidr_blocks": []string{block}, "hubs": []string{"cen"}},
		}, "clusters": given{name: sized},
	}
}

// farAway is a declared VPC on the hub.
func farAway(block string, more given) given {
	vpc := given{"platform": "alicloud", "cidr_blocks": []string{block}, "hubs": []string{"cen"}}
	maps.Copy(vpc, more)
	return vpc
}

func sizedBlocks(supernet string, blocks given) given {
	return given{"supernets": []string{supernet}, "blocks": blocks}
}

// shopIn is an allocator with the cluster "shop" in the VPC "main".
func shopIn(services string) given {
	return given{
		"supernets": []string{
			"10.64.0.0/16",
		}, "service_supernets": []string{services}, "vpcs": given{
			"main": given{"platform": "alicloud", "cidr_blocks": []string{"172.16.0.0/24"}},
		},
		"clusters": given{"shop": given{"vpc": "main", "profile": "ack-flannel", "max_nodes": int64(20), "max_services": int64(100)}},
	}
}

// outsideStories are configurations with a conflict that only the configuration-wide check sees.
var outsideStories = map[string]func() world{
	"a route and a cluster that was allocated": func() world {
		return resources(
			"vpc", "far", farAway("172.30.0.0/16", routed("10.64.0.0/18")), "allocator", "a",
			onHub("a", "172.16.0.0/24", "10.64.0.0/16", "172.20.0.0/16", nil),
		)
	},
	"a VPC and a cluster that was allocated": func() world {
		return resources(
			"allocator", "a", onHub("a", "172.16.0.0/24", "172.30.0.0/15", "172.20.0.0/16", nil), "vpc", "far",
			farAway("172.30.0.0/16", nil),
		)
	},
	"a site and a cluster that was allocated": func() world {
		return resources(
			"site", "idc", given{"cidr_blocks": []string{"10.64.0.0/17"}, "hubs": []string{"cen"}}, "allocator", "a",
			onHub("a", "172.16.0.0/24", "10.64.0.0/16", "172.20.0.0/16", nil),
		)
	},
	"two allocators with one supernet": func() world {
		return resources(
			"allocator", "a", onHub("a", "172.16.0.0/24", "10.64.0.0/16", "172.20.0.0/17", nil), "allocator", "b",
			onHub("b", "172.16.1.0/24", "10.64.0.0/16", "172.20.128.0/17", nil),
		)
	},
	"a cluster that is pinned and one that was allocated": func() world {
		return resources(
			"vpc", "far", farAway("172.30.0.0/16", nil), "cluster", "data", pinned("far", "ack-flannel", "10.64.0.0/18", "172.21.0.0/20"),
			"allocator", "a", onHub("a", "172.16.0.0/24", "10.64.0.0/16", "172.20.0.0/16", nil),
		)
	},
	"two clusters that are pinned": func() world {
		return resources(
			"vpc", "p", farAway("172.16.0.0/24", nil), "cluster", "p", pinned("p", "ack-flannel", "10.64.0.0/18", "172.21.0.0/20"), "vpc",
			"q", farAway("172.16.1.0/24", nil), "cluster", "q", pinned("q", "ack-flannel", "10.64.0.0/20", "172.22.0.0/20"),
		)
	},
	"a network that reaches two clusters": func() world {
		return resources(
			"vpc", "p", farAway("172.16.0.0/24", given{"hubs": []string{}}), "cluster", "p",
			pinned("p", "ack-flannel", "10.64.0.0/18", "172.21.0.0/20"), "vpc", "q", farAway("172.16.1.0/24", given{"hubs": []string{}}),
			"cluster", "q", pinned("q", "ack-flannel", "10.64.0.0/20", "172.22.0.0/20"), "site", "hq",
			given{"cidr_blocks": []string{"172.18.0.0/16"}, "peers": []string{"p", "q"}},
		)
	},
	"two VPCs that overlap": func() world {
		return resources("vpc", "p", farAway("10.0.0.0/16", given{"peers": []string{"q"}}), "vpc", "q", farAway("10.0.0.0/20", nil))
	},
	"two allocators with a cluster of one name": func() world {
		return resources("allocator", "a", shopIn("172.20.0.0/17"), "allocator", "b", shopIn("172.20.128.0/17"))
	},
	"two networks of one name": func() world {
		return resources("allocator", "a", onHub("a", "172.16.0.0/24", "10.64.0.0/17", "172.20.0.0/17", nil),
			"allocator", "b", having(onHub("a", "172.16.1.0/24", "10.64.128.0/17", "172.20.128.0/17", nil), "clusters", given{}))
	},
	"two networks of one name, declared and in place": func() world {
		return resources(
			"vpc", "a", farAway("172.16.1.0/24", nil), "allocator", "a", onHub("a", "172.16.0.0/24", "10.64.0.0/17", "172.20.0.0/17", nil),
		)
	},
	"blocks of one supernet": func() world {
		return resources(
			"blocks", "east", sizedBlocks("10.0.0.0/8", given{"main": given{"prefix_length": int64(16)}}), "blocks", "west",
			sizedBlocks("10.0.0.0/8", given{"main": given{"prefix_length": int64(20)}}),
		)
	},
	"blocks that are pinned": func() world {
		return resources(
			"blocks", "east", sizedBlocks("10.0.0.0/8", given{"main": pin("10.0.0.0/16")}), "blocks", "west",
			sizedBlocks("10.0.0.0/8", given{"lab": pin("10.0.0.0/20")}),
		)
	},
	"a block and one that existing names": func() world {
		return resources(
			"blocks", "east", having(sizedBlocks("10.0.0.0/8", given{}), "existing", given{"old": pin("10.0.0.0/16")}), "blocks", "west",
			sizedBlocks("10.0.0.0/8", given{"lab": pin("10.0.0.0/20")}),
		)
	},
	"a block and one that was released": func() world {
		return resources(
			"blocks", "east",
			having(sizedBlocks("10.0.0.0/8", given{}), "existing", given{"old": given{"block": "old", "cidr": "10.0.0.0/16"}}), "blocks",
			"west", sizedBlocks("10.0.0.0/8", given{"lab": pin("10.0.0.0/20")}),
		)
	},
	"a block around a cluster": func() world {
		return resources(
			"blocks", "net", sizedBlocks("10.64.0.0/12", given{"main": given{"prefix_length": int64(16)}}), "allocator", "a",
			onHub("a", "172.16.0.0/24", "10.64.0.0/12", "172.20.0.0/16", nil),
		)
	},
	"a block in the range of a cluster": func() world {
		return resources(
			"blocks", "net", sizedBlocks("10.64.0.0/12", given{"main": given{"prefix_length": int64(28)}}), "allocator", "a",
			onHub("a", "172.16.0.0/24", "10.64.0.0/12", "172.20.0.0/16", nil),
		)
	},
	"a block and a cluster that is pinned": func() world {
		return resources("blocks", "net", sizedBlocks("10.64.0.0/12", given{"main": given{"prefix_length": int64(16)}}),
			"allocator", "a", onHub("a", "172.16.0.0/24", "10.80.0.0/12", "172.20.0.0/16", given{"pod_cidrs": []string{"10.64.0.0/21"}}))
	},
	"a cluster and one that existing of another allocator names": func() world {
		return resources(
			"allocator",
			"a",
			onHub("a", "172.16.0.0/24", "10.64.0.0/16", "172.20.0.0/17", nil),
			"allocator",
			"b",
			having(
				onHub("b", "172.16.1.0/24", "10.65.0.0/16", "172.20.128.0/17", nil), "existing",
				given{"old": given{"pod_cidrs": []string{"10.64.0.0/18"}}},
			),
		)
	},
}

// What the configuration-wide check advises resolves it: each option is followed as it is printed, for what is new and for what is
// held. No other conflict comes, and nothing moves that the option does not name.
func TestEveryOptionOutsideOfAllocatorsResolvesIt(t *testing.T) {
	for name, story := range outsideStories {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := story()
			first := w.plan(t, nil)
			if w.followOutside(t, "in a first plan", first, nil) == 0 {
				t.Error("nothing is advised")
			}
			w.followOutside(t, "with the ranges held", w.plan(t, &first), &first)
		})
	}
}

// followOutside follows each option of each finding of a plan, and returns how many there were.
func (w world) followOutside(t *testing.T, when string, now afterPlan, applied *afterPlan) (followed int) {
	t.Helper()
	for _, f := range now.outside {
		for _, o := range f.Unwired.Options {
			text, read, ok := readBack(t, when, o)
			if !ok {
				continue
			}
			before := f.Unwired.Before.Level > 0
			if !before &&
				!slices.ContainsFunc(now.messages, func(m messages.Message) bool { return slices.Contains(optionsOf(m.Detail), text) }) {
				t.Errorf("%s: no message has the option %q", when, text)
			}
			o.Edits = read
			for i, edited := range w.follow(topology.Origin{}, o) {
				followed++
				what := fmt.Sprintf("%s, %q, choice %d", when, text, i)
				after := edited.plan(t, applied)
				if wantQuiet(t, what, after) && applied != nil {
					for by, was := range applied.results {
						wantSame(t, what, was, after.results[by], touched(o))
					}
				}
				if again := edited.plan(t, &after); !failed(after) {
					wantQuiet(t, what+", and the next plan", again)
				}
			}
		}
	}
	return followed
}

// The two networks of one name are reported with options, as all other rules are.
func TestTwoNetworksOfOneNameHaveOptions(t *testing.T) {
	found := outsideStories["two networks of one name"]().plan(t, nil).outside
	if len(found) != 1 || found[0].Code != "two_networks_of_one_name" {
		t.Fatalf("found %v", found)
	}
	whys := map[topology.OptionKind]int{}
	for _, o := range found[0].Unwired.Options {
		whys[o.Kind]++
	}
	if !maps.Equal(whys, map[topology.OptionKind]int{conflict.Equal: 2, conflict.Renamed: 2}) ||
		slices.ContainsFunc(found, func(f conflict.Finding) bool { return f.Accepted != nil }) {
		t.Errorf("the options are %v", whys)
	}
}
