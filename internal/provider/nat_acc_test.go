package provider_test

import (
	"strings"
	"testing"
)

// natted is the network whose site is behind NAT: its blocks are hidden, unless it advertises them.
func natted(advertised, clusters string) string {
	return strings.Replace(network(clusters), `cidr_blocks = ["10.0.0.0/12"]`, `cidr_blocks = ["10.64.0.0/17"]`+"\n  "+advertised, 1)
}

// Others avoid what a site advertises, and of nothing else of it.
func TestAccASiteBehindNAT(t *testing.T) {
	t.Parallel()
	const shows = `advertised_cidrs = ["100.64.0.0/24", "10.64.32.0/21"]`
	unknown := natted(`advertised_cidrs = [terraform_data.nat.output]`, shop) + `
resource "terraform_data" "nat" {
  input = "10.64.0.0/24"
}`
	beyond := map[string]string{"shop.pod_cidr": "10.64.128.0/19", "shop.service_cidr": "172.20.0.0/22"}
	beside := merged(shopHolds, map[string]string{"data.pod_cidr": "10.64.40.0/21", "data.service_cidr": "172.20.4.0/24"})
	acceptance(
		t,
		holding(natted(``, shop), beyond),
		step{Config: header + natted(``, ``), Destroy: true},
		holding(natted(shows, shop), shopHolds),
		holding(natted(shows, shop+data), beside),
		refused(
			natted(`advertised_cidrs = []`, shop+data), overlaps, `Block 10.64.0.0/17 of site "idc" shares addresses with 2 others`,
			`Pod range 10.64.0.0/19 of cluster "shop"`,
		),
		refused(
			natted(`advertised_cidrs = ["10.64.0.0/24"]`, shop+data), overlaps,
			`Pod range 10.64.0.0/19 of cluster "shop" and range 10.64.0.0/24 that site "idc" advertises share 10.64.0.0/24`,
			`Undo what was changed since the last apply: set sites["idc"].advertised_cidrs = ["100.64.0.0/24"`,
			`sites["idc"].advertised_cidrs[0]`,
		),
		holding(natted(shows, shop), map[string]string{"shop.pod_cidr": "10.64.0.0/19"}),
		// What it advertises is known after apply, and the apply refuses it.
		step{Config: header + unknown, ExpectError: allOf(overlaps, `range 10.64.0.0/24 that site "idc" advertises`)},
	)
}

// A VPC that shows others another range keeps its own clusters out of its blocks.
func TestAccAVPCThatIsSeenInPart(t *testing.T) {
	t.Parallel()
	two := func(advertised, pods string) string {
		return `
resource "cidrplan_vpc" "one" {
  name             = "one"
  cidr_blocks      = ["10.0.0.0/16"]
  peers            = ["two"]
  advertised_cidrs = [` + advertised + `]
}
resource "cidrplan_vpc" "two" {
  name        = "two"
  cidr_blocks = ["10.0.0.0/17"]
  advertised_cidrs = ["100.80.1.0/24"]
}
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.0.0.0/8"]
  service_supernets = ["172.20.0.0/16"]
  rule_levels       = { vpc_overlaps_peer = "error" }
  vpcs              = { one = cidrplan_vpc.one, two = cidrplan_vpc.two }
  clusters = {
    in-one = { vpc = "one", profile = "kubernetes-routed", max_nodes = 100 }
    in-two = { vpc = "two", profile = "kubernetes-routed", ` + pods + ` }
  }
}`
	}
	acceptance(
		t,
		holding(
			two(`"100.80.0.0/24"`, `max_nodes = 200`),
			map[string]string{"in-one.pod_cidr": "10.1.0.0/18", "in-two.pod_cidr": "10.0.128.0/17"},
		),
		holding(
			two(`"100.80.0.0/24", "100.80.2.0/24"`, `max_nodes = 190`),
			map[string]string{"in-one.pod_cidr": "10.1.0.0/18", "in-two.pod_cidr": "10.0.128.0/17"},
		),
		refused(
			two(`"100.80.0.0/23"`, `max_nodes = 200`),
			overlaps,
			`Range 100.80.0.0/23 that VPC "one" advertises and range 100.80.1.0/24 that VPC "two" advertises share 100.80.1.0/24; `+
				`networks "one" and "two" are peers`,
		),
	)
}
