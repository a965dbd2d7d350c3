package conflict

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Kind is what a claim uses its range for. The order is the one in which parties of a finding
// are named: who moves more easily comes first.
type Kind int

const (
	// Pod is a Pod range of a cluster.
	Pod Kind = iota
	// Service is the Service range of a cluster.
	Service
	// Block is a range that is handed out and not of a cluster.
	Block
	// Subnet is a subnet of a VPC that is compared by itself.
	Subnet
	// VPC is a block of a VPC.
	VPC
	// Site is a block of a site.
	Site
	// Route is a destination that a VPC routes elsewhere.
	Route
	// Reserved is a range that nobody may be handed.
	Reserved
	// Supernet is what an allocator hands out from. It is in nobody's way but that of other supernets.
	Supernet
)

var kindNames = []string{"pod", "service", "block", "subnet", "vpc", "site", "route", "reserved", "supernet"}

func (k Kind) String() string { return kindNames[k] }

// Claim is one range in use.
type Claim struct {
	// Owner is the name of the cluster, VPC, site or reservation.
	Owner string
	Kind  Kind
	// Range is what is claimed; the zero Prefix stands for a range still to be chosen.
	Range netip.Prefix
	// Part is the name of the route or subnet where Kind is Route or Subnet, and of the subnet that
	// Pods live in.
	Part string
	// Network is the VPC or site that the claim belongs to, "" for reservations.
	Network string
	topology.About
	// At is where the configuration gives the range, or what it follows from.
	At topology.Path

	// Profile and Meshes are those of the cluster, where the claim is of one.
	Profile *profile.Profile
	Meshes  []string
	// Pinned says that the configuration gives the range of the cluster.
	Pinned bool
	// NodeMask6 is the prefix length of each node's block in an IPv6 Pod range, 0 where that is not known.
	NodeMask6 int
	// Appended says of a Pod range that the cluster started with another one.
	Appended bool
	// SameAs says of a range of a mirror which cluster it has the range from. Mirrors are all clusters
	// that have the very same ranges and only move together with this one.
	SameAs  string
	Mirrors []string
	// Assumed says that the range is what the platform takes when it is given none.
	Assumed bool
	// Kept says of a reservation that its owner, a cluster, keeps it for further Pod ranges.
	Kept bool
	// KeptIn is the network of that cluster.
	KeptIn string
	// Released says of a reservation that its owner gave the range up, and it rests.
	Released bool
	// Undeclared says of a reservation that a cluster holds it which exists and is not declared.
	Undeclared bool
	// OfBlock says of such reservations that their owner is a block and no cluster.
	OfBlock bool
	// MayLeadOver are of a route the joints to networks that may lie behind it.
	MayLeadOver []topology.Connection
	// LeadsToInstance says of a route that it may be the way to a node of a cluster.
	LeadsToInstance bool
	// Platform is that of the VPC where Kind is VPC or Subnet.
	Platform string
	// Subnetted says of a block that the subnets of its VPC are claims, too.
	Subnetted bool
	// Hidden says of a block or subnet that other networks do not see it, Advertised of a range that
	// they see it instead.
	Hidden, Advertised bool
	// Elsewhere says that another workspace has the range, Allocator which of its planners, "" where
	// nobody says, and Placed that it says where the range is used. In a Net, blocks have an Allocator, too.
	Elsewhere bool
	Allocator string
	Placed    bool
	// Here says of a claim that was given as one of others that a planner of this configuration holds it.
	Here bool
	// VRFs are those that a supernet is for.
	VRFs []string
	// Delegations are the hands that a supernet was handed on by, and that a block or reservation is for:
	// see delegate.
	Delegations []string
}

// OfCluster says whether the claim is a range of a cluster.
func (c Claim) OfCluster() bool { return c.Kind == Pod || c.Kind == Service }

// HandedOut says whether the claim is a range that a planner hands out, or is told of: of a cluster, or
// a block.
func (c Claim) HandedOut() bool { return c.OfCluster() || c.Kind == Block }

// ofNetwork says whether the claim is a block of a VPC or site.
func (c Claim) ofNetwork() bool { return c.Kind == Subnet || c.Kind == VPC || c.Kind == Site }

// ID names owner, kind and range: two claims with one ID are the same fact.
type ID struct {
	Owner string
	Kind  Kind
	Part  string
	Range netip.Prefix
	// Hand is who has the claim, "" for the configuration itself.
	Hand string
}

// ID returns the identity of the claim.
func (c Claim) ID() ID {
	return ID{Owner: c.Owner, Kind: c.Kind, Part: c.Part, Range: c.Range, Hand: c.hand()}
}

