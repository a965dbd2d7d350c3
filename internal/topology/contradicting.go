package topology

import "net/netip"

// Contradicting says that two arguments contradict each other.
type Contradicting struct {
	// Value is a string, or a value like those of Gives.
	Value any
	// Other is what the value contradicts: one of the types below.
	Other any
	// Gives is the value that results from it: a string, an int, a range, a list of ranges, AtMost, LastPartOfPods or a value of
	// the planner.
	Gives any
}

// What an argument can contradict.
type (
	// ArgumentValue is another argument of the same cluster or block. Value is a string, a netip.Prefix or a list of prefixes.
	ArgumentValue struct {
		Argument string
		Value    any
	}
	// ProfileOfCluster is the profile of the cluster that an entry of existing belongs to.
	ProfileOfCluster struct{}
	// SameAsOfCluster is the same_as of the cluster that an entry of existing belongs to.
	SameAsOfCluster struct{ SameAs string }
	// PodRangeLength is the prefix length of the Pod range that a cluster needs.
	PodRangeLength struct{ Length int }
	// CountedRanges are several ranges of a cluster. Served has the number of Services or nodes that each serves, 0 for a range inside of
	// another one.
	CountedRanges struct {
		Ranges []netip.Prefix
		Served []int64
	}
	// NodeAddresses are Pod ranges, of which each node uses a number of addresses.
	NodeAddresses struct {
		PodCIDRs  []netip.Prefix
		Addresses int64
	}
	// NodeBlocks is an IPv6 Pod range, of which each node uses a block of a prefix length.
	NodeBlocks struct {
		PodIPv6CIDR netip.Prefix
		Mask        int
	}
)

// LastPartOfPods is a Service range that is the last part of the Pod range.
type LastPartOfPods struct{}
