package conflict

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Claimant is a cluster or block whose ranges become claims.
type Claimant struct {
	Name string
	Kind OwnerKind
	// At is where the cluster or block is declared.
	At topology.Path
	topology.About
	// Addresses are those that a block can have.
	Addresses profile.BlockAddresses
	// Profile, Network, Meshes and SameAs are those of a cluster. A block has none.
	Profile *profile.Profile
	Network string
	Meshes  []string
	SameAs  string
	// Mirrors are the other clusters with the very same ranges.
	Mirrors []string
	// otherUses are the ranges that a cluster uses beside Pods and Services.
	otherUses []OtherUse
}

// BlockClaimant is a block whose range becomes a claim.
func BlockClaimant(name string, b topology.Block, addresses profile.BlockAddresses) Claimant {
	return Claimant{Name: name, Kind: BlockOwner, Addresses: addresses, At: topology.Path{}.Attr("blocks").Key(name), About: b.About}
}

// ClusterClaimant is a cluster whose ranges become claims.
func ClusterClaimant(name string, cl topology.Cluster, p *profile.Profile) Claimant {
	return Claimant{
		Name: name, Profile: p, At: topology.Path{}.Attr("clusters").Key(name), About: cl.About,
		Network: cl.VPC, Meshes: cl.Meshes, SameAs: cl.SameAs,
		otherUses: otherUsesOf(name, cl, p),
	}
}

// GivenBy says where a range of a claimant comes from, and the place that gives it. The argument is the attribute of the
// cluster that pins such a range: pod_cidrs, service_cidr, pod_ipv6_cidr, service_ipv6_cidr, or the list of further ranges; for blocks
// it is cidr. The index is the position in a list, and 0 for others.
type GivenBy func(argument string, index int) (Source, topology.Path)

// Claims are the claims to all ranges of a cluster or block, with its growth reserve: see AppendClaims.
func (c Claimant) Claims(ranges profile.Ranges, given GivenBy) []Claim {
	return c.AppendClaims(make([]Claim, 0, ranges.Len()), ranges, given)
}

// AppendClaims appends the claims to all ranges of a cluster or block, with its growth reserve. It is the only function that turns the
// ranges of a cluster into claims. A range that is not valid makes no claim. Neither does the IPv4 Service range of a profile
// that shares one range between Pods and Services: it is a part of the Pod range. Without given, all ranges are Allocated.
func (c Claimant) AppendClaims(claims []Claim, ranges profile.Ranges, given GivenBy) []Claim {
	add := func(kind Kind, r netip.Prefix, argument string, index int) {
		if !r.IsValid() {
			return
		}
		claim := c.Claim(kind, r)
		claim.Index = index
		if argument != "pod_cidrs" && isList(argument) {
			claim.Index++ // the first range has an argument of its own
		}
		if given != nil {
			claim.Source, claim.At = given(argument, index)
		}
		if kind == Pod && cidr.FamilyOf(r) == cidr.V6 {
			claim.NodeIPv6Mask = ranges.NodeIPv6Mask
		}
		claims = append(claims, claim)
	}
	if c.Kind == BlockOwner {
		add(Block, ranges.Block, "cidr", 0)
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
	for _, list := range ranges.Further.Lists() {
		for i, further := range *list.Ranges {
			add(kindOf[list.Kind], further, list.Attr, i)
		}
	}
	return c.appendGrowthReserve(claims, ranges.Aggregate)
}

// kindOf are the kinds of claims to the ranges that append_ranges names.
var kindOf = map[string]Kind{profile.PodRanges: Pod, profile.ServiceRanges: Service}

// isList says whether an argument of a cluster gives a list of ranges.
func isList(argument string) bool {
	for _, list := range (&profile.Further{}).Lists() {
		if list.Attr == argument {
			return true
		}
	}
	return argument == "pod_cidrs"
}

// Claim is the claim to one range that the planner allocates; the zero Prefix is one that is not chosen yet.
func (c Claimant) Claim(kind Kind, r netip.Prefix) Claim {
	return Claim{
		Owner: c.Name, Kind: kind, Range: r, Network: c.Network, About: c.About, Source: Allocated, At: c.At, Addresses: c.Addresses,
		ClusterRange: ClusterRange{
			Profile: c.Profile, Meshes: c.Meshes, SameAs: c.SameAs, Mirrors: c.Mirrors, OtherUses: c.otherUses,
		},
	}
}

// appendGrowthReserve appends the claim to the block that a cluster keeps free for further Pod ranges.
func (c Claimant) appendGrowthReserve(claims []Claim, block netip.Prefix) []Claim {
	if !block.IsValid() {
		return claims
	}
	return append(claims, Claim{
		Owner: c.Name, Kind: GrowthReserve, Range: block, Source: Allocated, At: c.At,
		ClusterRange: ClusterRange{GrowsIn: c.Network, Meshes: c.Meshes},
	})
}

// Reservations are the claims to released ranges of a cluster or block, or to those that existing gives one that is not
// declared: a claim for each range in use and for the growth reserve.
func Reservations(kind Kind, owner string, of OwnerKind, ranges profile.Ranges, at topology.Path) []Claim {
	source := Allocated
	if kind == Existing {
		source = Adopted
	}
	claims := make([]Claim, 0, ranges.Len())
	for _, r := range ranges.AppendAll(nil) {
		claims = append(claims, Claim{Owner: owner, OwnerKind: of, Kind: kind, Range: r, Source: source, At: at})
	}
	return claims
}

// pinnedClaims are the claims to the ranges that the configuration pins for clusters and blocks, and to those that clusters use
// beside Pods and Services. Those of a cluster whose profile is not known are left out.
func pinnedClaims(f topology.Facts, catalog *profile.Catalog) []Claim {
	var claims []Claim
	for _, name := range f.Owners() {
		if b, is := f.Blocks[name]; is {
			claims = append(claims, BlockClaimant(name, b, profile.BlockAddresses{}).pinned(profile.Ranges{Block: b.CIDR})...)
			continue
		}
		cl := f.Clusters[name]
		if p, known := catalog.Profile(cl.Profile); known {
			c := ClusterClaimant(name, cl, p)
			claims = append(append(claims, c.pinned(cl.PinnedRanges())...), c.Others()...)
		}
	}
	return claims
}

// pinned are the claims to ranges that the configuration pins.
func (c Claimant) pinned(ranges profile.Ranges) []Claim {
	return c.Claims(ranges, func(argument string, index int) (Source, topology.Path) {
		if isList(argument) {
			return Pinned, c.At.Attr(argument).At(index)
		}
		return Pinned, c.At.Attr(argument)
	})
}
