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
	if !held || undecided || u.resourceArgument.result.Allocations[name].PodsUnknown {
		return values.EachKnownAfterApply{}
	}
	c := u.Cluster(name, u.options.observed)
	nodes, pods, services := share(c.Nodes), share(c.Pods), share(c.Services)
	out := map[string]any{
		"nodes": nodes, "pods": pods, "services": services,
		"pod_ranges": counted(c.PodRanges), "routes": u.routes(cl.VPC, c),
		"percent": highest(c.Nodes, c.Pods, c.Services),
	}
	nodesUnknown := u.options.nodesUnknown.Has(name)
	inSubnets := len(cl.PodSubnets) > 0
	subnetsUnknown := inSubnets && u.request.Facts.VPCs[cl.VPC].Unknown.Has("subnets")
	if subnetsUnknown {
		pods["served"] = values.KnownAfterApply{}
	}
	for of, unknown := range map[string]bool{
		"nodes": nodesUnknown, "pods": !inSubnets && nodesUnknown || inSubnets && (u.options.availableUnknown || subnetsUnknown),
	} {
		if unknown {
			one := out[of].(map[string]any)
			one["observed"], one["percent"], out["percent"] = values.KnownAfterApply{}, values.KnownAfterApply{}, values.KnownAfterApply{}
		}
	}
	switch {
	case u.unknown:
		out["more_clusters"], out["more_clusters_at_least"] = values.KnownAfterApply{}, values.KnownAfterApply{}
	case c.More != nil:
		out["more_clusters"], out["more_clusters_at_least"] = c.More.Number, c.More.AtLeast
	}
	months, last := u.options.growth.MonthsOfCluster(name, c)
	u.time(out, months, last, nodesUnknown && u.grows(name) || u.options.growthUnknown.Has(name))
	return out
}

// grows says whether a rate is given for a cluster.
func (u usageValue) grows(name string) bool {
	_, grows := u.options.growth[name]
	return grows
}

// share is a share with its percentage.
func share(s usage.Share) map[string]any {
	return map[string]any{
		"asked": bigOrNull(s.Asked), "observed": bigOrNull(s.Observed), "served": bigOrNull(s.Served), "percent": highest(s),
	}
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

// routes are the entries of the route table of a VPC. They follow from its routes and from the nodes of all clusters in it.
func (u usageValue) routes(vpc string, c usage.Cluster) any {
	if c.Routes.Served == nil {
		return nil
	}
	v := u.request.Facts.VPCs[vpc]
	unknown := u.unknown || v.Unknown.Has("route_quota") ||
		slices.ContainsFunc(slices.Collect(maps.Values(u.request.Facts.Clusters)), func(cl topology.Cluster) bool {
			return slices.ContainsFunc([]string{"max_nodes", "vpc", "profile"}, cl.Unknown.Has)
		})
	if unknown {
		return values.EachKnownAfterApply{}
	}
	out := counted(c.Routes)
	left := new(big.Int).Sub(c.Routes.Served, c.Routes.Asked)
	if left.Sign() < 0 {
		left.SetInt64(0)
	}
	out["more_clusters"] = left.Quo(left, big.NewInt(c.RoutesEach))
	return out
}
