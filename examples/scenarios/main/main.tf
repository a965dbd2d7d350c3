# Two VPCs on two clouds, each on a separate hub, and the ranges of their clusters.

terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
  }
}

# Alibaba Cloud: a VPC and an IDC on one transit router.

resource "cidrplan_hub" "cen" {
  name = "cen-prod"
  kind = "cen"
}

resource "cidrplan_site" "idc" {
  name        = "idc-hangzhou"
  description = "machine rooms in Hangzhou"
  cidr_blocks = ["10.0.0.0/12"]
  hubs        = [cidrplan_hub.cen.name]
}

resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
  hubs        = [cidrplan_hub.cen.name]

  declare = {
    routes = {
      vpn     = { destination = "10.20.0.0/16", next_hop = "vpn" }
      default = { destination = "0.0.0.0/0", next_hop = "nat" } # a default route occupies nothing
    }
  }
}

# Huawei Cloud: a VPC on an enterprise router, which announces the private blocks as summaries.

resource "cidrplan_hub" "er" {
  name = "er-prod"
  kind = "er"
}

resource "cidrplan_vpc" "huawei" {
  name        = "huawei-prod"
  platform    = "huaweicloud"
  cidr_blocks = ["172.16.0.0/16"]
  hubs        = [cidrplan_hub.er.name]

  declare = {
    routes = {
      er-10  = { destination = "10.0.0.0/8", next_hop = "transit", summary = true }
      er-172 = { destination = "172.16.0.0/12", next_hop = "transit", summary = true }
      er-192 = { destination = "192.168.0.0/16", next_hop = "transit", summary = true }
    }
  }
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    hubs  = { cen-prod = cidrplan_hub.cen, er-prod = cidrplan_hub.er }
    sites = { idc-hangzhou = cidrplan_site.idc }
    vpcs  = { prod = cidrplan_vpc.prod, huawei-prod = cidrplan_vpc.huawei }

    clusters = {
      shop   = { vpc = "prod", profile = "ack-flannel", max_nodes = 100, pods_per_node = 64, max_services = 1000 }
      data   = { vpc = "prod", profile = "ack-flannel", max_nodes = 50, pods_per_node = 32, max_services = 200 }
      search = { vpc = "huawei-prod", profile = "cce-vpc-router", max_nodes = 150, pods_per_node = 110, max_services = 500 }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

output "ack_shop" {
  description = "Arguments for alicloud_cs_managed_kubernetes."
  value       = cidrplan_allocator.k8s.allocations["shop"].ack
}

output "cce_search" {
  description = "Arguments for huaweicloud_cce_cluster."
  value       = cidrplan_allocator.k8s.allocations["search"].cce
}
