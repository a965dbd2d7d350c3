# One VPC with the three networks of TKE: with GlobalRouter and Cilium-Overlay, a cluster has one range
# for Pods and Services; with VPC-CNI, Pods use subnets of the VPC. A TSF container cluster has one range too.

locals {
  vpc_cidr = "10.0.0.0/16"

  # Defined once, for the plan and for the cloud resources.
  subnets = {
    nodes-3 = { cidr = "10.0.0.0/20", zone = "ap-guangzhou-3" }
    nodes-4 = { cidr = "10.0.16.0/20", zone = "ap-guangzhou-4" }
    pods-3  = { cidr = "10.0.64.0/19", zone = "ap-guangzhou-3" }
    pods-4  = { cidr = "10.0.96.0/19", zone = "ap-guangzhou-4" }
  }
}

resource "cidrplan_hub" "ccn" {
  name = "ccn-prod"
  kind = "ccn"
}

resource "cidrplan_site" "idc" {
  name        = "idc-shenzhen"
  cidr_blocks = ["192.168.0.0/16"]
  hubs        = [cidrplan_hub.ccn.name]
}

resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "tencentcloud"
  cidr_blocks = [local.vpc_cidr]
  subnets     = { for name, subnet in local.subnets : name => subnet.cidr }
  hubs        = [cidrplan_hub.ccn.name]
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    hubs  = { ccn-prod = cidrplan_hub.ccn }
    sites = { idc-shenzhen = cidrplan_site.idc }
    vpcs  = { prod = cidrplan_vpc.prod }

    clusters = {
      game = {
        vpc           = "prod"
        profile       = "tke-global-router"
        node_subnets  = ["nodes-3", "nodes-4"]
        max_nodes     = 200
        pods_per_node = 64
        max_services  = 1024
      }
      lake = {
        vpc           = "prod"
        profile       = "tke-cilium-overlay"
        node_subnets  = ["nodes-3", "nodes-4"]
        max_nodes     = 50
        pods_per_node = 128
        max_services  = 256
      }
      chat = {
        vpc           = "prod"
        profile       = "tke-vpc-cni"
        node_subnets  = ["nodes-3", "nodes-4"]
        pod_subnets   = ["pods-3", "pods-4"]
        max_nodes     = 100
        pods_per_node = 64
        max_services  = 512
      }
      shop = {
        vpc           = "prod"
        profile       = "tsf"
        node_subnets  = ["nodes-3"]
        max_nodes     = 20
        pods_per_node = 32
        max_services  = 128
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
