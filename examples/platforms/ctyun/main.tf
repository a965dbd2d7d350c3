# One VPC with both networks of CCSE: clusters with Calico have a separate Pod range, and cubecni uses
# subnets of the VPC for Pods.

locals {
  subnets = {
    nodes = "192.168.0.0/20"
    pods  = "192.168.64.0/18"
  }
}

# The resources of the cloud are the facts: no network is written twice.
locals {
  network = provider::cidrplan::facts({
    ctyun = {
      vpcs    = { prod = ctyun_vpc.prod }
      subnets = ctyun_subnet.all
    }
  })
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    vpcs  = local.network.vpcs
    sites = { idc-nanjing = { cidr_blocks = ["10.0.0.0/12"], peers = ["prod"] } }

    clusters = {
      video = {
        vpc           = "prod"
        profile       = "ccse-calico"
        node_subnets  = ["nodes"]
        max_nodes     = 50
        pods_per_node = 60
        max_services  = 1000
      }
      office = {
        vpc           = "prod"
        profile       = "ccse-cubecni"
        node_subnets  = ["nodes"]
        pod_subnets   = ["pods"]
        max_nodes     = 50
        pods_per_node = 60
        max_services  = 500
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
