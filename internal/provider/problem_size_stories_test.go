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

// blockProblemStories are problems of blocks.
var blockProblemStories = []problemStory{
	{
		blocks:  true,
		title:   "Held Value Would Change",
		variant: "block",
		was:     blocksOf(given{"web": pin("10.0.0.0/24")}),
		given:   blocksOf(given{"web": pin("10.0.1.0/24")}),
	},
	{
		blocks:  true,
		title:   "Held Value Would Change",
		variant: "family of a block",
		was:     with(blocksOf(given{"web": given{"prefix_length": int64(24)}}), "supernets", []string{"10.0.0.0/12", "fd00::/40"}),
		given: with(
			blocksOf(given{"web": given{"prefix_length": int64(64), "ip_family": "ipv6"}}), "supernets",
			[]string{"10.0.0.0/12", "fd00::/40"},
		),
	},
	{
		blocks:  true,
		title:   "Held Range Is Too Small",
		variant: "addresses",
		was:     blocksOf(given{"web": given{"addresses": int64(200), "platform": "alicloud"}, "db": given{"prefix_length": int64(24)}}),
		given:   blocksOf(given{"web": given{"addresses": int64(400), "platform": "alicloud"}, "db": given{"prefix_length": int64(24)}}),
	},
	{
		blocks:  true,
		title:   "Held Range Is Too Small",
		variant: "prefix length of a block",
		was:     blocksOf(given{"web": given{"prefix_length": int64(24)}}),
		given:   with(blocksOf(given{"web": given{"prefix_length": int64(22)}}), "prevent_release", []string{"web"}),
	},
	{
		blocks:  true,
		title:   "No Free Range",
		variant: "blocks",
		given:   with(blocksOf(given{"web": given{"prefix_length": int64(20)}}), "supernets", []string{"10.0.0.0/22"}),
		next:    pin("10.15.0.0/24"),
	},
	{
		blocks:  true,
		title:   "No Free Range",
		variant: "addresses of a block",
		given: with(
			blocksOf(given{"web": given{"addresses": int64(2000), "platform": "alicloud"}}), "supernets", []string{"10.0.0.0/22"},
		),
		next: pin("10.15.0.0/24"),
	},
	{
		blocks:  true,
		title:   "No Free Range",
		variant: "blocks of a cloud in class E",
		given: with2(
			blocksOf(given{"web": given{"addresses": int64(5), "platform": "aws"}}),
			given{"supernets": []string{"240.0.0.0/8"}, "allow_class_e": true},
		),
		next: pin("10.15.0.0/24"),
	},
	{
		blocks:  true,
		title:   "Missing Value",
		variant: "a block without a size",
		given:   blocksOf(given{"web": given{}}),
		values: map[string]any{
			`blocks["web"].prefix_length`: int64(24),
			`blocks["web"].addresses`:     int64(100),
			`blocks["web"].cidr`:          "10.1.0.0/24",
		},
	},
	{
		blocks:  true,
		title:   "Missing Value",
		variant: "an empty platform",
		given:   blocksOf(given{"web": given{"addresses": int64(10), "platform": ""}}),
	},
	{
		blocks:  true,
		title:   "Size Not Possible",
		variant: "a block",
		given:   blocksOf(given{"web": given{"addresses": int64(1 << 30), "platform": "alicloud"}}),
	},
	{blocks: true, title: "Block Is Outside the Supernets", variant: "pinned", given: blocksOf(given{"web": pin("192.168.0.0/24")})},
	{
		blocks:  true,
		title:   "Block Is Outside the Supernets",
		variant: "several",
		given:   blocksOf(given{"web": pin("192.168.0.0/24"), "db": pin("192.168.1.0/24")}),
	},
	{
		blocks:  true,
		title:   "Block Is Outside the Supernets",
		variant: "held",
		was:     blocksOf(given{"web": given{"prefix_length": int64(24)}}),
		given:   with(blocksOf(given{"web": given{"prefix_length": int64(24)}}), "supernets", []string{"10.16.0.0/12"}),
	},
	{
		blocks:  true,
		title:   "Argument Not Accepted",
		variant: "two sizes",
		given:   blocksOf(given{"web": given{"prefix_length": int64(24), "addresses": int64(10)}}),
	},
	{
		blocks:  true,
		title:   "Arguments Contradict Each Other",
		variant: "a family of a block",
		given:   blocksOf(given{"web": with(pin("10.0.0.0/24"), "ip_family", "ipv6")}),
	},
	{
		blocks:  true,
		title:   "Number Out of Range",
		variant: "a prefix length of a block",
		given:   blocksOf(given{"web": given{"prefix_length": int64(40), "ip_family": "ipv4"}}),
		values:  map[string]any{`blocks["web"].prefix_length`: int64(24)},
	},
	{
		blocks:  true,
		title:   "Ranges Must Not Be Released",
		variant: "block",
		was:     blocksOf(given{"web": given{"prefix_length": int64(24)}}),
		given:   with(blocksOf(given{"site": given{"prefix_length": int64(24)}}), "prevent_release", []string{"web"}),
	},
	{
		blocks:   true,
		title:    "Block Not in the Imported Lock",
		restored: true,
		was:      blocksOf(given{"web": given{"prefix_length": int64(24)}}),
		given:    blocksOf(given{"web": given{"prefix_length": int64(24)}, "db": given{"prefix_length": int64(24)}}),
		values:   map[string]any{`existing["db"].cidr`: "10.1.0.0/24"},
	},
	{
		blocks:  true,
		title:   "Existing Contradicts State",
		variant: "block",
		was:     blocksOf(given{"web": given{"prefix_length": int64(24)}}),
		given:   with(blocksOf(given{"web": given{"prefix_length": int64(24)}}), "existing", given{"web": pin("10.1.0.0/24")}),
	},
	{
		blocks:  true,
		title:   "Another Owner of the Name",
		variant: "block",
		given: with(
			blocksOf(given{"web": given{"prefix_length": int64(24)}}), "foreign_claims",
			given{"a": given{"owner": "web", "kind": "block", "cidr": "10.0.0.0/24", "allocator": "blocks/net"}},
		),
	},
}

// blocksOf is a configuration of blocks.
func blocksOf(blocks given) given { return given{"blocks": blocks} }
