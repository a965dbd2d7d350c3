package provider

func vpcOn(platform, block string) given {
	return given{"platform": platform, "cidr_blocks": []string{block}}
}

// ali has VPCs "prod", with more said of it, and "test" on Alibaba Cloud.
func ali(more, clusters given) given {
	prod := vpcOn("alicloud", "192.168.0.0/16")
	for key, value := range more {
		prod[key] = value
	}
	return given{"vpcs": given{"prod": prod, "test": vpcOn("alicloud", "172.30.0.0/16")}, "clusters": clusters}
}

// routed is a route of a VPC.
func routed(destination string) given {
	return given{"routes": given{"vpn": given{"destination": destination, "next_hop": "vpn"}}}
}

// alone is one cluster at a site.
func alone(profile string, cluster given) given {
	cluster["vpc"], cluster["profile"] = "lab", profile
	return given{"sites": given{"lab": given{"cidr_blocks": []string{"192.168.9.0/24"}}}, "clusters": given{"shop": cluster}}
}

func onSite(pods, services string) given {
	return alone("kubernetes-overlay", pinned("", "", pods, services))
}

// meshed are two clusters of a flat mesh whose networks are not joined.
func meshed(pods, services, otherPods, otherServices string) given {
	return given{
		"sites": given{"lab": given{"cidr_blocks": []string{"192.168.9.0/24"}}, "hall": given{"cidr_blocks": []string{"192.168.10.0/24"}}},
		"clusters": given{
			"shop": with(pinned("lab", "kubernetes-overlay", pods, services), "meshes", []string{"flat"}),
			"data": with(pinned("hall", "kubernetes-overlay", otherPods, otherServices), "meshes", []string{"flat"}),
		},
	}
}

// beside is a cluster that holds something, and another one of which nothing is said but its ranges.
func beside(held given, pods, services string) given {
	return given{
		"vpcs":     given{"prod": vpcOn("huaweicloud", "192.168.0.0/16")},
		"sites":    given{"lab": given{"cidr_blocks": []string{"192.168.9.0/24"}}},
		"existing": given{"data": held},
		"clusters": given{
			"data": given{"vpc": "prod", "profile": "cce-vpc-router", "max_nodes": int64(10), "reserve_prefix_length": int64(16)},
			"shop": pinned("lab", "kubernetes-overlay", pods, services),
		},
	}
}

// exists is a cluster beside what another one holds or has released.
func exists(entry given) given {
	return with(ali(nil, given{"shop": pinned("prod", "ack-flannel", "10.64.0.0/20", "172.20.0.0/20")}), "existing", given{"old": entry})
}

func reserving(block string) given {
	return with(
		ali(nil, given{"shop": pinned("prod", "ack-flannel", "10.64.0.0/20", "172.20.0.0/20")}), "reserved",
		given{"later": given{"cidr": block, "description": "load balancers"}},
	)
}

// elsewhere is a cluster beside what another workspace holds.
func elsewhere(claim given) given {
	return with(
		ali(nil, given{"shop": pinned("prod", "ack-flannel", "10.64.0.0/20", "172.20.0.0/20")}), "foreign_claims", given{"other": claim},
	)
}

// hubbed is a cluster whose VPC a CEN joins to a data centre.
func hubbed(pods, services string) given {
	story := ali(given{"hubs": []string{"cen"}}, given{"shop": pinned("prod", "ack-flannel", pods, services)})
	story["hubs"], story["sites"] = given{
		"cen": given{"kind": "cen"},
	}, given{
		"idc": given{"cidr_blocks": []string{"10.0.0.0/12"}, "hubs": []string{"cen"}, "description": "machine rooms"},
	}
	return story
}

// dual is a cluster of both families at a site.
func dual(more given) given {
	cluster := pinned("", "", "10.64.0.0/16", "172.20.0.0/20")
	cluster["ip_families"] = []string{"ipv4", "ipv6"}
	cluster["pod_ipv6_cidr"], cluster["service_ipv6_cidr"] = "fd00::/56", "fd00:1::/112"
	for key, value := range more {
		cluster[key] = value
	}
	return alone("kubernetes-overlay", cluster)
}

// inSubnets are clusters in a VPC with subnets.
func inSubnets(platform string, subnets, clusters given) given {
	for name := range clusters {
		clusters[name].(given)["vpc"] = "prod"
	}
	return given{"vpcs": given{"prod": with(vpcOn(platform, "192.168.0.0/16"), "subnets", subnets)}, "clusters": clusters}
}
