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
resource "terraform_data" "unknown" {
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
  unknown = terraform_data.unknown.output
}
resource "cidrplan_allocator" "k8s" {
  name             = "k8s"
  supernets        = [local.unknown.supernet]
  unique_pod_cidrs = local.unknown.yes
  hubs             = { cen = { kind = "cen", vrf = null } }
  vpcs = { prod = {
    platform    = "alicloud"
    cidr_blocks = local.unknown.blocks
    hubs        = [local.unknown.hub]
    routes      = { r = { destination = local.unknown.route, next_hop = "vpn" } }
  } }
  clusters = { shop = { vpc = local.unknown.name, profile = "ack-flannel", max_nodes = local.unknown.nodes } }
}`
	acceptance(t,
		resource.TestStep{Config: header + config},
		holding(config, map[string]string{"shop.pod_cidr": "10.64.32.0/19"}),
	)
}
