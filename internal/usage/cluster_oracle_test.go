package usage

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The numbers of each cluster, its percentages and its months are what counting one by one gives.
func TestClustersAgreeWithCountingOneByOne(t *testing.T) {
	seen := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		seen["draws"]++
		g := drawGrowing(rt)
		s := surveyed(t, g.request)
		for _, name := range slices.Sorted(maps.Keys(g.request.Facts.Clusters)) {
			if g.request.Facts.Clusters[name].SameAs != "" {
				seen["a mirror cluster"]++
			}
			got, want := s.Cluster(name, g.observed), g.cluster(name)
			got.More = nil // see TestMoreLikeAgreesWithPlans
			if a, b := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); a != b {
				rt.Fatalf("%s:\n%s\nwant\n%s", name, a, b)
			}
			for what, share := range map[string]Share{
				"nodes": got.Nodes, "Pods": got.Pods, "Services": got.Services, "ranges": got.PodRanges, "routes": got.Routes,
			} {
				comparePercent(rt, share)
				if share.Served != nil {
					seen[what]++
				}
			}
			months := s.MonthsOfCluster(name, g.growth, g.observed)
			for what, limit := range map[string]struct {
				got *big.Rat
				end func(string) (int64, bool)
			}{
				"months of nodes": {months.Nodes, g.nodesEnd}, "months of subnets": {months.Subnets, g.subnetsEnd},
				"months of routes": {months.Routes, g.routesEnd},
			} {
				end, ends := limit.end(name)
				if ends = ends && g.growth[name] != nil; ends != (limit.got != nil) || ends && !isWithin(limit.got, end) {
					rt.Fatalf("%s: %s %v, want %d steps of a month, %t", name, what, limit.got, end, ends)
				}
				if ends {
					seen[what]++
				}
			}
		}
	})
	reached(t, seen,
		"a mirror cluster", "nodes", "Pods", "Services", "ranges", "routes", "months of nodes", "months of subnets", "months of routes",
	)
}

// cluster counts what a cluster asks for and what its ranges serve.
func (g growing) cluster(name string) Cluster {
	cl, held := g.declared(name), g.request.Prior.Allocations[name]
	numbers := Cluster{Services: Share{Served: big.NewInt(addressesOf(held.Service) - 2)}}
	if cl.Need.MaxNodes > 0 {
		numbers.Nodes.Asked = big.NewInt(cl.Need.MaxNodes)
	}
	if nodes, has := g.observed.Nodes[name]; has {
		numbers.Nodes.Observed = big.NewInt(nodes)
	}
	if cl.Profile == "cce-turbo" {
		numbers.Pods = g.podsInSubnets(name)
		return numbers
	}
	const podsOnNode = cellOfNode - 3
	pods := func(nodes *big.Int) *big.Int {
		if nodes == nil {
			return nil
		}
		return new(big.Int).Mul(nodes, big.NewInt(podsOnNode))
	}
	numbers.Nodes.Served = big.NewInt(g.nodesServed(name))
	numbers.Pods = Share{pods(numbers.Nodes.Asked), pods(numbers.Nodes.Observed), pods(numbers.Nodes.Served)}
	numbers.PodRanges = Share{Asked: big.NewInt(int64(len(held.Pods))), Served: big.NewInt(20)}
	if cl.Need.MaxNodes > 0 {
		numbers.Routes = Share{Asked: big.NewInt(g.routes(cl.VPC, false)), Served: big.NewInt(g.quota(cl.VPC))}
		numbers.RoutesEach = cl.Need.MaxNodes
	}
	return numbers
}

// podsInSubnets counts the addresses of the subnets of a cluster, without the five that the platform keeps, and those in use.
func (g growing) podsInSubnets(name string) Share {
	cl := g.declared(name)
	share := Share{Served: big.NewInt(g.subnetsServe(name))}
	if cl.Need.MaxNodes > 0 {
		share.Asked = big.NewInt(cl.Need.MaxNodes * cl.Need.PodsPerNode)
	}
	inUse := int64(0)
	for _, subnet := range cl.PodSubnets {
		available, observed := g.observed.Available[cl.VPC][subnet]
		if !observed {
			return share
		}
		inUse += max(0, addressesOf(g.request.Facts.VPCs[cl.VPC].Subnets[subnet])-5-available)
	}
	share.Observed = big.NewInt(inUse)
	return share
}

