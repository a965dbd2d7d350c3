package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// The figures of an allocator and of blocks are known in the first plan, exact for IPv6, and the same in the state.
func TestAccUsageIsKnownAtPlan(t *testing.T) {
	t.Parallel()
	config := header + `
resource "cidrplan_blocks" "vpcs" {
  name      = "vpcs"
  supernets = ["fd00::/20"]
  blocks    = { prod = { prefix_length = 56 } }
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.20.0.0/16"]
  vpcs              = { prod = { platform = "huaweicloud", cidr_blocks = ["192.168.0.0/16"] } }
  clusters          = { shop = { vpc = "prod", profile = "cce-vpc-router", max_nodes = 100, pods_per_node = 61 } }
}

locals {
  options = { observed = { nodes = { shop = 120 } }, growth = { shop = { nodes_per_month = 4 } }, date = "2026-12-01" }
  k8s     = provider::cidrplan::usage(cidrplan_allocator.k8s, local.options)
  vpcs    = provider::cidrplan::usage(cidrplan_blocks.vpcs).total.ipv6
}

check "nodes" {
  assert {
    condition     = local.k8s.clusters["shop"].percent > 80
    error_message = "The cluster has room."
  }
}

output "usage" {
  value = jsonencode({
    free = local.k8s.default_pool.ipv4.free, percent = local.k8s.clusters["shop"].percent
    until = local.k8s.clusters["shop"].lasts_until, more = local.k8s.clusters["shop"].more_clusters
    largest = local.k8s.supernets["172.20.0.0/16"].largest_free
    ipv6 = local.vpcs.free, sum = local.vpcs.free + local.vpcs.allocated == local.vpcs.addresses, blocks = local.vpcs.fits["56"]
  })
}
`
	want := knownvalue.StringExact(`{"blocks":68719476735,"free":57344,"ipv6":324518553653704360300286375362560,` +
		`"largest":"172.20.128.0/17","more":7,"percent":93.75,"sum":true,"until":"2027-02-01"}`)
	acceptance(t, resource.TestStep{
		Config: config,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply: []plancheck.PlanCheck{plancheck.ExpectKnownOutputValue("usage", want)},
		},
		ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("usage", want)},
	})
}
