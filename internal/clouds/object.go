package clouds

// Object is one object of a cloud, as Type.Read reads it. What the object does not have is empty, and known to be.
type Object struct {
	Type *Type
	// Counts is false for an object that is left out because of Type.Only, such as an attachment that is not of a VPC.
	Counts Known[bool]
	// IDs are the object's own IDs, one for each path that has a value. Any of them may be referred to.
	IDs Refs
	// Names are names by which others refer to the object where they do not have its ID.
	Names Refs
	// CIDRs are IPv4 ranges in canonical form, in order and without repetitions; IPv6CIDRs those of IPv6. Where IPv4 paths are
	// known only after apply, both lists are: what turns up may be IPv6.
	CIDRs, IPv6CIDRs Known[[]string]
	// Region is "" for none.
	Region Known[string]

	// VPC, PeerVPC, Hub, RouteTable and SiteGateway are the IDs of what the object belongs to, as many as it names.
	VPC, PeerVPC, Hub, RouteTable, SiteGateway Refs
	// Connection are the IDs of the connection that a route of one belongs to.
	Connection Refs
	// Attachment are the IDs of the attachments that a route of a hub leads over.
	Attachment Refs
	// Labels are what a user added to the object by hand.
	Labels Labels

	// ProtectionLevel is that of a gateway, "" for none.
	ProtectionLevel Known[string]

	// Routes are the one route that the object is, or those in a route table, in order; of a set the order may change once all
	// elements are known. Routes that occupy nothing (local ones and those of Skip) are among them.
	Routes Known[[]ObjectRoute]

	// The ranges of a cluster, families parted as in CIDRs.
	Pods, PodsIPv6         Known[[]string]
	Services, ServicesIPv6 Known[[]string]
	// OtherRanges are those that a cluster uses beside Pods and Services, of both families, by the name of the use. A use without ranges is
	// not among them, so nothing is known while one use is not.
	OtherRanges Known[map[string][]string]
	// PodSubnets are the IDs of the subnets that the Pods of a cluster use.
	PodSubnets Refs
	// NodeCIDRMask and NodeIPv6CIDRMask are numbers as text, "" for none.
	NodeCIDRMask, NodeIPv6CIDRMask Known[string]
}

// Refs are IDs, without "" and null. One that is known only after apply stands for any number of IDs.
type Refs []Known[string]

// Labels are attributes that no cloud has and that users add with merge(): the name of the VPC, of the hub and of the VPC at the
// other end that the object belongs to. "" is none.
type Labels struct{ VPC, Hub, Peer Known[string] }

// Names of labels.
const (
	LabelVPC  = "vpc"
	LabelHub  = "hub"
	LabelPeer = "peer"
)

// ObjectRoute is a route of an object.
type ObjectRoute struct {
	// Destination is a range of either family in canonical form, "" for none. NotARange says that there is a destination of another
	// kind, such as a prefix list.
	Destination Known[string]
	NotARange   bool
	// List is the ID of the prefix list that is the destination, or may be that, "" for none.
	List Known[string]
	// NextHop is one of topology.NextHops, "" where the object does not have it.
	NextHop Known[string]
	// Skipped says that the route occupies nothing: a local route, or one of RoutePaths.Skip.
	Skipped Known[bool]
	// Summary says that the route leads to networks that are declared themselves, by RoutePaths.Summary and Summaries.
	Summary Known[bool]
}
