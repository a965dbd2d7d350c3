package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The options of a cluster at a place that needs a further range and gets none: append_ranges allows it, or where the configuration gives
// the list of ranges, so that cidrplan chooses none, one more range in the list. There is none where the platform accepts no further range.

// morePods are those of a cluster that lacks IPv4 Pod ranges for some nodes.
func morePods(at topology.Path, cl topology.Cluster, prof *profile.Profile, nodes int64, node profile.NodeSize) []topology.Option {
	if options := topology.AppendOptions(at, cl, prof, profile.PodRanges); len(options) > 0 {
		return options
	}
	length, fault := prof.FurtherPodSize(nodes, node)
	room := len(cl.PodCIDRs) > 0 && len(cl.PodCIDRs) < prof.MaxPodRanges(cl.AppendRanges)
	if fault != nil || !room || !prof.Appends(profile.PodRanges, cl.AppendRanges) {
		return nil
	}
	return oneMore(at.Attr("pod_cidrs"), cidr.V4, length)
}

// morePods6 is the same for IPv6 Pod ranges and nodes with blocks of a prefix length.
func morePods6(at topology.Path, cl topology.Cluster, prof *profile.Profile, nodes int64, mask int) []topology.Option {
	if mask == 0 {
		return nil
	}
	length, fault := prof.PodSize6(max(nodes, 1), mask)
	return moreFurther(at, cl, prof, furtherPods6, length, fault)
}

// moreServices are those of a cluster that lacks Service ranges of one family for some Services.
func moreServices(
	at topology.Path, cl topology.Cluster, prof *profile.Profile, list profile.FurtherList, services int64,
) []topology.Option {
	size := prof.FurtherServiceSize
	if list.Family == cidr.V6 {
		size = prof.FurtherServiceSize6
	}
	length, fault := size(max(services, 1))
	return moreFurther(at, cl, prof, list, length, fault)
}

// moreFurther are those of a list of further ranges, for a range of a prefix length.
func moreFurther(
	at topology.Path, cl topology.Cluster, prof *profile.Profile, list profile.FurtherList, length int, fault *profile.SizeError,
) []topology.Option {
	if options := topology.AppendOptions(at, cl, prof, list.Kind); len(options) > 0 {
		return options
	}
	given := len(*further(&cl.Further, list))
	room := given > 0 && 1+given < prof.MaxRanges(list.Kind, cl.AppendRanges)
	if fault != nil || length == 0 || !room || !prof.Appends(list.Kind, cl.AppendRanges) {
		return nil
	}
	return oneMore(at.Attr(list.Attr), list.Family, length)
}

// oneMore adds a range of a prefix length to a list.
func oneMore(at topology.Path, family cidr.Family, length int) []topology.Option {
	return []topology.Option{topology.OptionOf(topology.Add(at, topology.RangeOf{Family: family.String(), Length: length}))}
}

// contradicted is what a need contradicts: the argument that gives the only range, or several ranges with what each serves.
func contradicted(argument string, ranges []netip.Prefix, served func([]netip.Prefix) int64) any {
	if len(ranges) == 1 {
		return topology.ArgumentValue{Argument: argument, Value: ranges[0]}
	}
	return counted(ranges, served)
}

// counted are ranges with what each serves. A range inside of another one serves nothing beside it.
func counted(ranges []netip.Prefix, served func([]netip.Prefix) int64) topology.CountedRanges {
	outermost := cidr.Outermost(ranges)
	c := topology.CountedRanges{Ranges: ranges}
	for _, r := range ranges {
		var serves int64
		if slices.Contains(outermost, r) {
			serves = served([]netip.Prefix{r})
		}
		c.Served = append(c.Served, serves)
	}
	return c
}
