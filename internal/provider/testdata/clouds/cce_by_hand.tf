# One VPC with the three networks of CCE: the VPC network (vpc-router) and the tunnel network
# (overlay_l2) have separate Pod ranges; Cloud Native 2.0 (eni, CCE Turbo) uses subnets of the VPC
# for Pods, and so does a CCE Autopilot cluster, which is another cloud resource.

locals {
  vpc_cidr = "172.16.0.0/16"

  # Defined once, for the plan and for the cloud resources.
  subnets = {
    nodes  = "172.16.0.0/20"
    pods-a = "172.16.64.0/18"
    pods-b = "172.16.128.0/18"
    pilot  = "172.16.192.0/20"
  }
}

resource "cidrplan_hub" "er" {
  name = "er-prod"
  kind = "er"
}

resource "cidrplan_site" "idc" {
  name        = "idc-guiyang"
  cidr_blocks = ["10.0.0.0/12"]
  hubs        = [cidrplan_hub.er.name]
}

resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "huaweicloud"
  cidr_blocks = [local.vpc_cidr]
  subnets     = local.subnets
  hubs        = [cidrplan_hub.er.name]
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    hubs  = { er-prod = cidrplan_hub.er }
    sites = { idc-guiyang = cidrplan_site.idc }
    vpcs  = { prod = cidrplan_vpc.prod }

    clusters = {
      search = {
        vpc           = "prod"
        profile       = "cce-vpc-router"
        node_subnets  = ["nodes"]
        max_nodes     = 150
        pods_per_node = 110
        max_services  = 500
      }
      batch = {
        vpc           = "prod"
        profile       = "cce-overlay"
        node_subnets  = ["nodes"]
        max_nodes     = 100
        pods_per_node = 64
        max_services  = 200
      }
      pay = {
        vpc           = "prod"
        profile       = "cce-turbo"
        node_subnets  = ["nodes"]
        pod_subnets   = ["pods-a", "pods-b"]
        max_nodes     = 200
        pods_per_node = 100
        max_services  = 1000
      }
      jobs = {
        vpc          = "prod"
        profile      = "cce-autopilot"
        node_subnets = ["pilot"]
        pod_subnets  = ["pilot"]
        max_services = 100
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
