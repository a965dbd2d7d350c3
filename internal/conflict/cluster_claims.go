package conflict

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Claimant is a cluster or block whose ranges become claims.
type Claimant struct {
	Name    string
	Cluster topology.Cluster
	Profile *profile.Profile
	// Mirrors are the other clusters with the very same ranges.
	Mirrors []string
}

// GivenBy says where a range of a claimant comes from, and the place that gives it. The argument is the attribute of the
// cluster that pins such a range: pod_cidrs, service_cidr, pod_ipv6_cidr or service_ipv6_cidr; for blocks it is cidr. The
// index is the position in the list for pod_cidrs, and 0 for others.
type GivenBy func(argument string, index int) (Source, topology.Path)

// Claims are the claims to all ranges of a cluster or block, with its growth reserve. It is the only function that turns the
// ranges of a cluster into claims. A range that is not valid makes no claim. Neither does the IPv4 Service range of a profile
// that shares one range between Pods and Services: it is a part of the Pod range. Without given, all ranges are Allocated.
func (c Claimant) Claims(ranges profile.Ranges, given GivenBy) []Claim {
	var claims []Claim
	add := func(kind Kind, r netip.Prefix, argument string, index int) {
		if !r.IsValid() {
			return
		}
		claim := c.Claim(kind, r)
		claim.Index = index
		if given != nil {
			claim.Source, claim.At = given(argument, index)
		}
		if kind == Pod && argument == "pod_ipv6_cidr" {
			claim.NodeIPv6Mask = ranges.NodeIPv6Mask
		}
		claims = append(claims, claim)
	}
	if c.Cluster.Block != nil {
		for _, block := range ranges.Pods {
			add(Block, block, "cidr", 0)
		}
		return claims
	}
	for i, pods := range ranges.Pods {
		add(Pod, pods, "pod_cidrs", i)
	}
	if c.Profile.Pods.From != profile.Shared {
		add(Service, ranges.Service, "service_cidr", 0)
	}
	add(Pod, ranges.PodIPv6, "pod_ipv6_cidr", 0)
	add(Service, ranges.ServiceIPv6, "service_ipv6_cidr", 0)
	return slices.Concat(claims, c.growthReserve(ranges.Aggregate))
}

// Claim is the claim to one range that the planner allocates; the zero Prefix is one that is not chosen yet.
func (c Claimant) Claim(kind Kind, r netip.Prefix) Claim {
	from := "clusters"
	if kind == Block {
		from = "blocks"
	}
	return Claim{
		Owner: c.Name, Kind: kind, Range: r, Network: c.Cluster.VPC, About: c.Cluster.About, Source: Allocated,
		At: topology.Path{}.Attr(from).Key(c.Name),
		ClusterRange: ClusterRange{
			Profile: c.Profile, Meshes: c.Cluster.Meshes, SameAs: c.Cluster.SameAs, Mirrors: c.Mirrors,
		},
	}
}

// growthReserve is the claim to the block that a cluster keeps free for further Pod ranges.
func (c Claimant) growthReserve(block netip.Prefix) []Claim {
	if !block.IsValid() {
		return nil
	}
	return []Claim{{
		Owner: c.Name, Kind: GrowthReserve, Range: block, Source: Allocated, At: topology.Path{}.Attr("clusters").Key(c.Name),
		ClusterRange: ClusterRange{GrowsIn: c.Cluster.VPC, Meshes: c.Cluster.Meshes},
	}}
}

// Reservations are the claims to released ranges of a cluster or block, or to those that existing gives one that is not
// declared: a claim for each range in use and for the growth reserve.
func Reservations(kind Kind, owner string, of OwnerKind, ranges profile.Ranges, at topology.Path) []Claim {
	source := Allocated
	if kind == Existing {
		source = Adopted
	}
	var claims []Claim
	for _, r := range append(ranges.InUse(), ranges.Aggregate) {
		if r.IsValid() {
			claims = append(claims, Claim{Owner: owner, OwnerKind: of, Kind: kind, Range: r, Source: source, At: at})
		}
	}
	return claims
}

// pinnedClaims are the claims to the ranges that the configuration pins for a cluster or block. Those of a cluster whose
// profile is not known are left out.
func pinnedClaims(name string, cl topology.Cluster, catalog *profile.Catalog) []Claim {
	p, known := catalog.Profile(cl.Profile)
	if cl.Block == nil && !known {
		return nil
	}
	c := Claimant{Name: name, Cluster: cl, Profile: p}
	pins := profile.Ranges{
		Pods: cl.PodCIDRs, Service: cl.ServiceCIDR, PodIPv6: cl.PodIPv6CIDR, ServiceIPv6: cl.ServiceIPv6CIDR,
	}
	at := topology.Path{}.Attr("clusters").Key(name)
	if cl.Block != nil {
		c.Profile, pins.Pods = nil, []netip.Prefix{cl.Block.CIDR}
		at = topology.Path{}.Attr("blocks").Key(name)
	}
	return c.Claims(pins, func(argument string, index int) (Source, topology.Path) {
		if argument == "pod_cidrs" {
			return Pinned, at.Attr(argument).At(index)
		}
		return Pinned, at.Attr(argument)
	})
}
