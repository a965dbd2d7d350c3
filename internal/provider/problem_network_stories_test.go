package provider

// networkStories are declarations that contradict themselves or that a planner does not accept.
var networkStories = []problemStory{
	{
		title:   "Argument Not Accepted",
		variant: "a mirror of itself",
		given:   mirrored(given{"same_as": "dr", "max_nodes": nil}),
		values:  map[string]any{`clusters["dr"].max_nodes`: int64(10)},
	},
	{
		title:   "Argument Not Accepted",
		variant: "a mirror of a mirror",
		given: setAt(
			setAt(mirrored(given{"same_as": "shop"}), `vpcs["third"]`, with(vpcOn("alicloud", "192.168.0.0/16"), "vrf", "third")),
			`clusters["third"]`, given{"vpc": "third", "profile": "ack-flannel", "same_as": "dr"},
		),
	},
	{
		title:   "Argument Not Accepted",
		variant: "a mirror in one mesh",
		given:   setAt(mirrored(given{"same_as": "shop", "meshes": []string{"m"}}), `clusters["shop"].meshes`, []string{"m"}),
		values:  map[string]any{`clusters["dr"].max_nodes`: int64(10)},
	},
	{
		title:   "Argument Not Accepted",
		variant: "a mirror in one network",
		given:   setAt(mirrored(given{"same_as": "shop"}), `clusters["dr"].vpc`, "prod"),
		values:  map[string]any{`clusters["dr"].max_nodes`: int64(10), `clusters["dr"].vpc`: "copy"},
	},
	{
		title:   "Argument Not Accepted",
		variant: "two clusters exchange their names",
		was:     exchanging("prod", "test", "192.168.0.0/16", "172.30.0.0/16"),
		given: setAt(
			setAt(exchanging("test", "prod", "192.168.0.0/16", "172.30.0.0/16"), `clusters["shop"].previous_names`, []string{"data"}),
			`clusters["data"].previous_names`, []string{"shop"},
		),
	},
	{
		title:   "Argument Not Accepted",
		variant: "two VPCs exchange their names",
		was:     exchanging("prod", "test", "192.168.0.0/16", "172.30.0.0/16"),
		given: setAt(
			setAt(exchanging("test", "prod", "172.30.0.0/16", "192.168.0.0/16"), `vpcs["prod"].previous_names`, []string{"test"}),
			`vpcs["test"].previous_names`, []string{"prod"},
		),
	},
	{
		title:   "Argument Not Accepted",
		variant: "two hubs exchange their names",
		given: with(
			shopNeeds(nil), "hubs",
			given{"a": given{"kind": "cen", "previous_names": []string{"b"}}, "b": given{"kind": "vpn", "previous_names": []string{"a"}}},
		),
	},
	{
		title:   "Argument Not Accepted",
		variant: "two sites exchange their names",
		given: with(
			shopNeeds(nil),
			"sites",
			given{
				"a": given{"cidr_blocks": []string{"10.8.0.0/16"}, "previous_names": []string{"b"}},
				"b": given{"cidr_blocks": []string{"10.9.0.0/16"}, "previous_names": []string{"a"}},
			},
		),
	},
	{
		title:   "Argument Not Accepted",
		variant: "a previous name that is declared",
		given:   setAt(shopNeeds(nil), `vpcs["prod"].previous_names`, []string{"test"}),
	},
	{
		title:   "Argument Not Accepted",
		variant: "a previous name of a cluster that is declared",
		given:   setAt(andData(shopNeeds(nil)), `clusters["shop"].previous_names`, []string{"data"}),
	},
	{
		title:   "Argument Not Accepted",
		variant: "a previous name of two VPCs",
		given: setAt(
			setAt(shopNeeds(nil), `vpcs["prod"].previous_names`, []string{"old"}), `vpcs["test"].previous_names`, []string{"old"},
		),
	},
	{
		title:   "Argument Not Accepted",
		variant: "a previous name of two clusters",
		given: setAt(
			setAt(andData(shopNeeds(nil)), `clusters["shop"].previous_names`, []string{"old"}), `clusters["data"].previous_names`,
			[]string{"old"},
		),
	},
	{
		title:   "Argument Not Accepted",
		variant: "its own previous name",
		given:   setAt(shopNeeds(nil), `vpcs["prod"].previous_names`, []string{"prod"}),
	},
	{
		title:   "Argument Not Accepted",
		variant: "a protection level",
		given:   with(shopNeeds(nil), "hubs", given{"h": given{"kind": "vpn", "protection_level": "LOW"}}),
	},
	{title: "Argument Not Accepted", variant: "the name of blocks", given: with(shopNeeds(nil), "name", "blocks/net")},
	{
		title:   "Argument Not Accepted",
		variant: "node blocks of what exists",
		given: with(
			shopOn("tencentcloud", "tke-global-router", given{"max_nodes": int64(5), "max_services": int64(256)}), "existing",
			given{"shop": given{"pod_cidrs": []string{"10.70.0.0/19"}, "node_cidr_mask": int64(26), "node_ipv6_cidr_mask": int64(64)}},
		),
	},
	{
		title: "Route May Be an Aggregate",
		given: setAt(shopNeeds(nil), `vpcs["prod"].routes`, given{"all": given{"destination": "10.0.0.0/8", "next_hop": "vpn"}}),
	},
	{
		title:   "Arguments Contradict Each Other",
		variant: "a Pod prefix length",
		given: shopNeeds(
			given{"max_nodes": nil, "pod_prefix_length": int64(20), "pod_cidrs": []string{"10.70.0.0/19"}, "pods_per_node": int64(64)},
		),
	},
	{
		title:   "Arguments Contradict Each Other",
		variant: "nodes of a pin",
		given:   shopNeeds(given{"max_nodes": int64(1000), "pod_cidrs": []string{"10.70.0.0/19"}, "pods_per_node": int64(64)}),
	},
	{
		title:   "Arguments Contradict Each Other",
		variant: "a Service prefix length",
		given:   shopNeeds(given{"service_prefix_length": int64(24), "service_cidr": "172.22.0.0/20"}),
	},
	{
		title:   "Arguments Contradict Each Other",
		variant: "Services of a pin",
		given:   shopNeeds(given{"max_services": int64(5000), "service_cidr": "172.22.0.0/20"}),
	},
	{title: "Arguments Contradict Each Other", variant: "a block around Pods", given: shopNeeds(given{"reserve_prefix_length": int64(24)})},
	{
		title:   "Arguments Contradict Each Other",
		variant: "profiles of a mirror",
		given:   mirrored(given{"same_as": "shop", "profile": "ack-edge-flannel"}),
		values:  map[string]any{`clusters["dr"].max_nodes`: int64(10)},
	},
	{
		title:   "Arguments Contradict Each Other",
		variant: "the profile of existing",
		given: with(
			shopNeeds(nil),
			"existing",
			given{
				"shop": given{
					"pod_cidrs":      []string{"10.70.0.0/19"},
					"service_cidr":   "172.22.0.0/20",
					"node_cidr_mask": int64(26),
					"profile":        "ack-edge-flannel",
				},
			},
		),
	},
	{
		title:   "Arguments Contradict Each Other",
		variant: "the Service range of existing",
		given: with(
			shopOn("tencentcloud", "tke-global-router", given{"max_nodes": int64(5)}), "existing",
			given{"shop": given{"pod_cidrs": []string{"10.70.0.0/19"}, "node_cidr_mask": int64(26), "service_cidr": "10.70.0.0/24"}},
		),
	},
	{
		title:   "Arguments Contradict Each Other",
		variant: "a mirror that exists",
		given: with(
			mirrored(given{"same_as": "shop"}),
			"existing",
			given{
				"dr":   given{"pod_cidrs": []string{"10.90.0.0/20"}, "node_cidr_mask": int64(26)},
				"shop": given{"pod_cidrs": []string{"10.70.0.0/19"}, "service_cidr": "172.22.0.0/20", "node_cidr_mask": int64(26)},
			},
		),
		values: map[string]any{`clusters["dr"].max_nodes`: int64(10)},
	},
	{
		title:  "Value Is a Placeholder",
		given:  with(shopNeeds(nil), "renumber", given{"shop": "<a token>"}),
		values: map[string]any{`renumber["shop"]`: "2026-11"},
	},
	{title: "Invalid Conflict Key", given: with(shopNeeds(nil), "accepted_conflicts", given{"pods": given{"reason": "known"}})},
	{
		title: "Accepted Conflict Does Not Exist",
		given: with(shopNeeds(nil), "accepted_conflicts", given{"pod_overlaps_route|10.64.0.0/20|prod:vpn+shop": given{"reason": "known"}}),
	},
	{
		title: "End Dates of Accepted Conflicts Have No Effect",
		given: with(
			shopNeeds(nil), "accepted_conflicts",
			given{"pod_overlaps_route|10.64.0.0/20|prod:vpn+shop": given{"reason": "known", "until": "2027-01-01"}},
		),
		values: map[string]any{"today": "2026-11-29"},
	},
}
