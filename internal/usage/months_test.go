package usage

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Going through the months in small steps ends in the same month as the exact answer.
func TestExhaustedAgreesWithCountingInSmallSteps(t *testing.T) {
	const steps = 60 // in a month: all drains begin in one of them, and take a whole number in each
	rapid.Check(t, func(t *rapid.T) {
		var drains []drain
		for range rapid.IntRange(1, 4).Draw(t, "drains") {
			drains = append(drains, drain{
				from: big.NewRat(rapid.Int64Range(0, 5*steps).Draw(t, "from"), steps),
				each: big.NewRat(steps*rapid.Int64Range(1, 5).Draw(t, "each"), 1),
			})
		}
		free := rapid.Int64Range(0, 2000).Draw(t, "free")
		got := exhausted(big.NewRat(free, 1), drains)
		left, step := free, int64(0)
		for ; left > 0; step++ {
			for _, d := range drains {
				if d.from.Cmp(big.NewRat(step, steps)) <= 0 {
					left -= d.each.Num().Int64() / steps
				}
			}
		}
		begun := big.NewRat(step-1, steps).Cmp(got) <= 0 && got.Cmp(big.NewRat(step, steps)) <= 0
		if free == 0 {
			begun = got.Cmp(slices.MinFunc(drains, func(a, b drain) int { return a.from.Cmp(b.from) }).from) == 0
		}
		if !begun {
			t.Fatalf("month %v, want one between steps %d and %d", got, step-1, step)
		}
	})
}

// cce declares cluster shop with a Pod range of a length for nodes with 16 addresses each.
func cce(podLength int, edits ...func(*topology.Cluster)) func(*allocate.Request) {
	return func(r *allocate.Request) {
		cluster("shop", "prod", podLength, append(edits, func(c *topology.Cluster) {
			c.Profile, c.Need.NodeMask = "cce-vpc-router", 28
		})...)(r)
	}
}

// The months of supernets are counted by hand: a cluster has 4 nodes of 16 addresses in its /26, and gains 2 nodes in a month.
func TestMonthsOfAddresses(t *testing.T) {
	pinned := func(ranges ...string) func(*topology.Cluster) {
		return func(c *topology.Cluster) { c.PodCIDRs = prefixes(ranges...) }
	}
	var eighteen []string
	for i := range 18 {
		eighteen = append(eighteen, fmt.Sprintf("10.9.%d.0/26", i))
	}
	for name, test := range map[string]struct {
		request  allocate.Request
		observed Observed
		want     string
	}{
		"2 months of its range, then a /26 and a /25": {request(supernets("10.0.0.0/24"), cce(26)), nodes(0), "8"},
		"an observed number":                          {request(supernets("10.0.0.0/24"), cce(26)), nodes(3), "13/2"},
		"more nodes than its range serves":            {request(supernets("10.0.0.0/24"), cce(26)), nodes(9), "6"},
		"holes that are smaller than a node block": {
			request(supernets("10.0.0.0/25"), cce(26), reserve("a", "10.0.0.64/30"), reserve("b", "10.0.0.80/30")), nodes(0), "3",
		},
		"no room": {request(supernets("10.0.0.0/26"), cce(26)), nodes(0), "2"},
		"its growth reserve first": {
			request(supernets("10.0.0.0/24"), cce(26, func(c *topology.Cluster) { c.ReserveLength = 25 })), nodes(0), "8",
		},
		"19 ranges, and two free ranges of different sizes": {
			request(supernets("10.0.0.0/24"), cce(0, pinned(append(eighteen, "10.9.255.0/26")...)), reserve("a", "10.0.0.0/26"),
				reserve("b", "10.0.0.80/28")), nodes(76), "4",
		},
		"18 ranges, and three free ranges of different sizes": {
			request(supernets("10.0.0.0/24"), cce(0, pinned(eighteen...)), reserve("a", "10.0.0.0/26"),
				reserve("b", "10.0.0.80/28")), nodes(72), "5",
		},
		"20 ranges": {
			request(supernets("10.0.0.0/24"), cce(0, pinned(append(eighteen, "10.9.254.0/26", "10.9.255.0/26")...))), nodes(0), "",
		},
		"a platform that appends none": {request(supernets("10.0.0.0/24"), cluster("shop", "prod", 26)), nodes(0), ""},
		"no observed number":           {request(supernets("10.0.0.0/24"), cce(26)), Observed{}, ""},
		"another pool": {
			request(supernets("10.0.0.0/24"), func(r *allocate.Request) {
				r.Pools["edge"] = allocate.Pool{Supernets: prefixes("10.1.0.0/24"), ServiceSupernets: prefixes("172.21.0.0/20")}
			}, cce(26, func(c *topology.Cluster) { c.Pool = "edge" })), nodes(0), "",
		},
		"a network that is not connected keeps nothing from it": {
			request(supernets("10.0.0.0/24"), cce(26), vpc("lab", topology.VPC{CIDRBlocks: prefixes("10.0.0.128/25")}),
				cluster("test", "lab", 26, pinned("10.8.0.0/26"))), nodes(0), "8",
		},
		"a mirror cluster whose network has a half of the supernet": {
			request(supernets("10.0.0.0/24"), cce(26), mirror("10.0.0.128/25")), nodes(0), "4",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := surveyed(t, held(t, test.request))
			got, ok := s.MonthsOfAddresses(Growth{"shop": big.NewRat(2, 1)}, test.observed, prefixes("10.0.0.0/24", "10.0.0.0/25"), "")
			if ok != (test.want != "") || ok && got.RatString() != test.want {
				t.Errorf("%v months, %t; want %s", got, ok, test.want)
			}
		})
	}
}

