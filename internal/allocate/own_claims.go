package allocate

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// prepared is the request as all plans and trials of plans read it: what existing gives for uses beside Pods and Services is among the
// facts, and its own claims are not among those of others. shared is that of withoutOwnClaims.
func (r Request) prepared() (prepared Request, shared []topology.Foreign) {
	return r.withOtherExisting().withoutOwnClaims()
}

// withoutOwnClaims returns the request without the foreign claims that are the planner's own: those under its
// name that it holds, by prior state or by existing. A file that all workspaces share has them among the
// others. shared are the claims under its name that it does not hold, in the order of their keys. They stay
// among the foreign claims: another planner has the same name, or this one lost its state, and only the
// first may use those ranges.
//
// Pins are no evidence. Two workspaces of one configuration have the same pins.
func (r Request) withoutOwnClaims() (without Request, shared []topology.Foreign) {
	if len(r.Facts.Foreign) > 0 {
		held := holdings{}
		if held.named(r); r.Prior != nil || len(r.Existing) > 0 {
			held = r.holdings()
		}
		r.Facts.Foreign, shared = held.divide(r.Facts.Foreign)
	}
	if r.Prior != nil && len(r.Prior.Facts.Foreign) > 0 {
		prior := *r.Prior
		was := Request{Name: cmp.Or(prior.Name, r.Name), OfBlocks: r.OfBlocks, Facts: prior.Facts, Existing: prior.Existing, Prior: &prior}
		prior.Facts.Foreign, _ = was.holdings().divide(prior.Facts.Foreign)
		r.Prior = &prior
	}
	return r, shared
}

// auditedWithoutOwnClaims is withoutOwnClaims for an audit. It takes pins for what exists, and what it was not
// given as held may still be the planner's own.
func (r Request) auditedWithoutOwnClaims() Request {
	if r.Name == "" {
		return r // an audit of all workspaces
	}
	held := r.holdings()
	for name, cl := range r.Facts.Clusters {
		held.hold(name, Allocation{Ranges: cl.PinnedRanges()})
	}
	r.Facts.Foreign, _ = held.divide(r.Facts.Foreign)
	return r
}

// holdings is what a planner holds before it plans, as claims of it would say.
type holdings struct {
	// names are the planner's name now and before, holders the same as claims give them. Both are empty
	// where no name is known.
	names, holders []string
	// ranges are what clusters or blocks hold and what they released, by all names that they had.
	ranges map[string][]netip.Prefix
	// facts are those now and before. They are empty for a planner that holds nothing and never did.
	facts     []topology.Facts
	supernets []netip.Prefix
}

func (r Request) holdings() holdings {
	h := holdings{ranges: map[string][]netip.Prefix{}}
	h.named(r)
	h.facts, h.supernets = []topology.Facts{r.Facts}, r.AllSupernets()
	for key, e := range r.Existing {
		h.hold(cmp.Or(e.Cluster, key), Allocation{Ranges: e.Ranges()})
		h.ranges[key] = append(h.ranges[key], otherRangesOf(e.OtherRanges)...)
	}
	if prior := r.Prior; prior != nil {
		h.named(Request{Name: prior.Name, OfBlocks: r.OfBlocks})
		h.facts, h.supernets = append(h.facts, prior.Facts), append(h.supernets, prior.Supernets...)
		for name, a := range prior.Allocations {
			h.hold(name, a)
		}
		for _, released := range prior.Released {
			h.hold(released.Cluster, released.Allocation)
		}
	}
	h.renamed()
	return h
}

// named notes the name of a request, if it has one.
func (h *holdings) named(r Request) {
	if r.Name != "" {
		h.names, h.holders = append(h.names, r.Name), append(h.holders, r.Holder())
	}
}

func (h *holdings) hold(owner string, a Allocation) {
	h.ranges[owner] = a.AppendAll(h.ranges[owner])
}

// renamed lets previous names of clusters and blocks hold the same as the present ones: claims that were
// written before a rename have those.
func (h *holdings) renamed() {
	held := maps.Clone(h.ranges)
	for _, f := range h.facts {
		for _, name := range f.Owners() {
			owner, _ := f.Owner(name)
			for _, old := range owner.PreviousNames {
				h.ranges[old] = slices.Concat(h.ranges[old], held[name])
			}
		}
	}
}

// divide takes out of claims those that the planner holds, and lists those under its name that it does not.
func (h holdings) divide(all map[string]topology.Foreign) (others map[string]topology.Foreign, shared []topology.Foreign) {
	others = maps.Clone(all)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		c := all[key]
		switch {
		case c.Allocator == "" || len(h.holders) > 0 && !slices.Contains(h.holders, c.Allocator):
		case h.has(c) && h.knowsPlaceOf(c):
			delete(others, key)
		case len(h.holders) > 0 && c.Allocator == h.holders[0]:
			shared = append(shared, c)
		}
	}
	return others, shared
}

// has says whether the planner holds the range of a claim, for the owner and the use that the claim gives.
func (h holdings) has(c topology.Foreign) bool {
	switch {
	case !c.CIDR.IsValid():
		return false
	case c.Kind == topology.ForeignSupernet:
		return slices.Contains(h.names, c.Owner) && slices.Contains(h.supernets, c.CIDR)
	case c.Kind == topology.ForeignOther:
		return slices.ContainsFunc(h.facts, func(f topology.Facts) bool { return usesOther(f, c) })
	case c.Kind == topology.ForeignReserved:
		return slices.ContainsFunc(h.facts, func(f topology.Facts) bool { return f.Reserved[c.Owner].CIDR == c.CIDR })
	}
	return slices.Contains(h.ranges[c.Owner], c.CIDR)
}

// usesOther says whether a cluster that has or had the name of the owner of a claim uses its range beside Pods and Services.
func usesOther(f topology.Facts, c topology.Foreign) bool {
	for name, cl := range f.Clusters {
		uses := slices.Concat(cl.OtherRanges[c.Use], cl.OtherExisting.Ranges[c.Use])
		if (name == c.Owner || slices.Contains(cl.PreviousNames, c.Owner)) && slices.Contains(uses, c.CIDR) {
			return true
		}
	}
	return false
}

// knowsPlaceOf says whether a claim is used where its owner is by the facts now or before. This distinguishes
// two planners of one name that chose the same range for clusters of one name in different networks.
func (h holdings) knowsPlaceOf(c topology.Foreign) bool {
	return slices.ContainsFunc(h.facts, func(f topology.Facts) bool { return isPlaceOf(c, f) })
}

func isPlaceOf(c topology.Foreign, f topology.Facts) bool {
	if c.Network != "" && !f.Declares(c.Network) {
		c.Network = f.Renames().Network(c.Network)
	}
	if f.Unknown.Has("vpcs") || f.Unknown.Has("sites") {
		return true
	}
	cl, declared := f.Clusters[c.Owner]
	ofCluster := c.Kind == topology.ForeignPod || c.Kind == topology.ForeignService || c.Kind == topology.ForeignKept ||
		c.Kind == topology.ForeignOther
	if ofCluster && declared && cl.VPC != c.Network && !cl.Unknown.Has("vpc") {
		return false
	}
	if c.Network == "" {
		vrfs, unknown := f.VRFs()
		return unknown || slices.Contains(vrfs, c.VRF)
	}
	vpc, isVPC := f.VPCs[c.Network]
	site, isSite := f.Sites[c.Network]
	return isVPC && (vpc.VRF == c.VRF || vpc.Unknown.Has("vrf")) || isSite && (site.VRF == c.VRF || site.Unknown.Has("vrf"))
}
