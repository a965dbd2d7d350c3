output "subnets" {
  description = "All subnets by kind/zone, for for_each of alicloud_vswitch or huaweicloud_vpc_subnet."
  value = merge([
    for kind, blocks in cidrplan_blocks.zones : {
      for zone, cidr in blocks.cidrs : "${kind}/${zone}" => { kind = kind, zone = zone, cidr = cidr }
    }
  ]...)
}

output "by_kind" {
  description = "The same CIDRs by kind, then by zone."
  value       = { for kind, blocks in cidrplan_blocks.zones : kind => blocks.cidrs }
}

output "cidrs" {
  description = "The same CIDRs by kind/zone, for subnets of cidrplan_vpc."
  value = merge([
    for kind, blocks in cidrplan_blocks.zones : { for zone, cidr in blocks.cidrs : "${kind}/${zone}" => cidr }
  ]...)
}

output "kinds" {
  description = "The block that contains all subnets of a kind, including those of future zones, for security groups and routes."
  value       = cidrplan_blocks.kinds.cidrs
}

output "claims" {
  description = "All held, released and free ranges, for render, for cidrplan_audit and for other workspaces."
  value = merge(
    { for key, claim in provider::cidrplan::claims(cidrplan_blocks.kinds) : "kinds/${key}" => claim },
    [for kind, blocks in cidrplan_blocks.zones : { for key, claim in provider::cidrplan::claims(blocks) : "${kind}/${key}" => claim }]...
  )
}

output "locks" {
  description = "All held ranges, for a file to commit. Pass it to locks to restore a lost state."
  value       = merge({ kinds = provider::cidrplan::lock(cidrplan_blocks.kinds) }, { for kind, blocks in cidrplan_blocks.zones : kind => provider::cidrplan::lock(blocks) })
}
