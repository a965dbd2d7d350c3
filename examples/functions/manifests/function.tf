# An allocation. In a configuration it is cidrplan_allocator.k8s.allocations["shop"].
locals {
  shop = {
    pod_cidrs    = ["10.64.0.0/18"]
    service_cidr = "10.65.0.0/20"

    pod_ipv6_cidr     = "fd00:10:64::/56"
    service_ipv6_cidr = "fd00:10:65::/112"

    node_cidr_mask      = 25
    node_ipv6_cidr_mask = 64
  }
}

output "kubeadm" {
  value = provider::cidrplan::manifests(local.shop, "kubeadm")
}

output "cilium" {
  value = provider::cidrplan::manifests(local.shop, "cilium", { routed = true })
}
