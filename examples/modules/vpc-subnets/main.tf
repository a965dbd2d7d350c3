locals {
  # Each kind has one block with space for max_zones subnets, as a number of bits.
  zone_bits = ceil(log(var.max_zones, 2))

  # No platform reserves more than five addresses of a subnet, or accepts one with less than 16.
  kinds = {
    for kind, size in var.sizes : kind => {
      prefix_length = size.prefix_length == null ? null : size.prefix_length - local.zone_bits
      addresses     = size.addresses == null ? null : pow(2, ceil(log(max(size.addresses + 5, 16), 2)) + local.zone_bits)
    }
  }
}

# The arguments are set directly and not in declare, so that the module works with Terraform before 1.11.

# One block for each kind, for use in security groups and routes.
resource "cidrplan_blocks" "kinds" {
  name      = "${var.name}/kinds"
  vrf       = var.vrf
  supernets = var.supernets
  blocks    = local.kinds
  reserved  = var.reserved
  existing  = jsondecode(lookup(var.locks, "kinds", "{}"))

  lifecycle {
    prevent_destroy = true

    precondition {
      condition     = length(setsubtract(keys(var.locks), concat(["kinds"], keys(var.sizes)))) == 0
      error_message = "locks has a kind that sizes has not: its subnets would be lost, or allocated again under another name."
    }
  }
}

# One subnet for each zone in each of these blocks.
resource "cidrplan_blocks" "zones" {
  for_each = var.sizes

  name      = "${var.name}/${each.key}"
  vrf       = var.vrf
  supernets = [cidrplan_blocks.kinds.cidrs[each.key]]
  blocks    = { for zone in var.zones : zone => merge(each.value, { platform = var.platform }) }
  existing  = jsondecode(lookup(var.locks, each.key, "{}"))

  lifecycle {
    prevent_destroy = true
  }
}
