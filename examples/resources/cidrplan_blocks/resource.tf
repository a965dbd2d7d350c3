# VPC blocks out of the company's range.
resource "cidrplan_blocks" "vpcs" {
  name      = "vpcs"
  supernets = ["10.0.0.0/8"]

  # In declare, a misspelled attribute is an error. It needs Terraform 1.11 or OpenTofu 1.11; below, write the
  # same arguments without it.
  declare = {
    blocks = {
      prod = { prefix_length = 16, labels = { owner = "platform" } }
      test = { prefix_length = 18 }
      lab  = { cidr = "10.200.0.0/20", description = "pinned: it was built by hand" }
    }

    # Ranges that no block may have.
    reserved = {
      idc = { cidr = "10.0.0.0/12", description = "data centre in Hangzhou" }
    }

    # What was in use before this resource knew it.
    existing = {
      test = { cidr = "10.99.0.0/18" }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

# Subnets of the zones inside one of them, by the addresses that must be usable.
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
  description = "Fit for the for_each of alicloud_vswitch."
  value       = cidrplan_blocks.zones.cidrs
}
