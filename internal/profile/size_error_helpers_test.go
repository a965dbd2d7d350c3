package profile_test

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// fault writes a SizeError, "" for none.
func fault(e *profile.SizeError) string {
	if e == nil {
		return ""
	}
	return fmt.Sprintf("%s = %d is outside %d to %d, because %s", e.Argument, e.Value, e.Min, e.Max, cause(e.Cause))
}

// cause writes a cause of a SizeError, its type where it has no words here.
func cause(of any) string {
	switch c := of.(type) {
	case profile.PlatformLimit:
		return "of the platform's limits"
	case profile.GivenMask:
		return fmt.Sprintf("of node_cidr_mask = %d", c.Length)
	case profile.ArgumentHolds:
		return fmt.Sprintf("%s = %d holds %d", c.Argument, c.Length, c.Holds)
	case profile.NodeAddresses:
		if c.Services > 0 {
			return fmt.Sprintf("each node takes %d addresses and Services take %d", c.Node, c.Services)
		}
		return fmt.Sprintf("each node takes %d addresses", c.Node)
	case profile.PodRangeServes:
		return fmt.Sprintf("pod_prefix_length = %d serves %d nodes of %d addresses each", c.Length, c.Nodes, c.Addresses)
	case profile.PodsInSubnets:
		return "Pods use subnets"
	case profile.IPv6Blocks:
		return fmt.Sprintf("IPv6 node blocks are /%d", c.Length)
	}
	return fmt.Sprintf("%T", of)
}
