package provider_test

import "strings"

// badInput is an edit of an allocator that makes it wrong, and the texts of its error.
type badInput struct {
	old, new string
	texts    []string
}

// badFacts are edits of what is declared.
var badFacts = map[string]badInput{
	"host bits in a supernet": {
		`"10.64.0.0/16"`,
		`"10.64.1.0/16"`,
		[]string{"Not a Canonical CIDR", "supernets[0]", `"10.64.1.0/16" has host bits set; did you mean 10.64.0.0/16?`},
	},
	"garbage in a block": {
		`"192.168.0.0/16"`,
		`"garbage"`,
		[]string{"Not a Canonical CIDR", `vpcs["prod"].cidr_blocks[0]`, `"garbage" is not a CIDR`},
	},
	"an empty CIDR": {
		`"192.168.0.0/16"`,
		`""`,
		[]string{"Not a Canonical CIDR", `vpcs["prod"].cidr_blocks[0]`, "is empty"},
	},
	"a null CIDR": {
		`["192.168.0.0/16"]`,
		`[null]`,
		[]string{"Missing Value", `vpcs["prod"].cidr_blocks[0]`, "element is null"},
	},
	"no blocks": {
		`cidr_blocks = ["192.168.0.0/16"]`,
		`cidr_blocks = []`,
		[]string{"Missing Value", `vpcs["prod"].cidr_blocks`, "required and not set"},
	},
	"overlapping blocks": {
		`["192.168.0.0/16"]`,
		`["192.168.0.0/16", "192.168.1.0/24"]`,
		[]string{"Ranges Overlap", `vpcs["prod"].cidr_blocks[1]`, "192.168.1.0/24 overlaps 192.168.0.0/16"},
	},
	"an IPv6 block among the IPv4 ones": {
		`"192.168.0.0/16"`,
		`"2001:db8::/32"`,
		[]string{"Wrong Address Family", `vpcs["prod"].cidr_blocks[0]`, "ipv6_cidr_blocks"},
	},
	"IPv6 supernets alone": {
		`"10.64.0.0/16"`,
		`"2001:db8::/32"`,
		[]string{
			"No Free Range",
			"needs a Pod range of /19 and a Service range of /22, and none is free in the supernets, which have no IPv4 range",
		},
	},
	"overlapping supernets": {
		`["10.64.0.0/16"]`,
		`["10.64.0.0/16", "10.64.0.0/24"]`,
		[]string{"Ranges Overlap", "supernets[1]", "10.64.0.0/24 overlaps 10.64.0.0/16"},
	},
	"no supernets": {`["10.64.0.0/16"]`, `[]`, []string{"Missing Value", "supernets is required"}},
	"an undeclared hub": {
		`hubs = ["cen"] } }` + "\n  clusters",
		`hubs = ["cem"] } }` + "\n  clusters",
		[]string{"Undeclared Name", `vpcs["prod"].hubs[0]`, `no hub named "cem". Did you mean "cen"?`},
	},
	"an undeclared peer": {
		`platform =`,
		`peers = ["prot"], platform =`,
		[]string{"Undeclared Name", `vpcs["prod"].peers[0]`, `no VPC or site named "prot"`},
	},
	"a peer of itself": {
		`platform =`,
		`peers = ["prod"], platform =`,
		[]string{"Network Lists Itself as a Peer", `"prod"`},
	},
	"an undeclared VPC": {
		`vpc = "prod"`,
		`vpc = "prd"`,
		[]string{"Undeclared Name", `clusters["shop"].vpc`, `no VPC or site named "prd". Did you mean "prod"?`, "idc, prod"},
	},
	"an unknown profile": {
		`"ack-flannel"`,
		`"ack-flanel"`,
		[]string{"Undeclared Name", `clusters["shop"].profile`, `Did you mean "ack-flannel"?`, "ACK with Flannel"},
	},
	"a profile of another platform": {
		`"ack-flannel"`,
		`"cce-vpc-router"`,
		[]string{"Profile Does Not Fit Platform", `VPC "prod" on alicloud`, "ack-flannel (ACK with Flannel"},
	},
	"an undeclared pool": {
		`max_nodes = 100`,
		`max_nodes = 100, pool = "south"`,
		[]string{"Undeclared Name", `clusters["shop"].pool`, `no pool named "south"; none is declared`},
	},
	"an unknown platform": {
		`"alicloud"`,
		`"alicluod"`,
		[]string{"Value Not Allowed", `vpcs["prod"].platform`, `Did you mean "alicloud"?`},
	},
	"an unknown next hop": {
		`platform =`,
		`routes = { r = { destination = "10.1.0.0/16", next_hop = "nowhere" } }, platform =`,
		[]string{"Value Not Allowed", `vpcs["prod"].routes["r"].next_hop`, `"nowhere" is not one of idc, vpn`},
	},
	"a route without a destination": {
		`platform =`,
		`routes = { r = { next_hop = "vpn" } }, platform =`,
		[]string{"Missing Value", `vpcs["prod"].routes["r"].destination`},
	},
	"a subnet outside its VPC": {
		`platform =`,
		`subnets = { a = "10.9.0.0/24" }, platform =`,
		[]string{"Subnet Outside VPC", `vpcs["prod"].subnets["a"]`, "10.9.0.0/24", "192.168.0.0/16"},
	},
	"overlapping subnets": {
		`platform =`,
		`subnets = { a = "192.168.0.0/24", b = "192.168.0.0/25" }, platform =`,
		[]string{"Ranges Overlap", `vpcs["prod"].subnets["b"]`, `192.168.0.0/25 ("b") overlaps 192.168.0.0/24 ("a")`},
	},
	"a key that differs from the name": {
		`shop = {`,
		`shop = { name = "shopping",`,
		[]string{"Key Differs From Name", `clusters["shop"].name`, `key is "shop" and the name inside is "shopping"`},
	},
	"a bad name": {
		`shop = {`,
		`"sh op" = {`,
		[]string{"Invalid Name", `The name "sh op" has the character U+0020`, "up to 128 letters"},
	},
	"a name of 10,000 characters": {
		`name      = "NAME"`,
		`name = "` + strings.Repeat("a", 10_000) + `"`,
		[]string{"Invalid Name", "(10000 characters) is too long"},
	},
	"a network in another VRF": {
		`cen = {}`,
		`cen = { vrf = "blue" }`,
		[]string{"Link Between VRFs", `vpcs["prod"].hubs[0]`, "the unnamed VRF", `VRF "blue"`},
	},
	"a VPC and a site of one name": {
		`sites     = {`,
		`sites = { prod = { cidr_blocks = ["10.16.0.0/16"] },`,
		[]string{"Name Already in Use", `"prod"`},
	},
	"a hub listed twice": {
		`hubs = ["cen"] } }` + "\n  clusters",
		`hubs = ["cen", "cen"] } }` + "\n  clusters",
		[]string{"Listed Twice", `vpcs["prod"].hubs[1]`},
	},
	"no size": {
		`, max_nodes = 100`,
		``,
		[]string{"Missing Value", `clusters["shop"].max_nodes`, "cidrplan does not guess its size"},
	},
	"zero nodes": {
		`max_nodes = 100`,
		`max_nodes = 0`,
		[]string{"Number Out of Range", `clusters["shop"].max_nodes`, "the minimum is 1"},
	},
}
