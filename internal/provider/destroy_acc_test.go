package provider_test

import "testing"

// A conflicting route that -target applied is new to the allocator, so the plan before a destroy fails; a destroy
// without refresh makes no such plan.
func TestAccDestroyAfterATargetedConflict(t *testing.T) {
	t.Parallel()
	const config = `
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
  routes      = {}
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  vpcs      = { prod = cidrplan_vpc.prod }
  clusters  = { shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100, pods_per_node = 64 } }
}`
	w := newWorkspace(t, config)
	w.run("apply", "-auto-approve")
	w.config(edit(t, config, "routes      = {}", `routes      = { vpn = { destination = "10.64.0.0/16", next_hop = "vpn" } }`))
	w.run("apply", "-auto-approve", "-target=cidrplan_vpc.prod")
	w.fails(allOf(overlaps, `route "vpn"`), "destroy", "-auto-approve")
	w.run("destroy", "-auto-approve", "-refresh=false")
}

// A conflict that the allocator was applied with stops no destroy.
func TestAccDestroyWithAPreExistingConflict(t *testing.T) {
	t.Parallel()
	config := network(shop)
	w := newWorkspace(t, config)
	w.run("apply", "-auto-approve")
	conflicting := edit(t, config, `next_hop = "nat" }`, `next_hop = "nat" }, vpn = { destination = "10.64.0.0/16", next_hop = "vpn" }`)
	w.config("provider \"cidrplan\" {\n  conflicts = \"warn\"\n}\n" + conflicting)
	w.run("apply", "-auto-approve")
	w.config(conflicting)
	w.run("destroy", "-auto-approve")
}
