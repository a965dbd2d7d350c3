package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// avoids says whether a range that is handed out must keep clear of another claim: because a
// rule says so, at whatever level, or because ranges of clusters are to be unique.
func (p *planner) avoids(chosen, other conflict.Claim) bool {
	if _, broken := p.world.Check(chosen, other); broken {
		return true
	}
	if other.Foreign() {
		return p.uniqueAmongAll(chosen, other)
	}
	if other.Kind == conflict.Released {
		return true // what is chosen anew is not even one's own that rests
	}
	if !other.OfCluster() || chosen.Owner == other.Owner || !p.world.Reach.SameVRF(chosen.Network, other.Network) {
		return false
	}
	return p.unique(chosen.Kind, other.Kind)
}

// unique says whether two ranges of clusters are to be disjoint even where they do not meet.
func (p *planner) unique(a, b conflict.Kind) bool {
	pods, services := !p.request.SharedPods, !p.request.SharedServices
	switch {
	case a == conflict.Pod && b == conflict.Pod:
		return pods
	case a == conflict.Service && b == conflict.Service:
		return services
	default:
		return pods || services
	}
}

// facesAvoid says whether one of some claims to a range must keep clear of another claim.
func (p *planner) facesAvoid(faces []conflict.Claim, other conflict.Claim) bool {
	return slices.ContainsFunc(faces, func(c conflict.Claim) bool { return p.avoids(c, other) })
}

// takenOf is what some claims have in use that one of some claims to a range must keep clear of.
func (p *planner) takenOf(claims, faces []conflict.Claim) cidr.Set {
	var taken []netip.Prefix
	for _, other := range claims {
		if p.facesAvoid(faces, other) {
			taken = append(taken, other.Range)
		}
	}
	return cidr.NewSet(taken...)
}

// anyAvoids says whether one of some claims to a range must keep clear of one of others.
func (p *planner) anyAvoids(faces, others []conflict.Claim) bool {
	return slices.ContainsFunc(faces, func(c conflict.Claim) bool {
		return slices.ContainsFunc(others, func(other conflict.Claim) bool { return p.avoids(c, another(other)) })
	})
}

// room is what the platform takes of the supernets for a claim of some length.
func (p *planner) room(c conflict.Claim, length int, family cidr.Family) cidr.Set {
	return conflict.AllowedRanges(c.Profile, c.Kind, length, family, p.supernetsOf(c, family))
}

// supernetsOf are what a claim of a cluster may get its range of a family from.
func (p *planner) supernetsOf(c conflict.Claim, family cidr.Family) []netip.Prefix {
	return slices.DeleteFunc(
		slices.Clone(p.allSupernetsOf(c)),
		func(supernet netip.Prefix) bool { return cidr.FamilyOf(supernet) != family },
	)
}

func (p *planner) allSupernetsOf(c conflict.Claim) []netip.Prefix {
	from := Pool{Supernets: p.request.Supernets, ServiceSupernets: p.request.ServiceSupernets}
	if pool := p.pool(c); pool != "" {
		from = p.request.Pools[pool]
	}
	if c.Kind == conflict.Service && len(from.ServiceSupernets) > 0 {
		return from.ServiceSupernets
	}
	return from.Supernets
}

// pool is the pool that a cluster asks for, "" where it asks for none.
func (p *planner) pool(c conflict.Claim) string { return p.request.Facts.Clusters[c.Owner].Pool }
