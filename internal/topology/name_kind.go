package topology

// NameKind is what a name is the name of. Package messages words it.
type NameKind int

// The kinds of names.
const (
	HubName NameKind = iota + 1
	// NetworkName is the name of a VPC or site, PeerName that of one that is listed as a peer.
	NetworkName
	PeerName
	SubnetName
	ClusterName
	BlockName
	ProfileName
	PoolName
	RuleName
	ArgumentName
	// OtherRangeName is the name of a range of a cluster beside Pods and Services.
	OtherRangeName
)
