package allocate

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// blue adds VPCs of the VRFs blue and green, and to those of blue a site.
func blue(sites ...string) func(*Request) {
	return func(r *Request) {
		for _, name := range []string{"blue", "green"} {
			r.Facts.VPCs[name] = topology.VPC{Platform: "alicloud", CIDRBlocks: prefixes("192.168.0.0/24"), VRF: name}
			r.Facts.VPCs[name+"-hua"] = topology.VPC{Platform: "huaweicloud", CIDRBlocks: prefixes("192.168.4.0/24"), VRF: name}
		}
		for _, text := range sites {
			r.Facts.Sites["bank"] = topology.Site{CIDRBlocks: prefixes(text), VRF: "blue", Peers: []string{"blue", "blue-hua"}}
		}
	}
}

// dr is a mirror of a cluster with Flannel in a VPC.
func dr(name, vpc, first string, edits ...func(*topology.Cluster)) func(*Request) {
	return in(
		vpc,
		name,
		"ack-flannel",
		profile.Need{},
		append([]func(*topology.Cluster){func(cl *topology.Cluster) { cl.SameAs = first }}, edits...)...)
}

func turns(edits ...func(*Request)) func(*Request) {
	return func(r *Request) {
		for _, edit := range edits {
			edit(r)
		}
	}
}

const (
	shopHas   = "10.0.0.0/19 172.20.0.0/22 /26"
	shopMoved = "10.0.32.0/19 172.20.4.0/22 /26"
)

