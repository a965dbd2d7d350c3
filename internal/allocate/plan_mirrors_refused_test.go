package allocate

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestMirrorsThatCannotBeTheSameAreRefused(t *testing.T) {
	changed := func(argument string, was, wanted any) []problem {
		return []problem{
			{`clusters["dr"].same_as`, Changed{Cluster: "dr", Argument: argument, Held: was, Wanted: wanted, SameAs: "shop"}, false},
		}
	}
	left := func(name, stays, token string) []problem {
		return []problem{{`renumber["` + name + `"]`, topology.NotAccepted{
			Value: token, Reason: MirrorKeepsRanges{stays},
		}, false}}
	}
	mirrors, apart := turns(blue(), shop(), dr("dr", "blue", "shop")), turns(blue(), shop(), nodes("dr", 16, inVPC("blue")))
	for name, test := range map[string]struct {
		start    func(*Request)
		edit     func(*Request)
		want     []problem
		findings []string
	}{
		"one that holds other ranges": {
			apart,
			dr("dr", "blue", "shop"),
			changed("pod_cidrs", prefixes("10.0.0.0/22"), prefixes("10.0.0.0/19")),
			nil,
		},
		"one that holds ranges already": {
			turns(blue(), nodes("dr", 16, inVPC("blue"))), turns(shop(), dr("dr", "blue", "shop")),
			changed("pod_cidrs", prefixes("10.0.0.0/22"), NotChosen{}), nil,
		},
		"one with another Service range": {
			turns(blue(), shop(), nodes("dr", 100, inVPC("blue"), pins("172.20.8.0/24", "10.0.0.0/19"))), dr("dr", "blue", "shop"),
			changed("service_cidr", prefix("172.20.8.0/24"), prefix("172.20.0.0/22")), nil,
		},
		"one with another mask": {
			turns(
				blue(), shop(),
				cluster("dr", "ack-flannel", profile.Need{PodsPerNode: 32}, inVPC("blue"), pins("172.20.0.0/22", "10.0.0.0/19")),
			),
			dr("dr", "blue", "shop"), changed("node_cidr_mask", 27, 26), nil,
		},
		"one that exists with other ones": {
			turns(blue(), shop()), turns(dr("dr", "blue", "shop"), existing("dr", Existing{PodCIDRs: prefixes("10.0.64.0/19")})),
			[]problem{{
				`existing["dr"].pod_cidrs`,
				topology.Contradicting{
					Value: prefixes("10.0.64.0/19"), Other: topology.SameAsOfCluster{SameAs: "shop"}, Gives: prefixes("10.0.0.0/19"),
				}, false,
			}}, nil,
		},
		"the first renumbered alone":  {mirrors, renumber("shop", "1"), left("shop", "dr", "1"), nil},
		"the mirror renumbered alone": {mirrors, renumber("dr", "1"), left("dr", "shop", "1"), nil},
		"held ranges that the mirror's network has": {
			turns(blue("10.0.0.0/24"), shop()), dr("dr", "blue", "shop"), nil,
			[]string{"error pod_overlaps_site dr 10.0.0.0/19 bank 10.0.0.0/24"},
		},
		"pinned ranges that the mirror's network has": {
			turns(blue("10.0.0.0/24")), turns(shop(pins("172.20.0.0/22", "10.0.0.0/19")), dr("dr", "blue", "shop")), nil,
			[]string{"error pod_overlaps_site dr 10.0.0.0/19 bank 10.0.0.0/24"},
		},
		"a new fact around the mirror": {
			mirrors, blue("172.20.0.0/24"), nil, []string{"warn service_overlaps_site dr 172.20.0.0/22 bank 172.20.0.0/24"},
		},
		"a need that outgrows both is reported once": {mirrors, shop(func(cl *topology.Cluster) { cl.Need.MaxNodes = 129 }), []problem{{
			`clusters["shop"].max_nodes`,
			Outgrown{Cluster: "shop", Wanted: 129, Largest: 128, Held: shopHolds, Profile: shipped(t, "ack-flannel")}, false,
		}}, nil},
		"the guard of a mirror": {mirrors, turns(preventing("dr"), renumber("shop", "1"), renumber("dr", "1")), []problem{
			{"prevent_release", ReleasePrevented{Cluster: "dr", Held: shopHolds, Renumbered: true}, false},
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(applied(t, request(test.start)), test.edit), profile.Default())
			var serious []topology.Fault
			for _, f := range result.Faults {
				if !f.Warn {
					serious = append(serious, f)
				}
			}
			wantFaults(t, serious, test.want...)
			wantFindings(t, result, test.findings...)
		})
	}
}

// What a cluster waits for, its mirror waits for; what it holds it keeps meanwhile.
func TestMirrorsWaitTogether(t *testing.T) {
	unknown := func(attribute string) func(*topology.Cluster) {
		return func(cl *topology.Cluster) { cl.Unknown = topology.Unknown{attribute} }
	}
	held, both := applied(t, request(blue(), shop(), dr("dr", "blue", "shop"))), []string{"dr", "shop"}
	for name, test := range map[string]struct {
		r        Request
		deferred []string
	}{
		"the first has no size yet": {
			request(blue(), cluster("shop", "ack-flannel", profile.Need{}, unknown("max_nodes")), dr("dr", "blue", "shop")),
			[]string{"dr", "shop"},
		},
		"the first has no pins yet": {
			request(blue(), cluster("shop", "ack-flannel", profile.Need{}, unknown("pod_cidrs")), dr("dr", "blue", "shop")),
			[]string{"dr", "shop"},
		},
		"the mirror has no place yet":           {request(blue(), shop(), dr("dr", "", "shop", unknown("vpc"))), []string{"dr", "shop"}},
		"the mirrored cluster is not known":     {request(blue(), shop(), dr("dr", "blue", "", unknown("same_as"))), both},
		"whose is not known of a held one":      {edited(held, dr("dr", "blue", "", unknown("same_as"))), nil},
		"the first holds, the mirror comes new": {edited(held, dr("far", "green", "shop", unknown("vpc"))), []string{"far"}},
		"both hold": {
			edited(held, func(r *Request) { r.Facts.Reserved["x"] = topology.Reserved{Unknown: topology.Unknown{"cidr"}} }), nil,
		},
		"what exists of the first is unknown": {
			request(
				blue(), shop(pins("172.20.8.0/22", "10.0.64.0/19")),
				existing("shop", Existing{PodCIDRs: prefixes("10.0.64.0/19"), Unknown: topology.Unknown{"node_cidr_mask"}}),
				dr("dr", "blue", "shop"),
			),
			[]string{"dr", "shop"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			result := planned(t, test.r)
			if got := result.Deferred; len(got)+len(test.deferred) > 0 && !slices.Equal(got, test.deferred) {
				t.Errorf("deferred %v, want %v", got, test.deferred)
			}
			for _, name := range []string{"shop", "dr"} {
				if a, has := result.Allocations[name]; has == (len(test.deferred) == 2) || has && a.Pods[0] != prefix("10.0.0.0/19") {
					t.Errorf("%s has %v, %t", name, a.Pods, has)
				}
			}
		})
	}
}
