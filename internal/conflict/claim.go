package conflict

import (
	"cmp"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Claim is a range that is in use, or that is kept free. It is data of rules and messages: which fields are set depends
// on Kind and Source alone.
type Claim struct {
	Kind Kind
	// Owner is the name of the cluster, block, VPC, site or reserved range; for a supernet, of its planner.
	Owner string
	// OwnerKind says whether Owner of a range of a planner is a cluster or a block.
	OwnerKind OwnerKind
	// Part is the name of a route or subnet of Owner, of the subnet that Pods or nodes of Owner use, or of the use of Other; "" for all
	// others.
	Part string
	// Range is the range; the zero Prefix is one that is not chosen yet.
	Range netip.Prefix
	// Network is the VPC or site in which the range is used, "" for supernets and for ranges that are kept free. A range of
	// another planner has the ID that topology.Facts.Home returns.
	Network string
	// Unplaced says that the range is of another planner, whose claim names neither the network nor what the network is attached to:
	// Network is an ID of a network that is attached to nothing.
	Unplaced bool
	// Source says where the range comes from.
	Source Source
	// Former says that a cluster uses the range of Other by the prior state, and no more by the configuration: the platform can still have
	// it while the plan is applied.
	Former bool
	// Holder is the planner that holds the range: the name of an allocator, or that of a cidrplan_blocks as
	// topology.OfBlocks writes it. It is set for ranges of other planners that name theirs, and in a configuration-wide
	// check where owners of one name have to be distinguished.
	Holder string
	// At is where the configuration gives the range, or what it follows from. It is for messages only.
	At topology.Path
	// HeldUntil, Ledger and Delegation are those of topology.Foreign.
	HeldUntil, Ledger string
	Delegation        topology.Delegation
	topology.About

	ClusterRange
	NetworkRange
	// Addresses are those that a block of this planner can have.
	Addresses profile.BlockAddresses
	// NextHop is set for routes.
	NextHop NextHop
	// VRFs are those that a supernet is for.
	VRFs []string
	// Delegations are the holders of the supernets that a block or reserved range is for, or of the blocks and reserved
	// ranges that a supernet is in; see delegate.
	Delegations []string
}

// ClusterRange is what rules need to know of the cluster that has a range. It is set for Pod and Service; of a GrowthReserve only GrowsIn
// and Meshes are, and of Other only Profile.
type ClusterRange struct {
	Profile *profile.Profile
	// Meshes are the flat meshes that the cluster is a member of.
	Meshes []string
	// Index is the position among the Pod ranges of the cluster: 0 is the one that the cluster started with.
	Index int
	// NodeIPv6Mask is the prefix length of the block of each node in an IPv6 Pod range, 0 where it is not known.
	NodeIPv6Mask int
	// SameAs is the cluster that a mirror cluster has its ranges from. Mirrors are all other clusters with the very same
	// ranges, which only move together with this one.
	SameAs  string
	Mirrors []string
	// OtherUses are the ranges that the cluster uses beside Pods and Services.
	OtherUses []OtherUse
	// GrowsIn is the network of the cluster that a growth reserve is for. It is "" for those of other planners, which have a
	// Network.
	GrowsIn string
}

// NetworkRange is what rules need to know of a block of a network or of a subnet. It is set for Subnet, VPC and Site.
type NetworkRange struct {
	// Platform is that of the VPC, "" for sites.
	Platform string
	// SubnetsCompared says that the subnets of the VPC are claims of their own beside its blocks.
	SubnetsCompared bool
	Visibility      Visibility
}

// NextHop is what may be behind a route.
type NextHop struct {
	// Connections are those that lead to other networks.
	Connections []topology.Connection
	// Node says that it may be a node of a cluster in the VPC.
	Node bool
}

// Visibility is who uses the addresses of a network under a range.
type Visibility int

const (
	// SeenEverywhere is a range that the network itself and all joined networks use.
	SeenEverywhere Visibility = iota
	// SeenInside is a range that joined networks do not see: the network advertises other ones in its place, or it is not
	// known yet what it advertises.
	SeenInside
	// SeenOutside is a range that a network advertises to others.
	SeenOutside
)

// OwnerKind is what the owner of a range of a planner is.
type OwnerKind int

const (
	// ClusterOwner is a cluster. It is also used where a claim of another planner does not say what its owner is.
	ClusterOwner OwnerKind = iota
	// BlockOwner is a block.
	BlockOwner
)

// Foreign says whether another planner holds the range, as foreign_claims says.
func (c Claim) Foreign() bool { return c.Source == OtherPlanner || c.Source == OtherWorkspace }

// Fixed says whether the planner did not choose the range of its cluster or block: the configuration gives the range, or the
// platform takes it by default.
func (c Claim) Fixed() bool { return c.Source == Pinned || c.byDefault() }

// byDefault says whether the range is a default of the platform of its cluster.
func (c Claim) byDefault() bool { return c.Source == Assumed || c.Source == Possible }

// OfCluster says whether a cluster uses the range.
func (c Claim) OfCluster() bool { return c.Kind == Pod || c.Kind == Service }

// OfClusterOrBlock says whether a cluster or block uses the range.
func (c Claim) OfClusterOrBlock() bool { return c.OfCluster() || c.Kind == Block }

// Routed says whether the range is one that a cluster uses beside Pods and Services and to which networks lead traffic.
func (c Claim) Routed() bool { return c.Kind == Other && c.OtherRange().Reach == profile.Routed }

// OccupiedByCluster says whether a cluster has the addresses of the range for itself, wherever networks reach it.
func (c Claim) OccupiedByCluster() bool { return c.OfCluster() || c.Routed() }

// Occupies says whether a cluster or block has the addresses of the range for itself, wherever networks reach it.
func (c Claim) Occupies() bool { return c.OccupiedByCluster() || c.Kind == Block }

// OfBlock says whether a block has the range, or had it until it was released.
func (c Claim) OfBlock() bool { return c.Kind == Block || c.OwnerKind == BlockOwner }

// ofNetwork says whether the claim is a block or subnet of a VPC, or a block of a site.
func (c Claim) ofNetwork() bool { return c.Kind == Subnet || c.Kind == VPC || c.Kind == Site }

// ComparedIn is the network that the claim is compared in: that of its cluster for a growth reserve.
func (c Claim) ComparedIn() string { return cmp.Or(c.Network, c.GrowsIn) }

// ID names owner, kind and range: two claims with one ID are the same fact. All kinds of reservations are one kind, so that
// a growth reserve that is released stays the same fact.
type ID struct {
	Owner string
	Kind  Kind
	Part  string
	Range netip.Prefix
	// Holder distinguishes owners of one name; "" for what the configuration itself declares.
	Holder string
}

// ID returns the identity of the claim.
func (c Claim) ID() ID {
	return ID{Owner: c.Owner, Kind: c.Kind.identity(), Part: c.Part, Range: c.Range, Holder: c.holder()}
}

// CompareClaims orders claims by kind, owner, part, range and holder.
func CompareClaims(a, b Claim) int { return compareClaims(&a, &b) }

// compareClaims is CompareClaims without a copy of the claims.
func compareClaims(a, b *Claim) int {
	if order := cmp.Or(cmp.Compare(a.Kind.identity(), b.Kind.identity()), cmp.Compare(a.Owner, b.Owner)); order != 0 {
		return order
	}
	if order := cmp.Or(cmp.Compare(a.Part, b.Part), cidr.Compare(a.Range, b.Range)); order != 0 {
		return order
	}
	return cmp.Compare(a.holder(), b.holder())
}

// holder distinguishes owners of one name: "" is the configuration itself, other values are a planner of another workspace or
// of blocks. Each owner of another workspace that does not name its planner counts as a planner of its own.
func (c Claim) holder() string {
	if !c.Foreign() && c.Holder == "" {
		return ""
	}
	return "@" + cmp.Or(c.Holder, c.Owner) // no name begins with @
}

// ofOneOwner says whether one cluster has both claims.
func (c Claim) ofOneOwner(o Claim) bool { return c.Owner == o.Owner && c.holder() == o.holder() }
