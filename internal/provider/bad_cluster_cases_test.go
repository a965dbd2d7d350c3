package provider_test

// badClusters are edits of clusters.
var badClusters = map[string]badInput{
	"other ranges of a profile that has none": {
		`max_nodes = 100`,
		`max_nodes = 100, other_ranges = { join = ["10.9.0.0/16"] }`,
		[]string{"Argument Not Accepted", `clusters["shop"].other_ranges["join"]`, "use no ranges beside Pods and Services"},
	},
	"an other range that is no CIDR": {
		`max_nodes = 100`,
		`max_nodes = 100, other_ranges = { join = ["10.9.0.1/16"] }`,
		[]string{"10.9.0.1/16", "10.9.0.0/16"},
	},
	"other ranges that are null": {
		`max_nodes = 100`,
		`max_nodes = 100, other_ranges = { join = null }`,
		[]string{"The element is null"},
	},
	"negative nodes": {
		`max_nodes = 100`,
		`max_nodes = -1`,
		[]string{"Number Out of Range", `clusters["shop"].max_nodes = -1`},
	},
	"more nodes than any range holds": {
		`max_nodes = 100`,
		`max_nodes = 4000000`,
		[]string{"Size Not Possible", "max_nodes = 4000000", "ACK with Flannel", "Source:"},
	},
	"too many Pods on a node": {
		`max_nodes = 100`,
		`max_nodes = 100, pods_per_node = 257`,
		[]string{"Size Not Possible", "pods_per_node = 257", "1 to 256"},
	},
	"a Pod range too large": {
		`max_nodes = 100`,
		`pod_prefix_length = 7`,
		[]string{"Size Not Possible", "pod_prefix_length = 7", "8 to 26"},
	},
	"a Pod range too small for the node": {
		`max_nodes = 100`,
		`pod_prefix_length = 27`,
		[]string{"Size Not Possible", "pod_prefix_length = 27"},
	},
	"a Service range too large": {
		`max_nodes = 100`,
		`max_nodes = 100, service_prefix_length = 15`,
		[]string{"Size Not Possible", "service_prefix_length = 15", "16 to 24"},
	},
	"need and size at odds": {
		`max_nodes = 100`,
		`max_nodes = 100, pod_prefix_length = 24`,
		[]string{"Size Not Possible", "max_nodes = 100", "pod_prefix_length = 24 has room for 4 nodes of 64 addresses each"},
	},
	"need and pin at odds": {
		`max_nodes = 100`,
		`max_nodes = 100, pod_cidrs = ["10.64.0.0/24"]`,
		[]string{"Arguments Contradict Each Other", `clusters["shop"].max_nodes = 100`, "at most 4"},
	},
	"size and pin at odds": {
		`max_nodes = 100`,
		`pod_prefix_length = 20, pod_cidrs = ["10.64.0.0/24"]`,
		[]string{"Arguments Contradict Each Other", `clusters["shop"].pod_prefix_length = 20`},
	},
	"several Pod ranges where one fits": {
		`max_nodes = 100`,
		`pod_cidrs = ["10.64.0.0/24", "10.64.1.0/24"]`,
		[]string{"Too Many Ranges", "2 ranges are given; ACK with Flannel accepts at most 1"},
	},
	"an IPv6 Service range": {
		`max_nodes = 100`,
		`max_nodes = 100, service_cidr = "fd00::/112"`,
		[]string{"Wrong Address Family", `clusters["shop"].service_cidr`},
	},
	"a reserved range without a range": {
		`hubs      =`,
		`reserved = { x = { description = "later" } }` + "\n hubs =",
		[]string{"Missing Value", `reserved["x"].cidr`},
	},
	"existing without a range": {
		`hubs      =`,
		`existing = { x = {} }` + "\n hubs =",
		[]string{"Missing Value", `existing["x"].pod_cidrs`},
	},
	"a pool without supernets": {
		`hubs      =`,
		`pools = { x = {} }` + "\n hubs =",
		[]string{"Missing Value", `pools["x"].supernets`},
	},
	"a fraction of a node": {
		`max_nodes = 100`,
		`max_nodes = 1.5`,
		[]string{"Number Out of Range", `clusters["shop"].max_nodes = 1.5 is not a whole number`},
	},
	"more than can be counted": {
		`max_nodes = 100`,
		`max_nodes = 99999999999999999999`,
		[]string{"Number Out of Range", `clusters["shop"].max_nodes is out of range; the maximum is 9223372036854775807`},
	},
	"an empty element": {
		`max_nodes = 100`,
		`max_nodes = 100, meshes = [""]`,
		[]string{"Missing Value", `clusters["shop"].meshes[0]`, "element is empty"},
	},
	"existing without a mask": {
		`hubs      =`,
		`existing = { shop = { pod_cidrs = ["10.1.0.0/16"] } }` + "\n hubs =",
		[]string{"Missing Value", `existing["shop"].node_cidr_mask`, "cidrplan does not guess"},
	},
	"an advertised range twice": {
		`platform =`,
		`advertised_cidrs = ["100.80.0.0/24", "100.80.0.0/25"], platform =`,
		[]string{"Ranges Overlap", `vpcs["prod"].advertised_cidrs[1]`, "100.80.0.0/25 overlaps 100.80.0.0/24"},
	},
	"an advertised range of a site": {
		`hubs = ["cen"] } }` + "\n  vpcs",
		`hubs = ["cen"], advertised_cidrs = ["100.80.0.1/24"] } }` + "\n  vpcs",
		[]string{"Not a Canonical CIDR", `sites["idc"].advertised_cidrs[0]`, "did you mean 100.80.0.0/24?"},
	},
	"an empty advertised range": {
		`platform =`,
		`advertised_cidrs = [""], platform =`,
		[]string{"Not a Canonical CIDR", `vpcs["prod"].advertised_cidrs[0]`, "is empty"},
	},
	"a mirror of an undeclared cluster": {
		`shop = {`,
		`dr = { vpc = "prod", profile = "ack-flannel", same_as = "shp" }, shop = {`,
		[]string{"Undeclared Name", `clusters["dr"].same_as`, `no cluster named "shp". Did you mean "shop"?`},
	},
	"a mirror in the same VRF": {
		`shop = {`,
		`dr = { vpc = "prod", profile = "ack-flannel", same_as = "shop" }, shop = {`,
		[]string{
			"Argument Not Accepted",
			`clusters["dr"].same_as = shop`,
			`cluster "shop" are both in the unnamed VRF`,
			"a VPC or site of another vrf",
		},
	},
	"a mirror with sizes": {
		`shop = {`,
		`dr = { vpc = "prod", profile = "ack-flannel", same_as = "shop", max_nodes = 9 }, shop = {`,
		[]string{
			"Argument Not Accepted",
			`clusters["dr"].max_nodes = 9`,
			`with same_as, the cluster has the ranges and sizes of cluster "shop"`,
		},
	},
	"a mirror of itself": {
		`max_nodes = 100`,
		`same_as = "shop"`,
		[]string{"Argument Not Accepted", `clusters["shop"].same_as = shop`, "names itself"},
	},
	"a mirror of a mirror": {
		`shop = {`,
		`dr = { vpc = "prod", profile = "ack-flannel", same_as = "copy" }, copy = { vpc = "prod", profile = "ack-flannel", ` +
			`same_as = "shop" }, shop = {`,
		[]string{"Argument Not Accepted", `clusters["dr"].same_as = copy`, `Set clusters["dr"].same_as = "shop"`},
	},
	"a mirror with another profile": {
		`shop = {`,
		`dr = { vpc = "prod", profile = "ack-terway", same_as = "shop" }, shop = {`,
		[]string{"Arguments Contradict Each Other", `clusters["dr"].profile = ack-terway contradicts same_as = "shop"`},
	},
	"an empty key": {
		`hubs      =`,
		`reserved = { "" = { cidr = "10.9.0.0/16" } }` + "\n hubs =",
		[]string{"Missing Value", `reserved[""]`, "The key is empty"},
	},
	"a null cluster": {
		`shop = {`,
		`none = null, shop = {`,
		[]string{"Missing Value", `clusters["none"]`, "element is null"},
	},
	"no room": {
		`max_nodes = 100`,
		`max_nodes = 2000`,
		[]string{"No Free Range", `Cluster "shop" needs a Pod range of /15`, "10.64.0.0/16", "free:"},
	},
}
