#: page templates/guides/facts-from-the-clouds.md.tmpl
locals {
  subnets = { nodes = { vpc = "prod", cidr = "192.168.0.0/20" } }
}
resource "huaweicloud_vpc" "all" {
  for_each = { prod = "192.168.0.0/16" }
  name     = each.key
  cidr     = each.value
}
resource "huaweicloud_vpc_subnet" "all" {
  for_each   = local.subnets
  name       = each.key
  cidr       = each.value.cidr
  gateway_ip = cidrhost(each.value.cidr, 1)
  vpc_id     = huaweicloud_vpc.all[each.value.vpc].id
}
resource "huaweicloud_er_instance" "main" {
  name               = "main"
  asn                = 64512
  availability_zones = ["a"]
}
resource "huaweicloud_er_vpc_attachment" "all" {
  for_each    = huaweicloud_vpc.all
  name        = each.key
  instance_id = huaweicloud_er_instance.main.id
  vpc_id      = each.value.id
  subnet_id   = huaweicloud_vpc_subnet.all["nodes"].id
}
resource "huaweicloud_vpc_route" "partner" {
  vpc_id      = huaweicloud_vpc.all["prod"].id
  destination = "172.31.0.0/16"
  type        = "ecs"
  nexthop     = "ecs-1"
}
#: block 1
#: block 4
