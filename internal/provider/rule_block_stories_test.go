package provider

// blockStories are what ruleStories are, for the rules on blocks.
var blockStories = map[string]given{
	"block_overlaps_block": {
		"blocks": given{"web": pin("10.0.0.0/24"), "old": with(pin("10.0.0.0/20"), "description", "since 2019")},
	},
	"block_overlaps_released": web(given{"existing": given{"old": given{"block": "old", "cidr": "10.0.0.0/20"}}}),
	"block_overlaps_existing": web(given{"existing": given{"old": given{"cidr": "10.0.0.0/20"}}}),
	"block_overlaps_reserved": web(given{"reserved": given{"later": given{"cidr": "10.0.0.0/20", "description": "load balancers"}}}),
	"block_overlaps_aggregate": webBeside(
		given{"owner": "shop", "kind": "kept", "cidr": "10.0.0.0/18", "network": "prod", "allocator": "k8s"},
	),
	"block_overlaps_foreign_block": webBeside(
		given{"owner": "dba", "kind": "block", "cidr": "10.0.0.0/20", "allocator": "blocks/data-team", "description": "databases"},
	),
	"block_overlaps_foreign_pod": webBeside(
		given{"owner": "shop", "kind": "pod", "cidr": "10.0.0.0/25", "network": "prod", "profile": "ack-flannel", "allocator": "k8s"},
	),
	"block_overlaps_foreign_service": webBeside(
		given{"owner": "shop", "kind": "service", "cidr": "10.0.0.0/16", "network": "prod", "profile": "ack-flannel", "allocator": "k8s"},
	),
	"block_overlaps_foreign_other": webBeside(given{
		"owner": "shop", "kind": "other", "use": "control_plane", "cidr": "10.0.0.0/28", "network": "prod", "profile": "gke",
		"allocator": "k8s",
	}),
	"block_in_forbidden_range": {
		"supernets": []string{"10.0.0.0/12", "169.254.0.0/16"},
		"blocks":    given{"link": pin("169.254.100.0/24")},
	},
	"block6_in_forbidden_range": {"supernets": []string{"fe80::/10"}, "blocks": given{"link": pin("fe80::/64")}},
}

// pin is a block that the configuration gives a range.
func pin(block string) given { return given{"cidr": block} }

// web is one block that is pinned, with more said beside it.
func web(more given) given { return with(more, "blocks", given{"web": pin("10.0.0.0/24")}) }

// webBeside is that block beside what another workspace holds.
func webBeside(claim given) given { return web(given{"foreign_claims": given{"other": claim}}) }
