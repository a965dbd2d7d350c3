package main

import "fmt"

// The network of every size: a hub that joins all VPCs and a site, and per VPC ten routes and up to fifty clusters.
const (
	clustersPerVPC = 50
	routesPerVPC   = 10
	// Each VPC has a /20 of 172.16.0.0/12.
	mostVPCs     = 1 << (20 - 12)
	mostClusters = mostVPCs * clustersPerVPC
)

// vpcsFor is how many VPCs so many clusters are in.
func vpcsFor(clusters int) int { return (clusters + clustersPerVPC - 1) / clustersPerVPC }

// supernets are the arguments that name the allocator and what it allocates from.
func supernets() object {
	return object{
		{"name", "bench"},
		{"supernets", []string{"10.0.0.0/9"}},
		{"service_supernets", []string{"10.128.0.0/10"}},
	}
}

// networks are the arguments that declare everything but clusters.
func networks(vpcs int) object {
	all := object{}
	for i := range vpcs {
		all = append(all, attribute{vpcName(i), vpc(i)})
	}
	return object{
		{"hubs", object{{"cen", object{{"kind", "cen"}}}}},
		{"sites", object{{"idc", object{{"cidr_blocks", []string{"10.240.0.0/12"}}, {"hubs", []string{"cen"}}}}}},
		{"vpcs", all},
	}
}

// vpc has ten routes, each to a /24 of 10.192.0.0/11. Its route table has room for a route to each node.
func vpc(i int) object {
	routes := object{}
	for j := range routesPerVPC {
		at := i*routesPerVPC + j
		routes = append(routes, attribute{fmt.Sprintf("office-%d", j), object{
			{"destination", fmt.Sprintf("10.%d.%d.0/24", 192+at/256, at%256)},
			{"next_hop", "vpn"},
		}})
	}
	return object{
		{"platform", "alicloud"},
		{"cidr_blocks", []string{fmt.Sprintf("172.%d.%d.0/20", 16+i/16, i%16*16)}},
		{"hubs", []string{"cen"}},
		{"route_quota", clustersPerVPC*mostNodes + 100},
		{"routes", routes},
	}
}

// mostNodes is the largest number of nodes of a cluster. The smallest is four, so that the ranges differ in size.
const mostNodes = 16

// cluster is what cluster i needs.
func cluster(i int) object {
	return object{
		{"vpc", vpcName(i / clustersPerVPC)},
		{"profile", "ack-flannel"},
		{"max_nodes", 4 + i%(mostNodes-3)},
		{"pods_per_node", 30},
		{"max_services", 200},
	}
}

func clusterName(i int) string { return fmt.Sprintf("cluster-%05d", i) }
func vpcName(i int) string     { return fmt.Sprintf("vpc-%03d", i) }

// clusters are those with an index from first up to but not including end.
func clusters(first, end int) object {
	all := object{}
	for i := first; i < end; i++ {
		all = append(all, attribute{clusterName(i), cluster(i)})
	}
	return all
}

// withAdded is the clusters and one more, in the first VPC; its name sorts before all others.
func withAdded(all object) object { return all.with("added", cluster(0)) }
