package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// This file is the only place of the planner that makes a conflict.Claim.

// mirrorClaim is a claim of a cluster as one of its mirror, or the other way around.
func mirrorClaim(claim conflict.Claim, mirror conflict.Claimant) conflict.Claim {
	mirror.Profile = claim.Profile
	mirrored := mirror.Claim(claim.Kind, claim.Range)
	if mirrored.SameAs != "" {
		mirrored.At = mirrored.At.Attr("same_as")
	}
	return mirrored
}

// mirrorClaims are the claims of a mirror cluster to its ranges. They are given by the configuration until it holds them.
func mirrorClaims(c conflict.Claimant, ranges profile.Ranges, given bool) []conflict.Claim {
	at, source := topology.Path{}.Attr("clusters").Key(c.Name).Attr("same_as"), conflict.Allocated
	if given {
		source = conflict.Pinned
	}
	return c.Claims(ranges, func(string, int) (conflict.Source, topology.Path) { return source, at })
}

// heldFrom is the place that gives what a cluster or block holds. adopted says that existing gives it, and not the state.
func (c collector) heldFrom(adopted bool) (from topology.Path, source conflict.Source) {
	if adopted {
		return c.existingAt(c.name), conflict.Adopted
	}
	return c.at, conflict.Allocated
}

// givenBy says where the range of a block comes from: from its pin, or from what it holds.
func (c blockCollector) givenBy(adopted bool) conflict.GivenBy {
	from, source := c.heldFrom(adopted)
	pinned := c.block.CIDR.IsValid()
	if pinned {
		source = conflict.Pinned
	}
	return func(argument string, _ int) (conflict.Source, topology.Path) {
		return source, heldAt(c.at, from, argument, -1, pinned)
	}
}

// givenBy says where the ranges of a cluster come from: from pins, or from what it holds.
func (c clusterCollector) givenBy(held profile.Ranges, adopted bool) conflict.GivenBy {
	cl := c.cluster
	from, source := c.heldFrom(adopted)
	return func(argument string, i int) (conflict.Source, topology.Path) {
		of := source
		given, list := givenRanges(cl, argument)
		switch {
		case given > 0:
			of = conflict.Pinned
		case argument == "service_cidr" && !held.Service.IsValid() || adopted && c.assumes(argument, held):
			return conflict.Assumed, c.at
		}
		if list {
			return of, heldAt(c.at, from, argument, i, i < given)
		}
		return of, heldAt(c.at, from, argument, -1, given > 0)
	}
}

// givenRanges is the number of ranges that an argument of a cluster pins; list says that it is a list of ranges.
func givenRanges(cl topology.Cluster, argument string) (given int, list bool) {
	if argument == "pod_cidrs" {
		return len(cl.PodCIDRs), true
	}
	for _, further := range cl.Further.Lists() {
		if further.Attr == argument {
			return len(*further.Ranges), true
		}
	}
	for _, pin := range cl.Pins() {
		if pin.Attr == argument && pin.Range.IsValid() {
			return 1, false
		}
	}
	return 0, false
}

// withNewRange is the claim of a demand, now that its range is chosen.
func withNewRange(claim conflict.Claim, chosen netip.Prefix) conflict.Claim {
	claim.Range = chosen
	return claim
}

// ownerKind is what the request allocates for.
func (r Request) ownerKind() conflict.OwnerKind {
	if r.OfBlocks {
		return conflict.BlockOwner
	}
	return conflict.ClusterOwner
}

// releasedClaims are the claims to released ranges of clusters or blocks, which stay reserved.
func releasedClaims(all map[string]Released, of conflict.OwnerKind) []conflict.Claim {
	var claims []conflict.Claim
	for _, key := range slices.Sorted(maps.Keys(all)) {
		released, at := all[key], topology.Path{}.Attr("released").Key(key)
		claims = append(claims, conflict.Reservations(conflict.Released, released.Cluster, of, released.Ranges, at)...)
	}
	return claims
}

