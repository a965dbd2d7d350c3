package allocate

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// One pass over these demands leaves one out; a search finds a placement of all.
func TestAPlanSearchesForAPlacementOfAll(t *testing.T) {
	tests := map[string]struct {
		edits []func(*Request)
		want  map[string]string
	}{
		"the one that takes anything makes way for the one that does not": {
			[]func(*Request){
				supernets("10.0.0.0/24", "100.64.0.0/24"),
				pods("a", 24), cluster("b", "ack-flannel", lengths(25, 24, 26)),
			},
			map[string]string{"a": "100.64.0.0/24 172.20.1.0/28 /28", "b": "10.0.0.0/25 172.20.0.0/24 /26"},
		},
		"the Pods of another make way for the Services of a pool": {
			[]func(*Request){
				func(r *Request) { r.Pools["far"] = Pool{Supernets: prefixes("10.0.0.0/24")} },
				pods("a", 25, func(cl *topology.Cluster) { cl.Pool = "far" }), pods("b", 25),
			},
			map[string]string{"a": "10.0.0.0/25 10.0.0.128/28 /28", "b": "10.0.1.0/25 172.20.0.0/28 /28"},
		},
		"three that see different routes": {
			[]func(*Request){
				supernets("10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"),
				vpc("ali", func(v *topology.VPC) {
					v.Routes = map[string]topology.Route{
						"x": {Destination: prefix("10.0.1.0/24")},
						"y": {Destination: prefix("10.0.2.0/24")},
					}
				}),
				vpc("hua", route("x", topology.Route{Destination: prefix("10.0.2.0/24")})),
				pods("a", 24), pods("b", 24, inVPC("hua")), pods("c", 24, inVPC("ali")),
			},
			map[string]string{
				"a": "10.0.2.0/24 172.20.0.0/28 /28",
				"b": "10.0.1.0/24 172.20.0.16/28 /28",
				"c": "10.0.0.0/24 172.20.0.32/28 /28",
			},
		},
		"only where a placement was missing": {
			[]func(*Request){
				supernets("10.0.0.0/24", "100.64.0.0/24"),
				vpc("hua", func(v *topology.VPC) { v.VRF = "red" }),
				pods("a", 24), cluster("b", "ack-flannel", lengths(25, 24, 26)),
				pods("x", 26, inVPC("hua")), pods("y", 25, inVPC("hua")),
			},
			map[string]string{
				"a": "100.64.0.0/24 172.20.1.0/28 /28", "b": "10.0.0.0/25 172.20.0.0/24 /26",
				"x": "10.0.0.128/26 172.20.0.0/28 /28", "y": "10.0.0.0/25 172.20.0.16/28 /28",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantRanges(t, planned(t, request(test.edits...)), test.want)
		})
	}
}

// fragmented is a supernet of which only so many blocks of /19 are whole, and as many clusters
// that need one, and more.
func fragmented(whole, clusters int) Request {
	r := request(supernets("10.0.0.0/13"), services("172.16.0.0/12"))
	for i := whole; i < 64; i++ {
		reserved(fmt.Sprint("x", i), fmt.Sprintf("10.%d.%d.0/24", i/8, i%8*32))(&r)
	}
	for i := range clusters {
		cluster(fmt.Sprintf("c%02d", i), "cce-vpc-router", profile.Need{MaxNodes: 10})(&r)
	}
	return r
}

// A full supernet is the failure of everyday. The search ends and knows that there is nothing.
func TestSearchKnowsThatThereIsNoPlacement(t *testing.T) {
	tests := map[string]struct {
		request Request
		left    []string
	}{
		"one too many for the blocks that are whole": {fragmented(12, 13), []string{"c12"}},
		"one too many of many":                       {fragmented(40, 41), []string{"c40"}},
		"as many as there are":                       {fragmented(40, 40), nil},
		"enough addresses, but for the wrong platform": {
			request(
				supernets("10.0.0.0/24", "100.64.0.0/16"), cluster("a", "ack-flannel", lengths(24, 24, 26)),
				cluster("b", "ack-flannel", lengths(25, 24, 26)), pods("c", 28),
			),
			[]string{"b"},
		},
		"enough room for each, but not for all": {
			request(supernets("10.0.0.0/23"), pods("a", 24), pods("b", 25), pods("c", 25), pods("d", 25, inVPC("ali"))),
			[]string{"d"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(test.request, profile.Default())
			var left []string
			for _, f := range result.Faults {
				n, ok := f.Problem.(NoRoom)
				if !ok {
					t.Fatalf("got %v", f)
				}
				if n.CutShort {
					t.Errorf("the search stopped early on %s", n.Cluster)
				}
				for _, one := range append([]MissingRange{n.MissingRange}, n.Others...) {
					left = append(left, one.Cluster)
				}
			}
			if fmt.Sprint(left) != fmt.Sprint(test.left) {
				t.Errorf("left out: %v, want %v", left, test.left)
			}
		})
	}
}

