package provider_test

import (
	"strings"
	"testing"
)

// recovery is a production VPC and its copy in another VRF, where a bank is joined to it.
func recovery(clusters string, more ...string) string {
	return `
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}
resource "cidrplan_vpc" "copy" {
  name        = "copy"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
  vrf         = "recovery"
}
resource "cidrplan_site" "bank" {
  name        = "bank"
  cidr_blocks = ["10.64.0.0/20"]
  peers       = ["copy"]
  vrf         = "recovery"
}
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.20.0.0/16"]
  sites             = { bank = cidrplan_site.bank }
  vpcs              = { prod = cidrplan_vpc.prod, copy = cidrplan_vpc.copy }
  clusters = {
    ` + clusters + `
  }
` + strings.Join(more, "\n") + `
}`
}

const mirror = `shop-dr = { vpc = "copy", profile = "ack-flannel", same_as = "shop" }` + "\n"

// of are values of a cluster, written for some clusters alike.
func of(values map[string]string, clusters ...string) map[string]string {
	out := map[string]string{}
	for _, cluster := range clusters {
		for key, value := range values {
			out[cluster+"."+key] = value
		}
	}
	return out
}

// A mirror has what its first has: free around both, through edits, a stay in the grave and a move.
func TestAccMirrorsHaveTheSameRanges(t *testing.T) {
	t.Parallel()
	values := map[string]string{
		"pod_cidr":         "10.64.32.0/19",
		"service_cidr":     "172.20.0.0/22",
		"ack.pod_cidr":     "10.64.32.0/19",
		"ack.service_cidr": "172.20.0.0/22",
	}
	moved := map[string]string{"pod_cidr": "10.64.96.0/19", "service_cidr": "172.20.8.0/22"}
	both := of(values, "shop", "shop-dr")
	released := func(name string) release { return release{name, "10.64.32.0/19", "172.20.0.0/22", 1} }
	other := `web = { vpc = "copy", profile = "ack-flannel", max_nodes = 100 }` + "\n"
	otherHas := map[string]string{"web.pod_cidr": "10.64.64.0/19", "web.service_cidr": "172.20.4.0/22"}
	tokens := func(names ...string) string {
		out := ""
		for _, name := range names {
			out += ` "` + name + `" = "1"` + "\n"
		}
		return `renumber = {` + out + `}`
	}
	acceptance(
		t,
		holding(recovery(shop+mirror), both),
		holding(recovery(edit(t, shop, "100", "110")+mirror+other), merged(both, otherHas)),
		releasing(holding(recovery(shop+other), merged(of(values, "shop"), otherHas)), map[string]release{"shop-dr": released("shop-dr")}),
		releasing(holding(recovery(shop+mirror+other), merged(both, otherHas)), nil),
		refused(
			recovery(shop+mirror+other, tokens("shop")), "Argument Not Accepted", `renumber["shop"] = 1`,
			`mirror cluster "shop-dr" (same_as)`, `Set renumber["shop-dr"] = "1"`,
		),
		refused(
			recovery(edit(t, shop, "100", "129")+mirror+other), "Held Range Is Too Small", `Cluster "shop" now requests max_nodes = 129`,
		),
		releasing(
			holding(recovery(shop+mirror+other, tokens("shop", "shop-dr")), merged(of(moved, "shop", "shop-dr"), otherHas)),
			map[string]release{"shop": released("shop"), "shop-dr": released("shop-dr")},
		),
		// No longer a mirror, it keeps what it has.
		holding(
			recovery(shop+edit(t, mirror, `same_as = "shop"`, `max_nodes = 100`)+other, tokens("shop", "shop-dr")),
			merged(of(moved, "shop", "shop-dr"), otherHas),
		),
	)
}

// A mirror of a cluster that holds its ranges takes them, or the plan says why it cannot.
func TestAccAMirrorOfAHeldCluster(t *testing.T) {
	t.Parallel()
	first := edit(t, shop, `max_nodes = 100`, `pod_cidrs = ["10.64.0.0/19"], service_cidr = "172.20.0.0/22"`)
	alone := edit(t, mirror, `same_as = "shop"`, `max_nodes = 10`)
	held := map[string]string{"shop.pod_cidr": "10.64.0.0/19"}
	acceptance(
		t,
		holding(recovery(first), held),
		refused(
			recovery(first+mirror), overlaps,
			`Pod range 10.64.0.0/19 of cluster "shop-dr" and block 10.64.0.0/20 of site "bank" share 10.64.0.0/20`,
			`remove "copy" from sites["bank"].peers`, `clusters["shop-dr"].same_as`,
		),
		holding(recovery(first+alone), merged(held, map[string]string{"shop-dr.pod_cidr": "10.64.16.0/22"})),
		refused(
			recovery(first+mirror), "Held Value Would Change",
			`Cluster "shop-dr" holds pod_cidrs = 10.64.16.0/22, and with same_as = "shop" it would have 10.64.0.0/19`,
			`Remove clusters["shop-dr"].same_as`,
		),
	)
}

// What a cluster waits for, its mirror waits for.
func TestAccAMirrorWaitsWithItsFirst(t *testing.T) {
	t.Parallel()
	config := recovery(edit(t, shop, "max_nodes = 100", "max_nodes = terraform_data.nodes.output")+mirror) + `
resource "terraform_data" "nodes" {
  input = 100
}`
	acceptance(t,
		step{Config: header + config},
		holding(config, of(map[string]string{"pod_cidr": "10.64.32.0/19", "service_cidr": "172.20.0.0/22"}, "shop", "shop-dr")),
	)
}
