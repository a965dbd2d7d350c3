package addressmap

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// uses are all uses of an input, sorted, each once.
func uses(in Input) []Use {
	var all []Use
	add := func(u Use) {
		if u.Range.IsValid() {
			all = append(all, u)
		}
	}
	for _, c := range in.Claims {
		u := Use{
			Kind: kindOf(c), Range: c.CIDR, Owner: c.Owner, Part: c.Use, Network: c.Network, VRF: c.VRF, Hubs: c.Hubs, Peers: c.Peers,
			Allocator: c.Allocator, Profile: c.Profile, Description: c.Description,
		}
		if u.Kind == Supernet && u.Owner == in.Name {
			u.Pools = in.Pools[u.Range]
		}
		add(u)
	}
	for name, v := range in.VPCs {
		of := Use{Owner: name, Network: name, VRF: v.VRF, Hubs: v.Hubs, Peers: v.Peers, Description: v.Description}
		for _, list := range [][]netip.Prefix{v.CIDRBlocks, v.IPv6CIDRBlocks, v.AdvertisedCIDRs} {
			for _, block := range list {
				add(of.as(VPC, block, ""))
			}
		}
		for subnet, block := range v.Subnets {
			add(of.as(Subnet, block, subnet))
		}
		for route, r := range v.Routes {
			if r.Occupies() {
				u := of.as(Route, r.Destination, route)
				u.Description = cmp.Or(r.Description, v.Description)
				add(u)
			}
		}
	}
	for name, s := range in.Sites {
		of := Use{Owner: name, Network: name, VRF: s.VRF, Hubs: s.Hubs, Peers: s.Peers, Description: s.Description}
		for _, block := range slices.Concat(s.CIDRBlocks, s.AdvertisedCIDRs) {
			add(of.as(Site, block, ""))
		}
	}
	for _, u := range in.Others {
		add(u)
	}
	slices.SortFunc(all, compareUses)
	return slices.CompactFunc(all, func(a, b Use) bool {
		return a.Kind == b.Kind && a.Range == b.Range && a.Owner == b.Owner && a.Part == b.Part && a.VRF == b.VRF &&
			a.Network == b.Network && a.Allocator == b.Allocator
	})
}

// as is a use of another kind and range.
func (u Use) as(k Kind, r netip.Prefix, part string) Use {
	u.Kind, u.Range, u.Part = k, r, part
	return u
}

// kindOf is the kind of a claim. One of a kind that is not known is a block.
func kindOf(c topology.Foreign) Kind {
	if k, known := claimKinds[c.Kind]; known {
		return k
	}
	return Block
}