// What a cluster and its mirrors have after some turns of life.
func TestMirrorsHaveTheVerySameRanges(t *testing.T) {
	both := map[string]string{"shop": shopHas, "dr": shopHas}
	moved := map[string]string{"shop": shopMoved, "dr": shopMoved}
	router := func(nodes int64) func(*Request) {
		return cluster("shop", "cce-vpc-router", profile.Need{MaxNodes: nodes, PodsPerNode: 61, MaxServices: 200})
	}
	routed := in("blue-hua", "dr", "cce-vpc-router", profile.Need{}, func(cl *topology.Cluster) { cl.SameAs = "shop" })
	tests := map[string]struct {
		start func(*Request)
		turns []func(*Request)
		want  map[string]string
		rests map[string]string
	}{
		"both new": {turns(blue(), shop(), dr("dr", "blue", "shop")), nil, both, nil},
		"what is taken around the mirror is left out": {
			turns(blue("10.0.0.0/19"), shop(), dr("dr", "blue", "shop")),
			nil,
			map[string]string{"shop": "10.0.32.0/19 172.20.0.0/22 /26", "dr": "10.0.32.0/19 172.20.0.0/22 /26"},
			nil,
		},
		"what is taken around the first is, too": {
			turns(blue(), reserved("x", "172.20.0.0/22"), shop(), dr("dr", "blue", "shop")),
			nil,
			map[string]string{"shop": "10.0.0.0/19 172.20.4.0/22 /26", "dr": "10.0.0.0/19 172.20.4.0/22 /26"},
			nil,
		},
		"two mirrors": {
			turns(blue(), shop(), dr("dr", "blue", "shop"), dr("far", "green", "shop")),
			nil,
			map[string]string{"shop": shopHas, "dr": shopHas, "far": shopHas},
			nil,
		},
		"a mirror of one that holds its ranges": {turns(blue(), shop()), []func(*Request){dr("dr", "blue", "shop")}, both, nil},
		"a mirror of one that is pinned": {
			turns(blue(), shop(pins("172.20.8.0/22", "10.0.64.0/19")), dr("dr", "blue", "shop")),
			nil,
			map[string]string{"shop": "10.0.64.0/19 172.20.8.0/22 /26", "dr": "10.0.64.0/19 172.20.8.0/22 /26"},
			nil,
		},
		"a mirror of one that exists": {
			turns(
				blue(), shop(),
				existing("shop", Existing{PodCIDRs: prefixes("10.0.64.0/19"), ServiceCIDR: prefix("172.20.8.0/22"), NodeMask: 26}),
				dr("dr", "blue", "shop"),
			), nil,
			map[string]string{"shop": "10.0.64.0/19 172.20.8.0/22 /26", "dr": "10.0.64.0/19 172.20.8.0/22 /26"}, nil,
		},
		"both exist": {
			turns(
				blue(), shop(),
				existing("shop", Existing{PodCIDRs: prefixes("10.0.64.0/19"), ServiceCIDR: prefix("172.20.8.0/22"), NodeMask: 26}),
				dr("dr", "blue", "shop"), existing("dr", Existing{PodCIDRs: prefixes("10.0.64.0/19")}),
			), nil,
			map[string]string{"shop": "10.0.64.0/19 172.20.8.0/22 /26", "dr": "10.0.64.0/19 172.20.8.0/22 /26"}, nil,
		},
		"others of the mirror's VRF keep clear of it": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){nodes("new", 100, inVPC("blue"))},
			map[string]string{"shop": shopHas, "dr": shopHas, "new": "10.0.32.0/19 172.20.4.0/24 /26"},
			nil,
		},
		"the mirror keeps them when it is one no longer": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){nodes("dr", 100, inVPC("blue"))},
			both,
			nil,
		},
		"the two change places": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){turns(nodes("dr", 100, inVPC("blue")), dr("shop", "ali", "dr"))},
			both,
			nil,
		},
		"the first renamed": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){turns(gone("shop"), nodes("new", 100, previously("shop")), dr("dr", "blue", "new"))},
			map[string]string{"new": shopHas, "dr": shopHas},
			nil,
		},
		"both renumbered": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){turns(renumber("shop", "1"), renumber("dr", "2"))},
			moved,
			map[string]string{"shop": shopRests, "dr": "dr 10.0.0.0/19 172.20.0.0/22"},
		},
		"a mirror that held others renumbered": {
			turns(blue(), shop(), nodes("dr", 16, inVPC("blue"))),
			[]func(*Request){turns(dr("dr", "blue", "shop"), renumber("dr", "1"))},
			both,
			map[string]string{"dr": "dr 10.0.0.0/22 172.20.0.0/24"},
		},
		"the mirror gone": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){gone("dr")},
			map[string]string{"shop": shopHas},
			map[string]string{"dr": "dr 10.0.0.0/19 172.20.0.0/22"},
		},
		"the mirror gone and back": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){gone("dr"), dr("dr", "blue", "shop")},
			both,
			nil,
		},
		"the mirror gone and another one new": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){gone("dr"), dr("far", "green", "shop")},
			map[string]string{"shop": shopHas, "far": shopHas},
			map[string]string{"dr": "dr 10.0.0.0/19 172.20.0.0/22"},
		},
		"the mirror back when the first has moved": {
			turns(
				blue(), shop(), dr("dr", "blue", "shop"),
			), []func(*Request){gone("dr"), renumber("shop", "1"), dr("dr", "blue", "shop")}, moved, map[string]string{"shop": shopRests, "dr": "dr 10.0.0.0/19 172.20.0.0/22"},
		},
		"the first gone, its mirror alone": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){turns(gone("shop"), nodes("dr", 100, inVPC("blue")))},
			map[string]string{"dr": shopHas},
			map[string]string{"shop": shopRests},
		},
		"the first gone and back": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){turns(gone("shop"), nodes("dr", 100, inVPC("blue"))), turns(shop(), dr("dr", "blue", "shop"))},
			both,
			nil,
		},
		"both gone and back": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){gone("shop", "dr"), turns(shop(), dr("dr", "blue", "shop"))},
			both,
			nil,
		},
		"both gone and the first back": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){gone("shop", "dr"), shop()},
			map[string]string{"shop": shopHas},
			map[string]string{"dr": "dr 10.0.0.0/19 172.20.0.0/22"},
		},
		"both grow": {
			turns(blue(), router(100), routed),
			[]func(*Request){router(200)},
			map[string]string{"shop": "10.0.0.0/19, 10.0.32.0/19 172.20.0.0/24 /26", "dr": "10.0.0.0/19, 10.0.32.0/19 172.20.0.0/24 /26"},
			nil,
		},
		"both grow around what is in a way": {
			turns(blue(), router(100), routed),
			[]func(*Request){blue("10.0.32.0/19"), router(200)},
			map[string]string{"shop": "10.0.0.0/19, 10.0.64.0/19 172.20.0.0/24 /26", "dr": "10.0.0.0/19, 10.0.64.0/19 172.20.0.0/24 /26"},
			nil,
		},
		"a mirror of one that has grown": {
			turns(blue(), router(100)),
			[]func(*Request){router(200), routed},
			map[string]string{"shop": "10.0.0.0/19, 10.0.32.0/19 172.20.0.0/24 /26", "dr": "10.0.0.0/19, 10.0.32.0/19 172.20.0.0/24 /26"},
			nil,
		},
		"both keep one block free": {
			turns(blue(), router(100), routed, func(r *Request) {
				cl := r.Facts.Clusters["shop"]
				cl.ReserveLength = 18
				r.Facts.Clusters["shop"] = cl
			}), []func(*Request){router(200)}, map[string]string{"shop": "10.0.0.0/19, 10.0.32.0/19 172.20.0.0/24 /26", "dr": "10.0.0.0/19, 10.0.32.0/19 172.20.0.0/24 /26"}, nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := lived(t, request(test.start), test.turns...)
			if test.rests == nil {
				test.rests = map[string]string{}
			}
			result := planned(t, r) // again
			wantRanges(t, result, test.want)
			wantResting(t, result, test.rests)
			wantFindings(t, result)
		})
	}
}

