package conflict

// Kind is what a range is used for. The parties of a finding are named in the order of the kinds: who moves more easily comes
// first.
type Kind int

const (
	// Pod is a Pod range of a cluster.
	Pod Kind = iota
	// Service is the Service range of a cluster.
	Service
	// Other is a range that a cluster uses beside Pods and Services. Nothing allocates it.
	Other
	// Block is a range that is allocated for anything but a cluster.
	Block
	// Subnet is a subnet of a VPC, where a hub compares subnets.
	Subnet
	// VPC is a block of a VPC.
	VPC
	// Site is a block of a site.
	Site
	// Route is a destination that a VPC routes elsewhere.
	Route
	// Reserved is a range that the configuration keeps free of clusters and blocks.
	Reserved
	// GrowthReserve is a range that a cluster keeps free for further Pod ranges of its own.
	GrowthReserve
	// Released is a range that a cluster or block had, which stays reserved until reclaim names its owner.
	Released
	// Existing is a range that existing names, of a cluster or block that is not declared.
	Existing
	// Supernet is a range that a planner allocates from. It conflicts with other supernets only.
	Supernet
)

var kindNames = [...]string{
	"pod", "service", "other", "block", "subnet", "vpc", "site", "route", "reserved", "reserved", "reserved", "reserved", "supernet",
}

// String returns the word for the kind that keys of conflicts and rows of an audit have; it is one for all reservations.
func (k Kind) String() string { return kindNames[k] }

// Reservation says whether a range of the kind is only kept free: Reserved, GrowthReserve, Released or Existing.
func (k Kind) Reservation() bool { return k.identity() == Reserved }

// identity is the kind by which a claim is identified and sorted: Reserved for all reservations.
func (k Kind) identity() Kind {
	switch k {
	case GrowthReserve, Released, Existing:
		return Reserved
	}
	return k
}

// Source is where the range of a claim comes from.
type Source int

const (
	// Declared is a fact of the configuration: a range of a network, a route, a reserved range or a supernet.
	Declared Source = iota
	// Pinned is a range that the configuration gives a cluster or block, also by way of same_as.
	Pinned
	// Adopted is a range of a cluster or block that existing gives.
	Adopted
	// Allocated is a range that the planner chose, or chose and released.
	Allocated
	// Assumed is the range that the platform takes by default, for a cluster of which the configuration gives none.
	Assumed
	// Possible is one of several ranges of which the platform takes one by default, for a cluster of which the configuration gives
	// none.
	Possible
	// OtherPlanner is a range that another planner of this configuration holds.
	OtherPlanner
	// OtherWorkspace is a range that a planner of another workspace holds.
	OtherWorkspace
)
