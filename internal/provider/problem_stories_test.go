package provider

import "slices"

// problemStories are stories for every title that a problem can have.
func problemStories() []problemStory {
	return slices.Concat(
		heldStories, roomStories, releaseStories, declaredStories, networkStories, sizeStories, growthStories, blockProblemStories,
		noticeStories,
	)
}

// shopNeeds is one cluster of a VPC on Alibaba Cloud.
func shopNeeds(more given) given {
	return ali(nil, given{"shop": with2(given{"vpc": "prod", "profile": "ack-flannel", "max_nodes": int64(40)}, more)})
}

// with2 is a map with the entries of another one; nil removes an entry.
func with2(m, more given) given {
	out := given{}
	for _, part := range []given{m, more} {
		for key, value := range part {
			if out[key] = value; value == nil {
				delete(out, key)
			}
		}
	}
	return out
}

// shopOn is one cluster of a profile in a VPC of its platform.
func shopOn(platform, profile string, more given) given {
	return given{
		"vpcs": given{
			"prod": with(
				vpcOn(platform, "192.168.0.0/16"), "subnets",
				given{"pods": "192.168.0.0/19", "more": "192.168.32.0/19", "nodes": "192.168.64.0/20"},
			),
		},
		"clusters": given{"shop": with2(given{"vpc": "prod", "profile": profile}, more)},
	}
}

// andData is a configuration with another cluster, which must not change.
func andData(g given) given {
	return setAt(g, `clusters["data"]`, given{"vpc": "prod", "profile": "ack-flannel", "max_nodes": int64(20)})
}

