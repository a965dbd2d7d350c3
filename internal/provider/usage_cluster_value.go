package provider

import (
	"maps"
	"math/big"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/usage"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// cluster is what a cluster asks for, and what its ranges serve.
func (u usageValue) cluster(name string) any {
	cl := u.request.Facts.Clusters[name]
	_, held := u.resourceArgument.result.Allocations[name]
	about := []string{"description", "labels"}
	undecided := slices.ContainsFunc(cl.Unknown, func(attribute string) bool { return !slices.Contains(about, attribute) })
	if !held || undecided || u.resourceArgument.result.Allocations[name].GrowthUnknown() {
		return values.EachKnownAfterApply{}
	}
	c, months := u.Cluster(name, u.options.observed), u.MonthsOfCluster(name, u.options.growth, u.options.observed)
	unknown := u.unknownOf(name, cl, c, months)
	pods := share(c.Pods, unknown.pods)
	if unknown.subnets {
		pods["served"] = values.KnownAfterApply{}
	}
	out := map[string]any{
		"nodes": share(c.Nodes, unknown.nodes), "pods": pods, "services": share(c.Services, false),
		"pod_ranges": counted(c.PodRanges), "routes": u.routes(c, months, unknown),
		"percent": orUnknown(highest(c.Nodes, c.Pods, c.Services), unknown.nodes || unknown.pods),
	}
	switch {
	case u.unknown:
		out["more_clusters"], out["more_clusters_at_least"] = values.KnownAfterApply{}, values.KnownAfterApply{}
	case c.More != nil:
		out["more_clusters"], out["more_clusters_at_least"] = c.More.Number, c.More.AtLeast
	}
	first, last := months.First()
	u.time(out, first, last, unknown.months)
	return out
}

// unknownNumbers says which numbers of a cluster are not known yet.
type unknownNumbers struct {
	// nodes and pods are about what is observed, subnets about what the subnets of the Pods serve.
	nodes, pods, subnets bool
	// routes is about the route table, routeMonths about how long it lasts, months about all limits.
	routes, routeMonths, months bool
}

func (u usageValue) unknownOf(name string, cl topology.Cluster, c usage.Cluster, months usage.Months) unknownNumbers {
	of, inSubnets := unknownNumbers{nodes: u.options.nodesUnknown.Has(name)}, len(cl.PodSubnets) > 0
	of.subnets = inSubnets && u.request.Facts.VPCs[cl.VPC].Unknown.Has("subnets")
	of.pods = !inSubnets && of.nodes || inSubnets && (u.options.availableUnknown || of.subnets)
	routesUnknown := u.routesUnknown(cl.VPC)
	of.routes = c.Routes.Served != nil && routesUnknown
	_, grows := u.options.growth[name]
	rateUnknown := u.options.growthUnknown.Has(name)
	others := len(u.options.growthUnknown) > 0 || len(u.options.nodesUnknown) > 0
	of.routeMonths = rateUnknown || months.Routes != nil && (routesUnknown || others)
	of.months = rateUnknown || of.routeMonths || grows && (of.nodes || of.pods || inSubnets && others)
	return of
}

// routesUnknown says whether it is not known yet how full the route table of a VPC is. It depends on its routes and on the nodes of
// all clusters in it.
func (u usageValue) routesUnknown(vpc string) bool {
	return u.unknown || u.request.Facts.VPCs[vpc].Unknown.Has("route_quota") ||
		slices.ContainsFunc(slices.Collect(maps.Values(u.request.Facts.Clusters)), func(cl topology.Cluster) bool {
			return slices.ContainsFunc([]string{"max_nodes", "vpc", "profile"}, cl.Unknown.Has)
		})
}

// share is a share with its percentage. unknown says that it is not known yet what is observed.
func share(s usage.Share, unknown bool) map[string]any {
	return map[string]any{
		"asked": bigOrNull(s.Asked), "observed": orUnknown(bigOrNull(s.Observed), unknown), "served": bigOrNull(s.Served),
		"percent": orUnknown(highest(s), unknown),
	}
}

func orUnknown(v any, unknown bool) any {
	if unknown {
		return values.KnownAfterApply{}
	}
	return v
}

// counted is a count against a limit.
func counted(s usage.Share) map[string]any {
	return map[string]any{"count": bigOrNull(s.Asked), "limit": bigOrNull(s.Served), "percent": highest(s)}
}

// highest is the highest percentage of some shares, null where none has one.
func highest(shares ...usage.Share) any {
	most, has := int64(0), false
	for _, s := range shares {
		if percent, ok := s.Percent(); ok {
			most, has = max(most, percent), true
		}
	}
	if !has {
		return nil
	}
	return hundredths(most)
}

func bigOrNull(n *big.Int) any {
	if n == nil {
		return nil
	}
	return n
}

// routes are the entries of the route table of a VPC, null for a cluster that takes none.
func (u usageValue) routes(c usage.Cluster, months usage.Months, unknown unknownNumbers) any {
	switch {
	case c.Routes.Served == nil:
		return nil
	case unknown.routes:
		return values.EachKnownAfterApply{}
	}
	out := counted(c.Routes)
	left := new(big.Int).Sub(c.Routes.Served, c.Routes.Asked)
	if left.Sign() < 0 {
		left.SetInt64(0)
	}
	out["more_clusters"] = left.Quo(left, big.NewInt(c.RoutesEach))
	if months.Routes != nil {
		out["months_left"] = hundredths(usage.Hundredths(months.Routes))
	}
	if unknown.routeMonths {
		out["months_left"] = values.KnownAfterApply{}
	}
	return out
}
