# Twelve VPCs and three IDCs on one hub: all of them reach each other, so no ranges may overlap.

terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
  }
}

locals {
  vpcs = {
    edge    = "172.16.0.0/20"
    shop    = "172.16.16.0/20"
    pay     = "172.16.32.0/20"
    search  = "172.16.48.0/20"
    data    = "172.16.64.0/18"
    lake    = "172.16.128.0/18"
    ml      = "172.16.192.0/20"
    logs    = "172.16.208.0/20"
    ci      = "172.16.224.0/20"
    shared  = "172.16.240.0/20"
    staging = "172.17.0.0/18"
    test    = "172.17.64.0/18"
  }

  idcs = {
    idc-hangzhou = ["10.0.0.0/12"]
    idc-beijing  = ["10.16.0.0/13", "192.168.0.0/18"]
    idc-shenzhen = ["10.24.0.0/14"]
  }
}

resource "cidrplan_hub" "cen" {
  name        = "cen-prod"
  kind        = "cen"
  description = "transit router of all regions"
}

resource "cidrplan_vpc" "all" {
  for_each    = local.vpcs
  name        = each.key
  platform    = "alicloud"
  cidr_blocks = [each.value]
  hubs        = [cidrplan_hub.cen.name]

  declare = {
    routes = {
      # The networks behind this route are declared as VPCs and sites.
      cen     = { destination = "10.0.0.0/8", next_hop = "transit", summary = true }
      default = { destination = "0.0.0.0/0", next_hop = "nat" }
    }
  }
}

resource "cidrplan_site" "all" {
  for_each    = local.idcs
  name        = each.key
  cidr_blocks = each.value
  hubs        = [cidrplan_hub.cen.name]
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.0.0.0/8"] # the IDCs are in it; the rest is allocated
  service_supernets = ["172.20.0.0/14"]

  declare = {
    hubs  = { cen-prod = cidrplan_hub.cen }
    sites = cidrplan_site.all
    vpcs  = cidrplan_vpc.all

    # Two existing clusters that were built without cidrplan keep their ranges.
    existing = {
      data = { pod_cidrs = ["10.32.0.0/16"], service_cidr = "172.21.0.0/20", node_cidr_mask = 25 }
      ci   = { pod_cidrs = ["10.33.0.0/18"], service_cidr = "172.21.16.0/20", node_cidr_mask = 26 }
    }

    clusters = {
      edge    = { vpc = "edge", profile = "ack-flannel", max_nodes = 30 }
      shop    = { vpc = "shop", profile = "ack-flannel", max_nodes = 120 }
      pay     = { vpc = "pay", profile = "ack-flannel", max_nodes = 60, pods_per_node = 32 }
      search  = { vpc = "search", profile = "ack-flannel", max_nodes = 100, pods_per_node = 128 }
      data    = { vpc = "data", profile = "ack-flannel", max_nodes = 180 }
      ci      = { vpc = "ci", profile = "ack-flannel", max_nodes = 150 }
      staging = { vpc = "staging", profile = "ack-flannel", max_nodes = 40 }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

output "ranges" {
  description = "Pod and Service range of every cluster."
  value       = { for name, network in cidrplan_allocator.k8s.allocations : name => "${network.pod_cidr}, ${network.service_cidr}" }
}
