resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}

# Through a local the data source is read at plan, also while the VPC has changes pending.
locals {
  vpcs = { prod = cidrplan_vpc.prod }
}

data "cidrplan_allocator" "preview" {
  name      = "preview"
  supernets = ["10.64.0.0/10"]

  declare = {
    vpcs = local.vpcs
    clusters = {
      shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 }
    }
  }
}

output "shop" {
  value = data.cidrplan_allocator.preview.allocations["shop"].pod_cidr
}