// Both have all outputs alike, the families and the block that is kept free included.
func TestMirrorsHaveTheSameOutputs(t *testing.T) {
	r := request(
		blue(), supernets("10.0.0.0/16", "fd00::/40"), services("172.20.0.0/16", "fd01::/64"),
		in("own", "lab", "kubernetes-routed", profile.Need{MaxNodes: 20, PodsPerNode: 29, MaxServices: 200}, dual),
	)
	r.Facts.Sites["copy"] = topology.Site{CIDRBlocks: prefixes("192.168.9.0/24"), VRF: "blue"}
	in("copy", "dr", "kubernetes-routed", profile.Need{}, func(cl *topology.Cluster) { cl.SameAs = "lab" })(&r)
	result := lived(t, r).Prior.Allocations
	if text(result["lab"]) != text(result["dr"]) || !result["dr"].PodIPv6.IsValid() || !result["dr"].ServiceIPv6.IsValid() {
		t.Errorf("lab has %s\ndr has %s", text(result["lab"]), text(result["dr"]))
	}
	// without same_as it keeps both families
	alone := planned(t, edited(after(r, planned(t, r)), in("copy", "dr", "kubernetes-routed", profile.Need{MaxNodes: 20})))
	if text(alone.Allocations["dr"]) != text(result["dr"]) {
		t.Errorf("alone dr has %s", text(alone.Allocations["dr"]))
	}
}

