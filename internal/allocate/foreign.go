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
	return conflict.WithSupernets(claims, p.request.Name, p.request.AllSupernets(), p.request.Facts)
}

// uniqueAmongAll says whether a range that is handed out is to be disjoint from a claim of another
// workspace that it does not meet: from what clusters have, keep and let rest there, as from what they
// have here.
func (p *planner) uniqueAmongAll(chosen, other conflict.Claim) bool {
	pods, services := p.unique(chosen.Kind, conflict.Pod), p.unique(chosen.Kind, conflict.Service)
	switch {
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
