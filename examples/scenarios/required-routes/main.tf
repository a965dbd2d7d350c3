# Clusters with separate Pod ranges, in a VPC that is connected to other networks: the platform routes the
# ranges inside the VPC, and the function required_routes returns the routes for the other networks.

resource "cidrplan_hub" "cen" {
  name = "cen-prod"
  kind = "cen"
}

resource "cidrplan_site" "idc" {
  name        = "idc-hangzhou"
  cidr_blocks = ["10.0.0.0/12"]
  hubs        = [cidrplan_hub.cen.name]
}

locals {
  vpcs = {
    prod   = { cidr = "192.168.0.0/18", subnets = { pods = "192.168.32.0/19" }, hubs = [cidrplan_hub.cen.name], peers = [] }
    shared = { cidr = "192.168.64.0/18", subnets = {}, hubs = [cidrplan_hub.cen.name], peers = [] }
    lab    = { cidr = "192.168.128.0/18", subnets = {}, hubs = [], peers = ["prod"] }
  }
}

resource "cidrplan_vpc" "all" {
  for_each    = local.vpcs
  name        = each.key
  platform    = "alicloud"
  cidr_blocks = [each.value.cidr]
  subnets     = each.value.subnets
  hubs        = each.value.hubs
  peers       = each.value.peers
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    hubs  = { cen-prod = cidrplan_hub.cen }
    sites = { idc-hangzhou = cidrplan_site.idc }
    vpcs  = cidrplan_vpc.all

    clusters = {
      shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 }
      data = { vpc = "prod", profile = "ack-flannel", max_nodes = 50 }
      jobs = { vpc = "prod", profile = "ack-terway", max_services = 200, pod_subnets = ["pods"] } # Pods in vSwitches need no routes
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

output "required_routes" {
  description = "Routes that all networks need."
  value       = provider::cidrplan::required_routes(cidrplan_allocator.k8s)
}

output "idc" {
  description = "Routes that the routers of the IDC must learn, with the hub as the next hop."
  value       = { for key, r in provider::cidrplan::required_routes(cidrplan_allocator.k8s) : r.destination => "${r.cluster}, to ${r.to}" if r.action == "advertise" && r.network == "idc-hangzhou" }
}
