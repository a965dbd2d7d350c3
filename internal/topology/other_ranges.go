package topology

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// otherRanges checks the ranges that a cluster has beside Pods and Services by those that its profile has.
func (c *checker) otherRanges(at Path, cl Cluster, p *profile.Profile) {
	if len(cl.OtherRanges) == 0 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(cl.OtherRanges)) {
		at, ranges := at.Attr("other_ranges").Key(name), cl.OtherRanges[name]
		other, known := p.OtherRanges[name]
		switch {
		case !known && len(p.OtherRanges) == 0:
			c.add(at, NotAccepted{Value: Texts(valid(ranges)), Reason: NoOtherRanges{p.Title}}, OptionOf(Remove(at)))
		case !known:
			c.add(at, Undeclared{Kind: OtherRangeName, Name: name, Known: p.OtherNames()})
		case len(ranges) == 0 && len(other.Default.CIDRs) > 0 && !cl.Unknown.Has("other_ranges"):
			c.add(at, Empty{DefaultInUse{Title: other.Title, Ranges: other.Default.CIDRs}}, OptionOf(Remove(at)))
		default:
			c.otherRange(at, cl, p, other)
		}
	}
}

// otherRange checks the ranges of one name, which are given at a place.
func (c *checker) otherRange(at Path, cl Cluster, p *profile.Profile, other profile.OtherRange) {
	ranges := cl.OtherRanges[at[len(at)-1].Key]
	c.disjoint(at, ranges)
	ofFamily := map[cidr.Family]int{}
	for i, r := range ranges {
		if !r.IsValid() {
			continue
		}
		family := cidr.FamilyOf(r)
		ofFamily[family]++
		switch {
		case family == cidr.V6 && !other.IPv6:
			c.add(at.At(i), WrongFamily{Range: r, Want: cidr.V4.String()})
		case family == cidr.V6 && !cl.Dual() && !cl.Unknown.Has("ip_families"):
			options := []Option{OptionOf(RemoveFrom(at, r.String()))}
			if p.IPv6.Dual {
				options = append(options, OptionOf(Set(ipFamiliesOf(at), Families)))
			}
			c.add(at.At(i), NotAccepted{Value: r.String(), Reason: IPv6NotRequested{}}, options...)
		}
	}
	for _, family := range []cidr.Family{cidr.V4, cidr.V6} {
		if other.Max > 0 && ofFamily[family] > other.Max {
			c.add(
				at, TooMany{Of: ListedRanges, Count: ofFamily[family], Max: other.Max, Limit: Limit{Profile: p.Title}},
				OptionOf(Set(at, Texts(firstOfEach(valid(ranges), other.Max)))),
			)
		}
	}
}

// valid are the ranges that could be read.
func valid(ranges []netip.Prefix) []netip.Prefix {
	return slices.DeleteFunc(slices.Clone(ranges), func(r netip.Prefix) bool { return !r.IsValid() })
}

// firstValid are the first ranges of a list that could be read, at most so many.
func firstValid(ranges []netip.Prefix, most int) []netip.Prefix {
	read := valid(ranges)
	return read[:min(most, len(read))]
}

// ipFamiliesOf is the argument of the cluster whose other range is at a place.
func ipFamiliesOf(at Path) Path { return at[:len(at)-2].Attr("ip_families") }

// firstOfEach are the first ranges of each address family, at most so many.
func firstOfEach(ranges []netip.Prefix, most int) []netip.Prefix {
	count := map[cidr.Family]int{}
	return slices.DeleteFunc(slices.Clone(ranges), func(r netip.Prefix) bool {
		count[cidr.FamilyOf(r)]++
		return count[cidr.FamilyOf(r)] > most
	})
}
