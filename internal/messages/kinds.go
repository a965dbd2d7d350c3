package messages

import "github.com/cidrplan/terraform-provider-cidrplan/internal/topology"

// nameKinds say what a name is the name of.
var nameKinds = map[topology.NameKind]string{
	topology.HubName:      "hub",
	topology.NetworkName:  "VPC or site",
	topology.PeerName:     "peer",
	topology.SubnetName:   "subnet",
	topology.ClusterName:  "cluster",
	topology.BlockName:    "block",
	topology.ProfileName:  "profile",
	topology.PoolName:     "pool",
	topology.RuleName:     "rule",
	topology.ArgumentName: "argument",
}

// lists say what a list holds.
var lists = map[topology.Listed]string{
	topology.ListedRanges:  "ranges",
	topology.ListedSubnets: "subnets",
	topology.RangePairs:    "pairs of ranges",
}

// valueKinds say what a value is.
var valueKinds = map[topology.ValueKind]string{
	topology.NodeBlockValue: "node block",
	topology.PodRangeValue:  "Pod range",
	topology.FamilyValue:    "family",
}
