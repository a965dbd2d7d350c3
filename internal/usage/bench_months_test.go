package usage

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// BenchmarkMonths counts how long the addresses last of 300 clusters in 60 networks, which all grow.
func BenchmarkMonths(b *testing.B) {
	r := request(supernets("10.0.0.0/8"), services("172.16.0.0/12"))
	for i := range 60 {
		r.Facts.VPCs[fmt.Sprint("vpc", i)] = topology.VPC{CIDRBlocks: prefixes(fmt.Sprintf("192.168.%d.0/24", i)), Hubs: []string{"tr"}}
	}
	r.Facts.Hubs["tr"] = topology.Hub{}
	observed, growth := Observed{Nodes: map[string]int64{}}, Growth{}
	for i := range 300 {
		name := fmt.Sprint("c", i)
		cluster(name, fmt.Sprint("vpc", i%60), 20+i%4, func(c *topology.Cluster) { c.Profile = "cce-vpc-router" })(&r)
		observed.Nodes[name], growth[name] = 3, big.NewRat(5, 1)
	}
	r = held(b, r)
	for b.Loop() {
		s := surveyed(b, r)
		s.MonthsOfAddresses(growth, observed, r.Supernets)
		for name := range growth {
			s.MonthsOfCluster(name, growth, observed)
		}
	}
}
