# One VPC with both kinds of networks of CCE: with VPC routes clusters have a separate Pod range, and VPC-ENI uses
# subnets of the VPC for Pods, which nodes do not use.

locals {
  subnets = {
    nodes = { cidr = "192.168.0.0/20", zone = "cn-bj-a" }
    pods  = { cidr = "192.168.64.0/18", zone = "cn-bj-a" }
  }
}

# The resources of the cloud are the facts: no network is written twice.
locals {
  network = provider::cidrplan::facts({
    baiducloud = {
      vpcs    = { prod = baiducloud_vpc.prod }
      subnets = baiducloud_subnet.all
    }
  })
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    vpcs  = local.network.vpcs
    sites = { idc-beijing = { cidr_blocks = ["10.0.0.0/12"], peers = ["prod"] } }

    clusters = {
      search = {
        vpc           = "prod"
        profile       = "baidu-cce-route"
        node_subnets  = ["nodes"]
        max_nodes     = 100
        pods_per_node = 128
        max_services  = 1000
      }
      maps = {
        vpc           = "prod"
        profile       = "baidu-cce-vpc-eni"
        node_subnets  = ["nodes"]
        pod_subnets   = ["pods"]
        max_nodes     = 100
        pods_per_node = 60
        max_services  = 500
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
