# A block for the VPC and one for Pods, from the range of the company.
resource "cidrplan_blocks" "company" {
  name      = "company"
  supernets = ["10.0.0.0/8"]

  declare = {
    blocks = {
      pods = { prefix_length = 14 }
      prod = { prefix_length = 16 }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

locals {
  zones = [
    "cn-hangzhou-h",
    "cn-hangzhou-i",
  ]
}

module "subnets" {
  source = "../../modules/vpc-subnets"

  name      = "prod"
  platform  = "alicloud"
  supernets = [cidrplan_blocks.company.cidrs["prod"]]
  zones     = local.zones

  sizes = {
    node          = { addresses = 1000 }
    terway        = { addresses = 8000 }
    database      = { addresses = 240 }
    load-balancer = { prefix_length = 24 }
  }
}

resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = [cidrplan_blocks.company.cidrs["prod"]]
  subnets     = module.subnets.cidrs
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = [cidrplan_blocks.company.cidrs["pods"]]
  service_supernets = ["172.20.0.0/16"]

  declare = {
    vpcs = { prod = cidrplan_vpc.prod }

    clusters = {
      shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100, node_subnets = ["node/cn-hangzhou-h", "node/cn-hangzhou-i"] }
      data = { vpc = "prod", profile = "ack-terway", max_nodes = 50, pod_subnets = ["terway/cn-hangzhou-h", "terway/cn-hangzhou-i"] }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

output "node_subnets" {
  value = module.subnets.by_kind["node"]
}

output "kinds" {
  value = module.subnets.kinds
}
