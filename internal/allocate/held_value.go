package allocate

import "net/netip"

// The types of values of arguments that messages compare, beside those that a configuration has.
type (
	// HeldSubnet is a subnet of a VPC with the range that it has.
	HeldSubnet struct {
		Name string
		CIDR netip.Prefix
	}
	// ProfileOfSubnets is any profile whose Pods are in subnets: which one does not follow from the held ranges.
	ProfileOfSubnets struct{}
	// NotChosen is a range that is still to be chosen.
	NotChosen struct{}
	// AnotherRange is a range that is not the one that is held.
	AnotherRange struct{}
)
