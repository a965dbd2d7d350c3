package addressmap

import "github.com/cidrplan/terraform-provider-cidrplan/internal/topology"

// Kind is what addresses are used for. Of two uses of one range, the one with the higher kind is the inner one.
type Kind int

const (
	// Free is what is left of a supernet.
	Free Kind = iota
	// Undeclared is an address outside the supernets of which nothing is declared.
	Undeclared
	// Unusable is what is left of a supernet where the planner cannot allocate further ranges.
	Unusable
	// Supernet is a range to allocate from.
	Supernet
	// Block is a range of cidrplan_blocks or of a claim without a kind.
	Block
	// VPC is a CIDR block of a VPC.
	VPC
	// Site is a CIDR block of a site.
	Site
	// Reserved is a range that the configuration keeps free.
	Reserved
	// GrowthReserve is a range that a cluster keeps free for further Pod ranges.
	GrowthReserve
	// Subnet is a subnet of a VPC.
	Subnet
	// Route is a destination that a VPC routes elsewhere.
	Route
	// Released is a range that a cluster or block had, which stays reserved.
	Released
	// Existing is a range of a cluster that exists and is not declared.
	Existing
	// Other is a range that a cluster uses beside Pods and Services.
	Other
	// Service is a Service range of a cluster.
	Service
	// Pod is a Pod range of a cluster.
	Pod
)

// kinds are all kinds in the order of a legend.
var kinds = []Kind{
	Pod, Service, Other, Block, Existing, GrowthReserve, Released, Reserved, VPC, Subnet, Site, Route, Supernet, Free, Unusable,
	Undeclared,
}

// claimKinds are the kinds of claims; one without a kind is a block.
var claimKinds = map[string]Kind{
	"": Block, topology.ForeignBlock: Block, topology.ForeignPod: Pod, topology.ForeignService: Service,
	topology.ForeignOther:    Other,
	topology.ForeignReserved: Reserved, topology.ForeignExisting: Existing, topology.ForeignKept: GrowthReserve,
	topology.ForeignReleased: Released, topology.ForeignSupernet: Supernet,
}

// ofCluster says whether a cluster uses addresses of the kind: such a use is shown rather than a network or route at the same addresses.
func (k Kind) ofCluster() bool { return k == Pod || k == Service || k == Other || k == Existing }

// unused says whether nothing is at addresses of the kind.
func (k Kind) unused() bool { return k == Free || k == Undeclared || k == Unusable }

// class is the name of the kind in styles and in the data of a page.
func (k Kind) class() string { return kindClasses[k] }

var kindClasses = [...]string{
	"free", "undeclared", "unusable", "supernet", "block", "vpc", "site", "reserved", "kept", "subnet", "route", "released", "existing",
	"other", "service", "pod",
}

// letter is the character of the kind in a bar of text.
func (k Kind) letter() byte { return ".-~=BVIXGNRLEOSP"[k] }