// heldStories are edits that would change what is held.
var heldStories = []problemStory{
	{
		title:   "Held Value Would Change",
		variant: "node mask",
		was:     andData(shopNeeds(nil)),
		given:   andData(shopNeeds(given{"node_cidr_mask": int64(24)})),
	},
	{
		title:   "Held Value Would Change",
		variant: "node mask of a pinned one",
		was:     shopNeeds(given{"max_nodes": nil, "pod_cidrs": []string{"10.65.0.0/19"}}),
		given:   shopNeeds(given{"max_nodes": nil, "pod_cidrs": []string{"10.65.0.0/19"}, "node_cidr_mask": int64(24)}),
	},
	{
		title:   "Held Value Would Change",
		variant: "profile",
		was:     andData(shopNeeds(nil)),
		given:   andData(shopNeeds(given{"profile": "ack-edge-flannel"})),
	},
	{
		title:   "Held Value Would Change",
		variant: "Pod range",
		was:     andData(shopNeeds(nil)),
		given:   andData(shopNeeds(given{"pod_cidrs": []string{"10.70.0.0/19"}})),
	},
	{
		title:   "Held Value Would Change",
		variant: "Service range",
		was:     andData(shopNeeds(nil)),
		given:   andData(shopNeeds(given{"service_cidr": "172.22.0.0/20"})),
	},
	{
		title:   "Held Value Would Change",
		variant: "block around Pods",
		was:     shopNeeds(nil),
		given:   shopNeeds(given{"reserve_prefix_length": int64(16)}),
	},
	{
		title:   "Held Value Would Change",
		variant: "guarded and renumbered before",
		was:     with(shopNeeds(nil), "renumber", given{"shop": "2026-3"}),
		given: with2(
			shopNeeds(given{"node_cidr_mask": int64(24)}),
			given{"prevent_release": []string{"*"}, "renumber": given{"shop": "2026-3"}},
		),
	},
	{
		title:   "Held Value Would Change",
		variant: "what existing has",
		given: with(
			shopNeeds(given{"service_cidr": "172.22.0.0/20"}), "existing",
			given{"shop": given{"pod_cidrs": []string{"10.65.0.0/19"}, "service_cidr": "172.21.0.0/20", "node_cidr_mask": int64(26)}},
		),
	},
	{
		title:   "Held Value Would Change",
		variant: "families",
		was:     shopOn("alicloud", "kubernetes-routed", given{"max_nodes": int64(10)}),
		given: shopOn(
			"alicloud",
			"kubernetes-routed",
			given{
				"max_nodes":         int64(10),
				"ip_families":       []string{"ipv4", "ipv6"},
				"pod_ipv6_cidr":     "fd00:1::/56",
				"service_ipv6_cidr": "fd00:2::/112",
			},
		),
	},
	{
		title:   "Held Value Would Change",
		variant: "Pod subnet",
		was:     shopOn("alicloud", "ack-terway", given{"pod_subnets": []string{"pods"}}),
		given:   shopOn("alicloud", "ack-terway", given{"pod_subnets": []string{"more"}}),
	},
	{
		title:   "Held Value Would Change",
		variant: "further Pod subnet",
		was:     shopOn("alicloud", "ack-serverless", given{"pod_subnets": []string{"pods"}}),
		given:   shopOn("alicloud", "ack-serverless", given{"pod_subnets": []string{"pods", "more"}}),
	},
	{
		title:   "Held Value Would Change",
		variant: "addresses of a Pod subnet",
		was:     shopOn("alicloud", "ack-terway", given{"pod_subnets": []string{"pods"}}),
		given: setAt(
			shopOn("alicloud", "ack-terway", given{"pod_subnets": []string{"pods"}}), `vpcs["prod"].subnets["pods"]`, "192.168.96.0/19",
		),
	},
	{
		title:   "Held Value Would Change",
		variant: "a mirror with other ranges",
		was:     mirrored(given{"max_nodes": int64(16)}),
		given:   mirrored(given{"same_as": "shop"}),
	},
	{
		title:   "Held Value Would Change",
		variant: "both mirrors",
		was:     mirrored(given{"same_as": "shop"}),
		given:   setAt(mirrored(given{"same_as": "shop"}), `clusters["shop"].node_cidr_mask`, int64(24)),
	},
	{
		title:   "Held Range Is Too Small",
		variant: "nodes",
		was:     andData(shopNeeds(nil)),
		given:   andData(shopNeeds(given{"max_nodes": int64(80)})),
	},
	{
		title:   "Held Range Is Too Small",
		variant: "nodes of a pinned one with previous names",
		was: shopNeeds(
			given{"pod_cidrs": []string{"10.65.0.0/19"}, "service_cidr": "172.21.0.0/20", "previous_names": []string{"old"}},
		),
		given: shopNeeds(
			given{
				"pod_cidrs":      []string{"10.65.0.0/19"},
				"service_cidr":   "172.21.0.0/20",
				"max_nodes":      int64(200),
				"previous_names": []string{"old"},
			},
		),
	},
	{
		title:   "Held Range Is Too Small",
		variant: "nodes of a self-managed cluster",
		was:     shopOn("alicloud", "kubernetes-overlay", given{"max_nodes": int64(8)}),
		given:   shopOn("alicloud", "kubernetes-overlay", given{"max_nodes": int64(20)}),
	},
	{
		title:   "Held Range Is Too Small",
		variant: "Pods on a node",
		was:     shopNeeds(nil),
		given:   shopNeeds(given{"pods_per_node": int64(128)}),
	},
	{
		title:   "Held Range Is Too Small",
		variant: "Services",
		was:     andData(shopNeeds(given{"max_services": int64(200)})),
		given:   andData(shopNeeds(given{"max_services": int64(300)})),
	},
	{
		title:   "Held Range Is Too Small",
		variant: "Services of a self-managed cluster",
		was:     shopOn("alicloud", "kubernetes-overlay", given{"max_nodes": int64(8), "max_services": int64(200)}),
		given:   shopOn("alicloud", "kubernetes-overlay", given{"max_nodes": int64(8), "max_services": int64(300)}),
	},
	{
		title:   "Held Range Is Too Small",
		variant: "prefix length",
		was:     shopNeeds(given{"max_nodes": nil, "pod_prefix_length": int64(20)}),
		given:   shopNeeds(given{"max_nodes": nil, "pod_prefix_length": int64(19)}),
	},
	{
		title:   "Held Range Is Too Small",
		variant: "Service prefix length",
		was:     shopNeeds(given{"service_prefix_length": int64(22)}),
		given:   shopNeeds(given{"service_prefix_length": int64(21)}),
	},
	{title: "Cluster Moves to Another Network", variant: "both declared", was: andData(twoVPCs("prod")), given: andData(twoVPCs("test"))},
	{
		title:   "Cluster Moves to Another Network",
		variant: "the old one is gone",
		was:     andData(twoVPCs("prod")),
		given:   withoutAt(setAt(andData(twoVPCs("test")), `clusters["data"].vpc`, "test"), `vpcs["prod"]`),
	},
	{
		title:   "Cluster Moves to Another Network",
		variant: "a new name of the VPC",
		was:     shopNeeds(nil),
		given: withoutAt(
			setAt(setAt(shopNeeds(nil), `vpcs["live"]`, vpcOn("alicloud", "192.168.0.0/16")), `clusters["shop"].vpc`, "live"),
			`vpcs["prod"]`,
		),
	},
	{
		title: "Clusters Move to Another Network",
		was:   andData(shopNeeds(nil)),
		given: withoutAt(
			setAt(
				setAt(setAt(andData(shopNeeds(nil)), `vpcs["live"]`, vpcOn("alicloud", "192.168.0.0/16")), `clusters["shop"].vpc`, "live"),
				`clusters["data"].vpc`, "live",
			),
			`vpcs["prod"]`,
		),
	},
	{
		title:   "Cluster Moves to Another Network",
		variant: "pinned",
		was:     setAt(twoVPCs("prod"), `clusters["shop"].pod_cidrs`, []string{"10.65.0.0/19"}),
		given:   setAt(twoVPCs("test"), `clusters["shop"].pod_cidrs`, []string{"10.65.0.0/19"}),
	},
	{
		title:   "Cluster Moves to Another Network",
		variant: "two VPCs exchange their names",
		was:     exchanging("prod", "test", "192.168.0.0/16", "172.30.0.0/16"),
		given:   exchanging("test", "prod", "172.30.0.0/16", "192.168.0.0/16"),
	},
}

