# How full the supernets and the clusters are.
resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.20.0.0/16"]

  declare = {
    vpcs = { prod = {
      platform    = "huaweicloud"
      cidr_blocks = ["192.168.0.0/16"]
      routes      = { idc = { destination = "10.64.192.0/18", next_hop = "vpn" } }
    } }
    clusters = { shop = { vpc = "prod", profile = "cce-vpc-router", max_nodes = 100, pods_per_node = 61 } }
  }

  lifecycle {
    prevent_destroy = true
  }
}

locals {
  usage = provider::cidrplan::usage(cidrplan_allocator.k8s, {
    observed = { nodes = { shop = 40 } }
    growth   = { shop = { nodes_per_month = 2.5 } }
    date     = "2026-12-01"
  })
}

check "room" {
  assert {
    condition     = local.usage.default_pool.ipv4.percent < 80
    error_message = "${local.usage.default_pool.ipv4.percent} % of the addresses are in use; the largest free range is ${coalesce(local.usage.default_pool.ipv4.largest_free, "none")}."
  }
}

output "pods" {
  value = { for name, n in local.usage.supernets["10.64.0.0/16"] : name => n if name != "fits" && name != "networks" }
}

output "shop" {
  value = local.usage.clusters["shop"]
}
