package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Further ranges beside IPv4 Pod ranges: Service ranges of both families, and IPv6 Pod ranges. They are chosen for what the ranges that
// a cluster has do not serve, unless the configuration gives the list of them.

// choosesFurther says whether further ranges of a list may be chosen for a cluster that has these ranges.
func choosesFurther(cl topology.Cluster, prof *profile.Profile, list profile.FurtherList, has profile.Ranges) bool {
	pinned := *further(&cl.Further, list)
	return prof.Appends(list.Kind, cl.AppendRanges) && !cl.Unknown.HasAny("append_ranges", list.Attr) && len(pinned) == 0 &&
		1+len(*further(&has.Further, list)) < prof.MaxRanges(list.Kind, cl.AppendRanges)
}

// mayChooseFurther says whether further ranges of a list may be chosen for a cluster, as far as its arguments are known.
func mayChooseFurther(cl topology.Cluster, prof *profile.Profile, list profile.FurtherList) bool {
	return mayAppend(cl, prof, list.Kind) && len(*further(&cl.Further, list)) == 0
}

// further is the list of other further ranges that has the same attribute.
func further(of *profile.Further, list profile.FurtherList) *[]netip.Prefix {
	for _, other := range of.Lists() {
		if other.Attr == list.Attr {
			return other.Ranges
		}
	}
	return nil
}

// The lists of further ranges, to name them by.
var (
	furtherServices  = (&profile.Further{}).Lists()[0]
	furtherPods6     = (&profile.Further{}).Lists()[1]
	furtherServices6 = (&profile.Further{}).Lists()[2]
)

// furtherServiceSize is the prefix length of an IPv4 Service range that a cluster needs beside those that it has, 0 where it needs none
// or can have none.
func (c clusterCollector) furtherServiceSize(has profile.Ranges) int {
	has.Further = grownFurther(has.Further, c.cluster, c.profile)
	missing := c.cluster.Need.MaxServices - c.profile.ServicesIn(has.Services())
	return c.furtherSize(furtherServices, has, missing, c.profile.FurtherServiceSize, &c.found.grows.services)
}

// furtherServiceSize6 is the same for IPv6.
func (c clusterCollector) furtherServiceSize6(has profile.Ranges) int {
	has.Further = grownFurther(has.Further, c.cluster, c.profile)
	missing := c.cluster.Need.MaxServices - c.profile.ServicesIn(has.ServicesIPv6())
	return c.furtherSize(furtherServices6, has, missing, c.profile.FurtherServiceSize6, &c.found.grows.services6)
}

// furtherPodSize6 is the prefix length of an IPv6 Pod range that a cluster needs beside those that it has, for nodes with blocks of a
// prefix length.
func (c clusterCollector) furtherPodSize6(has profile.Ranges, mask int) int {
	if mask == 0 {
		return 0
	}
	has.Further = grownFurther(has.Further, c.cluster, c.profile)
	missing := c.cluster.Need.Nodes() - c.profile.NodesIn6(has.PodsIPv6(), mask)
	size := func(nodes int64) (int, *profile.SizeError) { return c.profile.PodSize6(nodes, mask) }
	return c.furtherSize(furtherPods6, has, missing, size, &c.found.grows.pods6)
}

// furtherSize is the prefix length of a range of a list for what is missing beside the ranges that a cluster has, and notes that it grows.
func (c clusterCollector) furtherSize(
	list profile.FurtherList, has profile.Ranges, missing int64, size func(int64) (int, *profile.SizeError), grows *bool,
) int {
	if missing <= 0 || !choosesFurther(c.cluster, c.profile, list, has) {
		return 0
	}
	length, fault := size(missing)
	*grows = length != 0 || c.unsized(fault)
	return length
}

// grownFurther are the further ranges that a cluster holds with those that the configuration appends, once all of these are known.
func grownFurther(held profile.Further, cl topology.Cluster, prof *profile.Profile) profile.Further {
	for _, list := range held.Lists() {
		pinned := *further(&cl.Further, list)
		if prof.Appends(list.Kind, cl.AppendRanges) && appends(pinned, *list.Ranges) && !cl.Unknown.Has(list.Attr) {
			*list.Ranges = pinned
		}
	}
	return held
}

// checkFurther checks that a cluster keeps the further ranges that it holds, and is given none that it holds as its first range.
func (c clusterCollector) checkFurther(held profile.Ranges) {
	for _, list := range held.Further.Lists() {
		pinned, has := *further(&c.cluster.Further, list), *list.Ranges
		if first := held.FirstOf(list); first.IsValid() && slices.Contains(pinned, first) {
			i := slices.Index(pinned, first)
			c.fault(c.at.Attr(list.Attr).At(i), topology.FirstListed{Value: pinned[i].String(), First: list.First})
			continue
		}
		if len(pinned) > 0 && !appends(pinned, has) && !c.cluster.Unknown.Has(list.Attr) {
			c.fault(
				c.at.Attr(list.Attr), NotAppended{Cluster: c.name, Profile: c.profile, Held: has, Wanted: pinned},
				c.appendOptions(c.name, list.Attr, has, pinned)...)
		}
	}
}
