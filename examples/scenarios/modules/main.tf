# Clusters in the arguments of the allocator. Each is built by a module that only receives its allocation.
#
# The clusters are declared here and not in the modules: if modules pass clusters to the allocator and
# also receive an allocation from it, Terraform fails with "Cycle".

terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
  }
}

resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    vpcs = { prod = cidrplan_vpc.prod }
    clusters = {
      shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100, pods_per_node = 64, max_services = 1000 }
      data = { vpc = "prod", profile = "ack-flannel", max_nodes = 50, pods_per_node = 32, max_services = 200 }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

module "shop" {
  source  = "./modules/cluster"
  name    = "shop"
  network = cidrplan_allocator.k8s.allocations["shop"]
}

module "data" {
  source  = "./modules/cluster"
  name    = "data"
  network = cidrplan_allocator.k8s.allocations["data"]
}

output "shop" {
  value = module.shop.arguments
}

output "data" {
  value = module.data.arguments
}
