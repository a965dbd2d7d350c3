package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// separation decides which claims a range that is to be chosen must be disjoint from.
type separation struct {
	world conflict.World
	facts topology.Facts
	// supernets are all that ranges are allocated from.
	supernets []netip.Prefix
	// sharedPods and sharedServices let ranges of clusters that do not reach each other overlap.
	sharedPods, sharedServices bool
}

// avoids says whether a range that is to be chosen must be disjoint from another claim: because a
// rule says so, at whatever level, or because ranges of clusters are to be unique.
func (s *separation) avoids(chosen, other conflict.Claim) bool {
	if other.Former {
		return other.Network == "" || s.world.Reach.SameVRF(chosen.Network, other.Network)
	}
	if _, broken := s.world.Check(chosen, other); broken {
		return true
	}
	if other.Foreign() {
		return s.uniqueAmongWorkspaces(chosen, other)
	}
	if other.Kind == conflict.Released {
		return true // a new range is not even chosen from the owner's own released ranges
	}
	if chosen.Owner == other.Owner && chosen.Kind == conflict.Service && other.Kind == conflict.Service {
		return true // the configuration may give ranges that contain each other, but a further one is chosen for its own addresses
	}
	if !other.OccupiedByCluster() || chosen.Owner == other.Owner || !s.world.Reach.SameVRF(chosen.Network, other.Network) {
		return false
	}
	return s.unique(chosen.Kind, other.Kind)
}

// unique says whether two ranges of clusters are to be disjoint even where the clusters do not reach each other.
func (s *separation) unique(a, b conflict.Kind) bool {
	if b == conflict.Other { // which is not chosen
		b = a
	}
	pods, services := !s.sharedPods, !s.sharedServices
	switch {
	case a == conflict.Pod && b == conflict.Pod:
		return pods
	case a == conflict.Service && b == conflict.Service:
		return services
	default:
		return pods || services
	}
}

// uniqueAmongWorkspaces says whether a range that is to be chosen must be disjoint from a claim of another
// workspace that no rule is about: from what clusters have, reserve and released there, as from what they
// have here.
func (s *separation) uniqueAmongWorkspaces(chosen, other conflict.Claim) bool {
	pods, services := s.unique(chosen.Kind, conflict.Pod), s.unique(chosen.Kind, conflict.Service)
	switch {
	case other.Kind == conflict.Supernet:
		return s.allocatedElsewhere(chosen, other)
	case !s.world.Reach.SameVRF(chosen.Network, other.Network):
		return false
	case other.OccupiedByCluster():
		return s.unique(chosen.Kind, other.Kind)
	case other.Kind == conflict.GrowthReserve:
		return pods
	default:
		return other.Kind == conflict.Released && (pods || services)
	}
}

// allocatedElsewhere says whether ranges chosen here must avoid a supernet of another workspace: it is a part of a supernet here that
// nobody delegated, and the other workspace allocates from it.
func (s *separation) allocatedElsewhere(chosen, other conflict.Claim) bool {
	return slices.Contains(other.VRFs, s.facts.VRFOf(chosen.Network)) &&
		slices.ContainsFunc(s.supernets, func(ours netip.Prefix) bool {
			return ours != other.Range && cidr.Contains(ours, other.Range)
		})
}

// anyAvoids says whether one of the claims to a range must be disjoint from another claim.
func (s *separation) anyAvoids(claims []conflict.Claim, other conflict.Claim) bool {
	return slices.ContainsFunc(claims, func(c conflict.Claim) bool { return s.avoids(c, other) })
}

// anyAvoidsAny says whether one of the claims to a range must be disjoint from one of the claims to a range of another owner.
func (s *separation) anyAvoidsAny(claims, others []conflict.Claim) bool {
	return slices.ContainsFunc(claims, func(c conflict.Claim) bool {
		return slices.ContainsFunc(others, func(other conflict.Claim) bool { return s.avoids(c, ofAnotherOwner(other)) })
	})
}

// taken is what some claims have in use that one of the claims to a range must be disjoint from.
func (s *separation) taken(inUse, claims []conflict.Claim) cidr.Set {
	var taken []netip.Prefix
	for _, other := range inUse {
		if s.anyAvoids(claims, other) {
			taken = append(taken, other.Range)
		}
	}
	return cidr.NewSet(taken...)
}

// sameForOwner says whether the Pods and Services of one cluster relate to each other as those of
// two such clusters do, so that it does not matter whose they are.
func (s *separation) sameForOwner(c conflict.Claim) bool {
	if c.Kind == conflict.Block {
		return true // it has no other range
	}
	own, other := c, c
	own.Kind = conflict.Pod + conflict.Service - c.Kind
	other.Owner = ""
	return s.avoids(c, own) == s.avoids(other, own)
}

// ofAnotherOwner gives a claim without an owner one that no cluster can be.
func ofAnotherOwner(c conflict.Claim) conflict.Claim {
	if c.Owner == "" {
		c.Owner = "\n"
	}
	return c
}
