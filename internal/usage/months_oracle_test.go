package usage

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The months of supernets end in the step in which counting in small steps ends, where the planner says which cells are free for each
// cluster and which clusters must be disjoint.
func TestMonthsOfAddressesAgreeWithCountingInSmallSteps(t *testing.T) {
	seen := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		seen["draws"]++
		g := drawGrowing(rt)
		s := surveyed(t, g.request)
		pools := rapid.SampledFrom([][]string{nil, {""}, {"edge"}}).Draw(rt, "pools")
		supernets := s.Supernets(pools...)
		if len(pools) > 0 && rapid.Bool().Draw(rt, "Pods alone") {
			supernets = s.Pool(pools[0]).Supernets
		}
		if rapid.Bool().Draw(rt, "one supernet") {
			supernets = supernets[rapid.IntRange(0, len(supernets)-1).Draw(rt, "supernet"):][:1]
		}
		got, ok := s.MonthsOfAddresses(g.growth, g.observed, supernets, pools...)
		want, ends := g.addressesLast(supernets, pools)
		if ok != ends || ok && !isWithin(got, want) {
			rt.Fatalf("%v months, %t; want %d steps of a month, %t", got, ok, want, ends)
		}
		seen[fmt.Sprint(ok)]++
	})
	reached(t, seen, "true", "false")
}

// addressesLast is the first step in which a cluster needs a further range and there is none for it.
func (g growing) addressesLast(supernets []netip.Prefix, pools []string) (first int64, ends bool) {
	own := map[string]int64{} // addresses that each cluster has left to itself
	for name := range g.growth {
		if cl := g.declared(name); cl.Profile == "cce-vpc-router" && g.canComeFrom(cl.Pool, supernets, pools) {
			a := g.request.Prior.Allocations[name]
			own[name] = cellOfNode * max(0, g.nodesServed(name)-g.observed.Nodes[name])
			if a.Aggregate.IsValid() {
				own[name] += cellOfNode * (int64(len(universes["IPv4"].cells(a.Aggregate))) - g.nodesServed(name))
			}
		}
	}
	first = -1
	for name := range own {
		sharing := map[string][]string{}
		for other := range own {
			if original := g.original(other); original == g.original(name) || g.sharesRoom(name, other) {
				sharing[original] = append(sharing[original], other)
			}
		}
		// An original and its mirror clusters take the same ranges: as many as the one that needs most.
		until := func(step int64) (taken int64) {
			for _, members := range sharing {
				most := int64(0)
				for _, member := range members {
					most = max(most, step*g.taken[member]-own[member])
				}
				taken += most
			}
			return taken
		}
		last := steps(cellOfNode*g.room(name, supernets), func(step int64) int64 { return until(step+1) - until(step) })
		last = max(last, steps(own[name], func(int64) int64 { return g.taken[name] }))
		if first < 0 || last < first {
			first = last
		}
	}
	return first, len(own) > 0
}

// canComeFrom says whether Pod ranges of a pool can come from some of the supernets, counted for some pools.
func (g growing) canComeFrom(pool string, supernets []netip.Prefix, pools []string) bool {
	from := g.request.Supernets
	if pool != "" {
		from = g.request.Pools[pool].Supernets
	}
	return (len(pools) == 0 || slices.Contains(pools, pool)) &&
		slices.ContainsFunc(supernets, func(s netip.Prefix) bool { return slices.Contains(from, s) })
}

// The draws reach what the tests of months are about.
func TestDrawsOfGrowth(t *testing.T) {
	seen := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		seen["draws"]++
		g := drawGrowing(rt)
		for name := range g.growth {
			switch a := g.request.Prior.Allocations[name]; {
			case len(g.alike(name)) > 1:
				seen["a mirror cluster"]++
			case a.Aggregate.IsValid():
				seen["a growth reserve"]++
			case len(g.request.Facts.Clusters[name].PodSubnets) > 0:
				seen["subnets"]++
			case g.room(name, prefixes(universes["IPv4"].pods)) > 0:
				seen["room"]++
			default:
				seen["no room"]++
			}
			for other := range g.growth {
				if a, b := len(g.request.Facts.Clusters[name].PodSubnets), len(g.request.Facts.Clusters[other].PodSubnets); a+b == 0 {
					seen[fmt.Sprint("two share room: ", g.sharesRoom(name, other))]++
				}
			}
		}
	})
	reached(t, seen, "a mirror cluster", "a growth reserve", "subnets", "room", "no room", "two share room: true", "two share room: false")
}
