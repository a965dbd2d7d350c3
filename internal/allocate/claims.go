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

// claimant is a cluster or block as its claims show it.
type claimant struct {
	name    string
	cluster topology.Cluster
	profile *profile.Profile
	// mirrors are the other clusters that have the same ranges.
	mirrors []string
}

// claim is the claim to a range that the claimant has; the zero Prefix stands for a range that is still to be chosen. At is the
// place that gives the range, and pinned says that the configuration gives it.
func (c claimant) claim(kind conflict.Kind, held netip.Prefix, at topology.Path, pinned bool) conflict.Claim {
	claim := conflict.ClusterClaim(c.name, c.cluster, c.profile, kind, held)
	claim.At, claim.Mirrors = at, c.mirrors
	switch {
	case pinned:
		claim.Source = conflict.Pinned
	case len(at) > 0 && at[0].Attr == "existing":
		claim.Source = conflict.Adopted
	}
	return claim
}

// podClaim is the claim to the IPv4 Pod range at an index of the list of a cluster.
func (c claimant) podClaim(i int, pods netip.Prefix, at topology.Path, pinned bool) conflict.Claim {
	claim := c.claim(conflict.Pod, pods, at, pinned)
	claim.Index = i
	return claim
}

// pod6Claim is the claim to an IPv6 Pod range whose node blocks have a prefix length, 0 where it is not known.
func (c claimant) pod6Claim(pods netip.Prefix, mask int, at topology.Path, pinned bool) conflict.Claim {
	claim := c.claim(conflict.Pod, pods, at, pinned)
	claim.NodeIPv6Mask = mask
	return claim
}

// assumedClaim is the claim to the Service range that the platform uses where it is given none.
func (c claimant) assumedClaim(services netip.Prefix, at topology.Path) conflict.Claim {
	claim := c.claim(conflict.Service, services, at, true)
	claim.Source = conflict.Assumed
	return claim
}

// demandClaim is the claim that a range still to be chosen will make. It is where the cluster or block is declared.
func (c claimant) demandClaim(kind conflict.Kind) conflict.Claim {
	claim := conflict.ClusterClaim(c.name, c.cluster, c.profile, kind, netip.Prefix{})
	claim.Mirrors = c.mirrors
	return claim
}

// mirrorClaim is a claim of a cluster as one of its mirror, or the other way around.
func mirrorClaim(claim conflict.Claim, mirror claimant) conflict.Claim {
	mirrored := conflict.ClusterClaim(mirror.name, mirror.cluster, claim.Profile, claim.Kind, claim.Range)
	mirrored.Mirrors = mirror.mirrors
	if mirrored.SameAs != "" {
		mirrored.At = mirrored.At.Attr("same_as")
	}
	return mirrored
}

// mirrorClaims are the claims of a mirror cluster to its ranges. They are given by the configuration until it holds them.
func (c claimant) mirrorClaims(ranges profile.Ranges, given bool) []conflict.Claim {
	var claims []conflict.Claim
	at := topology.Path{}.Attr("clusters").Key(c.name).Attr("same_as")
	for i, pods := range ranges.Pods {
		claims = append(claims, c.podClaim(i, pods, at, given))
	}
	if c.profile.Pods.From != profile.Shared { // else it is part of the Pod range
		claims = append(claims, c.claim(conflict.Service, ranges.Service, at, given))
	}
	claims = append(claims, c.claim(conflict.Pod, ranges.PodIPv6, at, given), c.claim(conflict.Service, ranges.ServiceIPv6, at, given))
	return withRanges(claims)
}

// withRanges leaves out claims without a range.
func withRanges(claims []conflict.Claim) []conflict.Claim {
	return slices.DeleteFunc(claims, func(c conflict.Claim) bool { return !c.Range.IsValid() })
}

// growthReserveClaim is the claim to the block that a cluster reserves for further Pod ranges.
func growthReserveClaim(name string, cl topology.Cluster, block netip.Prefix) conflict.Claim {
	return conflict.Claim{
		Owner: name, Kind: conflict.GrowthReserve, Range: block, Source: conflict.Allocated,
		ClusterRange: conflict.ClusterRange{GrowsIn: cl.VPC, Meshes: cl.Meshes}, At: topology.Path{}.Attr("clusters").Key(name),
	}
}

