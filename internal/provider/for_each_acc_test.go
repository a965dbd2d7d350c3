package provider_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"
)

// While a fact is known after apply, a for_each still reports clusters by platform: the profile decides which
// object is null. It holds for the resource and the function, and for what follows from the profile inside.
func TestAccForEachByPlatformBesideAnUnknownFact(t *testing.T) {
	t.Parallel()
	config := `
resource "terraform_data" "unknown" {
  input = "10.200.0.0/16"
}
locals {
  given = {
    name              = "k8s"
    supernets         = ["10.64.0.0/14"]
    service_supernets = ["172.20.0.0/16"]
    vpcs = {
      ali    = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"], peers = ["other"] }
      huawei = {
        platform = "huaweicloud"
        cidr_blocks = ["192.168.0.0/16"]
        subnets = { nodes = "192.168.0.0/20", pods-0 = "192.168.32.0/20", pods-1 = "192.168.16.0/20" }
        peers = ["other"]
      }
      other  = { cidr_blocks = [terraform_data.unknown.output] }
    }
    clusters = {
      shop  = { vpc = "ali", profile = "ack-flannel", max_nodes = 10 }
      batch = { vpc = "huawei", profile = "cce-overlay", max_nodes = 10 }
      pay   = { vpc = "huawei", profile = "cce-turbo", pod_subnets = ["pods-1", "pods-0"] }
    }
  }
  preview = provider::cidrplan::allocate(local.given)
}
resource "cidrplan_allocator" "k8s" {
  name              = local.given.name
  supernets         = local.given.supernets
  service_supernets = local.given.service_supernets
  vpcs              = local.given.vpcs
  clusters          = local.given.clusters
}
resource "terraform_data" "cce" {
  for_each = { for name, a in cidrplan_allocator.k8s.allocations : name => a if a.cce != null }
  input    = each.value.cce.service_network_cidr
}
resource "terraform_data" "ack" {
  for_each = { for name, a in local.preview : name => a if a.ack != null }
  input    = each.value.ack.service_cidr
}
resource "terraform_data" "turbo" {
  for_each = { for name, a in cidrplan_allocator.k8s.allocations : name => a if try(a.cce.container_network_type, "") == "eni" }
  input    = each.value.pod_subnets[*].name
}`
	w := newWorkspace(t, config)
	planned := w.plans()
	for _, address := range []string{`cce["batch"]`, `cce["pay"]`, `ack["shop"]`, `turbo["pay"]`} {
		if _, ok := planned["terraform_data."+address]; !ok {
			t.Errorf("terraform_data.%s is not planned", address)
		}
	}
	if want := len([]string{"unknown", "cce", "cce", "ack", "turbo", "allocator"}); len(planned) != want {
		t.Errorf("%d resources are planned, want %d: %v", len(planned), want, slices.Sorted(maps.Keys(planned)))
	}
	subnets := []any{"pods-1", "pods-0"}
	if got := planned[`terraform_data.turbo["pay"]`].Change.After["input"]; !reflect.DeepEqual(got, subnets) {
		t.Errorf("the Pod subnets are planned as %v, want %v", got, subnets)
	}
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
	shop := w.holds(allocator)["allocations"].(map[string]any)["shop"].(map[string]any)
	if shop["cce"] != nil || shop["ack"].(map[string]any)["pod_cidr"] == nil {
		t.Errorf("shop holds %v", shop)
	}
}
