resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}

# With a local, Terraform reads the data source at plan, even if the VPC has pending changes.
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
