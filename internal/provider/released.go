package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// releasedValue is the value of released; null where nothing is.
func releasedValue(result allocate.Result) any {
	return eachReleased(result, func(r allocate.Released) map[string]any {
		contents := rangeValues(r.Ranges)
		contents["cluster"], contents["profile"], contents["order"] = r.Cluster, textOrNull(r.Profile), r.Order
		return contents
	})
}

// eachReleased is a value of released, of the values of each.
func eachReleased(result allocate.Result, contents func(allocate.Released) map[string]any) any {
	switch {
	case result.ReleasedUnknown:
		return values.KnownAfterApply{}
	case len(result.Released) == 0:
		return nil
	}
	all := map[string]any{}
	for key, r := range result.Released {
		all[key] = contents(r)
	}
	return all
}

// rangeValues are the ranges of a cluster and what goes with them, null where it has none.
func rangeValues(held profile.Ranges) map[string]any {
	out := map[string]any{
		"pod_aggregate": rangeOrNull(held.Aggregate), "service_cidr": rangeOrNull(held.Service),
		"pod_ipv6_cidr": rangeOrNull(held.PodIPv6), "service_ipv6_cidr": rangeOrNull(held.ServiceIPv6),
		"node_cidr_mask": orNull(int64(held.NodeMask)), "node_ipv6_cidr_mask": orNull(int64(held.NodeIPv6Mask)),
	}
	var pods []string
	for _, p := range held.Pods {
		pods = append(pods, p.String())
	}
	if len(pods) > 0 {
		out["pod_cidrs"] = pods
	}
	for _, list := range held.Further.Lists() {
		if len(*list.Ranges) > 0 {
			out[list.Attr] = topology.Texts(*list.Ranges)
		}
	}
	return out
}

func textOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// readReleased reads the released ranges of a state.
func readReleased(state *values.Node) map[string]allocate.Released {
	return values.Each(state, "released", func(n *values.Node) allocate.Released {
		return allocate.Released{
			Cluster: n.Text("cluster"), Profile: n.Text("profile"), Order: n.Number("order"),
			Allocation: allocate.Allocation{Ranges: readRanges(n)},
		}
	})
}

// readRanges reads the ranges of a cluster and what goes with them.
func readRanges(n *values.Node) profile.Ranges {
	return profile.Ranges{
		Pods: n.Prefixes("pod_cidrs"), Aggregate: n.Prefix("pod_aggregate"), Service: n.Prefix("service_cidr"),
		NodeMask: int(n.Number("node_cidr_mask")),
		PodIPv6:  n.Prefix("pod_ipv6_cidr"), ServiceIPv6: n.Prefix("service_ipv6_cidr"), NodeIPv6Mask: int(n.Number("node_ipv6_cidr_mask")),
		Further: readFurther(n),
	}
}

// readFurther reads the further ranges of a cluster.
func readFurther(n *values.Node) (further profile.Further) {
	for _, list := range further.Lists() {
		*list.Ranges = n.Prefixes(list.Attr)
	}
	return further
}
