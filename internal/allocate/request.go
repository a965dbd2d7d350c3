package allocate

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Request is everything that an allocator or a cidrplan_blocks is given.
type Request struct {
	Name string
	// OfBlocks says that it is a cidrplan_blocks: its Facts have blocks instead of clusters and networks.
	OfBlocks bool
	// Supernets may be allocated from; earlier ones are filled first.
	Supernets []netip.Prefix
	// ServiceSupernets are those of Service ranges; empty means Supernets.
	ServiceSupernets []netip.Prefix
	Pools            map[string]Pool
	Facts            topology.Facts
	// Existing is what clusters and blocks hold that are not in Prior yet.
	Existing map[string]Existing
	// SharedPods and SharedServices let ranges of clusters that do not reach each other overlap.
	SharedPods, SharedServices bool
	// AllowClassE allows ranges from 240.0.0.0/4, where the data of a profile says that the argument does.
	AllowClassE bool
	// EveryPair asks an audit for every pair of a conflict of many, up to MaxPairs.
	EveryPair bool
	// Renumber gives clusters a token; one that differs from the one before moves the cluster.
	Renumber map[string]string
	// Reclaim names released ranges that may be used again, or everyone's.
	Reclaim []string
	// PreventRelease names clusters, or everyone, whose ranges must not be released.
	PreventRelease []string
	// Settings say how serious conflicts are, beside the rules of the platforms.
	Settings conflict.Settings
	// Ledger is what a ledger knows that other workspaces share.
	Ledger Ledger
	// Unknown names the attributes above that are not known yet.
	Unknown topology.Unknown
	// Prior is the prior state, nil when the allocator is new.
	Prior *Prior
	// formerIsFree says that a trial may use ranges that clusters used until now beside Pods and Services.
	formerIsFree bool
}

// Pool is supernets of their own that clusters can ask for by name.
type Pool struct {
	Supernets, ServiceSupernets []netip.Prefix
	Unknown                     topology.Unknown
}

// Existing is what a cluster or block holds that was there before the allocator or cidrplan_blocks knew it.
type Existing struct {
	// CIDR is the range of a block; a block has no other ranges.
	CIDR                         netip.Prefix
	PodCIDRs                     []netip.Prefix
	ServiceCIDR                  netip.Prefix
	PodIPv6CIDR, ServiceIPv6CIDR netip.Prefix
	// Further are the ranges that were appended.
	Further profile.Further
	// NodeMask and NodeIPv6Mask are the prefix lengths of each node's blocks.
	NodeMask, NodeIPv6Mask int
	// OtherRanges are those that the cluster uses beside Pods and Services, by their names in the profile.
	OtherRanges map[string][]netip.Prefix
	// Aggregate is the block that the cluster keeps free for further Pod ranges.
	Aggregate netip.Prefix
	// Profile is the one with which the cluster got its ranges, "" where that is not said.
	Profile string
	// Cluster is set where the entry is what a cluster released: it is reserved under the entry's key.
	Cluster string
	Unknown topology.Unknown
}

// Holder is how claims name the allocator or blocks.
func (r Request) Holder() string {
	if r.OfBlocks && r.Name != "" {
		return topology.OfBlocks(r.Name)
	}
	return r.Name
}

// all is the place of those who get ranges.
func (r Request) all() topology.Path {
	if r.OfBlocks {
		return topology.Path{}.Attr("blocks")
	}
	return topology.Path{}.Attr("clusters")
}

// nameKind is the kind of the names of those who get ranges.
func (r Request) nameKind() topology.NameKind {
	if r.OfBlocks {
		return topology.BlockName
	}
	return topology.ClusterName
}

// Allocation is what is allocated to one cluster or block: its ranges and every number that goes with
// them. Once held, none of it changes.
type Allocation struct {
	profile.Ranges
	// PodSubnets are the subnets of the VPC that Pods are in, nil where they have their own range.
	// They follow the configuration; SubnetsUnknown says that their names are not all known yet.
	PodSubnets     []Subnet
	SubnetsUnknown bool
	// PodsUnknown says that further Pod ranges may be appended that are not known yet.
	PodsUnknown bool
	// ServicesUnknown says the same of Service ranges.
	ServicesUnknown bool
	// ExtensionUnknown says that the Pod range may become part of a larger one that is not known yet.
	ExtensionUnknown bool
	// OthersUnknown says that the ranges for other uses that the configuration gives are not known yet.
	OthersUnknown bool
	Usable        profile.Usable
	// Output names the object of Values.
	Output string
	// Values are the arguments of the cloud resource, as text.
	Values map[string]string
}

// GrowthUnknown says whether further or larger ranges may turn up that are not known yet.
func (a Allocation) GrowthUnknown() bool {
	return a.PodsUnknown || a.ServicesUnknown || a.ExtensionUnknown
}

// Result is the answer to a request. Allocations are complete only where Failed is false.
type Result struct {
	Allocations map[string]Allocation
	// Profiles are those of Allocations, by cluster, as far as they are known.
	Profiles map[string]string
	// Released are the released ranges; ReleasedUnknown says that deferred clusters may still take back some of it.
	Released        map[string]Released
	ReleasedUnknown bool
	// Chosen are the ranges that this plan chose, in the order in which it chose them, each followed by those that follow from it.
	Chosen []ChosenRange
	// heldUnused says that a demand did not get the range that the ledger holds for it.
	heldUnused bool
	// Deferred names the clusters that get their ranges when Unknown is known.
	Deferred []string
	// Unknown are the places of facts that could not be looked at.
	Unknown []topology.Path
	// Unchecked are names that refer to maps which are known only after apply.
	Unchecked []topology.Unchecked
	// Faults say what is wrong with the request or cannot be served.
	Faults []topology.Fault
	// Claims are all ranges in use, the allocated ones included, and Before those that prior state held.
	Claims, Before []conflict.Claim
	// Findings are the rules that what is pinned or held breaks.
	Findings []conflict.Finding
}

// HoldingsUnknown says whether it is not known yet which ranges clusters and blocks will hold, or what stays released.
func (r Result) HoldingsUnknown() bool {
	for _, a := range r.Allocations {
		if a.GrowthUnknown() {
			return true
		}
	}
	return len(r.Deferred) > 0 || r.ReleasedUnknown
}

// Failed says whether nothing may be allocated.
func (r Result) Failed() bool {
	for _, f := range r.Faults {
		if !f.Warn {
			return true
		}
	}
	for _, f := range r.Findings {
		if f.Level() == profile.Error {
			return true
		}
	}
	return false
}
