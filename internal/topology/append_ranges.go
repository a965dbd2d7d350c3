package topology

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// CannotAppend is the reason why append_ranges cannot name ranges: the profile cannot append them. Text says so by Sources; it is empty
// where no source speaks of it.
type CannotAppend struct {
	Profile, Ranges, Text string
	Sources               []string
}

// appendRanges checks that the profile of a cluster can append what append_ranges names.
func (c *checker) appendRanges(cluster Path, cl Cluster, p *profile.Profile) {
	for i, ranges := range cl.AppendRanges {
		if !slices.Contains(profile.Appended, ranges) || p.CanAppend(ranges) {
			continue
		}
		at := cluster.Attr("append_ranges")
		c.add(at.At(i), NotAccepted{Value: ranges, Reason: cannotAppend(p, ranges)}, OptionOf(RemoveFrom(at, ranges)))
	}
}

// NotInAppendRanges is the reason why further ranges cannot be given: append_ranges does not name them.
type NotInAppendRanges struct{ Ranges string }

// CheckFurther checks the further ranges that are given at a place. Pod ranges are disjoint. Service ranges may contain each other, since
// objects of Kubernetes may.
func CheckFurther(at Path, cl Cluster) []Fault {
	if cl.Further.Len() == 0 {
		return nil
	}
	var c checker
	pinned := cl.PinnedRanges()
	for _, list := range cl.Further.Lists() {
		at, ranges := at.Attr(list.Attr), *list.Ranges
		c.ofFamily(at, ranges, list.Family)
		if list.Kind == profile.PodRanges {
			c.disjoint(at, ranges)
			c.besideFirst(at, ranges, pinned.FirstOf(list), list.First)
			continue
		}
		for i, r := range ranges {
			switch {
			case !r.IsValid():
			case r == pinned.FirstOf(list):
				c.add(at.At(i), FirstListed{Value: r.String(), First: list.First})
			case slices.Index(ranges, r) < i:
				c.add(at.At(i), Repeated{Value: r.String()})
			}
		}
	}
	return c.faults
}

// besideFirst checks that no range of a list shares addresses with the range of another attribute, beside which the list is.
func (c *checker) besideFirst(at Path, ranges []netip.Prefix, first netip.Prefix, attr string) {
	for i, r := range ranges {
		switch {
		case !r.IsValid() || !first.IsValid() || !r.Overlaps(first):
		case r == first:
			c.add(at.At(i), FirstListed{Value: r.String(), First: attr})
		default:
			c.add(at.At(i), RangesOverlap{A: r, B: first, First: attr})
		}
	}
}

// CheckFurtherFamilies checks that a cluster with further IPv6 ranges at a place has IPv6. The cluster itself can be at another place.
func CheckFurtherFamilies(at, cluster Path, cl Cluster) []Fault {
	var c checker
	for _, list := range cl.Further.Lists() {
		if ranges := *list.Ranges; len(ranges) > 0 && ranges[0].IsValid() && lacksFamily(cl, list) {
			at := at.Attr(list.Attr)
			c.add(at, NotAccepted{Value: ranges[0].String(), Reason: IPv6NotRequested{}}, withIPv6(at, cluster, true)...)
		}
	}
	return c.faults
}

// lacksFamily says whether a cluster has no IPv6, and a list of further ranges begins with an IPv6 range.
func lacksFamily(cl Cluster, list profile.FurtherList) bool {
	return list.Family == cidr.V6 && cidr.FamilyOf((*list.Ranges)[0]) == cidr.V6 && !cl.Dual() && !cl.Unknown.Has("ip_families")
}

// furtherAllowed checks that the profile of a cluster, its append_ranges and its families allow the further ranges that it gives.
func (c *checker) furtherAllowed(at Path, cl Cluster, p *profile.Profile) {
	for _, list := range cl.Further.Lists() {
		ranges := *list.Ranges
		if len(ranges) == 0 || !ranges[0].IsValid() || cl.Unknown.Has("append_ranges") {
			continue
		}
		at := at.Attr(list.Attr)
		remove := OptionOf(Remove(at))
		most := p.MaxRanges(list.Kind, cl.AppendRanges) - 1
		switch {
		case !p.CanAppend(list.Kind):
			c.add(at, NotAccepted{Value: ranges[0].String(), Reason: cannotAppend(p, list.Kind)}, remove)
		case !p.Appends(list.Kind, cl.AppendRanges):
			c.add(
				at, NotAccepted{Value: ranges[0].String(), Reason: NotInAppendRanges{list.Kind}},
				append(AppendOptions(at[:len(at)-1], cl, p, list.Kind), remove)...,
			)
		case len(ranges) > most:
			c.add(
				at, TooMany{Of: ListedRanges, Count: len(ranges), Max: most, Limit: Limit{Profile: p.Title}},
				OptionOf(Set(at, firstValid(ranges, most))),
			)
		case lacksFamily(cl, list):
			c.add(at, NotAccepted{Value: ranges[0].String(), Reason: IPv6NotRequested{}}, withIPv6(at, at[:len(at)-1], true)...)
		}
	}
}

// cannotAppend is the reason of ranges that a profile cannot append.
func cannotAppend(p *profile.Profile, ranges string) CannotAppend {
	if ranges == profile.ServiceRanges {
		return CannotAppend{p.Title, ranges, p.Growth.Services.Text, p.Growth.Services.Sources}
	}
	return CannotAppend{p.Title, ranges, p.Growth.Text, p.Growth.Sources}
}

// AppendOptions are the option of a cluster at a place that needs further ranges and may have them: append_ranges says so. There is none
// where it says so already, or where the profile cannot append such ranges.
func AppendOptions(at Path, cl Cluster, p *profile.Profile, ranges string) []Option {
	if !p.CanAppend(ranges) || p.Appends(ranges, cl.AppendRanges) {
		return nil
	}
	all := slices.DeleteFunc(slices.Clone(profile.Appended), func(other string) bool {
		return other != ranges && !slices.Contains(cl.AppendRanges, other)
	})
	o := OptionWhen(MeetsRequirement, Set(at.Attr("append_ranges"), all))
	o.Subject = p.AppendRequires(ranges).Text
	return []Option{o}
}
