package profile_test

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// laid lays node blocks one beside the other into a range of the length, as long as they do not
// touch the Services at its end, and counts them. Addresses are marked one by one.
func laid(length int, node int64, services netip.Prefix) (nodes int64) {
	whole := netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), length)
	free := func(addr netip.Addr) bool { return whole.Contains(addr) && !services.Contains(addr) }
	addr := whole.Addr()
	for {
		for range node {
			if !free(addr) {
				return nodes
			}
			addr = addr.Next()
		}
		nodes++
	}
}

// What is really laid out, address by address, holds the nodes that Usable counts and those that
// PodSize was asked for, and the next smaller range would not.
func TestNodesReallyFitBesideTheServices(t *testing.T) {
	shared, dynamic := fictitiousMany(t, "fictitious-shared"), fictitiousMany(t, "fictitious-dynamic")
	tests := map[string]struct {
		p        *profile.Profile
		nodes    []profile.NodeSize
		services []int
	}{
		"shared with Services": {shared, nodeSizes(t, shared), []int{21, 22, 23, 24, 25, 26, 27}},
		"dynamic blocks":       {dynamic, nodeSizes(t, dynamic), []int{0}},
		"dynamic in a shared range": {
			changed(dynamic, func(p *profile.Profile) { p.Pods.From = profile.Shared }),
			nodeSizes(t, dynamic),
			[]int{23, 26, 28},
		},
		"fixed in a range of its own": {
			changed(shared, func(p *profile.Profile) { p.Pods.From = profile.Own }),
			nodeSizes(t, shared),
			[]int{24},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, node := range test.nodes {
				for _, service := range test.services {
					checkLaid(t, test.p, node, service)
				}
			}
		})
	}
}

func checkLaid(t *testing.T, p *profile.Profile, node profile.NodeSize, service int) {
	t.Helper()
	held := map[int]int64{} // nodes by the length of the Pod range
	for length := 18; length <= 24; length++ {
		pods := netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), length)
		tail := p.ServiceTail(pods, service)
		if p.Pods.From == profile.Shared && !tail.IsValid() {
			continue // not even the Services fit
		}
		held[length] = laid(length, node.Addresses, tail)
		ranges := profile.Ranges{Pods: []netip.Prefix{pods}, Service: netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), service)}
		if got := p.Usable(ranges, node).Nodes; got != held[length] {
			t.Fatalf(
				"a /%d with nodes of %d addresses beside Services of /%d: %d are usable, %d can be laid out",
				length, node.Addresses, service, got, held[length],
			)
		}
	}
	for nodes := int64(1); nodes <= held[18]; nodes++ {
		want := smallest(func(length int) bool { return held[length] >= nodes })
		if got, err := p.PodSize(profile.Need{MaxNodes: nodes}, node, service); got != want || err != nil {
			t.Fatalf(
				"%d nodes of %d addresses beside Services of /%d: got /%d, %v; laid out they need a /%d",
				nodes, node.Addresses, service, got, err, want,
			)
		}
	}
}
