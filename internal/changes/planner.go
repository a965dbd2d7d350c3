package changes

import "net/netip"

// Part is a part of what a cluster or block holds.
type Part string

// The parts, in the order of reports.
const (
	Pods          Part = "pods"
	PodsIPv6      Part = "pods_ipv6"
	Services      Part = "services"
	ServicesIPv6  Part = "services_ipv6"
	GrowthReserve Part = "growth_reserve"
	Block         Part = "block"
	Supernet      Part = "supernet"
	Reserved      Part = "reserved"
)

// Parts are all parts in the order of reports.
var Parts = []Part{Pods, PodsIPv6, Services, ServicesIPv6, GrowthReserve, Block, Supernet, Reserved}

// Ranges are ranges by part. A part without ranges has no entry.
type Ranges map[Part][]netip.Prefix

// Holding is what a cluster or block holds.
type Holding struct {
	Ranges Ranges
	// Nodes and Services are how many of them the ranges serve, 0 where that is not said.
	Nodes, Services int64
	// Unknown says that ranges are known only after apply.
	Unknown bool
	// PreviousNames are the earlier names that the configuration gives.
	PreviousNames []string
	// Adopted says that the configuration gives the ranges that the cluster or block had before.
	Adopted bool
}

// Released are ranges that stay reserved.
type Released struct {
	Owner  string
	Ranges Ranges
}

// Acceptance is why a conflict is accepted, and until which day; "" for no end.
type Acceptance struct{ Reason, Until string }

// State is an allocator or cidrplan_blocks before or after a plan.
type State struct {
	// Name is the name of the planner.
	Name string
	// Held is by cluster or block; it is nil together with Unknown where nothing is known before the apply.
	Held    map[string]Holding
	Unknown bool
	// Released has keys as the attribute released has.
	Released map[string]Released
	// Supernets are those of the planner, Reserved its reserved ranges by name.
	Supernets []netip.Prefix
	Reserved  map[string]netip.Prefix
	Accepted  map[string]Acceptance
}

// Planner is an allocator, a cidrplan_blocks or another resource with accepted conflicts, before and after a plan. Before is nil for one
// that is created, After for one that is destroyed.
type Planner struct {
	// Address is the address of the resource, such as module.k8s.cidrplan_allocator.prod[0]; Previous is its address before, "" where
	// it is the same.
	Address, Previous string
	Before, After     *State
	// Forgotten says that the resource is removed from the state and not destroyed.
	Forgotten bool
}
