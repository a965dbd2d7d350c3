package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// withOtherExisting moves the ranges that existing gives declared clusters for uses beside Pods and Services to the facts of these
// clusters, now and before. No state holds such ranges, so they are in use as long as the entry is there, whatever else of it is held.
func (r Request) withOtherExisting() Request {
	r.Facts, r.Existing = r.moveOtherExisting()
	if r.Prior != nil {
		prior := *r.Prior
		prior.Facts, prior.Existing = Request{OfBlocks: r.OfBlocks, Facts: prior.Facts, Existing: prior.Existing}.moveOtherExisting()
		r.Prior = &prior
	}
	return r
}

func (r Request) moveOtherExisting() (topology.Facts, map[string]Existing) {
	given := map[string]Existing{}
	for key, e := range r.Existing {
		if len(e.OtherRanges) > 0 || e.Unknown.Has(otherRanges) {
			given[key] = e
		}
	}
	if len(given) == 0 {
		return r.Facts, r.Existing
	}
	facts, existing := r.Facts, maps.Clone(r.Existing)
	facts.Clusters = maps.Clone(facts.Clusters)
	for name, cl := range facts.Clusters {
		key := r.existingKey(name)
		e, gives := given[key]
		if key == "" || !gives {
			continue
		}
		at := topology.Path{}.Attr("existing").Key(key).Attr(otherRanges)
		cl.OtherExisting = topology.OtherExisting{At: at, Ranges: e.OtherRanges, Unknown: e.Unknown.Has(otherRanges)}
		e.OtherRanges, e.Unknown = nil, slices.DeleteFunc(slices.Clone(e.Unknown), func(a string) bool { return a == otherRanges })
		facts.Clusters[name], existing[key] = cl, e
	}
	return facts, existing
}

// otherRanges is the argument with the ranges of a cluster beside Pods and Services.
const otherRanges = "other_ranges"

// otherClaims are the claims to the ranges that an undeclared cluster uses beside Pods and Services, and that networks route. Others are
// inside its nodes.
func (e Existing) otherClaims(name string, at topology.Path, catalog *profile.Catalog) []conflict.Claim {
	var claims []conflict.Claim
	for _, use := range slices.Sorted(maps.Keys(e.OtherRanges)) {
		if of, _ := catalog.OtherUse(e.Profile, use); of.Reach == profile.Routed {
			ranges := profile.Ranges{Pods: e.OtherRanges[use]}
			claims = append(claims, conflict.Reservations(conflict.Existing, name, conflict.ClusterOwner, ranges, at)...)
		}
	}
	return claims
}

// existingOthers checks what an entry of existing that is none of a declared cluster gives for uses beside Pods and Services.
func (c *checker) existingOthers(at topology.Path, e Existing, catalog *profile.Catalog) {
	at = at.Attr(otherRanges)
	if e.Cluster != "" && len(e.OtherRanges) > 0 {
		uses := slices.Sorted(maps.Keys(e.OtherRanges))
		c.add(at, topology.NotAccepted{Value: uses, Reason: OthersReleased{}}, topology.OptionOf(topology.Remove(at)))
		return
	}
	for _, use := range slices.Sorted(maps.Keys(e.OtherRanges)) {
		if of, known := catalog.OtherUse(e.Profile, use); !known {
			c.add(at.Key(use), topology.Undeclared{Kind: topology.OtherRangeName, Name: use, Known: catalog.OtherUseNames(e.Profile)})
		} else if !of.IPv6 {
			c.ofV4(at.Key(use), e.OtherRanges[use])
		}
	}
}

// otherRangesOf are the ranges of all uses, in the order of their names.
func otherRangesOf(uses map[string][]netip.Prefix) []netip.Prefix {
	var all []netip.Prefix
	for _, use := range slices.Sorted(maps.Keys(uses)) {
		all = append(all, uses[use]...)
	}
	return all
}
