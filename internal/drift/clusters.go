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
	observedOf := map[string]profile.Ranges{}
	for _, key := range sortedKeys(c.observed.Clusters) {
		name, observed := names[key], c.observed.Clusters[key]
		if name == "" {
			name = key
		}
		observedOf[name] = observed
		c.cluster(name, observed, place("existing").Key(key))
		c.others(name, c.observed.Others[key], place("existing").Key(key).Attr("other_ranges"))
	}
	for _, name := range sortedKeys(c.declared.Held) {
		if _, seen := observedOf[name]; !seen {
			held := c.declared.Held[name]
			at := topology.Path{}.Attr("clusters").Key(name)
			c.add(Difference{Code: ClusterGone, Name: name, Range: first(held.InUse()), Declared: held.InUse(), At: at})
		}
	}
	for _, name := range sortedKeys(c.declared.Released) {
		for _, ranges := range c.declared.Released[name] {
			if !c.inUse(ranges) && !hasServicesOf(observedOf[name], ranges) {
				at := topology.Path{}.Attr("existing").Key(name)
				c.add(Difference{Code: ReleasedClusterGone, Name: name, Range: first(ranges.InUse()), Declared: ranges.InUse(), At: at})
			}
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

// cluster compares one cluster of the cloud.
func (c *comparison) cluster(name string, observed profile.Ranges, at topology.Path) {
	held, isHeld := c.declared.Held[name]
	uses := observed.InUse()
	released := c.released(name, observed)
	switch {
	case isHeld && len(missing(uses, held.InUse())) == 0:
	case len(released) > 0:
		c.add(Difference{
			Code: ReleasedClusterExists, Name: name, Range: first(released), Declared: held.InUse(), Observed: released, At: at,
		})
	case isHeld:
		c.add(Difference{
			Code: ClusterRangeDiffers, Name: name, Range: first(missing(uses, held.InUse())),
			Declared: held.InUse(), Observed: uses, At: at,
		})
	default:
		c.add(Difference{Code: ClusterUndeclared, Name: name, Range: first(uses), Observed: uses, At: at})
	}
}

// released are the ranges of a cluster of the cloud that are released: by a cluster of its name, or, if none of that name is declared, by
// any, since a cluster may have another name in the cloud.
func (c *comparison) released(name string, observed profile.Ranges) []netip.Prefix {
	owners := []string{name}
	if _, isHeld := c.declared.Held[name]; !isHeld {
		owners = sortedKeys(c.declared.Released)
	}
	var out []netip.Prefix
	for _, owner := range owners {
		for _, r := range c.declared.Released[owner] {
			out = append(out, podsIn(observed, r)...)
			if owner == name && hasServicesOf(observed, r) {
				out = append(out, observed.InUse()...)
			}
		}
	}
	return out
}

// inUse says whether Pods of some cluster of the cloud use released ranges, whatever its name.
func (c *comparison) inUse(released profile.Ranges) bool {
	for _, observed := range c.observed.Clusters {
		if len(podsIn(observed, released)) > 0 {
			return true
		}
	}
	return false
}

// podsIn are the Pod ranges of a cluster of the cloud that overlap released ones.
func podsIn(observed, released profile.Ranges) []netip.Prefix {
	from := append(slices.Clone(released.Pods), released.PodsIPv6()...)
	var out []netip.Prefix
	for _, p := range append(slices.Clone(observed.Pods), observed.PodsIPv6()...) {
		if p.IsValid() && slices.ContainsFunc(from, func(r netip.Prefix) bool { return r.IsValid() && r.Overlaps(p) }) {
			out = append(out, p)
		}
	}
	return out
}

// hasServicesOf says whether a cluster of the cloud uses nothing but released Service ranges, as one whose Pods are in subnets does. Many
// clusters have the same Service range, so that it says nothing of one of another name.
func hasServicesOf(observed, released profile.Ranges) bool {
	noPods := len(released.Pods) == 0 && !released.PodIPv6.IsValid()
	return noPods && len(observed.InUse()) > 0 && len(missing(observed.InUse(), released.InUse())) == 0
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
