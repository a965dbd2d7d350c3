package provider

// sizeStories ask for what a platform cannot serve.
var sizeStories = []problemStory{
	{
		title:   "Size Not Possible",
		variant: "nodes",
		given: with2(
			setAt(shopNeeds(given{"max_nodes": int64(1 << 31)}), `vpcs["prod"].route_quota`, int64(5000)),
			given{"supernets": []string{"10.0.0.0/8"}},
		),
	},
	{
		title:   "Size Not Possible",
		variant: "nodes of a prefix length",
		given:   shopNeeds(given{"max_nodes": int64(500), "pod_prefix_length": int64(20)}),
	},
	{title: "Size Not Possible", variant: "a prefix length", given: shopNeeds(given{"max_nodes": nil, "pod_prefix_length": int64(30)})},
	{title: "Size Not Possible", variant: "Services", given: shopNeeds(given{"max_services": int64(1 << 30)})},
	{title: "Size Not Possible", variant: "a Service prefix length", given: shopNeeds(given{"service_prefix_length": int64(4)})},
	{
		title:   "Size Not Possible",
		variant: "Services of a prefix length",
		given:   shopNeeds(given{"service_prefix_length": int64(24), "max_services": int64(1000)}),
	},
	{title: "Size Not Possible", variant: "Pods on a node", given: shopNeeds(given{"pods_per_node": int64(2000)})},
	{
		title:   "Size Not Possible",
		variant: "node blocks where Pods live in subnets",
		given:   shopOn("alicloud", "ack-terway", given{"pod_subnets": []string{"pods"}, "node_cidr_mask": int64(25)}),
	},
	{
		title:   "Size Not Possible",
		variant: "a Pod range where Pods live in subnets",
		given:   shopOn("alicloud", "ack-terway", given{"pod_subnets": []string{"pods"}, "pod_prefix_length": int64(20)}),
	},
	{
		title:   "Size Not Possible",
		variant: "growth",
		was:     shopOn("huaweicloud", "cce-vpc-router", given{"max_nodes": int64(50)}),
		given: setAt(
			shopOn("huaweicloud", "cce-vpc-router", given{"max_nodes": int64(2_000_000_000)}), `vpcs["prod"].route_quota`, int64(5000),
		),
	},
	{
		title: "Node Block Doubled",
		given: shopOn("huaweicloud", "cce-vpc-router", given{"max_nodes": int64(20), "pods_per_node": int64(64)}),
	},
	{
		title:   "Pod Range Too Small for a Node",
		variant: "Pods and Services",
		given: shopOn(
			"tencentcloud", "tke-global-router",
			given{"pod_cidrs": []string{"10.70.0.0/24"}, "pods_per_node": int64(64), "max_services": int64(256)},
		),
		values: map[string]any{`clusters["shop"].pod_cidrs[0]`: "10.70.0.0/23"},
	},
	{
		title:   "Pod Range Too Small for a Node",
		variant: "IPv6",
		given: shopOn(
			"alicloud",
			"kubernetes-routed",
			given{
				"max_nodes":         int64(10),
				"ip_families":       []string{"ipv4", "ipv6"},
				"pod_ipv6_cidr":     "fd00:1::/80",
				"service_ipv6_cidr": "fd00:2::/112",
			},
		),
		values: map[string]any{`clusters["shop"].pod_ipv6_cidr`: "fd00:1::/60"},
	},
	{
		title: "DNS Address Is Not Free in the Service Range",
		given: shopOn("azure", "aks-overlay", given{
			"max_nodes": int64(10), "service_cidr": "172.20.0.0/20", "dns_service_ip": "172.20.0.1",
		}),
	},
	{
		title: "DNS Address Is Outside of the Service Range",
		given: shopOn("azure", "aks-overlay", given{"max_nodes": int64(10), "dns_service_ip": "10.0.0.10"}),
	},
	{
		title:  "Default Pod Range Assumed",
		given:  with(shopOn("generic", "rke2", nil), "existing", given{"shop": given{}}),
		values: map[string]any{`clusters["shop"].pod_cidrs`: []string{"10.70.0.0/16"}, `clusters["shop"].max_nodes`: int64(10)},
	},
	{
		title:  "Default Service Range Assumed",
		given:  shopOn("huaweicloud", "cce-vpc-router", given{"pod_cidrs": []string{"10.70.0.0/19"}}),
		values: map[string]any{`clusters["shop"].service_cidr`: "172.21.0.0/20", `clusters["shop"].max_services`: int64(100)},
	},
	{
		title:   "Terraform Cannot Set the IPv6 Service Range of",
		variant: "CCE Turbo",
		given: with(
			shopOn("huaweicloud", "cce-turbo", given{"pod_subnets": []string{"pods"}, "ip_families": []string{"ipv4", "ipv6"}}),
			"supernets", []string{"10.64.0.0/12", "fc00:1::/40"},
		),
	},
	{
		title:   "Supernet Is Not Private",
		variant: "documentation",
		given:   with(shopNeeds(nil), "supernets", []string{"10.64.0.0/12", "192.0.2.0/24"}),
		values:  map[string]any{`supernets[1]`: "10.96.0.0/12"},
	},
	{title: "Supernet Is Not Private", variant: "everything", given: with(shopNeeds(nil), "supernets", []string{"0.0.0.0/0"})},
	{
		title:   "Supernet Is Not Private",
		variant: "public",
		given:   with(shopNeeds(nil), "supernets", []string{"10.64.0.0/12", "9.0.0.0/16"}),
		values:  map[string]any{`supernets[1]`: "10.96.0.0/12"},
	},
	{
		title:   "Supernet Cannot Be Used",
		variant: "multicast",
		given:   with(shopNeeds(nil), "supernets", []string{"10.64.0.0/12", "224.0.0.0/3"}),
		values:  map[string]any{`supernets[1]`: "10.96.0.0/12"},
	},
	{
		title:   "Supernet Cannot Be Used",
		variant: "loopback",
		given:   with(shopNeeds(nil), "supernets", []string{"10.64.0.0/12", "127.0.0.0/16"}),
		values:  map[string]any{`supernets[1]`: "10.96.0.0/12"},
	},
	{
		title:   "Supernet Cannot Be Used",
		variant: "class E",
		given:   with(shopNeeds(nil), "supernets", []string{"10.64.0.0/12", "240.0.0.0/8"}),
		values:  map[string]any{`supernets[1]`: "10.96.0.0/12"},
	},
}
