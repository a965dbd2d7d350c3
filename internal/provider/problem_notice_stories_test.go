package provider

// noticeStories are messages that say what a plan does, and need no option.
var noticeStories = []problemStory{
	{
		title:  "Cluster Is Renumbered",
		was:    shopNeeds(nil),
		given:  with(shopNeeds(nil), "renumber", given{"shop": "1"}),
		notice: "it says what the token in renumber brings",
	},
	{
		blocks: true,
		title:  "Block Is Renumbered",
		was:    blocksOf(given{"web": given{"prefix_length": int64(24)}}),
		given:  with(blocksOf(given{"web": given{"prefix_length": int64(24)}}), "renumber", given{"web": "1"}),
		notice: "it says what the token in renumber brings",
	},
	{
		title: "Cluster Moves With Its Ranges",
		was:   setAt(twoVPCs("prod"), `clusters["shop"].pod_cidrs`, []string{"10.65.0.0/19"}),
		given: with(
			setAt(
				setAt(twoVPCs("test"), `clusters["shop"].pod_cidrs`, []string{"10.65.0.0/19"}), `clusters["shop"].service_cidr`,
				"172.19.0.0/20",
			),
			"renumber",
			given{"shop": "1"},
		),
		notice: "it says what the token in renumber confirms",
	},
	{
		title:   "Ranges Released",
		variant: "for good",
		was:     shopNeeds(nil),
		given:   ali(nil, given{}),
		notice:  "it lists what is released; a cluster that is declared again gets it back",
	},
	{
		title:  "Terraform Does Not Add Pod Subnets to",
		was:    shopOn("alicloud", "ack-terway", given{"pod_subnets": []string{"pods"}}),
		given:  shopOn("alicloud", "ack-terway", given{"pod_subnets": []string{"pods", "more"}}),
		notice: "what is to do is to be done in the platform's own settings, which no configuration has",
	},
	{
		title:  "Facts Known Only After Apply",
		given:  with(shopNeeds(nil), "reserved", given{"unknown": given{"cidr": unset{}}}),
		notice: "nothing is wrong; it says which kinds of values to write instead",
	},
	{
		title:  "Names Known Only After Apply",
		given:  setAt(with(shopNeeds(nil), "hubs", unset{}), `vpcs["prod"].hubs`, []string{"cen"}),
		notice: "nothing is wrong; it says which kinds of values to write instead",
	},
}