// CompareClaims orders claims by kind, owner, part, range and hand.
func CompareClaims(a, b Claim) int {
	return cmp.Or(
		cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Part, b.Part), cidr.Compare(a.Range, b.Range),
		cmp.Compare(a.hand(), b.hand()),
	)
}

// ClusterClaim is the claim of a cluster to a range, or of what is a block.
func ClusterClaim(name string, cl topology.Cluster, p *profile.Profile, kind Kind, held netip.Prefix) Claim {
	from := "clusters"
	if kind == Block {
		from = "blocks"
	}
	return Claim{
		Owner: name, Kind: kind, Range: held, Network: cl.VPC, About: cl.About,
		At: topology.Path{}.Attr(from).Key(name), Profile: p, Meshes: cl.Meshes, SameAs: cl.SameAs,
	}
}

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
		for _, c := range vpcClaims(name, v, subnetted(f, v, catalog)) {
			add(c)
		}
	}
	for name, s := range f.Sites {
		at := topology.Path{}.Attr("sites").Key(name)
		for i, block := range s.CIDRBlocks {
			add(
				Claim{
					Owner:   name,
					Kind:    Site,
					Range:   block,
					Network: name,
					About:   s.About,
					At:      at.Attr("cidr_blocks").At(i),
					Hidden:  hides(s.AdvertisedCIDRs, s.Unknown),
				},
			)
		}
		for _, c := range advertised(at, s.AdvertisedCIDRs) {
			c.Owner, c.Kind, c.Network, c.About = name, Site, name, s.About
			add(c)
		}
	}
	for name, r := range f.Reserved {
		add(
			Claim{
				Owner: name,
				Kind:  Reserved,
				Range: r.CIDR,
				About: topology.About{Description: r.Description},
				At:    topology.Path{}.Attr("reserved").Key(name).Attr("cidr"),
			},
		)
	}
	for _, c := range foreignClaims(f, catalog) {
		add(c)
	}
	slices.SortStableFunc(claims, CompareClaims) // a network may advertise just what a block of it is
	return claims
}

// vpcClaims are the claims of a VPC, those of its subnets only where they are compared.
func vpcClaims(name string, v topology.VPC, subnetted bool) []Claim {
	var claims []Claim
	at := topology.Path{}.Attr("vpcs").Key(name)
	for _, list := range []struct {
		attr   string
		blocks []netip.Prefix
	}{{"cidr_blocks", v.CIDRBlocks}, {"ipv6_cidr_blocks", v.IPv6CIDRBlocks}} {
		for i, block := range list.blocks {
			claims = append(claims, Claim{
				Owner: name, Kind: VPC, Range: block, Network: name, About: v.About, At: at.Attr(list.attr).At(i),
				Platform: topology.PlatformOf(v), Subnetted: subnetted, Hidden: hides(v.AdvertisedCIDRs, v.Unknown),
			})
		}
	}
	for _, c := range advertised(at, v.AdvertisedCIDRs) {
		c.Owner, c.Kind, c.Network, c.About, c.Platform = name, VPC, name, v.About, topology.PlatformOf(v)
		claims = append(claims, c)
	}
	if subnetted {
		for subnet, block := range v.Subnets {
			claims = append(claims, Claim{
				Owner: name, Kind: Subnet, Range: block, Part: subnet, Network: name, About: v.About, At: at.Attr("subnets").Key(subnet),
				Platform: topology.PlatformOf(v), Subnetted: true, Hidden: hides(v.AdvertisedCIDRs, v.Unknown),
			})
		}
	}
	for route, r := range v.Routes {
		if r.Occupies() {
			claims = append(claims, Claim{
				Owner: name, Kind: Route, Range: r.Destination, Part: route, Network: name,
				About:       topology.About{Description: cmp.Or(r.Description, v.Description), Labels: v.Labels},
				At:          at.Attr("routes").Key(route).Attr("destination"),
				MayLeadOver: r.MayLeadOver(), LeadsToInstance: r.LeadsToInstance(),
			})
		}
	}
	return claims
}

// subnetted says whether a VPC declares subnets, known or still to come, and is attached to a hub
// that compares them.
func subnetted(f topology.Facts, v topology.VPC, catalog *profile.Catalog) bool {
	return (len(v.Subnets) > 0 || v.Unknown.Has("subnets")) && slices.ContainsFunc(v.Hubs, func(name string) bool {
		return joinsOf(f.Hubs[name], catalog).Compares == profile.EachSubnet
	})
}

// joinsOf says how a hub joins networks.
func joinsOf(h topology.Hub, catalog *profile.Catalog) profile.Joins {
	return catalog.Hub(h.Kind).At(h.ProtectionLevel)
}