// undeclaredClaims are the claims to what existing gives for clusters or blocks that are not declared.
func (r Request) undeclaredClaims(catalog *profile.Catalog) []conflict.Claim {
	known := map[string]bool{}
	for _, name := range r.Facts.Owners() {
		known[name], known[r.existingKey(name)] = true, true
	}
	var claims []conflict.Claim
	for _, name := range slices.Sorted(maps.Keys(r.Existing)) {
		e, at := r.Existing[name], topology.Path{}.Attr("existing").Key(name)
		if known[name] || e.Cluster != "" {
			continue
		}
		used := profile.Ranges{
			Block: e.CIDR, Pods: e.PodCIDRs, Service: e.ServiceCIDR, PodIPv6: e.PodIPv6CIDR, ServiceIPv6: e.ServiceIPv6CIDR,
			Further: e.Further,
		}
		claims = append(claims, conflict.Reservations(conflict.Existing, name, r.ownerKind(), used, at)...)
		claims = append(claims, e.otherClaims(name, at, catalog)...)
	}
	return claims
}

// appendHeld appends the claims to all ranges that clusters or blocks hold by prior state.
func appendHeld(claims []conflict.Claim, held map[string]Allocation, prior Prior, catalog *profile.Catalog) []conflict.Claim {
	number := 0
	for _, a := range held {
		number += a.Len()
	}
	claims = slices.Grow(claims, number)
	for _, name := range slices.Sorted(maps.Keys(held)) {
		if b, is := prior.Facts.Blocks[name]; is {
			claims = blockClaimant(name, b, catalog).AppendClaims(claims, held[name].Ranges, nil)
			continue
		}
		cl := prior.Facts.Clusters[name]
		if prof, known := catalog.Profile(cl.Profile); known {
			c := conflict.ClusterClaimant(name, cl, prof)
			claims = append(c.AppendClaims(claims, held[name].Ranges, nil), c.Others()...)
		}
	}
	return claims
}

// priorClaims are the claims that prior state held. What is released by now was claimed then, by the same
// owner; so was what existing gave for clusters that are no longer declared. released is what stays released.
func (s *situation) priorClaims(released map[string]Released) []conflict.Claim {
	prior := s.request.Prior
	claims := conflict.FactClaims(prior.Facts, s.catalog)
	before := Request{OfBlocks: s.request.OfBlocks, Facts: prior.Facts, Existing: prior.Existing}
	claims = append(claims, before.undeclaredClaims(s.catalog)...)
	claims = append(claims, releasedClaims(prior.Released, s.request.ownerKind())...)
	claims = append(claims, releasedClaims(released, s.request.ownerKind())...)
	claims = appendHeld(claims, s.before, *prior, s.catalog)
	// A block of another workspace does not conflict with ranges held here while it is a supernet here. Supernets that are gone are
	// left out, so that such a conflict counts as pre-existing and only warns.
	kept := slices.DeleteFunc(slices.Clone(prior.Supernets), func(p netip.Prefix) bool { return !slices.Contains(s.supernets, p) })
	return conflict.WithSupernets(claims, s.request.Name, kept, prior.Facts)
}

// withSupernets adds to claims those that have to be compared with the claims of other workspaces.
func (in *inputs) withSupernets(claims []conflict.Claim) []conflict.Claim {
	all := conflict.WithSupernets(claims, in.request.Name, in.supernets, in.request.Facts)
	for i := len(claims); i < len(all); i++ {
		all[i].At = in.request.supernetAt(all[i].Range)
	}
	return all
}

// heldAt is the place of a range that is held: its own attribute where the configuration gives it, as a pin or in existing,
// else the cluster. Index i is that of a Pod range, below 0 for other ranges.
func heldAt(cluster, from topology.Path, attribute string, i int, pinned bool) topology.Path {
	given := from
	if pinned {
		given = cluster
	}
	switch {
	case !pinned && from[0] == cluster[0]:
		return cluster
	case i < 0:
		return given.Attr(attribute)
	default:
		return given.Attr(attribute).At(i)
	}
}

// isOf says whether a claim is one of a cluster, or to its growth reserve.
func isOf(c conflict.Claim, name string) bool {
	return c.Owner == name && !c.Foreign() && (c.OfCluster() || c.Kind == conflict.GrowthReserve)
}
