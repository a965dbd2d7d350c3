package provider

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// heldFields are the attributes of one allocation that say which ranges are held. All others follow from them.
var heldFields = []string{
	"pod_cidrs", "pod_aggregate", "service_cidr", "pod_ipv6_cidr", "service_ipv6_cidr", "node_cidr_mask", "node_ipv6_cidr_mask",
	"further_service_cidrs", "further_pod_ipv6_cidrs", "further_service_ipv6_cidrs",
}

// grownFields are those that are unknown where further ranges may be appended.
var grownFields = []string{"pod_cidrs", "further_service_cidrs", "further_pod_ipv6_cidrs", "further_service_ipv6_cidrs"}

// ranges are the fields of what is held and of what is released.
func (v *resourceArgument) ranges() values.Fields {
	main := v.kind.results[v.kind.main]
	if main.Shape == values.Objects {
		all := main.Fields
		main.Fields = values.Fields{}
		for _, name := range heldFields {
			main.Fields[name] = all[name]
		}
	}
	return values.Fields{v.kind.main: main, "released": v.kind.resourceResults["released"]}
}

// seen is what a resource shows of the ranges of one cluster or block. waits says that they are known after apply.
type seen struct {
	allocate.Allocation
	waits bool
}

// readAllocations reads which ranges are held, by which profile, and who waits for ranges.
func (v *resourceArgument) readAllocations(n *values.Node) {
	all := map[string]seen{}
	if v.writer.OfBlocks {
		for name, held := range n.PrefixMap(v.kind.main) {
			all[name] = seen{ofBlock(held), !held.IsValid()}
		}
	} else {
		all = values.Each(n, v.kind.main, readSeen)
	}
	v.result.Allocations, v.result.Profiles = map[string]allocate.Allocation{}, map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if all[name].waits {
			v.result.Deferred = append(v.result.Deferred, name)
			continue
		}
		v.result.Allocations[name] = all[name].Allocation
		if of := v.request.Facts.Clusters[name].Profile; of != "" {
			v.result.Profiles[name] = of
		}
	}
}

// readSeen reads the ranges of one cluster. Where nothing but lists that grow is unknown, further ranges may be appended.
func readSeen(n *values.Node) seen {
	s := seen{Allocation: allocate.Allocation{Ranges: readRanges(n)}}
	s.PodsUnknown = n.Unknown.Has("pod_cidrs")
	s.ServicesUnknown = n.Unknown.HasAny("further_service_cidrs", "further_service_ipv6_cidrs")
	s.waits = slices.ContainsFunc(n.Unknown, func(attribute string) bool { return !slices.Contains(grownFields, attribute) })
	return s
}
