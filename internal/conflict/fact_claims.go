package conflict

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// FactClaims are the claims of networks, routes, reservations and other workspaces, in order. Subnets
// are claims of their own where a hub compares them.
func FactClaims(f topology.Facts, catalog *profile.Catalog) []Claim {
	vpcs, compared := slices.Sorted(maps.Keys(f.VPCs)), map[string]bool{}
	claims := make([]Claim, 0, mostFactClaims(f))
	for _, name := range vpcs {
		if compared[name] = comparesSubnets(f, f.VPCs[name], catalog); compared[name] {
			claims = appendSubnets(claims, name, f.VPCs[name])
		}
	}
	for _, name := range vpcs {
		claims = appendBlocks(claims, name, f.VPCs[name], compared[name])
	}
	for name, s := range f.Sites {
		claims = appendSite(claims, name, s)
	}
	for _, name := range vpcs {
		claims = appendRoutes(claims, name, f.VPCs[name])
	}
	for name, r := range f.Reserved {
		claims = append(claims, Claim{
			Owner: name, Kind: Reserved, Range: r.CIDR, About: topology.About{Description: r.Description},
			At: topology.Path{}.Attr("reserved").Key(name).Attr("cidr"),
		})
	}
	claims = append(claims, foreignClaims(f, catalog)...)
	claims = slices.DeleteFunc(claims, func(c Claim) bool { return !c.Range.IsValid() })
	slices.SortStableFunc(claims, CompareClaims) // a network may advertise just what a block of it is
	return claims
}

// mostFactClaims is the number of claims that facts make at most.
func mostFactClaims(f topology.Facts) int {
	most := len(f.Reserved) + len(f.Foreign)
	for _, v := range f.VPCs {
		most += len(v.CIDRBlocks) + len(v.IPv6CIDRBlocks) + len(v.AdvertisedCIDRs) + len(v.Subnets) + len(v.Routes)
	}
	for _, s := range f.Sites {
		most += len(s.CIDRBlocks) + len(s.AdvertisedCIDRs)
	}
	return most
}

// vpcClaims are the claims of a VPC.
func vpcClaims(name string, v topology.VPC) []Claim {
	return appendRoutes(appendSubnets(appendBlocks(nil, name, v, true), name, v), name, v)
}

// networkRange is what rules need to know of the blocks and subnets of a VPC.
func networkRange(v topology.VPC, subnetsCompared bool) NetworkRange {
	return NetworkRange{
		Platform: topology.PlatformOf(v), SubnetsCompared: subnetsCompared, Visibility: visibility(v.AdvertisedCIDRs, v.Unknown),
	}
}

// appendSubnets appends the claims of the subnets of a VPC that are compared.
func appendSubnets(claims []Claim, name string, v topology.VPC) []Claim {
	at, network := topology.Path{}.Attr("vpcs").Key(name).Attr("subnets"), networkRange(v, true)
	for _, subnet := range slices.Sorted(maps.Keys(v.Subnets)) {
		claims = append(claims, Claim{
			Owner: name, Kind: Subnet, Range: v.Subnets[subnet], Part: subnet, Network: name, About: v.About, At: at.Key(subnet),
			NetworkRange: network,
		})
	}
	return claims
}

// appendBlocks appends the claims of the blocks of a VPC, and of what it advertises in their place.
func appendBlocks(claims []Claim, name string, v topology.VPC, subnetsCompared bool) []Claim {
	at, network := topology.Path{}.Attr("vpcs").Key(name), networkRange(v, subnetsCompared)
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
	return claims
}

// appendSite appends the claims of the blocks of a site, and of what it advertises in their place.
func appendSite(claims []Claim, name string, s topology.Site) []Claim {
	at := topology.Path{}.Attr("sites").Key(name)
	for i, block := range s.CIDRBlocks {
		claims = append(claims, Claim{
			Owner: name, Kind: Site, Range: block, Network: name, About: s.About, At: at.Attr("cidr_blocks").At(i),
			NetworkRange: NetworkRange{Visibility: visibility(s.AdvertisedCIDRs, s.Unknown)},
		})
	}
	for _, c := range advertised(at, s.AdvertisedCIDRs) {
		c.Owner, c.Kind, c.Network, c.About = name, Site, name, s.About
		claims = append(claims, c)
	}
	return claims
}

// appendRoutes appends the claims of the routes of a VPC.
func appendRoutes(claims []Claim, name string, v topology.VPC) []Claim {
	at := topology.Path{}.Attr("vpcs").Key(name).Attr("routes")
	for _, route := range slices.Sorted(maps.Keys(v.Routes)) {
		r := v.Routes[route]
		if !r.Occupies() {
			continue
		}
		claims = append(claims, Claim{
			Owner: name, Kind: Route, Range: r.Destination, Part: route, Network: name,
			About:   topology.About{Description: cmp.Or(r.Description, v.Description), Labels: v.Labels},
			At:      at.Key(route).Attr("destination"),
			NextHop: NextHop{Connections: r.MayLeadOver(), Node: r.LeadsToInstance()},
		})
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
