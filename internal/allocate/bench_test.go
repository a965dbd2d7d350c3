package allocate

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func large() Request {
	platforms := []string{"alicloud", "huaweicloud", "generic"}
	profiles := []string{"ack-flannel", "cce-vpc-router", "kubernetes-routed"}
	r := Request{Name: "k8s", Supernets: []netip.Prefix{pp("10.0.0.0/8")}, ServiceSupernets: []netip.Prefix{pp("172.20.0.0/14"), pp("10.0.0.0/8")},
		Facts: topology.Facts{Hubs: map[string]topology.Hub{}, Sites: map[string]topology.Site{}, VPCs: map[string]topology.VPC{}, Clusters: map[string]topology.Cluster{}}}
	for i := range 20 {
		hub := fmt.Sprintf("hub-%02d", i)
		r.Facts.Hubs[hub] = topology.Hub{}
	}
	for i := range 200 {
		routes := map[string]topology.Route{}
		for k := range 10 {
			n := i*10 + k
			routes[fmt.Sprint("r", k)] = topology.Route{Destination: netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(n / 256), byte(n), 0}), 24), NextHop: "vpn"}
		}
		r.Facts.VPCs[fmt.Sprintf("vpc-%03d", i)] = topology.VPC{Platform: platforms[i%3], Hubs: []string{fmt.Sprintf("hub-%02d", i%20)},
			CIDRBlocks: []netip.Prefix{netip.PrefixFrom(netip.AddrFrom4([4]byte{192, 168, byte(i), 0}), 24)}, Routes: routes}
	}
	for i := range 1000 {
		r.Facts.Clusters[fmt.Sprintf("cluster-%04d", i)] = topology.Cluster{VPC: fmt.Sprintf("vpc-%03d", i%200), Profile: profiles[i%200%3],
			Need: profile.Need{MaxNodes: int64(5 + i%60), PodsPerNode: int64(16 + i%48), MaxServices: int64(100 + i%800)}}
	}
	return r
}

func BenchmarkPlanFresh(b *testing.B) {
	r := large()
	for b.Loop() {
		res := Plan(r, profile.Default())
		if res.Failed() {
			b.Fatal(res.Faults[0], len(res.Faults))
		}
	}
}
