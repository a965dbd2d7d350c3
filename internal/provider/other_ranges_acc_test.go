package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// openShift is a cluster that a cidrplan_cluster declares, with arguments, in an allocator over the addresses of its join range.
func openShift(arguments string) string {
	return `
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  cidr_blocks = ["192.168.0.0/16"]
}
resource "cidrplan_cluster" "shop" {
  name      = "shop"
  vpc       = cidrplan_vpc.prod.name
  profile   = "openshift-ovn"
  max_nodes = 100
` + arguments + `
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["100.64.0.0/14"]
  vpcs      = { prod = cidrplan_vpc.prod }
  clusters  = { shop = cidrplan_cluster.shop }
}
`
}

// New ranges avoid the default of a use beside Pods and Services, and a list replaces it. What is held never moves, and a list that
// overlaps it is refused.
func TestAccNewRangesAvoidOtherRanges(t *testing.T) {
	t.Parallel()
	holds := map[string]any{"shop.pod_cidr": "100.65.0.0/16", "shop.service_cidr": "100.66.0.0/22"}
	unchanged := showing(openShift(""), holds)
	unchanged.ConfigPlanChecks.PreApply = append(unchanged.ConfigPlanChecks.PreApply, plancheck.ExpectEmptyPlan())
	acceptance(
		t,
		showing(openShift(""), holds),
		unchanged,
		showing(openShift(`other_ranges = { join = ["10.9.0.0/16"] }`), holds),
		refused(
			openShift(`other_ranges = { join = ["100.64.0.0/15"] }`), overlaps,
			`Pod range 100.65.0.0/16 of cluster "shop" and join range 100.64.0.0/15 of cluster "shop" share 100.65.0.0/16.`,
		),
		refused(openShift(`other_ranges = { jion = ["10.9.0.0/16"] }`), `named "jion". Did you mean "join"?`),
		refused(openShift(`other_ranges = { join = ["10.9.0.5/16"] }`), "10.9.0.5/16"),
		refused(openShift(`other_ranges = { join = [] }`), "The list is empty"),
		showing(openShift(""), holds),
	)
}

// What a cluster uses is known only after apply: its ranges wait for that.
func TestAccOtherRangesKnownAfterApply(t *testing.T) {
	t.Parallel()
	config := openShift(`other_ranges = { join = [terraform_data.join.output] }`) + `
resource "terraform_data" "join" {
  input = "100.64.0.0/15"
}
`
	acceptance(t, resource.TestStep{Config: header + config}, showing(config, map[string]any{
		"shop.pod_cidr": "100.66.0.0/16", "shop.service_cidr": "100.67.0.0/22",
	}))
}

// The ranges that existing gives for such uses stay in use while the entry is there, of a cluster that is declared and of one that is not.
func TestAccOtherRangesOfExisting(t *testing.T) {
	t.Parallel()
	config := func(clusters, join string) string {
		return `
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/14"]
  service_supernets = ["172.20.0.0/14"]
  vpcs              = { prod = { platform = "google", cidr_blocks = ["192.168.0.0/16"] } }
  clusters          = { ` + clusters + ` }
  existing = {
    old  = { pod_cidrs = ["10.66.0.0/16"], service_cidr = "172.20.0.0/20", node_cidr_mask = 24, other_ranges = ` + join + ` }
    gone = { pod_cidrs = ["10.67.0.0/16"], other_ranges = { control_plane = ["10.64.0.0/28"] } }
  }
}
`
	}
	const old, shop = `old = { vpc = "prod", profile = "gke" }`, `shop = { vpc = "prod", profile = "gke", pod_prefix_length = 16 }`
	acceptance(
		t,
		showing(config(old, `{ control_plane = ["10.65.0.0/28"] }`), map[string]any{"old.pod_cidr": "10.66.0.0/16"}),
		refused(config(old+", "+shop, `{ control_plane = ["10.65.0.0/28"] }`), "10.64.0.0/14"),
		refused(config(old+", "+shop, `null`), "10.65.0.0/28 of cluster \"old\" (in use until this plan is applied)"),
		showing(config(old, `null`), map[string]any{"old.pod_cidr": "10.66.0.0/16"}),
		showing(config(old+", "+shop, `null`), map[string]any{"old.pod_cidr": "10.66.0.0/16", "shop.pod_cidr": "10.65.0.0/16"}),
	)
}
