package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// Every bad input gets an error that names its place and the way out, at validate where the value
// is known there.
func TestAccBadInputIsRefusedOnItsAttribute(t *testing.T) {
	t.Parallel()
	base := `
resource "cidrplan_allocator" "NAME" {
  name      = "NAME"
  supernets = ["10.64.0.0/16"]
  hubs      = { cen = {} }
  sites     = { idc = { cidr_blocks = ["10.0.0.0/12"], hubs = ["cen"] } }
  vpcs      = { prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"], hubs = ["cen"] } }
  clusters  = { shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 } }
}`
	long := strings.Repeat("a", 10_000)
	refusals := map[string]refusal{}
	for name, test := range map[string]struct {
		old, new string
		texts    []string
	}{
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
			`routes = { r = { destination = "10.1.0.0/16", next_hop = "moon" } }, platform =`,
			[]string{"Value Not Allowed", `vpcs["prod"].routes["r"].next_hop`, `"moon" is not one of idc, vpn`},
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
			`name = "` + long + `"`,
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
			[]string{"Number Out of Range", `clusters["shop"].max_nodes = 99999999999999999999 is not`},
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
	} {
		refusals[name] = refusal{edit(t, base, test.old, test.new), test.texts}
	}
	refusesAll(t, refusals)
}

// All faults and conflicts come in one go and in one order.
func TestAccAllConflictsAreReportedTogether(t *testing.T) {
	t.Parallel()
	acceptance(t, refused(
		`
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/16"]
  sites     = { idc = { cidr_blocks = ["10.0.0.0/12"], peers = ["prod"], description = "racks" } }
  vpcs = {
    prod = {
      platform = "alicloud"
      cidr_blocks = ["192.168.0.0/16"]
      routes = { vpn = { destination = "172.16.0.0/16", next_hop = "vpn" } }
    }
  }
  clusters = {
    a = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.1.0.0/16"], service_cidr = "192.168.8.0/24" }
    b = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["172.16.0.0/20"], service_cidr = "10.64.0.0/24" }
    c = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["172.16.0.0/21"], service_cidr = "10.64.1.0/24" }
  }
}`,
		`Route "vpn" to 172.16.0.0/16 of VPC "prod" shares addresses with 2 others`,
		`Pod range 172.16.0.0/20 of cluster "b" (clusters["b"].pod_cidrs[0])`,
		`Pod range 172.16.0.0/21 of cluster "c" (clusters["c"].pod_cidrs[0])`,
		`set clusters["b"].pod_cidrs[0] = "10.64.240.0/20"`,
		`set vpcs["prod"].routes["vpn"].summary = true`,
		`Pod range 10.1.0.0/16 of cluster "a" and block 10.0.0.0/12 of site "idc" (racks) share 10.1.0.0/16; networks "prod" and `+
			`"idc" are peers.`,
		"none of this size is free in the supernets: set clusters",
		"Rule: pod_overlaps_site (error)",
		"Source: Plan CIDR blocks for an ACK cluster",
		`clusters["a"].pod_cidrs[0]`,
		`sites["idc"].cidr_blocks[0]`,
		`Service range 192.168.8.0/24 of cluster "a" and block 192.168.0.0/16 of VPC "prod"`,
		`set clusters["a"].service_cidr = "10.64.231.0/24" (or "10.64.230.0/24", "10.64.229.0/24")`,
		`Pod range 172.16.0.0/20 of cluster "b" and Pod range 172.16.0.0/21 of cluster "c" share 172.16.0.0/21`,
		"Rule: pod_overlaps_cluster_pod (error)",
	))
}

// Names that are unknown during validate are not reported as missing.
func TestAccUnknownElementsPassValidate(t *testing.T) {
	t.Parallel()
	acceptance(t, holding(`
resource "terraform_data" "name" {
  input = "prod"
}
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/16"]
  vpcs      = { prod = cidrplan_vpc.prod }
  clusters  = { shop = { vpc = cidrplan_vpc.prod.name, profile = "ack-flannel", max_nodes = 100 } }
}`, map[string]string{"shop.pod_cidr": "10.64.0.0/19"}))
}

// Unknown values everywhere: the plan passes, and the apply knows.
func TestAccUnknownEverywhereNeverFailsInconsistently(t *testing.T) {
	t.Parallel()
	config := `
resource "terraform_data" "late" {
  input = {
    name = "prod"
    block = "192.168.0.0/16"
    blocks = ["192.168.0.0/16"]
    hub = "cen"
    nodes = 100
    supernet = "10.64.0.0/16"
    route = "10.64.0.0/20"
    yes = true
  }
}
locals {
  late = terraform_data.late.output
}
resource "cidrplan_allocator" "k8s" {
  name             = "k8s"
  supernets        = [local.late.supernet]
  unique_pod_cidrs = local.late.yes
  hubs             = { cen = { kind = "cen", vrf = null } }
  vpcs = { prod = {
    platform    = "alicloud"
    cidr_blocks = local.late.blocks
    hubs        = [local.late.hub]
    routes      = { r = { destination = local.late.route, next_hop = "vpn" } }
  } }
  clusters = { shop = { vpc = local.late.name, profile = "ack-flannel", max_nodes = local.late.nodes } }
}`
	acceptance(t,
		resource.TestStep{Config: header + config},
		holding(config, map[string]string{"shop.pod_cidr": "10.64.32.0/19"}),
	)
}

