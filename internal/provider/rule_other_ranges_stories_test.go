package provider

// withOtherRangeRules adds stories of rules on ranges that clusters use beside Pods and Services.
func withOtherRangeRules(stories map[string]given) map[string]given {
	inside := func(pods, services string, ranges given) given {
		return with(pinned("prod", "openshift-ovn", pods, services), "other_ranges", ranges)
	}
	shop := func(vpcs, sites given, cluster given) given {
		return given{"vpcs": vpcs, "sites": sites, "clusters": given{"shop": cluster}}
	}
	prod := func(block string, more given) given {
		v := given{"cidr_blocks": []string{block}}
		for key, value := range more {
			v[key] = value
		}
		return given{"prod": v, "test": given{"cidr_blocks": []string{"172.30.0.0/16"}}}
	}
	free := prod("192.168.0.0/16", nil)
	plain := func(vpcs, sites given) given {
		return shop(vpcs, sites, inside("10.64.0.0/16", "172.20.16.0/20", given{}))
	}
	peered := prod("192.168.0.0/16", given{"peers": []string{"far"}})
	peered["far"] = given{"cidr_blocks": []string{"100.64.0.0/14"}}
	stories["pod_overlaps_other"] = shop(free, given{}, inside("100.64.0.0/16", "172.20.16.0/20", given{}))
	stories["service_overlaps_other"] = shop(free, given{}, inside("10.64.0.0/16", "172.20.16.0/20",
		given{"join": []string{"172.20.0.0/16"}}))
	stories["other_overlaps_other"] = shop(
		free, given{}, inside("10.64.0.0/16", "172.20.16.0/20", given{"join": []string{"100.88.0.0/20"}}),
	)
	stories["other_overlaps_vpc"] = plain(prod("100.64.0.0/14", nil), given{})
	stories["other_overlaps_route"] = plain(prod("192.168.0.0/16", routed("100.64.0.0/20")), given{})
	stories["other_overlaps_peer"] = plain(peered, given{})
	stories["other_overlaps_site"] = plain(
		free, given{"idc": given{"cidr_blocks": []string{"100.64.0.0/14"}, "peers": []string{"prod"}, "description": "machine rooms"}},
	)
	stories["other_overlaps_host_network"] = shop(
		given{}, given{"lab": given{"cidr_blocks": []string{"100.64.0.0/14"}}},
		with(inside("10.64.0.0/16", "172.20.16.0/20", given{}), "vpc", "lab"),
	)
	stories["pod_outside_other"] = shop(free, given{}, with(
		pinned("prod", "kops", "10.64.0.0/16", "172.20.16.0/20"), "other_ranges", given{"non_masquerade": []string{"10.65.0.0/16"}},
	))
	gke := func(pods, services, plane string) given {
		return with(pinned("prod", "gke", pods, services), "other_ranges", given{"control_plane": []string{plane}})
	}
	both := func(shop, data given) given {
		return given{"vpcs": given{"prod": vpcOn("google", "192.168.0.0/16")}, "clusters": given{"shop": shop, "data": data}}
	}
	first := gke("10.64.0.0/16", "172.20.16.0/20", "172.16.0.0/28")
	stories["pod_overlaps_cluster_other"] = both(first, gke("10.65.0.0/16", "172.20.32.0/20", "10.64.8.0/28"))
	stories["service_overlaps_cluster_other"] = both(first, gke("10.65.0.0/16", "172.20.32.0/20", "172.20.16.0/28"))
	stories["other_overlaps_cluster_other"] = both(first, gke("10.65.0.0/16", "172.20.32.0/20", "172.16.0.0/28"))
	connected := func(plane string) given {
		return given{
			"vpcs": given{
				"prod": with(vpcOn("google", "192.168.0.0/16"), "peers", []string{"test"}), "test": vpcOn("google", "172.30.0.0/16"),
			},
			"clusters": given{
				"shop": with(first, "pods_per_node", int64(16)),
				"data": with(with(gke("10.65.0.0/16", "172.20.32.0/20", plane), "vpc", "test"), "pods_per_node", int64(16)),
			},
		}
	}
	stories["pod_overlaps_peer_other"] = connected("10.64.8.0/28")
	stories["service_overlaps_peer_other"] = connected("172.20.16.0/28")
	alone := func(key string, value any) given {
		return with(given{"vpcs": given{"prod": vpcOn("google", "192.168.0.0/16")}, "clusters": given{"shop": first}}, key, value)
	}
	stories["other_overlaps_reserved"] = alone("reserved", given{"lb": given{"cidr": "172.16.0.0/24", "description": "load balancers"}})
	stories["other_overlaps_existing"] = alone("existing", given{"old": given{"pod_cidrs": []string{"172.16.0.0/20"}}})
	stories["other_overlaps_released"] = alone("existing", given{"old": given{"cluster": "old", "pod_cidrs": []string{"172.16.0.0/20"}}})
	stories["other_overlaps_foreign_block"] = alone("foreign_claims", given{"other": given{
		"owner": "dba", "kind": "block", "cidr": "172.16.0.0/20", "allocator": "blocks/network-team", "description": "databases",
	}})
	stories["other_overlaps_aggregate"] = alone("foreign_claims", given{"other": given{
		"owner": "web", "kind": "kept", "cidr": "172.16.0.0/20", "network": "prod", "allocator": "team-a",
	}})
	stories["other_prefix_out_of_range"] = given{
		"vpcs": given{"prod": vpcOn("google", "192.168.0.0/16")}, "clusters": given{"shop": gke("10.64.0.0/16", "172.20.16.0/20",
			"172.16.0.0/27")},
	}
	stories["other_out_of_allowed_range"] = given{
		"vpcs": given{"prod": vpcOn("aws", "10.0.0.0/16")}, "clusters": given{"shop": given{
			"vpc": "prod", "profile": "eks", "service_cidr": "172.20.0.0/16",
			"other_ranges": given{"remote_nodes": []string{"203.0.113.0/24"}},
		}},
	}
	return stories
}
