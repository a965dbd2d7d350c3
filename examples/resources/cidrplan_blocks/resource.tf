# Blocks for VPCs, from the range of the company.
resource "cidrplan_blocks" "vpcs" {
  name      = "vpcs"
  supernets = ["10.0.0.0/8"]

  # In declare, a misspelled attribute is an error. It requires Terraform 1.11 or OpenTofu 1.11; with earlier
  # versions, write the same arguments without declare.
  declare = {
    blocks = {
      prod = { prefix_length = 16, labels = { owner = "platform" } }
      test = { prefix_length = 18 }
      lab  = { cidr = "10.200.0.0/20", description = "pinned: it was built by hand" }
    }

    # Ranges that are not allocated to any block.
    reserved = {
      idc = { cidr = "10.0.0.0/12", description = "data centre in Hangzhou" }
    }

    # Blocks that were in use before this resource managed them.
    existing = {
      test = { cidr = "10.99.0.0/18" }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

# Subnets of zones inside one of these blocks, by the number of usable addresses.
resource "cidrplan_blocks" "zones" {
  name      = "prod-zones"
  supernets = [cidrplan_blocks.vpcs.cidrs["prod"]]

  declare = {
    blocks = {
      hangzhou-h = { addresses = 1000, platform = "alicloud" }
      hangzhou-i = { addresses = 1000, platform = "alicloud" }
      slb        = { prefix_length = 24 }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = [cidrplan_blocks.vpcs.cidrs["prod"]]
  subnets     = cidrplan_blocks.zones.cidrs
}

output "vpcs" {
  value = cidrplan_blocks.vpcs.cidrs
}

output "zones" {
  description = "Subnets for for_each of alicloud_vswitch."
  value       = cidrplan_blocks.zones.cidrs
}