// Where ranges may be shared, all demands of one group can have one place: the search has to try that.
func TestSearchSharesWhereItMay(t *testing.T) {
	r := request(
		supernets("10.0.0.0/24", "100.64.0.0/24"), func(r *Request) { r.SharedPods, r.SharedServices = true, true }, hub("ali", "own"),
		cluster("a", "kubernetes-routed", lengths(24, 28, 28)), cluster("b", "ack-flannel", lengths(25, 24, 26)),
		pods("c", 24, inVPC("hua")), pods("d", 24, inVPC("hua")),
	)
	wantRanges(t, planned(t, r), map[string]string{
		"a": "100.64.0.0/24 172.20.1.0/28 /28", "b": "10.0.0.0/25 172.20.0.0/24 /26",
		"c": "10.0.0.0/24 172.20.0.0/28 /28", "d": "10.0.0.0/24 172.20.0.0/28 /28",
	})
}

// middling draws clusters in VPCs that see routes of their own, and of those that they share a hub with unless
// these lead over transit, over supernets of a /16 and a /17 that these are nearly too many for.
func middling(seed uint64, vpcs, clusters int, shared, oneLength bool) Request {
	d := rand.New(rand.NewPCG(seed, 7))
	r := Request{Name: "middling", SharedPods: shared, SharedServices: shared, Supernets: prefixes("10.0.0.0/16", "10.128.0.0/17")}
	r.Facts.Hubs, r.Facts.VPCs, r.Facts.Clusters = map[string]topology.Hub{}, map[string]topology.VPC{}, map[string]topology.Cluster{}
	for i := range vpcs {
		r.Facts.Hubs[fmt.Sprint("h", i)] = topology.Hub{}
	}
	for i := range vpcs {
		v := topology.VPC{
			CIDRBlocks: []netip.Prefix{netip.PrefixFrom(netip.AddrFrom4([4]byte{192, 168, byte(i), 0}), 24)},
			Routes:     map[string]topology.Route{},
		}
		for k := range d.IntN(12) {
			four := [4]byte{10, byte(128 * d.IntN(2)), byte(d.IntN(256)), 0}
			v.Routes[fmt.Sprint("r", k)] = topology.Route{
				Destination: netip.PrefixFrom(netip.AddrFrom4(four), 19+d.IntN(6)).Masked(), NextHop: []string{"vpn", "transit"}[d.IntN(2)],
			}
		}
		for range d.IntN(3) {
			if hub := fmt.Sprint("h", d.IntN(vpcs)); !slices.Contains(v.Hubs, hub) {
				v.Hubs = append(v.Hubs, hub)
			}
		}
		r.Facts.VPCs[fmt.Sprint("v", i)] = v
	}
	for i := range clusters {
		cl := topology.Cluster{
			VPC:     fmt.Sprint("v", d.IntN(vpcs)),
			Profile: []string{"toy-routed", "toy-hidden"}[d.IntN(2)],
			Need:    lengths(21, 23, 0),
		}
		if !oneLength {
			cl.Need = lengths(18+d.IntN(6), 20+d.IntN(4), 0)
		}
		r.Facts.Clusters[fmt.Sprintf("c%03d", i)] = cl
	}
	return r
}

// Promise 8. Universes too large to try everything. How many of them have a placement is a fact
// about them, not about the search, as long as the search does not stop early.
func TestSearchOfMiddlingSize(t *testing.T) {
	t.Parallel()
	catalog := made(t)
	for _, test := range []struct {
		vpcs, clusters    int
		shared, oneLength bool
		placed            int
	}{
		{5, 8, false, false, 26},
		{20, 12, false, false, 15},
		{10, 38, false, true, 30},
		{10, 39, false, true, 0},
		{20, 60, true, false, 10},
	} {
		t.Run(fmt.Sprint(test.clusters, " clusters in ", test.vpcs, " VPCs"), func(t *testing.T) {
			placed, seeds := 0, seeds(30)
			for seed := range seeds {
				r := middling(seed, test.vpcs, test.clusters, test.shared, test.oneLength)
				result := Plan(r, catalog)
				for _, f := range result.Faults {
					if n, ok := f.Problem.(NoRoom); !ok || n.CutShort {
						t.Fatalf("seed %d: %v", seed, f)
					}
				}
				if !result.Failed() {
					placed++
				}
				if found := collisions(r, catalog, result.Allocations); len(found) > 0 {
					t.Fatalf("seed %d: %s", seed, found[0])
				}
			}
			if seeds == 30 && placed != test.placed {
				t.Errorf("%d of 30 have a placement, want %d", placed, test.placed)
			}
		})
	}
}