// Every attribute that takes IPv6 or names subnets refuses what is wrong with it, all in one go.
func TestAccBadInputOfClustersIsReportedTogether(t *testing.T) {
	t.Parallel()
	type bad struct{ cluster, existing, at, summary, says string }
	inputs := map[string]bad{
		"families-empty": {cluster: `ip_families = [""]`, at: "ip_families[0]", summary: "Missing Value", says: "element is empty"},
		"families-null":  {cluster: `ip_families = [null]`, at: "ip_families[0]", summary: "Missing Value", says: "element is null"},
		"families-spelled": {
			cluster: `ip_families = ["ipv4", "IPv6"]`,
			at:      "ip_families[1]",
			summary: "Value Not Allowed",
			says:    `"IPv6" is not one of ipv4, ipv6`,
		},
		"nodes-null": {cluster: `node_subnets = [null]`, at: "node_subnets[0]", summary: "Missing Value", says: "element is null"},
	}
	for _, attribute := range []string{"pod_ipv6_cidr", "service_ipv6_cidr"} {
		for name, b := range map[string]bad{
			"host": {
				cluster: `"fd00:64::1/64"`,
				summary: "Not a Canonical CIDR",
				says:    `"fd00:64::1/64" has host bits set; did you mean fd00:64::/64?`,
			},
			"empty":  {cluster: `""`, summary: "Not a Canonical CIDR", says: "is empty"},
			"family": {cluster: `"10.1.0.0/16"`, summary: "Wrong Address Family", says: "10.1.0.0/16 is not an IPv6 range"},
			"length": {cluster: `"fd00::/129"`, summary: "Not a Canonical CIDR", says: `"fd00::/129"`},
			"alone":  {cluster: `"fd00::1"`, summary: "Not a Canonical CIDR", says: `"fd00::1"`},
			"zone":   {cluster: `"fe80::1%eth0/64"`, summary: "Not a Canonical CIDR", says: "eth0"},
			"mapped": {cluster: `"::ffff:10.0.0.0/104"`, summary: "Not a Canonical CIDR", says: "10.0.0.0"},
			"huge":   {cluster: `"` + strings.Repeat("f", 1000) + `::/64"`, summary: "Not a Canonical CIDR", says: "ffff"},
		} {
			inputs[attribute+"-"+name] = bad{
				cluster: `ip_families = ["ipv4", "ipv6"], ` + attribute + " = " + b.cluster,
				at:      attribute,
				summary: b.summary,
				says:    b.says,
			}
			inputs["existing-"+attribute+"-"+name] = bad{
				existing: attribute + " = " + b.cluster,
				at:       attribute,
				summary:  b.summary,
				says:     b.says,
			}
		}
	}
	var clusters, existing strings.Builder
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		if b := inputs[name]; b.existing == "" {
			fmt.Fprintf(&clusters, "    %s = { vpc = \"room\", profile = \"kubernetes-routed\", max_nodes = 10, %s }\n", name, b.cluster)
		} else {
			fmt.Fprintf(
				&clusters,
				"    %s = { vpc = \"room\", profile = \"kubernetes-routed\", max_nodes = 10, ip_families = [\"ipv4\", \"ipv6\"] }\n",
				name,
			)
			fmt.Fprintf(&existing, "    %s = { pod_cidrs = [\"10.64.0.0/20\"], node_cidr_mask = 25, %s }\n", name, b.existing)
		}
	}
	w := newWorkspace(t, rooms(clusters.String(), "existing = {\n"+existing.String()+"}"))
	all := w.reports()
	for name, b := range inputs {
		at := fmt.Sprintf("clusters[%q].%s", name, b.at)
		if b.existing != "" {
			at = fmt.Sprintf("existing[%q].%s", name, b.at)
		}
		if reported := slices.DeleteFunc(titled(all, b.summary), func(d diagnostic) bool {
			return d.Severity != "error" || !points(d,
				name+" = {") || !strings.Contains(d.Detail, at) || !strings.Contains(d.Detail, b.says)
		}); len(reported) != 1 {
			t.Errorf("%q is reported %d times at %s", b.says, len(reported), at)
		}
	}
	if len(all) != len(inputs) {
		t.Errorf("%d diagnostics of %d bad inputs: %s", len(all), len(inputs), all)
	}
}
