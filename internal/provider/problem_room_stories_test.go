package provider

// roomStories lack room in the supernets.
var roomStories = []problemStory{
	{
		title:   "No Free Range",
		variant: "supernet smaller than the need",
		given:   with(shopNeeds(nil), "supernets", []string{"10.64.0.0/24"}),
		next:    far,
	},
	{
		title:   "No Free Range",
		variant: "supernet in use",
		was:     with(shopNeeds(nil), "supernets", []string{"10.64.0.0/19"}),
		given: with(
			andData(setAt(shopNeeds(nil), `clusters["next1"]`, given{"vpc": "prod", "profile": "ack-flannel", "max_nodes": int64(100)})),
			"supernets", []string{"10.64.0.0/19"},
		),
		next: far,
	},
	{
		title:   "No Free Range",
		variant: "Services",
		given:   with(shopNeeds(given{"max_services": int64(5000)}), "service_supernets", []string{"172.20.0.0/24"}),
		next:    far,
	},
	{
		title:   "No Free Range",
		variant: "a prefix length",
		given:   with(shopNeeds(given{"max_nodes": nil, "pod_prefix_length": int64(16)}), "supernets", []string{"10.64.0.0/20"}),
		next:    far,
	},
	{
		title:   "No Free Range",
		variant: "a pool",
		given:   with(shopNeeds(given{"pool": "south"}), "pools", given{"south": given{"supernets": []string{"10.90.0.0/24"}}}),
		next:    far,
	},
	{
		title:   "No Free Range",
		variant: "several clusters",
		given:   with(andData(shopNeeds(nil)), "supernets", []string{"10.64.0.0/24"}),
		next:    far,
	},
	{
		title:   "No Free Range",
		variant: "what the platform accepts",
		given:   with(shopNeeds(nil), "supernets", []string{"11.0.0.0/16"}),
		next:    far,
	},
	{
		title:   "No Free Range",
		variant: "released ranges",
		was:     with(shopNeeds(nil), "supernets", []string{"10.64.0.0/20"}),
		given: with(
			setAt(
				withoutAt(shopNeeds(nil), `clusters["shop"]`), `clusters["new"]`,
				given{"vpc": "prod", "profile": "ack-flannel", "max_nodes": int64(40)},
			),
			"supernets",
			[]string{"10.64.0.0/20"},
		),
		next: far,
	},
	{
		title:   "No Free Range",
		variant: "reserved ranges",
		given: with2(
			shopNeeds(nil),
			given{"supernets": []string{"10.64.0.0/20"}, "reserved": given{"later": given{"cidr": "10.64.0.0/21"}}},
		),
		next: far,
	},
	{
		title:   "No Free Range",
		variant: "ranges that existing has",
		given: with2(
			shopNeeds(nil),
			given{"supernets": []string{"10.64.0.0/20"}, "existing": given{"gone": given{"pod_cidrs": []string{"10.64.0.0/21"}}}},
		),
		next: far,
	},
	{
		title:   "No Free Range",
		variant: "no IPv6 supernet",
		given:   shopOn("alicloud", "kubernetes-routed", given{"max_nodes": int64(10), "ip_families": []string{"ipv4", "ipv6"}}),
		values:  map[string]any{"added": "fd77::/40"},
		next:    far,
	},
	{
		title:   "No Free Range",
		variant: "growth",
		was:     with(shopOn("huaweicloud", "cce-vpc-router", given{"max_nodes": int64(50)}), "supernets", []string{"10.64.0.0/19"}),
		given:   with(shopOn("huaweicloud", "cce-vpc-router", given{"max_nodes": int64(190)}), "supernets", []string{"10.64.0.0/18"}),
		next:    pinned("prod", "cce-vpc-router", "10.240.0.0/19", "172.31.0.0/20"),
	},
}
