package conflict

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// FactClaims are the claims of networks, routes, reservations and other workspaces, in order. Subnets
// are claims of their own where a hub compares them.
func FactClaims(f topology.Facts, catalog *profile.Catalog) []Claim {
	var claims []Claim
	add := func(c Claim) {
		if c.Range.IsValid() {
			claims = append(claims, c)
		}
	}
	for name, v := range f.VPCs {
		for _, c := range vpcClaims(name, v, comparesSubnets(f, v, catalog)) {
			add(c)
		}
	}
	for name, s := range f.Sites {
		at := topology.Path{}.Attr("sites").Key(name)
		for i, block := range s.CIDRBlocks {
			add(Claim{
				Owner: name, Kind: Site, Range: block, Network: name, About: s.About, At: at.Attr("cidr_blocks").At(i),
				NetworkRange: NetworkRange{Visibility: visibility(s.AdvertisedCIDRs, s.Unknown)},
			})
		}
		for _, c := range advertised(at, s.AdvertisedCIDRs) {
			c.Owner, c.Kind, c.Network, c.About = name, Site, name, s.About
			add(c)
		}
	}
	for name, r := range f.Reserved {
		add(Claim{
			Owner: name, Kind: Reserved, Range: r.CIDR, About: topology.About{Description: r.Description},
			At: topology.Path{}.Attr("reserved").Key(name).Attr("cidr"),
		})
	}
	for _, c := range foreignClaims(f, catalog) {
		add(c)
	}
	slices.SortStableFunc(claims, CompareClaims) // a network may advertise just what a block of it is
	return claims
}

// vpcClaims are the claims of a VPC, those of its subnets only where they are compared.
func vpcClaims(name string, v topology.VPC, subnetsCompared bool) []Claim {
	var claims []Claim
	at := topology.Path{}.Attr("vpcs").Key(name)
	network := NetworkRange{
		Platform: topology.PlatformOf(v), SubnetsCompared: subnetsCompared, Visibility: visibility(v.AdvertisedCIDRs, v.Unknown),
	}
	for _, list := range []struct {
		attr   string
		blocks []netip.Prefix
	}{{"cidr_blocks", v.CIDRBlocks}, {"ipv6_cidr_blocks", v.IPv6CIDRBlocks}} {
		for i, block := range list.blocks {
			claims = append(claims, Claim{
				Owner: name, Kind: VPC, Range: block, Network: name, About: v.About, At: at.Attr(list.attr).At(i),
				NetworkRange: network,
			})
		}
	}
	for _, c := range advertised(at, v.AdvertisedCIDRs) {
		c.Owner, c.Kind, c.Network, c.About, c.Platform = name, VPC, name, v.About, topology.PlatformOf(v)
		claims = append(claims, c)
	}
	if subnetsCompared {
		for subnet, block := range v.Subnets {
			claims = append(claims, Claim{
				Owner: name, Kind: Subnet, Range: block, Part: subnet, Network: name, About: v.About, At: at.Attr("subnets").Key(subnet),
				NetworkRange: network,
			})
		}
	}
	for route, r := range v.Routes {
		if r.Occupies() {
			claims = append(claims, Claim{
				Owner: name, Kind: Route, Range: r.Destination, Part: route, Network: name,
				About:   topology.About{Description: cmp.Or(r.Description, v.Description), Labels: v.Labels},
				At:      at.Attr("routes").Key(route).Attr("destination"),
				NextHop: NextHop{Connections: r.MayLeadOver(), Node: r.LeadsToInstance()},
			})
		}
	}
	return claims
}

// comparesSubnets says whether a VPC declares subnets, known or still to come, and is attached to a hub
// that compares them.
func comparesSubnets(f topology.Facts, v topology.VPC, catalog *profile.Catalog) bool {
	return (len(v.Subnets) > 0 || v.Unknown.Has("subnets")) && slices.ContainsFunc(v.Hubs, func(name string) bool {
		return joinsOf(f.Hubs[name], catalog).Compares == profile.EachSubnet
	})
}

// joinsOf says how a hub joins networks.
func joinsOf(h topology.Hub, catalog *profile.Catalog) profile.Joins {
	return catalog.Hub(h.Kind).At(h.ProtectionLevel)
}
