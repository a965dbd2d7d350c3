package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

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
		start    func(*Request)
		turns    []func(*Request)
		want     map[string]string
		released map[string]string
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
		"others of the mirror's VRF avoid it": {
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
			[]func(*Request){turns(withoutClusters("shop"), nodes("new", 100, previously("shop")), dr("dr", "blue", "new"))},
			map[string]string{"new": shopHas, "dr": shopHas},
			nil,
		},
		"both renumbered": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){turns(renumber("shop", "1"), renumber("dr", "2"))},
			moved,
			map[string]string{"shop": releasedShop, "dr": "dr 10.0.0.0/19 172.20.0.0/22"},
		},
		"a mirror that held others renumbered": {
			turns(blue(), shop(), nodes("dr", 16, inVPC("blue"))),
			[]func(*Request){turns(dr("dr", "blue", "shop"), renumber("dr", "1"))},
			both,
			map[string]string{"dr": "dr 10.0.0.0/22 172.20.0.0/24"},
		},
		"the mirror undeclared": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){withoutClusters("dr")},
			map[string]string{"shop": shopHas},
			map[string]string{"dr": "dr 10.0.0.0/19 172.20.0.0/22"},
		},
		"the mirror undeclared and back": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){withoutClusters("dr"), dr("dr", "blue", "shop")},
			both,
			nil,
		},
		"the mirror undeclared and another one new": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){withoutClusters("dr"), dr("far", "green", "shop")},
			map[string]string{"shop": shopHas, "far": shopHas},
			map[string]string{"dr": "dr 10.0.0.0/19 172.20.0.0/22"},
		},
		"the mirror back when the first has moved": {
			turns(
				blue(), shop(), dr("dr", "blue", "shop"),
			), []func(*Request){withoutClusters("dr"), renumber("shop", "1"), dr("dr", "blue", "shop")}, moved,
			map[string]string{"shop": releasedShop, "dr": "dr 10.0.0.0/19 172.20.0.0/22"},
		},
		"the first undeclared, its mirror alone": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){turns(withoutClusters("shop"), nodes("dr", 100, inVPC("blue")))},
			map[string]string{"dr": shopHas},
			map[string]string{"shop": releasedShop},
		},
		"the first undeclared and back": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){turns(withoutClusters("shop"), nodes("dr", 100, inVPC("blue"))), turns(shop(), dr("dr", "blue", "shop"))},
			both,
			nil,
		},
		"both undeclared and back": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){withoutClusters("shop", "dr"), turns(shop(), dr("dr", "blue", "shop"))},
			both,
			nil,
		},
		"both undeclared and the first back": {
			turns(blue(), shop(), dr("dr", "blue", "shop")),
			[]func(*Request){withoutClusters("shop", "dr"), shop()},
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
			}), []func(*Request){router(200)},
			map[string]string{"shop": "10.0.0.0/19, 10.0.32.0/19 172.20.0.0/24 /26", "dr": "10.0.0.0/19, 10.0.32.0/19 172.20.0.0/24 /26"},
			nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := applied(t, request(test.start), test.turns...)
			if test.released == nil {
				test.released = map[string]string{}
			}
			result := planned(t, r) // again
			wantRanges(t, result, test.want)
			wantReleased(t, result, test.released)
			wantFindings(t, result)
		})
	}
}

// Both have the same outputs, including families and the growth reserve.
func TestMirrorsHaveTheSameOutputs(t *testing.T) {
	r := request(
		blue(), supernets("10.0.0.0/16", "fd00::/40"), services("172.20.0.0/16", "fd01::/64"),
		in("own", "lab", "kubernetes-routed", profile.Need{MaxNodes: 20, PodsPerNode: 29, MaxServices: 200}, dual),
	)
	r.Facts.Sites["copy"] = topology.Site{CIDRBlocks: prefixes("192.168.9.0/24"), VRF: "blue"}
	in("copy", "dr", "kubernetes-routed", profile.Need{}, func(cl *topology.Cluster) { cl.SameAs = "lab" })(&r)
	result := applied(t, r).Prior.Allocations
	if text(result["lab"]) != text(result["dr"]) || !result["dr"].PodIPv6.IsValid() || !result["dr"].ServiceIPv6.IsValid() {
		t.Errorf("lab has %s\ndr has %s", text(result["lab"]), text(result["dr"]))
	}
	// without same_as it keeps both families
	alone := planned(t, edited(after(r, planned(t, r)), in("copy", "dr", "kubernetes-routed", profile.Need{MaxNodes: 20})))
	if text(alone.Allocations["dr"]) != text(result["dr"]) {
		t.Errorf("alone dr has %s", text(alone.Allocations["dr"]))
	}
}

// Restored state that has a cluster also gives the ranges of its mirror.
func TestRestoredStateKnowsMirrors(t *testing.T) {
	r := applied(t, request(blue(), shop()))
	r.Prior = &Prior{Allocations: r.Prior.Allocations, Imported: true, Profiles: map[string]string{"shop": "ack-flannel"}}
	wantRanges(t, planned(t, edited(r, dr("dr", "blue", "shop"))), map[string]string{"shop": shopHas, "dr": shopHas})
}

// The nodes of a mirror are counted in its own VPC, and a finding there is pre-existing in the next plan.
func TestTheNodesOfAMirrorTakeRoutes(t *testing.T) {
	r := request(blue(), shop(), dr("dr", "blue", "shop"), vpc("blue", func(v *topology.VPC) { v.RouteQuota = 99 }))
	wantFindings(t, planned(t, r), `warn route_quota_exceeded dr invalid Prefix`)
	if again := applied(t, r); !planned(t, again).Findings[0].PreExisting {
		t.Error("what was found is new in the next plan")
	}
}

// A platform's rule on a range is reported once, for the cluster that is mirrored.
func TestAdviceOnARangeOfMirrorsIsReportedOnce(t *testing.T) {
	r := request(blue(), shop(pins("172.20.0.0/22", "100.96.0.0/19")), dr("dr", "blue", "shop"))
	wantFindings(
		t, Plan(r, profile.Default()), "error pod_in_forbidden_range shop 100.96.0.0/19",
		"error pod_out_of_allowed_range shop 100.96.0.0/19",
	)
}

// Pod ranges that are appended to a cluster later are unknown for its mirror as well.
func TestPodRangesKnownAfterApplyAreSoForBothMirrors(t *testing.T) {
	router := func(cl *topology.Cluster) { cl.PodCIDRs = prefixes("10.0.0.0/19") }
	unknown := func(cl *topology.Cluster) {
		cl.PodCIDRs, cl.Unknown = prefixes("10.0.0.0/19", ""), topology.Unknown{"pod_cidrs"}
	}
	routed := in("blue-hua", "dr", "cce-vpc-router", profile.Need{}, func(cl *topology.Cluster) { cl.SameAs = "shop" })
	r := applied(t, request(blue(), cluster("shop", "cce-vpc-router", profile.Need{MaxServices: 200}, router), routed))
	result := planned(t, edited(r, cluster("shop", "cce-vpc-router", profile.Need{MaxServices: 200}, unknown)))
	if !result.Allocations["shop"].PodsUnknown || !result.Allocations["dr"].PodsUnknown {
		t.Errorf("unknown: %+v", result.Allocations)
	}
}