// mirrored are a cluster and one in another VRF.
func mirrored(copied given) given {
	return given{
		"vpcs": given{"prod": vpcOn("alicloud", "192.168.0.0/16"), "copy": with(vpcOn("alicloud", "192.168.0.0/16"), "vrf", "copy")},
		"clusters": given{
			"shop": given{
				"vpc":       "prod",
				"profile":   "ack-flannel",
				"max_nodes": int64(100),
			}, "dr": with2(given{"vpc": "copy", "profile": "ack-flannel"}, copied),
		},
	}
}

// twoVPCs has a cluster in one of two VPCs.
func twoVPCs(vpc string) given {
	return setAt(
		ali(nil, given{"shop": given{"vpc": vpc, "profile": "ack-flannel", "max_nodes": int64(100)}}), `vpcs["test"]`,
		vpcOn("alicloud", "172.30.0.0/16"),
	)
}

// exchanging has a cluster each in two VPCs with these ranges.
func exchanging(first, second, prod, test string) given {
	need := func(vpc string) given { return given{"vpc": vpc, "profile": "ack-flannel", "max_nodes": int64(10)} }
	return given{
		"vpcs":     given{"prod": vpcOn("alicloud", prod), "test": vpcOn("alicloud", test)},
		"clusters": given{"shop": need(first), "data": need(second)},
	}
}

// far is a next cluster that asks for nothing from the supernets.
var far = pinned("prod", "ack-flannel", "10.250.0.0/24", "172.31.0.0/24")
