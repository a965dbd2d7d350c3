package provider

// releaseStories are about what is released, reclaimed and renumbered.
var releaseStories = []problemStory{
	{
		title:   "Ranges Must Not Be Released",
		variant: "gone",
		was:     andData(shopNeeds(nil)),
		given:   with(withoutAt(andData(shopNeeds(nil)), `clusters["shop"]`), "prevent_release", []string{"shop"}),
	},
	{
		title:   "Ranges Must Not Be Released",
		variant: "gone, all guarded",
		was:     andData(shopNeeds(nil)),
		given:   with(withoutAt(andData(shopNeeds(nil)), `clusters["shop"]`), "prevent_release", []string{"*"}),
	},
	{
		title:   "Ranges Must Not Be Released",
		variant: "renamed",
		was:     shopNeeds(nil),
		given: with(
			ali(nil, given{"store": given{"vpc": "prod", "profile": "ack-flannel", "max_nodes": int64(40)}}), "prevent_release",
			[]string{"*"},
		),
	},
	{
		title:   "Ranges Must Not Be Released",
		variant: "renumbered",
		was:     shopNeeds(nil),
		given:   with2(shopNeeds(nil), given{"prevent_release": []string{"shop"}, "renumber": given{"shop": "1"}}),
	},
	{
		title:   "Ranges Must Not Be Released",
		variant: "renumbered again",
		was:     with(shopNeeds(nil), "renumber", given{"shop": "1"}),
		given:   with2(shopNeeds(nil), given{"prevent_release": []string{"shop"}, "renumber": given{"shop": "2"}}),
	},
	{
		title:   "Ranges Released",
		variant: "renamed",
		was:     andData(shopNeeds(nil)),
		given: withoutAt(
			setAt(andData(shopNeeds(nil)), `clusters["store"]`, given{"vpc": "prod", "profile": "ack-flannel", "max_nodes": int64(40)}),
			`clusters["shop"]`,
		),
	},
	{title: "Nothing to Reclaim", variant: "misspelled", was: shopNeeds(nil), given: with(ali(nil, given{}), "reclaim", []string{"shpo"})},
	{
		title:   "Argument Not Accepted",
		variant: "a token of a pinned cluster",
		was:     shopNeeds(given{"pod_cidrs": []string{"10.65.0.0/19"}, "service_cidr": "172.21.0.0/20"}),
		given: with(
			shopNeeds(given{"pod_cidrs": []string{"10.65.0.0/19"}, "service_cidr": "172.21.0.0/20"}), "renumber", given{"shop": "1"},
		),
	},
	{
		title:   "Argument Not Accepted",
		variant: "a token beside existing",
		was:     shopNeeds(nil),
		given: with2(
			shopNeeds(nil),
			given{
				"renumber": given{"shop": "1"},
				"existing": given{"shop": given{"pod_cidrs": []string{"10.64.32.0/20"}, "node_cidr_mask": int64(26)}},
			},
		),
	},
	{
		title:   "Argument Not Accepted",
		variant: "a token of one of two mirrors",
		was:     mirrored(given{"same_as": "shop"}),
		given:   with(mirrored(given{"same_as": "shop"}), "renumber", given{"dr": "1"}),
	},
	{
		title:   "Existing Contradicts State",
		variant: "Pods",
		was:     shopNeeds(nil),
		given:   with(shopNeeds(nil), "existing", given{"shop": given{"pod_cidrs": []string{"10.70.0.0/19"}, "node_cidr_mask": int64(26)}}),
	},
	{
		title:   "Existing Contradicts State",
		variant: "Services",
		was:     shopNeeds(nil),
		given:   with(shopNeeds(nil), "existing", given{"shop": given{"service_cidr": "172.23.0.0/20"}}),
	},
	{
		title: "Clusters Are Outside the Supernets",
		was:   andData(shopNeeds(nil)),
		given: with(andData(shopNeeds(nil)), "supernets", []string{"10.96.0.0/12"}),
	},
	{
		title:    "Cluster Not in the Imported Lock",
		restored: true,
		was:      shopNeeds(nil),
		given:    andData(shopNeeds(nil)),
		values: map[string]any{
			`existing["data"].pod_cidrs`: []string{
				"10.70.0.0/19",
			}, `existing["data"].service_cidr`: "172.23.0.0/20", `existing["data"].node_cidr_mask`: int64(26),
		},
	},
	{
		title: "Another Owner of the Name",
		given: with(
			shopNeeds(nil),
			"foreign_claims",
			given{
				"a": given{
					"owner":     "shop",
					"kind":      "pod",
					"cidr":      "10.64.0.0/19",
					"network":   "prod",
					"profile":   "ack-flannel",
					"allocator": "k8s",
				},
			},
		),
	},
}
