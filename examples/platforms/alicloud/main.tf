# One VPC with all kinds of ACK clusters: clusters with Flannel have a separate Pod range, Terway and
# serverless clusters use vSwitches of the VPC for Pods.

locals {
  vpc_cidr = "192.168.0.0/16"

  # Defined once, for the plan and for the cloud resources.
  vswitches = {
    nodes-h = { cidr = "192.168.0.0/20", zone = "cn-hangzhou-h" }
    nodes-i = { cidr = "192.168.16.0/20", zone = "cn-hangzhou-i" }
    pods-h  = { cidr = "192.168.64.0/19", zone = "cn-hangzhou-h" }
    pods-i  = { cidr = "192.168.96.0/19", zone = "cn-hangzhou-i" }
    eci-h   = { cidr = "192.168.128.0/20", zone = "cn-hangzhou-h" }
  }
}

resource "cidrplan_hub" "cen" {
  name = "cen-prod"
  kind = "cen"
}

resource "cidrplan_site" "idc" {
  name        = "idc-hangzhou"
  cidr_blocks = ["10.0.0.0/12"]
  hubs        = [cidrplan_hub.cen.name]
}

resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = [local.vpc_cidr]
  subnets     = { for name, vswitch in local.vswitches : name => vswitch.cidr }
  hubs        = [cidrplan_hub.cen.name]
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    hubs  = { cen-prod = cidrplan_hub.cen }
    sites = { idc-hangzhou = cidrplan_site.idc }
    vpcs  = { prod = cidrplan_vpc.prod }

    clusters = {
      shop = {
        vpc           = "prod"
        profile       = "ack-flannel"
        node_subnets  = ["nodes-h", "nodes-i"]
        max_nodes     = 100
        pods_per_node = 64
        max_services  = 1000
      }
      data = {
        vpc           = "prod"
        profile       = "ack-terway"
        node_subnets  = ["nodes-h", "nodes-i"]
        pod_subnets   = ["pods-h", "pods-i"]
        max_nodes     = 50
        pods_per_node = 60
        max_services  = 500
      }
      stores = {
        vpc           = "prod"
        profile       = "ack-edge-flannel"
        node_subnets  = ["nodes-h"]
        max_nodes     = 30
        pods_per_node = 32
        max_services  = 200
      }
      jobs = {
        vpc          = "prod"
        profile      = "ack-serverless"
        pod_subnets  = ["eci-h"]
        max_services = 200
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
