package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The IPv6 Pod range serves as many nodes as the IPv4 range, at most those that the platform can serve.
func TestLengthOfAnIPv6PodRange(t *testing.T) {
	prof := shipped(t, "kubernetes-routed") // blocks of nodes are at most 16 bits longer than the Pod range
	for name, test := range map[string]struct {
		asked, served int64
		want          int
	}{
		"as many nodes as are asked for":                       {100, 128, 73},
		"as many as the platform serves, of more in IPv4":      {1 << 16, 1 << 18, 64},
		"fewer than the platform serves, of more in IPv4":      {1<<16 - 1, 1 << 18, 64},
		"no number is asked for, and more than that is served": {0, 1 << 18, 64},
		"more than the platform serves":                        {1<<16 + 1, 1 << 18, 0},
	} {
		need := profile.Need{MaxNodes: test.asked, NodeIPv6Mask: 80}
		c := clusterCollector{
			collector: newCollector(situationOf(dualCluster(need)), conflict.Claimant{Name: "a"}), profile: prof,
			cluster: topology.Cluster{Need: need, IPFamilies: topology.Families},
		}
		if got := c.size6(profile.Ranges{}, test.served); got.Pod != test.want || (len(c.found.faults) > 0) != (test.want == 0) {
			t.Errorf("%s: got /%d and %v, want /%d", name, got.Pod, c.found.faults, test.want)
		}
	}
}

func TestAWiderIPv6PodRangeHoldsAllNodes(t *testing.T) {
	for nodes, want := range map[int64]int{0: 80, 1: 80, 2: 79, 64: 74, 65: 73} {
		option := wider6(topology.Path{}.Attr("clusters").Key("a"), topology.Cluster{Need: profile.Need{MaxNodes: nodes}}, 80)
		if got := option.Edits[0].Do.(topology.Setting).Value; got != (topology.RangeOf{Family: "IPv6", Length: want}) {
			t.Errorf("%d nodes: got %+v, want /%d", nodes, got, want)
		}
	}
}

func TestServicesOfAPinnedIPv6Range(t *testing.T) {
	for services, refused := range map[int64]bool{0: false, 254: false, 255: true} {
		var faults faultList
		cl := topology.Cluster{ServiceIPv6CIDR: prefix("fd00::/120"), Need: profile.Need{MaxServices: services}}
		pinnedServices(faults.fault, topology.Path{}.Attr("clusters").Key("a"), cl, shipped(t, "kubernetes-routed"), furtherServices6)
		if faults.failed() != refused {
			t.Errorf("%d Services: got %v", services, faults)
		}
	}
}