func (g growing) subnetsServe(name string) (addresses int64) {
	cl := g.declared(name)
	for _, subnet := range cl.PodSubnets {
		addresses += addressesOf(g.request.Facts.VPCs[cl.VPC].Subnets[subnet]) - 5
	}
	return addresses
}

// routes counts the entries of a route table: declared routes and nodes, observed nodes where there are any and they are asked for.
func (g growing) routes(vpc string, observed bool) int64 {
	number := int64(len(g.request.Facts.VPCs[vpc].Routes))
	for name := range g.request.Facts.Clusters {
		cl := g.declared(name)
		if cl.VPC == vpc && cl.Profile == "cce-vpc-router" {
			if nodes, has := g.observed.Nodes[name]; has && observed {
				number += nodes
			} else {
				number += cl.Need.MaxNodes
			}
		}
	}
	return number
}

func (g growing) quota(vpc string) int64 {
	if quota := g.request.Facts.VPCs[vpc].RouteQuota; quota > 0 {
		return quota
	}
	return 200
}

func (g growing) nodesEnd(name string) (end int64, ends bool) {
	taken := func(int64) int64 { return max(1, g.taken[name]) }
	return steps(cellOfNode*(g.nodesServed(name)-g.observed.Nodes[name]), taken),
		g.declared(name).Profile == "cce-vpc-router"
}

// routesEnd counts sixteenths of entries: so many nodes is a step of a cluster.
func (g growing) routesEnd(name string) (end int64, ends bool) {
	vpc, counted, taken := g.declared(name).VPC, false, int64(0)
	for other := range g.request.Facts.Clusters {
		cl := g.declared(other)
		if cl.VPC == vpc && cl.Profile == "cce-vpc-router" {
			counted, taken = counted || cl.Need.MaxNodes > 0, taken+g.taken[other]
		}
	}
	if !counted || taken == 0 || g.declared(name).Profile != "cce-vpc-router" {
		return 0, false
	}
	return steps(cellOfNode*(g.quota(vpc)-g.routes(vpc, true)), func(int64) int64 { return taken }), true
}

// subnetsEnd counts sixteenths of addresses.
func (g growing) subnetsEnd(name string) (end int64, ends bool) {
	cl, taken := g.declared(name), int64(0)
	for other := range g.request.Facts.Clusters {
		sharing := g.declared(other)
		shares := func(subnet string) bool { return slices.Contains(sharing.PodSubnets, subnet) }
		if sharing.VPC == cl.VPC && slices.ContainsFunc(cl.PodSubnets, shares) {
			taken += g.taken[other] * sharing.Need.PodsPerNode
		}
	}
	pods := g.podsInSubnets(name)
	if len(cl.PodSubnets) == 0 || pods.Observed == nil || taken == 0 {
		return 0, false
	}
	return steps(cellOfNode*(pods.Served.Int64()-pods.Observed.Int64()), func(int64) int64 { return taken }), true
}

// comparePercent counts up hundredths of a percent.
func comparePercent(t *rapid.T, s Share) {
	part := s.Observed
	if part == nil {
		part = s.Asked
	}
	got, ok := s.Percent()
	if want := part != nil && s.Served != nil && s.Served.Sign() > 0; ok != want {
		t.Fatalf("%+v has a percentage: %t", s, ok)
	}
	if !ok {
		return
	}
	whole, want := s.Served.Int64(), int64(0)
	for want*whole <= 10000*part.Int64() {
		want++
	}
	if got != want-1 {
		t.Fatalf("%+v: %d hundredths of a percent, want %d", s, got, want-1)
	}
}
