# Clusters as resources: one block declares all of them, and the allocator receives them as a whole.

terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
  }
}

variable "vpcs" {
  description = "VPCs by name."
  type        = map(object({ platform = string, cidr_blocks = list(string) }))
  default = {
    prod        = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] }
    huawei-prod = { platform = "huaweicloud", cidr_blocks = ["172.16.0.0/16"] }
  }
}

variable "clusters" {
  description = "Clusters by name, with their sizes."
  type        = map(object({ vpc = string, profile = string, max_nodes = number }))
  default = {
    shop   = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 }
    data   = { vpc = "prod", profile = "ack-flannel", max_nodes = 50 }
    search = { vpc = "huawei-prod", profile = "cce-vpc-router", max_nodes = 150 }
  }
}

resource "cidrplan_vpc" "all" {
  for_each    = var.vpcs
  name        = each.key
  platform    = each.value.platform
  cidr_blocks = each.value.cidr_blocks
}

resource "cidrplan_cluster" "all" {
  for_each  = var.clusters
  name      = each.key
  vpc       = each.value.vpc
  profile   = each.value.profile
  max_nodes = each.value.max_nodes
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]
  declare = {
    vpcs     = cidrplan_vpc.all
    clusters = cidrplan_cluster.all
  }

  lifecycle {
    prevent_destroy = true
  }
}

# Use the allocations in for_each; the keys are known at plan.

output "ack" {
  description = "Arguments for alicloud_cs_managed_kubernetes, by cluster."
  value       = { for name, network in cidrplan_allocator.k8s.allocations : name => network.ack if network.ack != null }
}

output "cce" {
  description = "Arguments for huaweicloud_cce_cluster, by cluster."
  value       = { for name, network in cidrplan_allocator.k8s.allocations : name => network.cce if network.cce != null }
}
