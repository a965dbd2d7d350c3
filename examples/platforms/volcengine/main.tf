# One VPC with both networks of VKE: clusters with Flannel have a separate Pod range, and VPC-CNI uses subnets of
# the VPC for Pods.

locals {
  subnets = {
    nodes  = { cidr = "192.168.0.0/20", zone = "cn-beijing-a" }
    pods-a = { cidr = "192.168.64.0/19", zone = "cn-beijing-a" }
    pods-b = { cidr = "192.168.96.0/19", zone = "cn-beijing-b" }
  }
}

# The resources of the cloud are the facts: no network is written twice.
locals {
  network = provider::cidrplan::facts({
    volcengine = {
      vpcs    = { prod = volcengine_vpc.prod }
      subnets = volcengine_subnet.all
    }
  })
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.8.0.0/13"] # inside 10.0.0.0/12, which VKE accepts in any reading of its documentation
  service_supernets = ["172.20.0.0/14"]

  declare = {
    vpcs  = local.network.vpcs
    sites = { idc-beijing = { cidr_blocks = ["10.64.0.0/12"], peers = ["prod"] } }

    clusters = {
      shop = {
        vpc           = "prod"
        profile       = "vke-flannel"
        node_subnets  = ["nodes"]
        max_nodes     = 100
        pods_per_node = 64
        max_services  = 1000
      }
      chat = {
        vpc           = "prod"
        profile       = "vke-vpc-cni"
        node_subnets  = ["nodes"]
        pod_subnets   = ["pods-a", "pods-b"]
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
