package messages

import "github.com/cidrplan/terraform-provider-cidrplan/internal/topology"

// nameKinds say what a name is the name of.
var nameKinds = map[topology.NameKind]string{
	topology.HubName:        "hub",
	topology.NetworkName:    "VPC or site",
	topology.PeerName:       "peer",
	topology.SubnetName:     "subnet",
	topology.ClusterName:    "cluster",
	topology.BlockName:      "block",
	topology.ProfileName:    "profile",
	topology.PoolName:       "pool",
	topology.RuleName:       "rule",
	topology.ArgumentName:   "argument",
	topology.OtherRangeName: "other range of the profile",
}

// lists say what a list holds.
var lists = map[topology.Listed]string{
	topology.ListedRanges:  "ranges",
	topology.ListedSubnets: "subnets",
	topology.RangePairs:    "pairs of ranges",
}

// valueKinds say what a value is.
var valueKinds = map[topology.ValueKind]string{
	topology.NodeBlockValue:   "node block",
	topology.PodRangeValue:    "Pod range",
	topology.PodsPerNodeValue: "number of Pods on a node",
	topology.FamilyValue:      "family",

	topology.ServicesWithFamilyValue: "Service range with family",
}

// userValues describe values that only the user knows.
var userValues = map[topology.UserValue]string{
	topology.MostNodes:             "the largest number of nodes of the cluster",
	topology.MostNodesPlanned:      "the largest number of nodes that the cluster will have",
	topology.PodRangesOfCluster:    "the Pod ranges of the cluster",
	topology.PodRangesIfAny:        "the Pod ranges of the cluster, if it has some",
	topology.ServiceRangeOfCluster: "its Service range",
	topology.NodeBlockLength:       "the prefix length of its node blocks",
	topology.BlockLength:           "the prefix length of the block",
	topology.BlockAddresses:        "the number of its usable addresses",
	topology.RangeOfBlock:          "the range of the block",
	topology.BlockRangeIfAny:       "its range, if it has one",
	topology.PriorProfile:          "the profile of before",
	topology.FreshToken:            "a text that was not used here before, such as the date or the number of the change",
	topology.LiteralTokens:         "literal tokens, such as \"2026-11\", not timestamp() or an attribute of a resource",
	topology.NewToken:              "a new token",
	topology.AllowedByRule:         "a value that the rule below allows",
	topology.ElementValue:          "a value that is neither null nor empty",
	topology.NetworkOfOtherVRF:     "a VPC or site of another vrf",
	topology.ValueOfDeclare:        "that value, beside declare",
	topology.ReasonToAccept:        "why the conflict is acceptable",
}

// valueTypes name types, each with its article.
var valueTypes = map[topology.ValueType]string{
	topology.NullType:       "null",
	topology.UnknownType:    "a value that is known only after apply",
	topology.TextType:       "a string",
	topology.NumberType:     "a number",
	topology.FlagType:       "a bool",
	topology.ListType:       "a list",
	topology.TextListType:   "a list of strings",
	topology.TextOrListType: "a string or a list of strings",
	topology.MapType:        "a map",
	topology.ObjectType:     "an object",
	topology.OtherType:      "something else",
}

// TypeName is a type with its article.
func TypeName(t topology.ValueType) string { return valueTypes[t] }
