package profile

import "fmt"

// SizeError says that an argument of a need cannot be served.
type SizeError struct {
	// Argument is the one at fault, Value what it asks for.
	Argument string
	Value    int64
	// Min and Max are the values that are served; Max < Min when none is.
	Min, Max int64
	// Cause is one of the causes below: another argument of the same need, or a limit of the platform.
	Cause any
	// Rule is the published rule behind the bound; its Text is empty where there is none.
	Rule Rule
}

// The causes of a SizeError. They are data; package messages words them.
type (
	// PlatformLimit says that the platform sets the bound.
	PlatformLimit struct{}
	// GivenMask says that a given prefix length of node blocks sets the bound.
	GivenMask struct{ Length int }
	// ArgumentHolds says that another argument, a prefix length, has room for so many Pods, Services or nodes.
	ArgumentHolds struct {
		Argument string
		Length   int
		Holds    int64
	}
	// NodeAddresses says how many addresses of a Pod range each node uses, and how many Services use, 0 where they use
	// none of it.
	NodeAddresses struct{ Node, Services int64 }
	// PodRangeServes says how many nodes of so many addresses a Pod range of the given prefix length serves.
	PodRangeServes struct {
		Length           int
		Nodes, Addresses int64
	}
	// PodsInSubnets says that Pods use subnets of the VPC, so that there is no Pod range and no node block.
	PodsInSubnets struct{}
	// NoIPv6Blocks says that nodes have no IPv6 block of the cluster's own.
	NoIPv6Blocks struct{}
	// IPv6Blocks says that IPv6 node blocks of the prefix length set the bound.
	IPv6Blocks struct{ Length int }
	// IPv6ServiceLength says that IPv6 Service ranges have the prefix length.
	IPv6ServiceLength struct{ Length int }
)

// within returns a SizeError unless low <= value <= high.
func within(argument string, value, low, high int64, cause any, rule Rule) *SizeError {
	if low <= value && value <= high {
		return nil
	}
	return &SizeError{Argument: argument, Value: value, Min: low, Max: high, Cause: cause, Rule: rule}
}

// String writes the fields.
func (e *SizeError) String() string {
	return fmt.Sprintf("%s = %d is outside %d to %d: %T%+v", e.Argument, e.Value, e.Min, e.Max, e.Cause, e.Cause)
}
