package statefile

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// otherRanges are the ranges of a cluster beside Pods and Services, by their names; nil where it has none.
func otherRanges(cluster clouds.Value) map[string][]netip.Prefix {
	var out map[string][]netip.Prefix
	all := member(cluster, "other_ranges")
	for name := range members(all) {
		if out == nil {
			out = map[string][]netip.Prefix{}
		}
		out[name] = prefixes(all, name)
	}
	return out
}

// routed are the ranges that a cluster uses beside Pods and Services and that networks route, by the names of their uses.
func (r Ranges) routed() map[string][]netip.Prefix {
	routed := map[string][]netip.Prefix{}
	for use, ranges := range r.Others {
		if of, _ := profile.Default().OtherUse(r.Profile, use); of.Reach == profile.Routed {
			routed[use] = ranges
		}
	}
	return routed
}

// WithOthers are ranges by use with those of another map that they lack.
func WithOthers(uses, more map[string][]netip.Prefix) map[string][]netip.Prefix {
	if len(more) == 0 {
		return uses
	}
	out := map[string][]netip.Prefix{}
	for _, of := range []map[string][]netip.Prefix{uses, more} {
		for use, ranges := range of {
			for _, r := range ranges {
				if !slices.Contains(out[use], r) {
					out[use] = append(out[use], r)
				}
			}
		}
	}
	return out
}
