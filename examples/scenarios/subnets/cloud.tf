resource "alicloud_vpc" "prod" {
  vpc_name   = "prod"
  cidr_block = cidrplan_blocks.company.cidrs["prod"]
}

resource "alicloud_vswitch" "all" {
  for_each     = module.subnets.subnets
  vpc_id       = alicloud_vpc.prod.id
  vswitch_name = each.key
  cidr_block   = each.value.cidr
  zone_id      = each.value.zone
}
