# Two KCE clusters in one VPC, each with its own Pod and Service range. Kingsoft Cloud publishes nothing on their
# addresses, so the plan keeps them apart from everything that is declared.

locals {
  subnets = {
    nodes   = { cidr = "10.0.0.0/20", type = "Normal" }
    reserve = { cidr = "10.0.16.0/24", type = "Reserve" }
  }
}

# The resources of the cloud are the facts: no network is written twice.
locals {
  network = provider::cidrplan::facts({
    ksyun = {
      vpcs    = { prod = ksyun_vpc.prod }
      subnets = ksyun_subnet.all
    }
  })
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    vpcs  = local.network.vpcs
    sites = { idc-beijing = { cidr_blocks = ["10.128.0.0/12"], peers = ["prod"] } }

    clusters = {
      video = {
        vpc           = "prod"
        profile       = "kce"
        node_subnets  = ["nodes"]
        max_nodes     = 100
        pods_per_node = 64
        max_services  = 1000
      }
      office = {
        vpc           = "prod"
        profile       = "kce"
        node_subnets  = ["nodes"]
        max_nodes     = 20
        pods_per_node = 32
        max_services  = 500
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
