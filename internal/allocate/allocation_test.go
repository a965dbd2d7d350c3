package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestWhenFurtherPodRangesMayTurnUp(t *testing.T) {
	unknown := func(argument string) topology.Unknown { return topology.Unknown{argument} }
	pinned := topology.Cluster{Unknown: unknown("max_nodes"), PodCIDRs: prefixes("10.0.0.0/24")}
	for name, test := range map[string]struct {
		profile string
		cluster topology.Cluster
		want    bool
	}{
		"everything is known":                     {"cce-vpc-router", topology.Cluster{}, false},
		"its Pod ranges are not":                  {"cce-vpc-router", topology.Cluster{Unknown: unknown("pod_cidrs")}, true},
		"the cluster whose ranges it has is not":  {"cce-vpc-router", topology.Cluster{Unknown: unknown("same_as")}, true},
		"the number of its nodes is not":          {"cce-vpc-router", topology.Cluster{Unknown: unknown("max_nodes")}, true},
		"nor that of a cluster with pinned Pods":  {"cce-vpc-router", pinned, false},
		"the platform appends no range to others": {"ack-flannel", topology.Cluster{Unknown: unknown("pod_cidrs")}, false},
	} {
		if got := latePods(test.cluster, shipped(t, test.profile)); got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}

// What is not known of the masks of held ranges comes from the profile.
func TestRestoreFillsInMasks(t *testing.T) {
	p := *shipped(t, "kubernetes-overlay")
	p.IPv6.NodeMask = 80
	node, _ := p.NodeSize(profile.Need{})
	pods, pods6 := prefixes("10.0.0.0/16"), prefix("fd00::/56")
	for name, test := range map[string]struct {
		held  profile.Ranges
		nodes int64
		mask6 int
	}{
		"no mask":                   {profile.Ranges{Pods: pods, PodIPv6: pods6}, 65536 / node.Addresses, 80},
		"both masks":                {profile.Ranges{Pods: pods, PodIPv6: pods6, NodeMask: 28, NodeIPv6Mask: 96}, 4096, 96},
		"no mask and no IPv6 range": {profile.Ranges{Pods: pods}, 65536 / node.Addresses, 0},
	} {
		got := Restore(&p, profile.Default(), test.held)
		if got.Usable.Nodes != test.nodes || got.NodeIPv6Mask != test.mask6 {
			t.Errorf(
				"%s: got %d nodes and the IPv6 mask /%d, want %d and /%d",
				name,
				got.Usable.Nodes,
				got.NodeIPv6Mask,
				test.nodes,
				test.mask6,
			)
		}
	}
}
