package allocate

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The reasons that the planner adds to those of package topology. They are data; package messages words them.
type (
	// NameOfBlocks says that a name has the form in which claims name a cidrplan_blocks: Name is that of the cidrplan_blocks.
	NameOfBlocks struct{ Name string }
	// TokenEmpty says that a token of renumber is empty.
	TokenEmpty struct{}
	// TokensUnknown says that renumber is known only after apply, so the plan cannot show which clusters or blocks get
	// other ranges.
	TokensUnknown struct{ OfBlocks bool }
	// NameHoldsRanges says that a previous name is the name of a cluster or block that is declared and keeps its own ranges.
	NameHoldsRanges struct{ Kind topology.NameKind }
	// NoFixedNodeBlock says that nodes of a profile have no block of one size.
	NoFixedNodeBlock struct{ Profile string }
	// NoIPv6NodeBlock says that nodes of a profile have no IPv6 block from a range of the cluster.
	NoIPv6NodeBlock struct{ Profile string }
	// NodeBlockSizeNeeded says that a cluster that exists has node blocks of a size that the configuration does not
	// give. A guess could not be changed later.
	NodeBlockSizeNeeded struct{}
	// ServiceRangeSizeNeeded says the same of the Service range inside its Pod range.
	ServiceRangeSizeNeeded struct{}
	// DefaultNodeBlockTooLarge says that an IPv6 Pod range has no room for node blocks of the default size.
	DefaultNodeBlockTooLarge struct {
		PodRange netip.Prefix
		NodeMask int
	}
	// PodsOrServicesNeeded says that an entry of existing gives neither pod_cidrs nor service_cidr.
	PodsOrServicesNeeded struct{}
	// RangesOfExistingNeeded says that an entry of existing gives a declared cluster ranges beside Pods and Services alone, and that
	// nothing gives the cluster those of Pods and Services.
	RangesOfExistingNeeded struct{ Cluster string }
	// OthersReleased says that ranges beside Pods and Services are not released.
	OthersReleased struct{}
	// ServiceRangeChosen says that a cluster that exists has one of several Service ranges, which the platform chose.
	ServiceRangeChosen struct {
		Profile string
		Ranges  []netip.Prefix
	}
	// PodRangeSizeNeeded says that a cluster gives no size of its Pod range, which cannot be changed later.
	PodRangeSizeNeeded struct{}
	// BlockWithoutSize says that a block gives no size.
	BlockWithoutSize struct{ Block string }
	// ExistingRenumbered says that a cluster or block is renumbered while existing gives it its old ranges.
	ExistingRenumbered struct{ Kind topology.NameKind }
	// PinnedToHeld says that a cluster or block is renumbered while the configuration pins it to the ranges that it holds.
	PinnedToHeld struct{ Kind topology.NameKind }
	// MirrorKeepsRanges says that a cluster is renumbered while a cluster with the same ranges is not.
	MirrorKeepsRanges struct{ Cluster string }
)
