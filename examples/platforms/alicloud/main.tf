# One VPC with all kinds of ACK clusters: clusters with Flannel have a separate Pod range, Terway and
# serverless clusters use vSwitches of the VPC for Pods.

locals {
  vswitches = {
    nodes-h = { cidr = "192.168.0.0/20", zone = "cn-hangzhou-h" }
    nodes-i = { cidr = "192.168.16.0/20", zone = "cn-hangzhou-i" }
    pods-h  = { cidr = "192.168.64.0/19", zone = "cn-hangzhou-h" }
    pods-i  = { cidr = "192.168.96.0/19", zone = "cn-hangzhou-i" }
    eci-h   = { cidr = "192.168.128.0/20", zone = "cn-hangzhou-h" }
  }
}

# The resources of the cloud are the facts: no network is written twice.
locals {
  network = provider::cidrplan::facts({
    alicloud = {
      vpcs        = { prod = alicloud_vpc.prod }
      subnets     = alicloud_vswitch.all
      gateways    = { cen-prod = alicloud_cen_instance.prod }
      attachments = { prod = alicloud_cen_instance_attachment.prod }
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
    sites = { idc-hangzhou = { cidr_blocks = ["10.0.0.0/12"], hubs = ["cen-prod"] } }

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
