package drift

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// clusters compares the clusters that a cloud reports with allocated and released ranges.
func (c *comparison) clusters() {
	if len(c.observed.Clusters) == 0 {
		return
	}
	names := c.names()
	seen := map[string]bool{}
	for _, key := range sortedKeys(c.observed.Clusters) {
		name, observed := names[key], c.observed.Clusters[key]
		if name == "" {
			name = key
		}
		seen[name] = true
		c.cluster(name, observed, place("existing").Key(key))
	}
	for _, name := range sortedKeys(c.declared.Held) {
		if held := c.declared.Held[name]; !seen[name] {
			at := topology.Path{}.Attr("clusters").Key(name)
			c.add(Difference{Code: ClusterGone, Name: name, Range: first(held.InUse()), Declared: held.InUse(), At: at})
		}
	}
	for _, name := range sortedKeys(c.declared.Released) {
		_, held := c.declared.Held[name]
		if seen[name] && !held {
			continue
		}
		for _, ranges := range c.declared.Released[name] {
			if held && c.uses(name, ranges) {
				continue
			}
			at := topology.Path{}.Attr("existing").Key(name)
			c.add(Difference{Code: ReleasedClusterGone, Name: name, Range: first(ranges.InUse()), Declared: ranges.InUse(), At: at})
		}
	}
}

// names are the clusters by what a cloud calls them, where that is not their name.
func (c *comparison) names() map[string]string {
	out := map[string]string{}
	for _, name := range sortedKeys(c.declared.Facts.Clusters) {
		cl := c.declared.Facts.Clusters[name]
		for _, other := range append([]string{cl.CloudName}, cl.PreviousNames...) {
			if _, declared := c.declared.Facts.Clusters[other]; other != "" && !declared {
				out[other] = name
			}
		}
	}
	return out
}

// uses says whether the cloud reports a cluster with some of the ranges.
func (c *comparison) uses(name string, ranges profile.Ranges) bool {
	return len(missing(c.observed.Clusters[name].InUse(), ranges.InUse())) == 0
}

// cluster compares one cluster of the cloud.
func (c *comparison) cluster(name string, observed profile.Ranges, at topology.Path) {
	held, isHeld := c.declared.Held[name]
	released := c.declared.Released[name]
	uses := observed.InUse()
	switch {
	case isHeld && len(missing(uses, held.InUse())) == 0:
	case slices.ContainsFunc(released, func(r profile.Ranges) bool { return len(missing(uses, r.InUse())) == 0 }):
		c.add(Difference{Code: ReleasedClusterExists, Name: name, Range: first(uses), Declared: held.InUse(), Observed: uses, At: at})
	case isHeld:
		c.add(Difference{
			Code: ClusterRangeDiffers, Name: name, Range: first(missing(uses, held.InUse())),
			Declared: held.InUse(), Observed: uses, At: at,
		})
	default:
		c.add(Difference{Code: ClusterUndeclared, Name: name, Range: first(uses), Observed: uses, At: at})
	}
}

// missing are the ranges that another list lacks.
func missing(ranges, from []netip.Prefix) []netip.Prefix {
	var out []netip.Prefix
	for _, p := range ranges {
		if p.IsValid() && !slices.Contains(from, p) {
			out = append(out, p)
		}
	}
	return out
}
