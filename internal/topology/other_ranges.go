package topology

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// otherRanges checks the ranges that a cluster has beside Pods and Services by those that its profile has: those that it gives, and those
// that existing gives.
func (c *checker) otherRanges(at Path, cl Cluster, p *profile.Profile) {
	c.otherUses(otherUses{at.Attr("other_ranges"), cl.OtherRanges, cl.Unknown.Has("other_ranges"), at, cl}, p)
	c.otherUses(otherUses{cl.OtherExisting.At, cl.OtherExisting.Ranges, cl.OtherExisting.Unknown, at, cl}, p)
}

// otherUses are the ranges of the uses of a cluster, which are given at a place.
type otherUses struct {
	at      Path
	of      map[string][]netip.Prefix
	unknown bool
	// ofCluster is the place of the cluster.
	ofCluster Path
	cluster   Cluster
}

func (c *checker) otherUses(given otherUses, p *profile.Profile) {
	for _, name := range slices.Sorted(maps.Keys(given.of)) {
		at, ranges := given.at.Key(name), given.of[name]
		other, known := p.OtherRanges[name]
		switch {
		case !known && len(p.OtherRanges) == 0:
			c.add(at, NotAccepted{Value: Texts(valid(ranges)), Reason: NoOtherRanges{p.Title}}, OptionOf(Remove(at)))
		case !known:
			c.add(at, Undeclared{Kind: OtherRangeName, Name: name, Known: p.OtherNames()})
		case len(ranges) == 0 && len(other.Default.CIDRs) > 0 && !given.unknown:
			c.add(at, Empty{DefaultInUse{Title: other.Title, Ranges: other.Default.CIDRs}}, OptionOf(Remove(at)))
		default:
			c.otherRange(given, name, p, other)
		}
	}
}

// otherRange checks the ranges of one use.
func (c *checker) otherRange(given otherUses, name string, p *profile.Profile, other profile.OtherRange) {
	at, ranges, cl := given.at.Key(name), given.of[name], given.cluster
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
				options = append(options, OptionOf(Set(given.ofCluster.Attr("ip_families"), Families)))
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

// firstOfEach are the first ranges of each address family, at most so many.
func firstOfEach(ranges []netip.Prefix, most int) []netip.Prefix {
	count := map[cidr.Family]int{}
	return slices.DeleteFunc(slices.Clone(ranges), func(r netip.Prefix) bool {
		count[cidr.FamilyOf(r)]++
		return count[cidr.FamilyOf(r)] > most
	})
}
