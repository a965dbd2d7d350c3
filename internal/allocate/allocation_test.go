package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

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
