locals {
  vpcs = {
    prod    = { cidr = "172.16.0.0/16", subnets = { nodes = "172.16.0.0/20", pods = "172.16.64.0/18" } }
    staging = { cidr = "172.17.0.0/16", subnets = { test-nodes = "172.17.0.0/20" } }
  }
  subnets = merge([for vpc, v in local.vpcs : { for name, cidr in v.subnets : name => { vpc = vpc, cidr = cidr } }]...)
}

resource "huaweicloud_vpc" "all" {
  for_each = local.vpcs
  name     = each.key
  cidr     = each.value.cidr
}

resource "huaweicloud_vpc_subnet" "all" {
  for_each   = local.subnets
  name       = each.key
  vpc_id     = huaweicloud_vpc.all[each.value.vpc].id
  cidr       = each.value.cidr
  gateway_ip = cidrhost(each.value.cidr, 1)
}

resource "huaweicloud_er_instance" "main" {
  name               = "main"
  asn                = 64512
  availability_zones = ["cn-north-4a"]
}

resource "huaweicloud_er_vpc_attachment" "all" {
  for_each    = local.vpcs
  name        = each.key
  instance_id = huaweicloud_er_instance.main.id
  vpc_id      = huaweicloud_vpc.all[each.key].id
  subnet_id   = huaweicloud_vpc_subnet.all[each.key == "prod" ? "nodes" : "test-nodes"].id
}

resource "huaweicloud_vpc_route" "partner" {
  vpc_id      = huaweicloud_vpc.all["staging"].id
  destination = "10.112.0.0/13"
  type        = "vpn"
  nexthop     = "vpn-1"
}

resource "huaweicloud_vpn_gateway" "main" {
  name               = "main"
  availability_zones = ["cn-north-4a"]
  attachment_type    = "er"
  er_id              = huaweicloud_er_instance.main.id
}

resource "huaweicloud_vpn_connection" "idc" {
  name                = "idc"
  gateway_id          = huaweicloud_vpn_gateway.main.id
  gateway_ip          = "203.0.113.7"
  customer_gateway_id = "idc"
  vpn_type            = "static"
  psk                 = "abc-123"
  peer_subnets        = ["10.0.0.0/12"]
}

locals {
  network = provider::cidrplan::facts({ huaweicloud = {
    vpcs          = huaweicloud_vpc.all
    subnets       = { for name, subnet in huaweicloud_vpc_subnet.all : name => merge(subnet, { vpc = local.subnets[name].vpc }) }
    gateways      = { er-main = huaweicloud_er_instance.main }
    attachments   = huaweicloud_er_vpc_attachment.all
    routes        = { "staging/partner" = huaweicloud_vpc_route.partner }
    site_gateways = { vpn = merge(huaweicloud_vpn_gateway.main, { hub = "er-main" }) }
    connections   = { idc = merge(huaweicloud_vpn_connection.idc, { hub = "er-main" }) }
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
    search = { vpc = "prod", profile = "cce-vpc-router", node_subnets = ["nodes"], max_nodes = 100 }
    pay = {
      vpc = "prod", profile = "cce-turbo", node_subnets = ["nodes"], pod_subnets = ["pods"], max_nodes = 50, pods_per_node = 60
    }
    test = { vpc = "staging", profile = "cce-overlay", node_subnets = ["test-nodes"], max_nodes = 20 }
  }
}

resource "huaweicloud_cce_cluster" "all" {
  for_each               = cidrplan_allocator.k8s.allocations
  name                   = each.key
  flavor_id              = "cce.s2.medium"
  vpc_id                 = huaweicloud_vpc.all[cidrplan_allocator.k8s.clusters[each.key].vpc].id
  subnet_id              = huaweicloud_vpc_subnet.all[cidrplan_allocator.k8s.clusters[each.key].node_subnets[0]].id
  container_network_type = each.value.cce.container_network_type
  container_network_cidr = each.value.cce.container_network_cidr
  service_network_cidr   = each.value.cce.service_network_cidr
  eni_subnet_id          = each.value.pod_subnets == null ? null : join(",", [for s in each.value.pod_subnets : huaweicloud_vpc_subnet.all[s.name].ipv4_subnet_id])
}

output "unplaced" {
  value = local.network.unplaced
}
