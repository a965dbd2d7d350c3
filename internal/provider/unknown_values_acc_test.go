package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

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
