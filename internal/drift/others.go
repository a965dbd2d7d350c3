package drift

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// others compares the ranges that a cluster of the cloud uses beside Pods and Services with those that its declaration has. A use of which
// the cloud reports no range is not compared, since few objects of clouds have all of them.
func (c *comparison) others(name string, observed map[string][]netip.Prefix, at topology.Path) {
	_, isHeld := c.declared.Held[name]
	if _, isDeclared := c.declared.Facts.Clusters[name]; !isHeld && !isDeclared {
		return // all of the cluster is undeclared
	}
	for _, use := range sortedKeys(observed) {
		var declared []netip.Prefix
		for _, other := range c.declared.Others[name] {
			if other.Use == use {
				declared = append(declared, other.Range)
			}
		}
		for _, r := range missing(observed[use], declared) {
			c.add(Difference{
				Code: OtherRangeUndeclared, Name: name, Part: use, Range: r, Declared: declared, Observed: observed[use], At: at.Key(use),
			})
		}
		for _, other := range c.declared.Others[name] {
			if other.Use == use && !other.Default && len(missing([]netip.Prefix{other.Range}, observed[use])) > 0 {
				c.add(Difference{
					Code: OtherRangeGone, Name: name, Part: use, Range: other.Range, Declared: declared, Observed: observed[use],
					At: topology.Path{}.Attr("clusters").Key(name).Attr("other_ranges").Key(use),
				})
			}
		}
	}
}
