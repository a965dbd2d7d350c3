package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// AllSupernets are all ranges that may be handed out from, those of pools among them, each once.
func (r Request) AllSupernets() []netip.Prefix {
	all := slices.Concat(r.Supernets, r.ServiceSupernets)
	for _, pool := range r.Pools {
		all = append(all, slices.Concat(pool.Supernets, pool.ServiceSupernets)...)
	}
	all = slices.DeleteFunc(all, func(p netip.Prefix) bool { return !p.IsValid() })
	slices.SortFunc(all, cidr.Compare)
	return slices.Compact(all)
}

// beside adds to claims what has to be compared with those of other workspaces.
func (p *planner) beside(claims []conflict.Claim) []conflict.Claim {
	return conflict.WithSupernets(claims, p.request.Name, p.supernets, p.request.Facts)
}

// notOurs says of a supernet of another workspace that what is handed out here stays out of it: a part of a
// supernet here, which was handed on by nobody, but is handed out from by somebody else.
func (p *planner) notOurs(chosen, other conflict.Claim) bool {
	return slices.Contains(other.VRFs, p.request.Facts.VRFOf(chosen.Network)) && slices.ContainsFunc(p.supernets, func(ours netip.Prefix) bool {
		return ours != other.Range && cidr.Contains(ours, other.Range)
	})
}

// uniqueAmongAll says whether a range that is handed out is to be disjoint from a claim of another
// workspace that it does not meet: from what clusters have, keep and let rest there, as from what they
// have here.
func (p *planner) uniqueAmongAll(chosen, other conflict.Claim) bool {
	pods, services := p.unique(chosen.Kind, conflict.Pod), p.unique(chosen.Kind, conflict.Service)
	switch {
	case other.Kind == conflict.Supernet:
		return p.notOurs(chosen, other)
	case !p.world.Reach.SameVRF(chosen.Network, other.Network):
		return false
	case other.OfCluster():
		return p.unique(chosen.Kind, other.Kind)
	case other.Kept:
		return pods
	default:
		return other.Released && (pods || services)
	}
}
