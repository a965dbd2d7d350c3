package allocate

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func pp(s string) netip.Prefix { return netip.MustParsePrefix(s) }

func TestSmoke(t *testing.T) {
	r := Request{Name: "k8s", Supernets: []netip.Prefix{pp("10.64.0.0/10")}, ServiceSupernets: []netip.Prefix{pp("172.20.0.0/14")},
		Facts: topology.Facts{
			Hubs:  map[string]topology.Hub{"cen": {}},
			Sites: map[string]topology.Site{"idc": {CIDRBlocks: []netip.Prefix{pp("10.0.0.0/12")}, Hubs: []string{"cen"}}},
			VPCs: map[string]topology.VPC{"prod": {Platform: "alicloud", CIDRBlocks: []netip.Prefix{pp("192.168.0.0/16")}, Hubs: []string{"cen"},
				Routes: map[string]topology.Route{"vpn": {Destination: pp("10.64.0.0/16"), NextHop: "vpn"}, "d": {Destination: pp("0.0.0.0/0")}}},
				"hw": {Platform: "huaweicloud", CIDRBlocks: []netip.Prefix{pp("192.168.0.0/16")}}},
			Clusters: map[string]topology.Cluster{
				"shop": {VPC: "prod", Profile: "ack-flannel", Need: profile.Need{MaxNodes: 100, PodsPerNode: 64, MaxServices: 1000}},
				"data": {VPC: "prod", Profile: "ack-flannel", Need: profile.Need{MaxNodes: 50, PodsPerNode: 32, MaxServices: 200}},
				"pin":  {VPC: "prod", Profile: "ack-flannel", PodCIDRs: []netip.Prefix{pp("192.168.0.0/18")}},
				"hw":   {VPC: "hw", Profile: "cce-vpc-router", Need: profile.Need{MaxNodes: 50}},
			},
		}}
	res := Plan(r, profile.Default())
	for n, a := range res.Allocations {
		fmt.Println(n, a)
	}
	for _, f := range res.Faults {
		fmt.Println(f)
	}
	for _, f := range res.Findings {
		fmt.Println(f.Code, f.A.Owner, f.A.Range, f.B.Owner, f.B.Range, f.Instead)
	}
}
