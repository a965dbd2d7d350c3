locals {
  # Each kind has one block with room for max_zones subnets, counted in bits.
  zone_bits = ceil(log(var.max_zones, 2))

  # No platform keeps more than five addresses of a subnet, or takes one of less than 16.
  kinds = {
    for kind, size in var.sizes : kind => {
      prefix_length = size.prefix_length == null ? null : size.prefix_length - local.zone_bits
      addresses     = size.addresses == null ? null : pow(2, ceil(log(max(size.addresses + 5, 16), 2)) + local.zone_bits)
    }
  }
}

# The arguments stand by themselves rather than in declare, so that the module works with Terraform before 1.11.

# One block for each kind: what security groups and routes name.
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
      error_message = "locks has a kind that sizes has not: its subnets would be lost, or handed out anew under another name."
    }
  }
}

# In each of them one subnet for each zone.
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
