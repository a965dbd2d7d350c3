package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// releasedValue is the value of released; null where nothing is.
func releasedValue(result allocate.Result) any {
	return eachReleased(result, func(r allocate.Released) map[string]any {
		values := rangeValues(r.Ranges)
		values["cluster"], values["profile"], values["order"] = r.Cluster, textOrNull(r.Profile), r.Order
		return values
	})
}

// eachReleased is a value of released, of the values of each.
func eachReleased(result allocate.Result, values func(allocate.Released) map[string]any) any {
	switch {
	case result.LateReleased:
		return knownAfterApply{}
	case len(result.Released) == 0:
		return nil
	}
	all := map[string]any{}
	for key, r := range result.Released {
		all[key] = values(r)
	}
	return all
}

// rangeValues are the ranges of a cluster and what goes with them, null where it has none.
func rangeValues(held profile.Ranges) map[string]any {
	out := map[string]any{
		"pod_aggregate": rangeOrNull(
			held.Aggregate,
		), "service_cidr": rangeOrNull(held.Service), "pod_ipv6_cidr": rangeOrNull(held.PodIPv6), "service_ipv6_cidr": rangeOrNull(held.ServiceIPv6),
		"node_cidr_mask": orNull(int64(held.NodeMask)), "node_ipv6_cidr_mask": orNull(int64(held.NodeIPv6Mask)),
	}
	var pods []string
	for _, p := range held.Pods {
		pods = append(pods, p.String())
	}
	if len(pods) > 0 {
		out["pod_cidrs"] = pods
	}
	return out
}

func textOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// readReleased reads what a state says to rest.
func readReleased(state *node) map[string]allocate.Released {
	return each(state, "released", func(n *node) allocate.Released {
		return allocate.Released{
			Cluster: n.text("cluster"), Profile: n.text("profile"), Order: n.number("order"),
			Allocation: allocate.Allocation{Ranges: readRanges(n)},
		}
	})
}

// readRanges reads the ranges of a cluster and what goes with them.
func readRanges(n *node) profile.Ranges {
	return profile.Ranges{
		Pods: n.prefixes(
			"pod_cidrs",
		), Aggregate: n.prefix("pod_aggregate"), Service: n.prefix("service_cidr"), NodeMask: int(n.number("node_cidr_mask")),
		PodIPv6: n.prefix("pod_ipv6_cidr"), ServiceIPv6: n.prefix("service_ipv6_cidr"), NodeIPv6Mask: int(n.number("node_ipv6_cidr_mask")),
	}
}
