package usage

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// BenchmarkFigures counts what 500 clusters in 100 networks use.
func BenchmarkFigures(b *testing.B) {
	r := request(supernets("10.0.0.0/8", "fd00::/20"), services("172.16.0.0/12"))
	for i := range 100 {
		v := topology.VPC{CIDRBlocks: prefixes(fmt.Sprintf("192.168.%d.0/24", i)), Hubs: []string{"tr"}}
		v.Routes = map[string]topology.Route{"far": {Destination: prefix(fmt.Sprintf("10.250.%d.0/24", i)), NextHop: "vpn"}}
		r.Facts.VPCs[fmt.Sprint("vpc", i)] = v
	}
	r.Facts.Hubs["tr"] = topology.Hub{}
	for i := range 500 {
		cluster(fmt.Sprint("c", i), fmt.Sprint("vpc", i%100), 20+i%4)(&r)
	}
	r = held(b, r)
	for b.Loop() {
		s := surveyed(b, r)
		s.Figures(r.Supernets[:1])
		s.Figures(r.ServiceSupernets)
		s.Figures(r.Supernets[1:])
		for name := range r.Facts.Clusters {
			s.Cluster(name, Observed{})
		}
	}
}
