locals {
  vpcs = {
    prod    = { cidr = "172.16.0.0/16", subnets = { nodes = "172.16.0.0/20", pods = "172.16.64.0/18" } }
    staging = { cidr = "172.17.0.0/16", subnets = { test-nodes = "172.17.0.0/20" } }
  }
  subnets = merge([for vpc, v in local.vpcs : { for name, cidr in v.subnets : name => { vpc = vpc, cidr = cidr } }]...)
}

resource "alicloud_vpc" "all" {
  for_each   = local.vpcs
  vpc_name   = each.key
  cidr_block = each.value.cidr
}

resource "alicloud_vswitch" "all" {
  for_each     = local.subnets
  vswitch_name = each.key
  vpc_id       = alicloud_vpc.all[each.value.vpc].id
  cidr_block   = each.value.cidr
  zone_id      = "cn-hangzhou-h"
}

resource "alicloud_cen_instance" "main" {
  cen_instance_name = "main"
  protection_level  = "REDUCED"
}

resource "alicloud_cen_instance_attachment" "all" {
  for_each                 = local.vpcs
  instance_id              = alicloud_cen_instance.main.id
  child_instance_id        = alicloud_vpc.all[each.key].id
  child_instance_type      = "VPC"
  child_instance_region_id = "cn-hangzhou"
}

resource "alicloud_route_entry" "partner" {
  route_table_id        = alicloud_vpc.all["staging"].route_table_id
  destination_cidrblock = "10.112.0.0/13"
  nexthop_type          = "VpnGateway"
  nexthop_id            = "vpn-1"
}

resource "alicloud_vpn_gateway" "main" {
  vpc_id       = alicloud_vpc.all["prod"].id
  bandwidth    = "200"
  enable_ipsec = true
}

resource "alicloud_vpn_connection" "idc" {
  vpn_gateway_id      = alicloud_vpn_gateway.main.id
  customer_gateway_id = "idc"
  local_subnet        = [alicloud_vpc.all["prod"].cidr_block]
  remote_subnet       = ["10.0.0.0/12"]
}

locals {
  network = provider::cidrplan::facts({ alicloud = {
    vpcs          = alicloud_vpc.all
    subnets       = { for name, subnet in alicloud_vswitch.all : name => merge(subnet, { vpc = local.subnets[name].vpc }) }
    gateways      = { cen-main = alicloud_cen_instance.main }
    attachments   = alicloud_cen_instance_attachment.all
    routes        = { partner = merge(alicloud_route_entry.partner, { vpc = "staging" }) }
    site_gateways = { vpn = alicloud_vpn_gateway.main }
    connections   = { idc = merge(alicloud_vpn_connection.idc, { vpc = "prod" }) }
  } })
}

resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  hubs      = local.network.hubs
  sites     = local.network.sites
  vpcs      = local.network.vpcs
  existing  = local.existing
  clusters = {
    shop = { vpc = "prod", profile = "ack-flannel", node_subnets = ["nodes"], max_nodes = 100 }
    data = {
      vpc = "prod", profile = "ack-terway", node_subnets = ["nodes"], pod_subnets = ["pods"], max_nodes = 50, pods_per_node = 60
    }
    test = { vpc = "staging", profile = "ack-flannel", node_subnets = ["test-nodes"], max_nodes = 20 }
  }
}

resource "alicloud_cs_managed_kubernetes" "all" {
  for_each        = cidrplan_allocator.k8s.allocations
  name            = each.key
  vswitch_ids     = [for name in cidrplan_allocator.k8s.clusters[each.key].node_subnets : alicloud_vswitch.all[name].id]
  pod_cidr        = each.value.ack.pod_cidr
  service_cidr    = each.value.ack.service_cidr
  node_cidr_mask  = each.value.ack.node_cidr_mask
  pod_vswitch_ids = each.value.pod_subnets == null ? null : [for s in each.value.pod_subnets : alicloud_vswitch.all[s.name].id]
}

output "unplaced" {
  value = local.network.unplaced
}
