package allocate

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// InUse is what an allocator or blocks have in use, and which of it further ranges must be disjoint from. It answers with the claims and
// the rules that place uses.
type InUse struct {
	situation  *situation
	collected  collected
	separation *separation
}

// NewInUse reads what a request has in use. Its Prior says what clusters and blocks hold. Nothing is chosen for those that hold nothing.
// faults are what makes the request unusable; the result is then nil.
func NewInUse(r Request, catalog *profile.Catalog) (used *InUse, faults []topology.Fault) {
	r, _ = r.prepared()
	in := newInputs(r, r.allowing(catalog))
	if faults = Check(r, in.catalog); faultList(faults).failed() {
		return nil, faults
	}
	s, _ := readPrior(in, nil)
	return &InUse{situation: s, collected: collectDemands(s, false), separation: s.separation()}, nil
}

// Claims are all claims, those of networks, routes and other workspaces among them, in no order. It must not be changed.
func (u *InUse) Claims() []conflict.Claim { return u.collected.claims }

// Avoids says whether a further range must be disjoint from a claim.
func (u *InUse) Avoids(further, c conflict.Claim) bool { return u.separation.avoids(further, c) }

// Further are the claims, without a range and an owner, that further ranges of a kind and family from a pool would make: one for each
// network, profile, set of flat meshes and set of other ranges of the clusters that use the pool. Where none does, it is one for each
// network, of a cluster whose Pods all connected networks have routes to. For blocks it is one claim.
func (u *InUse) Further(pool string, kind conflict.Kind, family cidr.Family) []conflict.Claim {
	if u.situation.request.OfBlocks {
		further := blockClaimant("", topology.Block{}, u.situation.catalog)
		return []conflict.Claim{further.Claim(conflict.Block, netip.Prefix{})}
	}
	var all []conflict.Claim
	for _, like := range u.furtherLike(pool, kind, family) {
		all = append(all, furtherClaim(like.cluster, like.profile, kind))
	}
	slices.SortFunc(all, compareFurther)
	return slices.CompactFunc(all, func(a, b conflict.Claim) bool { return compareFurther(a, b) == 0 })
}

// FurtherOf is the claim, without a range and an owner, that a further range of a kind of a declared cluster would make.
func (u *InUse) FurtherOf(name string, kind conflict.Kind) conflict.Claim {
	cl, prof, _ := u.Cluster(name)
	return furtherClaim(cl, prof, kind)
}

// sample is a cluster that further ones may be like.
type sample struct {
	cluster topology.Cluster
	profile *profile.Profile
}

// furtherLike are the clusters that further ones may be like.
func (u *InUse) furtherLike(pool string, kind conflict.Kind, family cidr.Family) []sample {
	var inPool, demanding []sample
	for _, cl := range u.situation.request.Facts.Clusters {
		prof, known := u.situation.catalog.Profile(cl.Profile)
		if !known || cl.Pool != pool {
			continue
		}
		inPool = append(inPool, sample{cl, prof})
		if demandsOwn(prof, kind, family) {
			demanding = append(demanding, sample{cl, prof})
		}
	}
	prof, known := u.situation.catalog.Profile(routedProfile)
	switch {
	case len(inPool) == 0 && known:
		for _, network := range u.networks() {
			demanding = append(demanding, sample{topology.Cluster{VPC: network}, prof})
		}
	case len(demanding) == 0 && family == cidr.V6: // a cluster of both families may be declared at any time
		return inPool
	}
	return demanding
}

func compareFurther(a, b conflict.Claim) int {
	return cmp.Or(
		cmp.Compare(a.Network, b.Network), cmp.Compare(a.Profile.Name, b.Profile.Name), slices.Compare(a.Meshes, b.Meshes),
		cmp.Compare(a.OtherUsesKey(), b.OtherUsesKey()),
	)
}

// routedProfile is the profile whose Pods all networks have routes to.
const routedProfile = "kubernetes-routed"

func furtherClaim(cl topology.Cluster, prof *profile.Profile, kind conflict.Kind) conflict.Claim {
	like := topology.Cluster{VPC: cl.VPC, Meshes: cl.Meshes, IPFamilies: cl.IPFamilies}
	like.OtherRanges, like.OtherExisting = cl.OtherRanges, cl.OtherExisting
	return conflict.ClusterClaimant("", like, prof).Claim(kind, netip.Prefix{})
}

// networks are the names of all networks; "" where there are none.
func (u *InUse) networks() []string {
	f := u.situation.request.Facts
	names := slices.AppendSeq(slices.Collect(maps.Keys(f.VPCs)), maps.Keys(f.Sites))
	if len(names) == 0 {
		return []string{""}
	}
	return names
}

// demandsOwn says whether clusters of a profile have ranges of a kind and family of their own.
func demandsOwn(p *profile.Profile, kind conflict.Kind, family cidr.Family) bool {
	switch {
	case family == cidr.V6 && kind == conflict.Pod:
		return p.IPv6.Pods == "own"
	case family == cidr.V6:
		return p.IPv6.Services == "own"
	case kind == conflict.Pod:
		return p.Pods.From != profile.Subnets
	default:
		return p.Pods.From != profile.Shared
	}
}