// mirror declares a mirror cluster of cluster shop in another VRF, in a VPC with a block. A pool is of no matter to it.
func mirror(block string) func(*allocate.Request) {
	return func(r *allocate.Request) {
		r.Facts.VPCs["dr"] = topology.VPC{CIDRBlocks: prefixes(block), VRF: "dr"}
		r.Facts.Clusters["mirror"] = topology.Cluster{VPC: "dr", Profile: "cce-vpc-router", SameAs: "shop"}
	}
}

// An original and its mirror cluster have the same ranges, so the one that grows faster decides. Its further ranges are free in both
// networks, as the planner finds them.
func TestMonthsOfAddressesOfAMirrorCluster(t *testing.T) {
	pool := func(r *allocate.Request) {
		r.Pools["edge"] = allocate.Pool{Supernets: prefixes("10.0.0.0/24"), ServiceSupernets: prefixes("172.21.0.0/20")}
	}
	r := held(t, request(supernets("10.1.0.0/24"), pool, cce(26, func(c *topology.Cluster) { c.Pool = "edge" }), mirror("10.0.0.128/25")))
	observed := Observed{Nodes: map[string]int64{"shop": 0, "mirror": 0}}
	for rates, want := range map[[2]int64]string{{2, 1}: "4", {1, 2}: "4", {2, 2}: "4", {0, 2}: "4", {1, 0}: "8"} {
		growth := Growth{}
		for i, name := range []string{"shop", "mirror"} {
			if rates[i] > 0 {
				growth[name] = big.NewRat(rates[i], 1)
			}
		}
		got, ok := surveyed(t, r).MonthsOfAddresses(growth, observed, prefixes("10.0.0.0/24"), "edge")
		if !ok || got.RatString() != want {
			t.Errorf("%v: %v months, %t; want %s", rates, got, ok, want)
		}
	}
	for nodes, fits := range map[int64]bool{8: true, 9: false} {
		more := r
		more.Facts.Clusters = maps.Clone(r.Facts.Clusters)
		shop := more.Facts.Clusters["shop"]
		shop.Need.PodLength, shop.Need.MaxNodes = 0, nodes
		more.Facts.Clusters["shop"] = shop
		if pods := allocate.Plan(more, profile.Default()).Allocations["shop"].Pods; (len(pods) == 2) != fits {
			t.Errorf("for %d nodes the planner allocates %v", nodes, pods)
		}
	}
}

