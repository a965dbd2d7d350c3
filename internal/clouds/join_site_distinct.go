package clouds

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// siteSet is the sites of a platform by their keys.
type siteSet struct {
	of map[string]Site
	// byRoute are the keys of the sites that are destinations of routes of hubs.
	byRoute map[string]bool
}

// siteRange is a range of a site.
type siteRange struct {
	prefix netip.Prefix
	key    string
	// ends are the VPCs and hubs of the site; undecided says that they are not known yet.
	ends      string
	undecided bool
	byRoute   bool
}

// distinct are the sites without ranges that another site at the same VPC or hub has: redundant connections lead to one network, and so do
// a connection and the routes of its hub over it. A more specific route of a hub leads to a part of the addresses of the other one. It is
// not decided which sites there are while it is not known where such ranges end.
func (s siteSet) distinct() (sites map[string]Site, isDecided bool) {
	repeated := map[string][]string{}
	var around []siteRange // those that have the address of the current one, the widest first
	for _, r := range s.ranges() {
		around = slices.DeleteFunc(around, func(a siteRange) bool { return !cidr.Contains(a.prefix, r.prefix) })
		of := slices.DeleteFunc(slices.Clone(around), func(a siteRange) bool {
			return a.key == r.key || a.prefix != r.prefix && !a.byRoute && !r.byRoute
		})
		switch {
		case slices.ContainsFunc(of, func(a siteRange) bool { return !a.undecided && !r.undecided && a.ends == r.ends }):
			repeated[r.key] = append(repeated[r.key], r.prefix.String())
		case slices.ContainsFunc(of, func(a siteRange) bool { return a.undecided || r.undecided }):
			return nil, false
		default:
			around = append(around, r)
		}
	}
	sites = map[string]Site{}
	for key, site := range s.of {
		site.CIDRBlocks = known(slices.DeleteFunc(slices.Clone(site.CIDRBlocks.Value), func(block string) bool {
			return slices.Contains(repeated[key], block)
		}))
		if len(site.CIDRBlocks.Value) > 0 {
			sites[key] = site
		}
	}
	return sites, true
}

// ranges are the ranges of the sites that end somewhere, by address, wider ones first. Of equal ones, that of a connection comes before
// that of a route.
func (s siteSet) ranges() []siteRange {
	var out []siteRange
	keys := sortedKeys(s.of)
	slices.SortStableFunc(keys, func(a, b string) int {
		return cmp.Compare(map[bool]int{true: 1}[s.byRoute[a]], map[bool]int{true: 1}[s.byRoute[b]])
	})
	for _, key := range keys {
		site := s.of[key]
		r := siteRange{
			key: key, undecided: site.Hubs.AfterApply || site.Peers.AfterApply, byRoute: s.byRoute[key],
			ends: strings.Join(slices.Concat(site.Peers.Value, []string{""}, site.Hubs.Value), "\n"),
		}
		if len(site.Peers.Value)+len(site.Hubs.Value) == 0 && !r.undecided {
			continue
		}
		for _, block := range site.CIDRBlocks.Value {
			if p, fault := cidr.Parse(block); fault == nil {
				r.prefix = p
				out = append(out, r)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b siteRange) int {
		return cmp.Or(a.prefix.Addr().Compare(b.prefix.Addr()), cmp.Compare(a.prefix.Bits(), b.prefix.Bits()))
	})
	return out
}