// withNewRange is the claim of a demand, now that its range is chosen.
func withNewRange(claim conflict.Claim, chosen netip.Prefix) conflict.Claim {
	claim.Range = chosen
	return claim
}

// ownerKind is BlockOwner for blocks.
func ownerKind(block bool) conflict.OwnerKind {
	if block {
		return conflict.BlockOwner
	}
	return conflict.ClusterOwner
}

// releasedClaims are the claims to released ranges, which stay reserved.
func releasedClaims(all map[string]Released) []conflict.Claim {
	var claims []conflict.Claim
	for _, key := range slices.Sorted(maps.Keys(all)) {
		released := all[key]
		for _, held := range append(released.InUse(), released.Aggregate) {
			claims = append(claims, conflict.Claim{
				Owner: released.Cluster, OwnerKind: ownerKind(released.Profile == profile.Block), Kind: conflict.Released, Range: held,
				Source: conflict.Allocated,
				At:     topology.Path{}.Attr("released").Key(key),
			})
		}
	}
	return withRanges(claims)
}

// undeclaredClaims are the claims to what existing gives for clusters or blocks that are not declared.
func (r Request) undeclaredClaims() []conflict.Claim {
	known := map[string]bool{}
	for name := range r.Facts.Clusters {
		known[name], known[r.existingKey(name)] = true, true
	}
	var claims []conflict.Claim
	for _, name := range slices.Sorted(maps.Keys(r.Existing)) {
		e := r.Existing[name]
		if known[name] || e.Cluster != "" {
			continue
		}
		for _, held := range append(slices.Clone(e.PodCIDRs), e.ServiceCIDR, e.PodIPv6CIDR, e.ServiceIPv6CIDR) {
			claims = append(claims, conflict.Claim{
				Owner: name, OwnerKind: ownerKind(r.Blocks), Kind: conflict.Existing, Range: held, Source: conflict.Adopted,
				At: topology.Path{}.Attr("existing").Key(name),
			})
		}
	}
	return withRanges(claims)
}

// heldClaims are the claims to all ranges that clusters or blocks hold by prior state.
func heldClaims(held map[string]Allocation, prior Prior, catalog *profile.Catalog, blocks bool) []conflict.Claim {
	var claims []conflict.Claim
	kind := conflict.Pod
	if blocks {
		kind = conflict.Block
	}
	for _, name := range slices.Sorted(maps.Keys(held)) {
		a, cl := held[name], prior.Facts.Clusters[name]
		prof, known := catalog.Profile(cl.Profile)
		if !known {
			continue
		}
		claims = append(claims, growthReserveClaim(name, cl, a.Aggregate))
		for _, pods := range a.Pods {
			claims = append(claims, conflict.ClusterClaim(name, cl, prof, kind, pods))
		}
		six := conflict.ClusterClaim(name, cl, prof, kind, a.PodIPv6)
		six.NodeIPv6Mask = a.NodeIPv6Mask
		claims = append(claims, six)
		if prof.Pods.From != profile.Shared {
			claims = append(claims, conflict.ClusterClaim(name, cl, prof, conflict.Service, a.Service))
		}
		claims = append(claims, conflict.ClusterClaim(name, cl, prof, conflict.Service, a.ServiceIPv6))
	}
	return withRanges(claims)
}

// priorClaims are the claims that prior state held. What is released by now was claimed then, by the same
// owner; so was what existing gave for clusters that are no longer declared. released is what stays released.
func (s *situation) priorClaims(released map[string]Released) []conflict.Claim {
	prior := s.request.Prior
	claims := slices.Concat(
		conflict.FactClaims(prior.Facts, s.catalog),
		Request{Blocks: s.request.Blocks, Facts: prior.Facts, Existing: prior.Existing}.undeclaredClaims(), releasedClaims(prior.Released),
		releasedClaims(released), heldClaims(s.before, *prior, s.catalog, s.request.Blocks),
	)
	claims = withRanges(claims)
	// a block of another workspace stays no obstacle to who holds parts of it only as long as it is for a supernet here
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
