package provider

// withPlane is one cluster of GKE with a control plane in the network.
func withPlane(pods, plane string) given {
	return shopOn("google", "gke", given{
		"pod_cidrs": []string{pods}, "service_cidr": "172.20.0.0/20", "other_ranges": given{"control_plane": []string{plane}},
	})
}

// farGKE is a cluster of GKE outside the supernets.
var farGKE = given{
	"vpc": "prod", "profile": "gke", "max_nodes": int64(8), "pod_cidrs": []string{"10.15.0.0/20"}, "service_cidr": "172.31.0.0/20",
}

// webGrows is a self-managed cluster that appends Pod ranges, for so many nodes.
func webGrows(nodes int64) given {
	return given{
		"vpc": "prod", "profile": "kubernetes-overlay", "max_nodes": nodes, "node_cidr_mask": int64(24), "max_services": int64(1000),
		"append_ranges": []string{"pods"},
	}
}

// webPinned is a self-managed cluster with given Pod ranges.
func webPinned(pods ...string) given {
	return given{
		"vpc": "prod", "profile": "kubernetes-overlay", "pod_cidrs": pods, "node_cidr_mask": int64(24), "max_services": int64(1000),
		"append_ranges": []string{"pods"},
	}
}

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
		variant: "a range that a cluster used until now",
		was:     with(withPlane("10.64.0.0/18", "10.64.128.0/28"), "supernets", []string{"10.64.0.0/16"}),
		given: with(
			setAt(
				withPlane("10.64.0.0/18", "10.8.0.0/28"), `clusters["new"]`,
				given{"vpc": "prod", "profile": "gke", "pod_prefix_length": int64(17), "service_prefix_length": int64(20)},
			),
			"supernets", []string{"10.64.0.0/16"},
		),
		next: farGKE,
	},
	{
		title:   "No Free Range",
		variant: "growth onto a range that a cluster used until now",
		was: with(
			setAt(withPlane("10.64.0.0/18", "10.64.128.0/28"), `clusters["web"]`, webGrows(60)), "supernets", []string{"10.64.0.0/16"},
		),
		given: with(
			setAt(withPlane("10.64.0.0/18", "10.8.0.0/28"), `clusters["web"]`, webGrows(190)), "supernets", []string{"10.64.0.0/16"},
		),
		next: farGKE,
	},
	{
		title:   "Addresses Are in Use Until This Plan Is Applied: 10.64.0.0/16",
		variant: "a new cluster",
		was:     withPlane("10.65.0.0/18", "10.64.128.0/28"),
		given: setAt(
			withPlane("10.65.0.0/18", "10.8.0.0/28"), `clusters["new"]`,
			given{"vpc": "prod", "profile": "gke", "pod_cidrs": []string{"10.64.0.0/16"}, "service_prefix_length": int64(20)},
		),
	},
	{
		title:   "Addresses Are in Use Until This Plan Is Applied: 10.64.0.0/16",
		variant: "a further range",
		was:     setAt(withPlane("10.65.0.0/18", "10.64.128.0/28"), `clusters["web"]`, webPinned("10.66.0.0/16")),
		given:   setAt(withPlane("10.65.0.0/18", "10.8.0.0/28"), `clusters["web"]`, webPinned("10.66.0.0/16", "10.64.0.0/16")),
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
