package topology

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// CannotAppend is the reason why append_ranges cannot name ranges: the profile cannot append them. Text says so by Sources; it is empty
// where no source speaks of it.
type CannotAppend struct {
	Profile, Ranges, Text string
	Sources               []string
}

// appendRanges checks that the profile of a cluster can append what append_ranges names.
func (c *checker) appendRanges(at Path, cl Cluster, p *profile.Profile) {
	for i, ranges := range cl.AppendRanges {
		if !slices.Contains(profile.Appended, ranges) || p.CanAppend(ranges) {
			continue
		}
		reason := CannotAppend{p.Title, ranges, p.Growth.Text, p.Growth.Sources}
		if ranges == profile.ServiceRanges {
			reason.Text, reason.Sources = p.Growth.Services.Text, p.Growth.Services.Sources
		}
		c.add(at.At(i), NotAccepted{Value: ranges, Reason: reason}, OptionOf(RemoveFrom(at, ranges)))
	}
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
