package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
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

// supernetAt is the argument that has a supernet, the first one where several have it.
func (r Request) supernetAt(supernet netip.Prefix) topology.Path {
	top := topology.Path{}
	switch {
	case slices.Contains(r.Supernets, supernet):
		return top.Attr("supernets")
	case slices.Contains(r.ServiceSupernets, supernet):
		return top.Attr("service_supernets")
	}
	for _, name := range slices.Sorted(maps.Keys(r.Pools)) {
		pool := top.Attr("pools").Key(name)
		switch {
		case slices.Contains(r.Pools[name].Supernets, supernet):
			return pool.Attr("supernets")
		case slices.Contains(r.Pools[name].ServiceSupernets, supernet):
			return pool.Attr("service_supernets")
		}
	}
	return top.Attr("supernets")
}

// notOurs says of a supernet of another workspace that what is handed out here stays out of it: a part of a
// supernet here, which was handed on by nobody, but is handed out from by somebody else.
func (p *planner) notOurs(chosen, other conflict.Claim) bool {
	return slices.Contains(other.VRFs, p.request.Facts.VRFOf(chosen.Network)) &&
		slices.ContainsFunc(p.supernets, func(ours netip.Prefix) bool {
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
	case other.Kind == conflict.GrowthReserve:
		return pods
	default:
		return other.Kind == conflict.Released && (pods || services)
	}
}