// Two clusters that gain 2 nodes in a month each have a /26 of nodes with 16 addresses, which is full after 2 months.
func TestMonthsOfAddressesOfTwoClusters(t *testing.T) {
	second := func(vpc string, edits ...func(*topology.Cluster)) func(*allocate.Request) {
		return cluster("test", vpc, 26, append(edits, func(c *topology.Cluster) {
			c.Profile, c.Need.NodeMask = "cce-vpc-router", 28
		})...)
	}
	pool := func(r *allocate.Request) {
		r.Pools["edge"] = allocate.Pool{Supernets: prefixes("10.1.0.0/24"), ServiceSupernets: prefixes("172.21.0.0/20")}
	}
	toEdge := func(c *topology.Cluster) { c.Pool = "edge" }
	shared := func(r *allocate.Request) { r.SharedPods = true }
	for name, test := range map[string]struct {
		request allocate.Request
		want    string
	}{
		"in one VPC, 8 more nodes for both": {request(supernets("10.0.0.0/24"), cce(26), second("prod")), "4"},
		"in another pool, the first one that has no room counts": {
			request(supernets("10.0.0.0/25"), pool, cce(26), second("prod", toEdge)), "4",
		},
		"the second one has no room": {request(supernets("10.0.0.0/23"), pool, reserve("later", "10.1.0.128/25"), cce(26),
			second("prod", toEdge)), "4"},
		"in another VRF, both can have the same 4 nodes": {
			request(supernets("10.0.0.0/25"), shared, vpc("lab", topology.VPC{CIDRBlocks: prefixes("192.168.1.0/24"), VRF: "lab"}),
				cce(26), second("lab")), "4",
		},
		"in a VPC that is not connected, with shared Pods": {
			request(
				supernets("10.0.0.0/25"), shared, vpc("lab", topology.VPC{CIDRBlocks: prefixes("192.168.1.0/24")}), cce(26), second("lab"),
			), "4",
		},
	} {
		r := held(t, test.request)
		observed := Observed{Nodes: map[string]int64{"shop": 0, "test": 0}}
		growth := Growth{"shop": big.NewRat(2, 1), "test": big.NewRat(2, 1)}
		if got, ok := surveyed(t, r).MonthsOfAddresses(growth, observed, r.AllSupernets()); !ok || got.RatString() != test.want {
			t.Errorf("%s: %v months, %t; want %s", name, got, ok, test.want)
		}
	}
}

// The growth reserve takes one of the ranges that the platform accepts.
func TestMonthsOfAddressesWithAGrowthReserveAnd19Ranges(t *testing.T) {
	for length, want := range map[int]bool{17: true, 18: true, 19: false} {
		pods := prefixes("10.0.0.0/26")
		for i := range length - 1 {
			pods = append(pods, prefix(fmt.Sprintf("10.9.%d.0/26", i)))
		}
		r := held(t, request(supernets("10.0.0.0/24"), cce(26, func(c *topology.Cluster) { c.ReserveLength = 25 })))
		a := r.Prior.Allocations["shop"]
		a.Pods = pods
		r.Prior.Allocations["shop"] = a
		got, ok := surveyed(t, r).MonthsOfAddresses(Growth{"shop": big.NewRat(2, 1)}, nodes(int64(4*length)), r.Supernets)
		if ok != want || ok && got.RatString() != "6" { // 4 nodes in the reserve, 8 in the other half
			t.Errorf("%d ranges: %v months, %t", length, got, ok)
		}
	}
}

func nodes(number int64) Observed { return Observed{Nodes: map[string]int64{"shop": number}} }

// The first limit of a cluster is the one with the fewest months.
func TestFirstOfMonths(t *testing.T) {
	one, two := big.NewRat(1, 1), big.NewRat(2, 1)
	for name, test := range map[string]struct {
		months Months
		want   *big.Rat
	}{
		"none": {Months{}, nil}, "nodes": {Months{one, nil, two}, one}, "routes": {Months{two, nil, one}, one},
		"subnets": {Months{nil, one, two}, one},
	} {
		if got, ok := test.months.First(); got != test.want || ok != (test.want != nil) {
			t.Errorf("%s: %v, %t", name, got, ok)
		}
	}
}

// Months are rounded down to hundredths, and end after 1,000 years.
func TestHundredths(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "1/3": 33, "2/3": 66, "35.2": 3520, "0.009": 0, "99999999999999999999": 1_200_000} {
		months, _ := new(big.Rat).SetString(text)
		if got := Hundredths(months); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}
