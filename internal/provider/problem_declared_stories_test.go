package provider

// declaredStories are declarations that are wrong by themselves or beside others.
var declaredStories = []problemStory{
	{
		title:   "Not a Canonical CIDR",
		variant: "host bits",
		given:   setAt(shopNeeds(nil), `vpcs["prod"].cidr_blocks`, []string{"192.168.0.5/16"}),
	},
	{
		title:   "Not a Canonical CIDR",
		variant: "nobody knows",
		given:   setAt(shopNeeds(nil), `vpcs["prod"].cidr_blocks`, []string{"office"}),
		notice:  "no range is near to what was written",
	},
	{
		title:   "Missing Value",
		variant: "a size",
		given:   shopNeeds(given{"max_nodes": nil}),
		values:  map[string]any{`clusters["shop"].max_nodes`: int64(10), `clusters["shop"].pod_cidrs`: []string{"10.70.0.0/19"}},
	},
	{
		title:   "Missing Value",
		variant: "a profile",
		given:   shopNeeds(given{"profile": nil}),
		notice:  "the message names the argument that is missing, and only its writer knows the value",
	},
	{
		title:   "Missing Value",
		variant: "node blocks of what exists",
		given: with(
			shopNeeds(nil), "existing", given{"shop": given{"pod_cidrs": []string{"10.70.0.0/19"}, "service_cidr": "172.23.0.0/20"}},
		),
		values: map[string]any{`existing["shop"].node_cidr_mask`: int64(26)},
	},
	{
		title:   "Missing Value",
		variant: "Services of what exists",
		given: with(
			shopOn("tencentcloud", "tke-global-router", given{"max_nodes": int64(5)}), "existing",
			given{"shop": given{"pod_cidrs": []string{"10.70.0.0/19"}, "node_cidr_mask": int64(26)}},
		),
		values: map[string]any{`existing["shop"].service_cidr`: "10.70.31.0/24"},
	},
	{
		title:   "Missing Value",
		variant: "ranges of what exists beside others",
		given: with(
			shopOn("google", "gke", given{"max_nodes": int64(5)}), "existing",
			given{"shop": given{"other_ranges": given{"control_plane": []string{"172.16.0.0/28"}}}},
		),
		values: map[string]any{
			`existing["shop"].pod_cidrs`: []string{"10.70.0.0/19"}, `existing["shop"].node_cidr_mask`: int64(24),
		},
	},
	{
		title:   "Missing Value",
		variant: "a shared range of what exists beside others",
		given: with(
			shopOn("tencentcloud", "tke-global-router", given{"max_nodes": int64(5)}), "existing",
			given{"shop": given{}},
		),
		values: map[string]any{
			`existing["shop"].pod_cidrs`: []string{"10.70.0.0/19"}, `existing["shop"].node_cidr_mask`: int64(26),
			`existing["shop"].service_cidr`: "10.70.31.0/24",
		},
	},
	{
		title:   "Missing Value",
		variant: "ranges of what exists and is not declared",
		given:   with(shopNeeds(nil), "existing", given{"gone": given{}}),
		values:  map[string]any{`existing["gone"].pod_cidrs`: []string{"10.70.0.0/19"}},
	},
	{title: "Missing Value", variant: "an empty token", given: with(shopNeeds(nil), "renumber", given{"shop": ""})},
	{
		title: "Invalid Name",
		given: setAt(
			withoutAt(shopNeeds(nil), `clusters["shop"]`), `clusters["a b"]`,
			given{"vpc": "prod", "profile": "ack-flannel", "max_nodes": int64(10)},
		),
		notice: "the message names the wrong character, and the one to write where it is known",
	},
	{
		title:  "Invalid Key",
		given:  setAt(shopNeeds(nil), `vpcs["prod"].routes`, given{"a\u200bb": given{"destination": "10.20.0.0/16"}}),
		notice: "the message names the character that cannot be seen",
	},
	{title: "Key Differs From Name", given: shopNeeds(given{"name": "store"})},
	{title: "Undeclared Name", variant: "a VPC that is near", given: shopNeeds(given{"vpc": "prdo"})},
	{
		title:   "Undeclared Name",
		variant: "a VPC that is not",
		given:   ali(nil, given{"shop": given{"vpc": "elsewhere", "profile": "ack-flannel", "max_nodes": int64(10)}}),
	},
	{title: "Undeclared Name", variant: "a profile", given: shopNeeds(given{"profile": "ACK_Flannel"})},
	{title: "Undeclared Name", variant: "a word of the platform", given: shopOn("huaweicloud", "overlay_l2", given{"max_nodes": int64(5)})},
	{title: "Undeclared Name", variant: "a hub", given: setAt(shopNeeds(nil), `vpcs["prod"].hubs`, []string{"cen"})},
	{title: "Undeclared Name", variant: "a token of nobody", given: with(shopNeeds(nil), "renumber", given{"shpo": "1"})},
	{title: "Undeclared Name", variant: "a guard of nobody", given: with(shopNeeds(nil), "prevent_release", []string{"shpo"})},
	{title: "Undeclared Name", variant: "a rule", given: with(shopNeeds(nil), "rule_levels", given{"pod_overlaps_rout": "warn"})},
	{
		title:   "Undeclared Name",
		variant: "a subnet",
		given:   shopOn("alicloud", "ack-flannel", given{"max_nodes": int64(5), "node_subnets": []string{"node"}}),
	},
	{title: "Value Not Allowed", variant: "near", given: setAt(shopNeeds(nil), `vpcs["prod"].platform`, "aliclod")},
	{title: "Value Not Allowed", variant: "far", given: with2(shopNeeds(nil), given{"hubs": given{"h": given{"kind": "bridge"}}})},
	{
		title:   "Number Out of Range",
		variant: "too large",
		given:   shopNeeds(given{"max_nodes": nil, "pod_prefix_length": int64(33)}),
		values:  map[string]any{`clusters["shop"].pod_prefix_length`: int64(20)},
	},
	{title: "Number Out of Range", variant: "zero", given: shopNeeds(given{"max_services": int64(0)})},
	{
		title: "Listed Twice",
		given: shopOn("alicloud", "ack-flannel", given{"max_nodes": int64(5), "node_subnets": []string{"nodes", "nodes"}}),
	},
	{
		title:  "Name Already in Use",
		given:  with(shopNeeds(nil), "sites", given{"prod": given{"cidr_blocks": []string{"10.9.0.0/16"}}}),
		notice: "nothing reports which of the two the references mean, so the message can only ask to rename one",
	},
	{title: "Network Lists Itself as a Peer", given: setAt(shopNeeds(nil), `vpcs["prod"].peers`, []string{"prod"})},
	{title: "Ranges Overlap", given: with(shopNeeds(nil), "supernets", []string{"10.64.0.0/12", "10.65.0.0/16"})},
	{
		title:  "Subnet Outside VPC",
		given:  setAt(shopNeeds(nil), `vpcs["prod"].subnets`, given{"a": "172.18.0.0/24"}),
		values: map[string]any{`vpcs["prod"].subnets["a"]`: "192.168.0.0/24"},
	},
	{
		title:   "Wrong Address Family",
		variant: "a block of a VPC",
		given:   setAt(shopNeeds(nil), `vpcs["prod"].cidr_blocks`, []string{"192.168.0.0/16", "2408:4000:1000::/56"}),
	},
	{
		title:   "Wrong Address Family",
		variant: "a pin",
		given:   shopNeeds(given{"service_cidr": "fd00::/112"}),
		values:  map[string]any{`clusters["shop"].service_cidr`: "172.22.0.0/20"},
	},
	{title: "Link Between VRFs", given: setAt(setAt(shopNeeds(nil), `vpcs["test"].vrf`, "lab"), `vpcs["prod"].peers`, []string{"test"})},
	{
		title: "Profile Does Not Fit Platform",
		given: shopOn("tencentcloud", "ack-flannel", given{"max_nodes": int64(5), "pod_subnets": nil}),
	},
	{title: "Too Many Ranges", given: shopNeeds(given{"pod_cidrs": []string{"10.70.0.0/20", "10.71.0.0/20"}})},
	{
		title:   "Too Many Ranges",
		variant: "of a self-managed cluster",
		given: shopOn(
			"alicloud", "kubernetes-overlay",
			given{"pod_cidrs": []string{"10.70.0.0/20", "10.71.0.0/20"}, "node_cidr_mask": int64(24)},
		),
	},
	{title: "Value Not Accepted by the Platform", variant: "a family", given: shopNeeds(given{"ip_families": []string{"ipv4", "ipv6"}})},
	{
		title:   "Value Not Accepted by the Platform",
		variant: "a Pod range beside subnets",
		given:   shopOn("alicloud", "ack-terway", given{"pod_subnets": []string{"pods"}, "pod_cidrs": []string{"10.70.0.0/20"}}),
		values:  map[string]any{},
	},
	{
		title:  "Value Not Recommended",
		given:  shopOn("tencentcloud", "tke-global-router", given{"max_nodes": int64(5), "node_cidr_mask": int64(29)}),
		values: map[string]any{`clusters["shop"].node_cidr_mask`: int64(26)},
	},
	{
		title: "Value Not Documented for the Platform",
		given: shopOn("alicloud", "ack-serverless", given{"pod_subnets": []string{"pods"}, "ip_families": []string{"ipv4", "ipv6"}}),
	},
	{
		title:  "Pod Subnets Missing",
		given:  shopOn("alicloud", "ack-terway", nil),
		values: map[string]any{`clusters["shop"].pod_subnets`: []string{"pods"}},
	},
	{
		title:   "Argument Not Accepted",
		variant: "an IPv6 mask without IPv6",
		given: with2(
			shopOn("alicloud", "kubernetes-routed", given{"max_nodes": int64(5), "node_ipv6_cidr_mask": int64(64)}),
			given{"supernets": []string{"10.64.0.0/12", "fd77::/40"}, "service_supernets": []string{"172.20.0.0/14", "fd78::/40"}},
		),
	},
	{
		title:   "Argument Not Accepted",
		variant: "an IPv6 mask where there is no IPv6",
		given:   shopNeeds(given{"node_ipv6_cidr_mask": int64(64)}),
	},
	{
		title:   "Argument Not Accepted",
		variant: "an IPv6 range where there is no IPv6",
		given:   shopNeeds(given{"service_ipv6_cidr": "fd00::/112"}),
	},
	{
		title:   "Argument Not Accepted",
		variant: "an IPv6 mask on CCE Turbo",
		given:   shopOn("huaweicloud", "cce-turbo", given{"pod_subnets": []string{"pods"}, "node_ipv6_cidr_mask": int64(64)}),
	},
	{title: "Argument Not Accepted", variant: "IPv6 first", given: shopNeeds(given{"ip_families": []string{"ipv6"}})},
	{
		title:   "Argument Not Accepted",
		variant: "Pod ranges that cannot be appended",
		given:   shopNeeds(given{"append_ranges": []string{"pods"}}),
	},
	{
		title:   "Argument Not Accepted",
		variant: "Service ranges of which no source says that they can be appended",
		given:   shopNeeds(given{"append_ranges": []string{"services"}}),
	},
	{
		title:   "Argument Not Accepted",
		variant: "further Service ranges without append_ranges",
		given: shopOn(
			"alicloud", "kubernetes-overlay", given{"max_nodes": int64(8), "further_service_cidrs": []string{"172.21.0.0/20"}},
		),
	},
	{
		title:   "Argument Not Accepted",
		variant: "a block around subnets",
		given:   shopOn("alicloud", "ack-terway", given{"pod_subnets": []string{"pods"}, "reserve_prefix_length": int64(16)}),
	},
	{
		title:   "Argument Not Accepted",
		variant: "Pod subnets of Flannel",
		given:   shopOn("alicloud", "ack-flannel", given{"max_nodes": int64(5), "pod_subnets": []string{"pods"}}),
	},
	{
		title:   "Argument Not Accepted",
		variant: "a Service range in the Pod range",
		given:   shopOn("tencentcloud", "tke-global-router", given{"max_nodes": int64(5), "service_cidr": "172.22.0.0/24"}),
	},
	{
		title:   "Argument Not Accepted",
		variant: "sizes of a mirror",
		given:   mirrored(given{"same_as": "shop", "max_nodes": int64(10), "pods_per_node": int64(32)}),
	},
}
