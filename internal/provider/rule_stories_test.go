package provider

// given is a configuration, or a part of one.
type given = map[string]any

// ruleStories are configurations that break one rule each and have no other fault. What is reported of
// them is in testdata/rules and is shown in the guide on conflicts.
var ruleStories = withOtherRangeRules(withVPCRules(map[string]given{
	"pod_overlaps_service": ali(nil, given{"shop": pinned("prod", "ack-flannel", "10.64.0.0/16", "10.64.16.0/20")}),
	"pod_overlaps_cluster_pod": ali(nil, given{
		"shop": pinned(
			"prod", "ack-flannel", "10.64.0.0/16", "172.20.0.0/20",
		), "data": pinned("prod", "ack-flannel", "10.64.16.0/20", "172.20.16.0/20"),
	}),
	"pod_overlaps_cluster_service": ali(nil, given{
		"shop": pinned(
			"prod", "ack-flannel", "10.64.0.0/16", "172.20.0.0/20",
		), "data": pinned("prod", "ack-flannel", "10.65.0.0/16", "10.64.16.0/20"),
	}),
	"service_overlaps_cluster_service": ali(nil, given{
		"shop": pinned(
			"prod", "ack-flannel", "10.64.0.0/16", "172.20.0.0/20",
		), "data": pinned("prod", "ack-flannel", "10.65.0.0/16", "172.20.0.0/20"),
	}),
	"pod_overlaps_own_pod": {"vpcs": given{"prod": vpcOn("huaweicloud", "192.168.0.0/16")}, "clusters": given{
		"shop": given{"vpc": "prod", "profile": "cce-vpc-router", "max_nodes": int64(10)},
	}, "existing": given{
		"shop": given{"pod_cidrs": []string{"10.64.0.0/18", "10.64.32.0/19"}, "service_cidr": "172.20.0.0/20", "node_cidr_mask": int64(25)},
	}},

	"pod_overlaps_peer_pod": ali(given{"peers": []string{"test"}}, given{
		"shop": pinned(
			"prod", "ack-flannel", "10.64.0.0/16", "172.20.0.0/20",
		), "data": pinned("test", "ack-flannel", "10.64.16.0/20", "172.20.16.0/20"),
	}),
	"pod_overlaps_peer_service": ali(given{"peers": []string{"test"}}, given{
		"shop": pinned(
			"prod", "ack-flannel", "10.64.0.0/16", "172.20.0.0/20",
		), "data": pinned("test", "ack-flannel", "10.65.0.0/16", "10.64.16.0/20"),
	}),
	"service_overlaps_peer_service": ali(given{"peers": []string{"test"}}, given{
		"shop": pinned(
			"prod", "ack-flannel", "10.64.0.0/16", "172.20.0.0/20",
		), "data": pinned("test", "ack-flannel", "10.65.0.0/16", "172.20.0.0/20"),
	}),
	"pod_overlaps_mesh_pod":         meshed("10.64.0.0/16", "172.20.0.0/20", "10.64.16.0/20", "172.20.16.0/20"),
	"pod_overlaps_mesh_service":     meshed("10.64.0.0/16", "172.20.0.0/20", "10.65.0.0/16", "10.64.16.0/20"),
	"service_overlaps_mesh_service": meshed("10.64.0.0/16", "172.20.0.0/20", "10.65.0.0/16", "172.20.0.0/20"),

	"pod_overlaps_aggregate": beside(
		given{
			"pod_cidrs":      []string{"10.64.0.0/19"},
			"service_cidr":   "172.20.0.0/20",
			"node_cidr_mask": int64(25),
			"pod_aggregate":  "10.64.0.0/16",
		},
		"10.64.32.0/20",
		"172.20.16.0/20",
	),
	"service_overlaps_aggregate": beside(
		given{
			"pod_cidrs":      []string{"10.64.0.0/19"},
			"service_cidr":   "172.20.0.0/20",
			"node_cidr_mask": int64(25),
			"pod_aggregate":  "10.64.0.0/16",
		},
		"10.65.0.0/16",
		"10.64.32.0/20",
	),
	"pod_overlaps_released":     exists(given{"cluster": "old", "pod_cidrs": []string{"10.64.0.0/16"}}),
	"service_overlaps_released": exists(given{"cluster": "old", "service_cidr": "172.20.0.0/16"}),
	"pod_overlaps_existing":     exists(given{"pod_cidrs": []string{"10.64.0.0/16"}}),
	"service_overlaps_existing": exists(given{"service_cidr": "172.20.0.0/16"}),
	"pod_overlaps_reserved":     reserving("10.64.0.0/16"),
	"service_overlaps_reserved": reserving("172.20.0.0/16"),
	"pod_overlaps_foreign_block": elsewhere(
		given{"owner": "dba", "kind": "block", "cidr": "10.64.0.0/16", "allocator": "blocks/network-team", "description": "databases"},
	),
	"service_overlaps_foreign_block": elsewhere(
		given{"owner": "dba", "kind": "block", "cidr": "172.20.0.0/16", "allocator": "blocks/network-team", "description": "databases"},
	),
	"supernet_overlaps_foreign_supernet": elsewhere(
		given{"owner": "team-a", "kind": "supernet", "cidr": "10.64.0.0/10", "allocator": "team-a"},
	),

	"pod_overlaps_vpc":              ali(nil, given{"shop": pinned("prod", "ack-flannel", "192.168.0.0/20", "172.20.0.0/20")}),
	"service_overlaps_vpc":          ali(nil, given{"shop": pinned("prod", "ack-flannel", "10.64.0.0/16", "192.168.0.0/20")}),
	"pod_overlaps_host_network":     onSite("192.168.0.0/16", "172.20.0.0/20"),
	"service_overlaps_host_network": onSite("10.64.0.0/16", "192.168.0.0/16"),
	"pod_overlaps_peer": ali(
		given{"peers": []string{"test"}},
		given{"shop": pinned("prod", "ack-flannel", "172.30.0.0/20", "172.20.0.0/20")},
	),
	"service_overlaps_peer": ali(
		given{"peers": []string{"test"}},
		given{"shop": pinned("prod", "ack-flannel", "10.64.0.0/16", "172.30.0.0/20")},
	),
	"pod_overlaps_site":     hubbed("10.1.0.0/16", "172.20.0.0/20"),
	"service_overlaps_site": hubbed("10.64.0.0/16", "10.1.0.0/20"),
	"pod_overlaps_route": ali(
		routed("10.64.0.0/16"),
		given{"shop": pinned("prod", "ack-flannel", "10.64.0.0/20", "172.20.0.0/20")},
	),
	"service_overlaps_route": ali(
		routed("172.20.0.0/16"),
		given{"shop": pinned("prod", "ack-flannel", "10.64.0.0/16", "172.20.0.0/20")},
	),
	"pod_overlaps_peer_route": ali(
		with(routed("10.64.0.0/16"), "peers", []string{"test"}),
		given{"shop": pinned("test", "ack-flannel", "10.64.0.0/20", "172.20.0.0/20")},
	),
	"ambiguous_at_third": {
		"vpcs": given{
			"prod": with(vpcOn("alicloud", "192.168.0.0/16"), "peers", []string{"bastion"}), "bastion": vpcOn("alicloud", "172.31.0.0/16"),
			"test": with(vpcOn("alicloud", "172.30.0.0/16"), "peers", []string{"bastion"}),
		},
		"clusters": given{
			"shop": pinned(
				"prod", "ack-flannel", "10.64.0.0/16", "172.20.0.0/20",
			), "data": pinned("test", "ack-flannel", "10.64.16.0/20", "172.20.16.0/20"),
		},
	},
	"vpc_overlaps_peer": {"vpcs": given{
		"prod": with(vpcOn("alicloud", "10.0.0.0/16"), "peers", []string{"test"}), "test": vpcOn("alicloud", "10.0.0.0/20"),
	}, "clusters": given{}},
	"subnet_overlaps_peer": {"hubs": given{"ccn": given{"kind": "ccn"}}, "vpcs": given{
		"prod": with(with(vpcOn("tencentcloud", "10.0.0.0/16"), "hubs", []string{"ccn"}), "subnets", given{"web": "10.0.0.0/20"}),
		"test": with(with(vpcOn("tencentcloud", "10.0.0.0/16"), "hubs", []string{"ccn"}), "subnets", given{"lab": "10.0.8.0/24"}),
	}, "clusters": given{}},
	"site_overlaps_peer": {"hubs": given{"vpn": given{"kind": "vpn"}}, "sites": given{
		"idc": given{
			"cidr_blocks": []string{"10.0.0.0/12"},
			"hubs":        []string{"vpn"},
		}, "office": given{"cidr_blocks": []string{"10.8.0.0/16"}, "hubs": []string{"vpn"}},
	}, "clusters": given{}},

	"pod_in_forbidden_range": alone(
		"kubernetes-overlay",
		given{"pod_cidrs": []string{"172.17.0.0/20"}, "service_cidr": "172.20.0.0/20"},
	),
	"pod_out_of_allowed_range": ali(nil, given{"shop": pinned("prod", "ack-flannel", "11.0.0.0/16", "172.20.0.0/20")}),
	"pod_prefix_out_of_range": alone(
		"kubernetes-overlay",
		given{"pod_cidrs": []string{"10.64.0.0/29"}, "service_cidr": "172.20.0.0/20", "node_cidr_mask": int64(30)},
	),
	"service_in_forbidden_range": alone(
		"kubernetes-overlay",
		given{"pod_cidrs": []string{"10.64.0.0/16"}, "service_cidr": "172.17.0.0/20"},
	),
	"service_out_of_allowed_range": ali(nil, given{"shop": pinned("prod", "ack-flannel", "10.64.0.0/16", "11.0.0.0/20")}),
	"service_prefix_out_of_range":  ali(nil, given{"shop": pinned("prod", "ack-flannel", "10.64.0.0/16", "172.20.0.0/25")}),
	"pod6_in_forbidden_range":      dual(given{"pod_ipv6_cidr": "fec0::/56"}),
	"pod6_prefix_out_of_range":     dual(given{"pod_ipv6_cidr": "fd00::/126", "node_ipv6_cidr_mask": int64(126)}),
	"service6_in_forbidden_range":  dual(given{"service_ipv6_cidr": "fec0::/112"}),
	"service6_prefix_out_of_range": dual(given{"service_ipv6_cidr": "fd00:1::/126"}),
	// The cluster exists, so that nothing is said of what Terraform would create.
	"service6_out_of_allowed_range": with(
		inSubnets(
			"huaweicloud",
			given{"pods": "192.168.0.0/19"},
			given{
				"shop": given{
					"profile":           "cce-turbo",
					"pod_subnets":       []string{"pods"},
					"ip_families":       []string{"ipv4", "ipv6"},
					"service_cidr":      "172.20.0.0/20",
					"service_ipv6_cidr": "fd00::/112",
				},
			},
		),
		"existing",
		given{"shop": given{"service_cidr": "172.20.0.0/20", "service_ipv6_cidr": "fd00::/112"}},
	),
	"pod_subnet_prefix_out_of_range": inSubnets(
		"alicloud", given{"pods": "192.168.0.0/22"},
		given{"shop": given{"profile": "ack-terway", "pod_subnets": []string{"pods"}, "service_cidr": "172.20.0.0/20"}},
	),

	"nodes_over_cap": inSubnets(
		"tencentcloud",
		given{"pods": "192.168.0.0/17"},
		given{
			"shop": given{
				"profile":       "tke-vpc-cni",
				"pod_subnets":   []string{"pods"},
				"max_nodes":     int64(5001),
				"pods_per_node": int64(1),
				"service_cidr":  "172.20.0.0/20",
			},
		},
	),
	"pods_over_cap": {
		"vpcs": given{"prod": with(vpcOn("huaweicloud", "10.0.0.0/8"), "subnets", given{"pods": "10.0.0.0/15"})},
		"clusters": given{
			"shop": given{
				"vpc":           "prod",
				"profile":       "cce-turbo",
				"pod_subnets":   []string{"pods"},
				"max_nodes":     int64(1000),
				"pods_per_node": int64(110),
				"service_cidr":  "172.20.0.0/20",
			},
		},
	},
	"node_mask_difference_over_16": alone(
		"kubernetes-routed",
		given{"pod_cidrs": []string{"10.0.0.0/8"}, "service_cidr": "172.20.0.0/20", "node_cidr_mask": int64(26)},
	),
	"node6_mask_difference_over_16": dual(given{"pod_ipv6_cidr": "fd00::/40"}),
	"route_quota_exceeded": ali(with(routed("10.20.0.0/16"), "route_quota", int64(150)), given{
		"shop": given{
			"vpc":       "prod",
			"profile":   "ack-flannel",
			"max_nodes": int64(100),
		}, "data": given{"vpc": "prod", "profile": "ack-flannel", "max_nodes": int64(60)},
	}),
	"node_subnets_too_small": inSubnets(
		"alicloud", given{"web": "192.168.0.0/25"},
		given{"shop": given{"profile": "ack-flannel", "max_nodes": int64(150), "node_subnets": []string{"web"}}},
	),
	"pod_subnets_too_small": inSubnets(
		"alicloud", given{"pods": "192.168.0.0/19"},
		given{"shop": given{"profile": "ack-terway", "max_nodes": int64(150), "pods_per_node": int64(60), "pod_subnets": []string{"pods"}}},
	),
	"node_subnet_shared": inSubnets("azure", given{"web": "192.168.0.0/24"}, given{
		"shop": given{"profile": "aks-kubenet", "max_nodes": int64(9), "node_subnets": []string{"web"}},
		"data": given{"profile": "aks-kubenet", "max_nodes": int64(9), "node_subnets": []string{"web"}},
	}),
	"pod_subnet_shared_with_nodes": inSubnets("alicloud", given{"pods": "192.168.0.0/19"}, given{
		"shop": given{
			"profile":     "ack-terway",
			"pod_subnets": []string{"pods"},
		}, "data": given{"profile": "ack-flannel", "max_nodes": int64(9), "node_subnets": []string{"pods"}},
	}),
	"pod_subnet_shared_with_pods": inSubnets("huaweicloud", given{"pods": "192.168.0.0/19"}, given{
		"shop": given{
			"profile":     "cce-turbo",
			"pod_subnets": []string{"pods"},
		}, "data": given{"profile": "cce-turbo", "pod_subnets": []string{"pods"}},
	}),
}))
