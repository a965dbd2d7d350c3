package provider

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
