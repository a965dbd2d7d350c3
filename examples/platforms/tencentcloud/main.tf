# One VPC with the three networks of TKE: with GlobalRouter and Cilium-Overlay, a cluster has one range
# for Pods and Services; with VPC-CNI, Pods use subnets of the VPC. A TSF container cluster has one range too.

locals {
  subnets = {
    nodes-3 = { cidr = "10.0.0.0/20", zone = "ap-guangzhou-3" }
    nodes-4 = { cidr = "10.0.16.0/20", zone = "ap-guangzhou-4" }
    pods-3  = { cidr = "10.0.64.0/19", zone = "ap-guangzhou-3" }
    pods-4  = { cidr = "10.0.96.0/19", zone = "ap-guangzhou-4" }
  }
}

# The resources of the cloud are the facts: no network is written twice.
locals {
  network = provider::cidrplan::facts({
    tencentcloud = {
      vpcs        = { prod = tencentcloud_vpc.prod }
      subnets     = tencentcloud_subnet.all
      gateways    = { ccn-prod = tencentcloud_ccn.prod }
      attachments = { prod = tencentcloud_ccn_attachment.prod }
    }
  })
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    hubs  = local.network.hubs
    vpcs  = local.network.vpcs
    sites = { idc-shenzhen = { cidr_blocks = ["192.168.0.0/16"], hubs = ["ccn-prod"] } }

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
