package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// needNotServed says which size a cluster asks for and which sizes its profile serves.
func needNotServed(e allocate.NeedNotServed) string {
	return fmt.Sprintf(
		"%s = %d of cluster %q cannot be served: %s. With %s, %s.",
		e.Argument, e.Value, e.Cluster, sizeCause(e.Cause, e.Profile.Title), e.Profile.Title, sizes(e.SizeError),
	)
}

// sizeCause says what sets the bound of a size: the middle of a sentence. owner is the title of the profile or platform.
func sizeCause(cause any, owner string) string {
	switch c := cause.(type) {
	case profile.PlatformLimit:
		return "it is outside the limits of " + owner
	case profile.GivenMask:
		return fmt.Sprintf("node_cidr_mask = %d limits it", c.Length)
	case profile.ArgumentHolds:
		return fmt.Sprintf("%s = %d has room for %d", c.Argument, c.Length, c.Holds)
	case profile.NodeAddresses:
		if c.Services > 0 {
			return fmt.Sprintf("each node uses %d addresses of the Pod range and Services use %d", c.Node, c.Services)
		}
		return fmt.Sprintf("each node uses %d addresses of the Pod range", c.Node)
	case profile.PodRangeServes:
		if c.Nodes == 1 {
			return fmt.Sprintf("pod_prefix_length = %d has room for 1 node of %d addresses", c.Length, c.Addresses)
		}
		return fmt.Sprintf("pod_prefix_length = %d has room for %d nodes of %d addresses each", c.Length, c.Nodes, c.Addresses)
	case profile.PodsInSubnets:
		return "Pods use subnets of the VPC, so there is no Pod range and nodes have no blocks of it"
	case profile.NoIPv6Blocks:
		return "nodes have no IPv6 blocks from a range of the cluster"
	case profile.IPv6Blocks:
		return fmt.Sprintf("IPv6 node blocks are /%d", c.Length)
	case profile.IPv6ServiceLength:
		return fmt.Sprintf("IPv6 Service ranges are /%d", c.Length)
	}
	return ""
}