func TestMirrorsThatCannotBeTheSameAreRefused(t *testing.T) {
	changed := func(argument, was, wanted string) []problem {
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
		"one that holds other ranges":    {apart, dr("dr", "blue", "shop"), changed("pod_cidrs", "10.0.0.0/22", "10.0.0.0/19"), nil},
		"one that holds ranges already":  {turns(blue(), nodes("dr", 16, inVPC("blue"))), turns(shop(), dr("dr", "blue", "shop")), changed("pod_cidrs", "10.0.0.0/22", "a range that is still to be chosen"), nil},
		"one with another Service range": {turns(blue(), shop(), nodes("dr", 100, inVPC("blue"), pins("172.20.8.0/24", "10.0.0.0/19"))), dr("dr", "blue", "shop"), changed("service_cidr", "172.20.8.0/24", "172.20.0.0/22"), nil},
		"one with another mask":          {turns(blue(), shop(), cluster("dr", "ack-flannel", profile.Need{PodsPerNode: 32}, inVPC("blue"), pins("172.20.0.0/22", "10.0.0.0/19"))), dr("dr", "blue", "shop"), changed("node_cidr_mask", "27", "26"), nil},
		"one that exists with other ones": {turns(blue(), shop()), turns(dr("dr", "blue", "shop"), existing("dr", Existing{PodCIDRs: prefixes("10.0.64.0/19")})), []problem{{
			`existing["dr"].pod_cidrs`, topology.Contradicting{Value: "10.0.64.0/19", Other: `same_as = "shop" of the cluster`, Gives: "10.0.0.0/19"}, false,
		}}, nil},
		"the first renumbered alone":  {mirrors, renumber("shop", "1"), left("shop", "dr", "1"), nil},
		"the mirror renumbered alone": {mirrors, renumber("dr", "1"), left("dr", "shop", "1"), nil},
		"held ranges that the mirror's network has": {
			turns(blue("10.0.0.0/24"), shop()), dr("dr", "blue", "shop"), nil, []string{"error pod_overlaps_site dr 10.0.0.0/19 bank 10.0.0.0/24"},
		},
		"pinned ranges that the mirror's network has": {
			turns(blue("10.0.0.0/24")), turns(shop(pins("172.20.0.0/22", "10.0.0.0/19")), dr("dr", "blue", "shop")), nil, []string{"error pod_overlaps_site dr 10.0.0.0/19 bank 10.0.0.0/24"},
		},
		"a new fact around the mirror": {mirrors, blue("172.20.0.0/24"), nil, []string{"warn service_overlaps_site dr 172.20.0.0/22 bank 172.20.0.0/24"}},
		"a need that outgrows both is told once": {mirrors, shop(func(cl *topology.Cluster) { cl.Need.MaxNodes = 129 }), []problem{{
			`clusters["shop"].max_nodes`, Outgrown{Cluster: "shop", Wanted: 129, Largest: 128, Held: shopHolds, Profile: shipped(t, "ack-flannel")}, false,
		}}, nil},
		"the guard of a mirror": {mirrors, turns(preventing("dr"), renumber("shop", "1"), renumber("dr", "1")), []problem{
			{"prevent_release", ReleasePrevented{Cluster: "dr", Held: shopHolds, Renumbered: true}, false},
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(lived(t, request(test.start)), test.edit), profile.Default())
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
	late := func(attribute string) func(*topology.Cluster) {
		return func(cl *topology.Cluster) { cl.Unknown = topology.Unknown{attribute} }
	}
	held := lived(t, request(blue(), shop(), dr("dr", "blue", "shop")))
	for name, test := range map[string]struct {
		r        Request
		deferred []string
	}{
		"the first has no size yet":             {request(blue(), cluster("shop", "ack-flannel", profile.Need{}, late("max_nodes")), dr("dr", "blue", "shop")), []string{"dr", "shop"}},
		"the first has no pins yet":             {request(blue(), cluster("shop", "ack-flannel", profile.Need{}, late("pod_cidrs")), dr("dr", "blue", "shop")), []string{"dr", "shop"}},
		"the mirror has no place yet":           {request(blue(), shop(), dr("dr", "", "shop", late("vpc"))), []string{"dr", "shop"}},
		"whose mirror it is is not known":       {request(blue(), shop(), dr("dr", "blue", "", late("same_as"))), []string{"dr", "shop"}},
		"whose is not known of a held one":      {edited(held, dr("dr", "blue", "", late("same_as"))), nil},
		"the first holds, the mirror comes new": {edited(held, dr("far", "green", "shop", late("vpc"))), []string{"far"}},
		"both hold":                             {edited(held, func(r *Request) { r.Facts.Reserved["x"] = topology.Reserved{Unknown: topology.Unknown{"cidr"}} }), nil},
		"what exists of the first is late":      {request(blue(), shop(pins("172.20.8.0/22", "10.0.64.0/19")), existing("shop", Existing{PodCIDRs: prefixes("10.0.64.0/19"), Unknown: topology.Unknown{"node_cidr_mask"}}), dr("dr", "blue", "shop")), []string{"dr", "shop"}},
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

// A restored memory that knows a cluster knows what its mirror has.
func TestAMirrorIsNoStrangerToARestoredMemory(t *testing.T) {
	r := lived(t, request(blue(), shop()))
	r.Prior = &Prior{Allocations: r.Prior.Allocations, Imported: true, Profiles: map[string]string{"shop": "ack-flannel"}}
	wantRanges(t, planned(t, edited(r, dr("dr", "blue", "shop"))), map[string]string{"shop": shopHas, "dr": shopHas})
}

// The nodes of a mirror are counted in its own VPC, and what was found there stands in the next plan.
func TestTheNodesOfAMirrorTakeRoutes(t *testing.T) {
	r := request(blue(), shop(), dr("dr", "blue", "shop"), vpc("blue", func(v *topology.VPC) { v.RouteQuota = 99 }))
	wantFindings(t, planned(t, r), `warn route_quota_exceeded dr invalid Prefix`)
	if again := lived(t, r); !planned(t, again).Findings[0].PreExisting {
		t.Error("what was found is new in the next plan")
	}
}

// What a platform says of a range is told once, of the cluster that a mirror has it from.
func TestAdviceOnARangeOfMirrorsIsToldOnce(t *testing.T) {
	r := request(blue(), shop(pins("172.20.0.0/22", "100.96.0.0/19")), dr("dr", "blue", "shop"))
	wantFindings(
		t, Plan(r, profile.Default()), "error pod_in_forbidden_range shop 100.96.0.0/19",
		"error pod_out_of_allowed_range shop 100.96.0.0/19",
	)
}

// Pod ranges that are appended to a cluster later are late for its mirror as well.
func TestLatePodRangesAreLateForBoth(t *testing.T) {
	router := func(cl *topology.Cluster) { cl.PodCIDRs = prefixes("10.0.0.0/19") }
	late := func(cl *topology.Cluster) {
		cl.PodCIDRs, cl.Unknown = prefixes("10.0.0.0/19", ""), topology.Unknown{"pod_cidrs"}
	}
	routed := in("blue-hua", "dr", "cce-vpc-router", profile.Need{}, func(cl *topology.Cluster) { cl.SameAs = "shop" })
	r := lived(t, request(blue(), cluster("shop", "cce-vpc-router", profile.Need{MaxServices: 200}, router), routed))
	result := planned(t, edited(r, cluster("shop", "cce-vpc-router", profile.Need{MaxServices: 200}, late)))
	if !result.Allocations["shop"].PodsUnknown || !result.Allocations["dr"].PodsUnknown {
		t.Errorf("late: %+v", result.Allocations)
	}
}
