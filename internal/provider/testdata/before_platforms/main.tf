terraform {
  required_providers {
    cidrplan = { source = "cidrplan/cidrplan" }
  }
}
resource "cidrplan_hub" "cen" {
  name = "cen"
  kind = "cen"
}
resource "cidrplan_site" "idc" {
  name        = "idc"
  cidr_blocks = ["10.0.0.0/12"]
  hubs        = [cidrplan_hub.cen.name]
}
resource "cidrplan_vpc" "ali" {
  name        = "ali"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/17"]
  subnets     = { nodes = "192.168.0.0/24" }
  hubs        = [cidrplan_hub.cen.name]
  routes      = { office = { destination = "10.20.0.0/16", next_hop = "vpn" } }
}
resource "cidrplan_vpc" "huawei" {
  name        = "huawei"
  platform    = "huaweicloud"
  cidr_blocks = ["192.168.128.0/17"]
}
resource "cidrplan_cluster" "shop" {
  name      = "shop"
  vpc       = cidrplan_vpc.ali.name
  profile   = "ack-flannel"
  max_nodes = 100
}
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/12"]
  service_supernets = ["172.20.0.0/14"]
  hubs              = { cen = cidrplan_hub.cen }
  sites             = { idc = cidrplan_site.idc }
  vpcs              = { ali = cidrplan_vpc.ali, huawei = cidrplan_vpc.huawei }
  clusters = {
    shop   = cidrplan_cluster.shop
    pinned = { vpc = "ali", profile = "ack-flannel", pod_cidrs = ["10.96.0.0/20"] }
    pay    = { vpc = "huawei", profile = "cce-vpc-router", max_nodes = 100, max_services = 500 }
    legacy = { vpc = "huawei", profile = "cce-vpc-router", pod_cidrs = ["10.112.0.0/18", "10.113.0.0/18"] }
    build  = { vpc = "ali", profile = "kubernetes-routed", max_nodes = 30, service_prefix_length = 20 }
    edge   = { vpc = "idc", profile = "kubernetes-overlay", max_nodes = 30 }
    brown  = { vpc = "ali", profile = "ack-flannel", max_nodes = 10 }
  }
  existing = {
    brown = { pod_cidrs = ["10.97.0.0/20"], service_cidr = "172.31.0.0/20", node_cidr_mask = 25 }
    gone  = { pod_cidrs = ["10.64.0.0/18"] }
  }
}
resource "terraform_data" "cluster" {
  for_each = cidrplan_allocator.k8s.allocations
  triggers_replace = {
    network = [each.value.pod_cidr, each.value.service_cidr, each.value.node_cidr_mask]
    ack     = each.value.ack == null ? null : [each.value.ack.pod_cidr, each.value.ack.service_cidr, each.value.ack.node_cidr_mask]
    cce     = each.value.cce == null ? null : [each.value.cce.container_network_cidr, each.value.cce.service_network_cidr, each.value.cce.fix_pool_mask]
    kubeadm = each.value.kubernetes == null ? null : [each.value.kubernetes.pod_subnet, each.value.kubernetes.service_subnet, each.value.kubernetes.node_cidr_mask_size]
  }
}
