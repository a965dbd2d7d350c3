package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// AllSupernets are all ranges that may be allocated from, those of pools among them, each once.
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

// room is what the platform accepts of the supernets for a range of some length that makes some claims: that of its owner, and then
// those of mirror clusters.
func (r Request) room(claims []conflict.Claim, length int, family cidr.Family) cidr.Set {
	return allowedFor(claims, length, family, r.supernetsOf(claims[0], family))
}

// allowedFor is what the platform accepts of some ranges for a range that makes some claims: that of a cluster, and those of its mirrors.
func allowedFor(claims []conflict.Claim, length int, family cidr.Family, from []netip.Prefix) cidr.Set {
	room := conflict.AllowedRanges(claims[0], length, family, from)
	for _, mirrored := range claims[1:] {
		if within, _, ok := mirrored.Containing(family); ok {
			room = room.Intersect(cidr.NewSet(within...))
		}
	}
	return room
}

// otherUsesKey is the same for claims whose owners use the same ranges beside Pods and Services.
func otherUsesKey(claims []conflict.Claim) string {
	key := ""
	for _, c := range claims {
		key += c.OtherUsesKey() + "\n"
	}
	return key
}

// supernetsOf are the supernets of a family that a claim of a cluster or block can get its range from, in order.
func (r Request) supernetsOf(c conflict.Claim, family cidr.Family) []netip.Prefix {
	return slices.DeleteFunc(
		slices.Clone(r.allSupernetsOf(c)),
		func(supernet netip.Prefix) bool { return cidr.FamilyOf(supernet) != family },
	)
}

func (r Request) allSupernetsOf(c conflict.Claim) []netip.Prefix {
	from := Pool{Supernets: r.Supernets, ServiceSupernets: r.ServiceSupernets}
	if pool := r.poolOf(c); pool != "" {
		from = r.Pools[pool]
	}
	if c.Kind == conflict.Service && len(from.ServiceSupernets) > 0 {
		return from.ServiceSupernets
	}
	return from.Supernets
}

// poolOf is the pool that the cluster of a claim asks for, "" where it asks for none.
func (r Request) poolOf(c conflict.Claim) string { return r.Facts.Clusters[c.Owner].Pool }
