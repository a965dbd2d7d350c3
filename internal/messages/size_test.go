package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestWhatSetsTheBoundOfASize(t *testing.T) {
	holds := profile.ArgumentHolds{Argument: "service_prefix_length", Length: 24, Holds: 254}
	const noRange = "Pods use subnets of the VPC, so there is no Pod range and nodes have no blocks of it"
	for want, cause := range map[string]any{
		"it is outside the limits of ACK":                                  profile.PlatformLimit{},
		"node_cidr_mask = 26 limits it":                                    profile.GivenMask{Length: 26},
		"service_prefix_length = 24 has room for 254":                      holds,
		"each node uses 64 addresses of the Pod range":                     profile.NodeAddresses{Node: 64},
		"each node uses 64 addresses of the Pod range and Services use 1":  profile.NodeAddresses{Node: 64, Services: 1},
		"pod_prefix_length = 24 has room for 4 nodes of 64 addresses each": profile.PodRangeServes{Length: 24, Nodes: 4, Addresses: 64},
		"pod_prefix_length = 24 has room for 1 node of 256 addresses":      profile.PodRangeServes{Length: 24, Nodes: 1, Addresses: 256},
		noRange: profile.PodsInSubnets{},
		"nodes have no IPv6 blocks from a range of the cluster": profile.NoIPv6Blocks{},
		"IPv6 node blocks are /80":                              profile.IPv6Blocks{Length: 80},
		"IPv6 Service ranges are /108":                          profile.IPv6ServiceLength{Length: 108},
		"":                                                      nil,
	} {
		if got := sizeCause(cause, "ACK"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
