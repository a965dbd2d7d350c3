package clouds

// Facts are what the objects of clouds say of networks and clusters. Maps have the keys that the configuration gives; of a
// map that is known after apply not even the keys are known.
type Facts struct {
	Hubs     Known[map[string]Hub]
	Sites    Known[map[string]Site]
	VPCs     Known[map[string]VPC]
	Existing Known[map[string]Cluster]
	// BlockExisting are the CIDR blocks of the VPCs, for the argument existing of cidrplan_blocks.
	BlockExisting Known[map[string]Known[string]]
	// Unplaced are the objects that belong to no VPC or hub of the facts, by their place.
	Unplaced Known[map[string]Unplaced]
}

// Hub is a gateway that connects its members.
type Hub struct {
	// Kind is the kind of the hub's data, such as "cen".
	Kind            string
	ProtectionLevel Known[string]
}

// Site is a network that is not a VPC: what a VPN connection or a dedicated line leads to.
type Site struct {
	CIDRBlocks Known[[]string]
	Hubs       Known[[]string]
	Peers      Known[[]string]
}

// VPC is a VPC with what belongs to it.
type VPC struct {
	Platform       string
	Region         Known[string]
	CIDRBlocks     Known[[]string]
	IPv6CIDRBlocks Known[[]string]
	Subnets        Known[map[string]Known[string]]
	Hubs           Known[[]string]
	Peers          Known[[]string]
	Routes         Known[map[string]Route]
}

// Route is an entry of a VPC's route table.
type Route struct {
	Destination Known[string]
	NextHop     Known[string]
	Summary     Known[bool]
}

// Cluster is the ranges of a Kubernetes cluster. "" is a range that the cluster does not have.
type Cluster struct {
	PodCIDRs                     Known[[]string]
	ServiceCIDR                  Known[string]
	PodIPv6CIDR, ServiceIPv6CIDR Known[string]
	// NodeCIDRMask and NodeIPv6CIDRMask are the prefix lengths of the Pod blocks of nodes, 0 for none.
	NodeCIDRMask, NodeIPv6CIDRMask Known[int64]
	// OtherRanges are those of Object.
	OtherRanges Known[map[string][]string]
}

// NoRange is what an object without any range is missing: one that learns its routes by BGP, for example.
const NoRange = "cidrs"

// NoRangeRoute is what a route lacks whose destination is no range, such as a prefix list.
const NoRangeRoute = "destination"

// Unplaced says why an object belongs to nothing.
type Unplaced struct {
	// Type is the resource type or data source of the object.
	Type string
	// Missing is the argument that lacks what the object refers to, such as "vpcs", or NoRange or NoRangeRoute.
	Missing string
	// Reference is the ID that it refers to, "" for none.
	Reference string
}
