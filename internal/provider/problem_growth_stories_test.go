package provider

// growthStories ask for more than clusters hold, where their platforms can append ranges or extend one.
var growthStories = []problemStory{
	{
		title:   "Ranges Appended to",
		variant: "by nodes",
		was:     shopOn("huaweicloud", "cce-vpc-router", given{"max_nodes": int64(50)}),
		given:   shopOn("huaweicloud", "cce-vpc-router", given{"max_nodes": int64(400)}),
	},
	{
		title:   "Ranges Appended to",
		variant: "by pins",
		was:     shopOn("huaweicloud", "cce-vpc-router", given{"pod_cidrs": []string{"10.65.0.0/18"}, "service_cidr": "172.21.0.0/20"}),
		given: shopOn(
			"huaweicloud", "cce-vpc-router", given{"pod_cidrs": []string{"10.65.0.0/18", "10.66.0.0/18"}, "service_cidr": "172.21.0.0/20"},
		),
	},
	{
		title:   "Ranges Appended to",
		variant: "Services",
		was:     shopOn("alicloud", "kubernetes-overlay", given{"max_nodes": int64(8), "max_services": int64(200)}),
		given: shopOn(
			"alicloud", "kubernetes-overlay",
			given{"max_nodes": int64(8), "max_services": int64(300), "append_ranges": []string{"services"}},
		),
	},
	{
		title:   "Ranges Appended to",
		variant: "Pods and Services",
		was:     shopOn("alicloud", "kubernetes-overlay", given{"max_nodes": int64(8), "max_services": int64(200)}),
		given: shopOn(
			"alicloud", "kubernetes-overlay",
			given{"max_nodes": int64(20), "max_services": int64(300), "append_ranges": []string{"pods", "services"}},
		),
	},
	{
		title: "Larger Pod Range for",
		was:   shopOn("azure", "aks-overlay", given{"max_nodes": int64(8)}),
		given: shopOn("azure", "aks-overlay", given{"max_nodes": int64(20)}),
	},
	{
		title:   "Larger Pod Range for",
		variant: "by a pin",
		was:     shopOn("azure", "aks-overlay", given{"pod_cidrs": []string{"10.65.0.0/20"}, "service_cidr": "172.21.0.0/20"}),
		given:   shopOn("azure", "aks-overlay", given{"pod_cidrs": []string{"10.65.0.0/18"}, "service_cidr": "172.21.0.0/20"}),
	},
	{
		title: "Pod Range Does Not Contain the Held One",
		was:   shopOn("azure", "aks-overlay", given{"pod_cidrs": []string{"10.65.0.0/20"}, "service_cidr": "172.21.0.0/20"}),
		given: shopOn("azure", "aks-overlay", given{"pod_cidrs": []string{"10.66.0.0/18"}, "service_cidr": "172.21.0.0/20"}),
	},
	{
		title: "Larger Pod Range Begins at Another Address",
		was: shopOn("alicloud", "openshift-ovn", given{
			"pod_cidrs": []string{"10.65.16.0/20"}, "service_cidr": "172.21.0.0/20", "node_cidr_mask": int64(23),
		}),
		given: shopOn("alicloud", "openshift-ovn", given{
			"pod_cidrs": []string{"10.65.0.0/19"}, "service_cidr": "172.21.0.0/20", "node_cidr_mask": int64(23),
		}),
	},
	{
		title: "Larger Pod Range Is Not Free",
		was:   shopOn("azure", "aks-overlay", given{"max_nodes": int64(8)}),
		given: with(
			shopOn("azure", "aks-overlay", given{"max_nodes": int64(20)}), "reserved", given{"later": given{"cidr": "10.64.16.0/24"}},
		),
	},
	{
		title: "Growth Depends on Facts Known Only After Apply",
		was:   shopOn("huaweicloud", "cce-vpc-router", given{"max_nodes": int64(50)}),
		given: with(
			shopOn("huaweicloud", "cce-vpc-router", given{"max_nodes": int64(400)}), "reserved", given{"unknown": given{"cidr": unset{}}},
		),
	},
	{
		title:   "Larger Pod Range Is Not Free",
		variant: "released and reserved ranges in it",
		was: with(
			shopOn("azure", "aks-overlay", given{"max_nodes": int64(8)}),
			"clusters", given{
				"shop": given{"vpc": "prod", "profile": "aks-overlay", "max_nodes": int64(8)},
				"gone": given{"vpc": "prod", "profile": "aks-overlay", "max_nodes": int64(8)},
			},
		),
		given: with(
			shopOn("azure", "aks-overlay", given{"max_nodes": int64(20)}), "reserved", given{"later": given{"cidr": "10.64.16.0/24"}},
		),
	},
	{
		title:   "Larger Pod Range Is Not Free",
		variant: "by its length",
		was:     shopOn("azure", "aks-overlay", given{"pod_prefix_length": int64(21)}),
		given: with(
			shopOn("azure", "aks-overlay", given{"pod_prefix_length": int64(19)}),
			"existing", given{"other": given{"pod_cidrs": []string{"10.64.24.0/21"}}},
		),
	},
	{
		title:   "Larger Pod Range Is Not Free",
		variant: "beyond the supernets",
		was:     with(shopOn("azure", "aks-overlay", given{"max_nodes": int64(8)}), "supernets", []string{"10.64.0.0/20", "10.80.0.0/16"}),
		given:   with(shopOn("azure", "aks-overlay", given{"max_nodes": int64(20)}), "supernets", []string{"10.64.0.0/20", "10.80.0.0/16"}),
	},
	{
		title:   "Held Range Is Too Small",
		variant: "of a pin that the platform extends",
		was:     shopOn("azure", "aks-overlay", given{"pod_cidrs": []string{"10.64.0.0/21"}, "service_cidr": "172.21.0.0/20"}),
		given: shopOn("azure", "aks-overlay", given{
			"pod_cidrs": []string{"10.64.0.0/21"}, "service_cidr": "172.21.0.0/20", "max_nodes": int64(20),
		}),
	},
	{
		title:   "Held Range Is Too Small",
		variant: "of pins",
		was: shopOn("huaweicloud", "cce-vpc-router", given{
			"pod_cidrs": []string{"10.65.0.0/24"}, "service_cidr": "172.21.0.0/20", "max_nodes": int64(2),
		}),
		given: shopOn("huaweicloud", "cce-vpc-router", given{
			"pod_cidrs": []string{"10.65.0.0/24"}, "service_cidr": "172.21.0.0/20", "max_nodes": int64(4),
		}),
		values: map[string]any{"added": "10.66.0.0/22"},
	},
	{
		title:   "Arguments Contradict Each Other",
		variant: "Services of several pins",
		given: shopOn("alicloud", "kubernetes-overlay", given{
			"max_nodes": int64(8), "service_cidr": "172.21.0.0/24", "further_service_cidrs": []string{"172.22.0.0/23", "172.22.1.0/24"},
			"append_ranges": []string{"services"}, "max_services": int64(800),
		}),
		values: map[string]any{"added": "172.23.0.0/24"},
	},
	{
		title:   "Arguments Contradict Each Other",
		variant: "Services of a pin that can be appended to",
		given: shopOn("alicloud", "kubernetes-overlay", given{
			"max_nodes": int64(8), "service_cidr": "172.21.0.0/24", "max_services": int64(800),
		}),
	},
	{
		title:   "Held Range Is Too Small",
		variant: "Services of several ranges",
		was: shopOn("alicloud", "kubernetes-overlay", given{
			"max_nodes": int64(8), "max_services": int64(200), "append_ranges": []string{"services"},
			"further_service_cidrs": []string{"172.22.0.0/23"},
		}),
		given: shopOn("alicloud", "kubernetes-overlay", given{
			"max_nodes": int64(8), "max_services": int64(800), "append_ranges": []string{"services"},
			"further_service_cidrs": []string{"172.22.0.0/23"},
		}),
		values: map[string]any{"added": "172.23.0.0/24"},
	},
	{
		title:   "Listed Twice",
		variant: "append_ranges",
		given: shopOn("alicloud", "kubernetes-overlay", given{
			"max_nodes": int64(8), "append_ranges": []string{"pods", "services", "pods"},
		}),
	},
	{
		title:   "Listed Twice",
		variant: "the first Service range that is pinned",
		given: shopOn("alicloud", "kubernetes-overlay", given{
			"max_nodes": int64(8), "append_ranges": []string{"services"}, "service_cidr": "172.21.0.0/24",
			"further_service_cidrs": []string{"172.22.0.0/24", "172.21.0.0/24"},
		}),
	},
	{
		title:   "Listed Twice",
		variant: "the first Service range that is held",
		was:     shopOn("alicloud", "kubernetes-overlay", given{"max_nodes": int64(8), "max_services": int64(200)}),
		given: shopOn("alicloud", "kubernetes-overlay", given{
			"max_nodes": int64(8), "max_services": int64(200), "append_ranges": []string{"services"},
			"further_service_cidrs": []string{"172.20.0.0/24"},
		}),
	},
	{
		title:   "Ranges Can Only Be Appended",
		variant: "Services",
		was: shopOn("alicloud", "kubernetes-overlay", given{
			"max_nodes": int64(8), "append_ranges": []string{"services"}, "further_service_cidrs": []string{"172.21.0.0/20"},
		}),
		given: shopOn("alicloud", "kubernetes-overlay", given{
			"max_nodes": int64(8), "append_ranges": []string{"services"}, "further_service_cidrs": []string{"172.22.0.0/20"},
		}),
	},
	{
		title: "Ranges Can Only Be Appended",
		was: shopOn(
			"huaweicloud", "cce-vpc-router", given{"pod_cidrs": []string{"10.65.0.0/18", "10.66.0.0/18"}, "service_cidr": "172.21.0.0/20"},
		),
		given: shopOn(
			"huaweicloud", "cce-vpc-router",
			given{"pod_cidrs": []string{"10.66.0.0/18", "10.65.0.0/18", "10.67.0.0/18"}, "service_cidr": "172.21.0.0/20"},
		),
	},
	{
		title:   "Too Many Ranges",
		variant: "of a cluster that no longer appends",
		was: shopOn("alicloud", "kubernetes-overlay", given{
			"max_nodes": int64(2), "append_ranges": []string{"pods"}, "pod_cidrs": []string{"10.65.0.0/20", "10.66.0.0/20"},
			"max_services": int64(200),
		}),
		given: shopOn("alicloud", "kubernetes-overlay", given{
			"max_nodes": int64(2), "pod_cidrs": []string{"10.65.0.0/20", "10.66.0.0/20"}, "max_services": int64(200),
		}),
	},
	{
		title:   "Held Range Is Too Small",
		variant: "in full supernets",
		was: with(
			shopOn("alicloud", "kubernetes-overlay", given{"max_nodes": int64(8), "node_cidr_mask": int64(24), "max_services": int64(200)}),
			"supernets", []string{"10.64.0.0/21"},
		),
		given: with(
			shopOn(
				"alicloud", "kubernetes-overlay",
				given{"max_nodes": int64(16), "node_cidr_mask": int64(24), "max_services": int64(200)},
			),
			"supernets", []string{"10.64.0.0/21"},
		),
		next: given{"vpc": "prod", "profile": "kubernetes-overlay", "pod_cidrs": []string{"10.99.0.0/24"}, "service_cidr": "172.23.0.0/24"},
	},
	{
		title:   "Ranges Can Only Be Appended",
		variant: "in full supernets",
		was: with(
			shopOn(
				"huaweicloud", "cce-vpc-router",
				given{"pod_cidrs": []string{"10.64.0.0/19", "10.64.32.0/19"}, "service_cidr": "172.21.0.0/20"},
			),
			"supernets", []string{"10.64.0.0/18"},
		),
		given: with(
			shopOn(
				"huaweicloud", "cce-vpc-router",
				given{"pod_cidrs": []string{"10.64.32.0/19", "10.64.0.0/19"}, "service_cidr": "172.21.0.0/20"},
			),
			"supernets", []string{"10.64.0.0/18"},
		),
		next: given{"vpc": "prod", "profile": "cce-vpc-router", "pod_cidrs": []string{"10.100.0.0/19"}, "service_cidr": "172.23.0.0/24"},
	},
}
