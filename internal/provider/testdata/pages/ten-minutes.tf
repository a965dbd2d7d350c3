#: page templates/guides/ten-minutes.md.tmpl
resource "alicloud_vpc" "prod" {
  vpc_name   = "prod"
  cidr_block = "192.168.0.0/16"
}
resource "alicloud_vswitch" "all" {
  for_each   = { nodes = "192.168.0.0/20" }
  vpc_id     = alicloud_vpc.prod.id
  cidr_block = each.value
  zone_id    = "cn-hangzhou-a"
}
resource "alicloud_cen_instance" "main" {
  cen_instance_name = "main"
}
resource "alicloud_cen_instance_attachment" "prod" {
  instance_id              = alicloud_cen_instance.main.id
  child_instance_id        = alicloud_vpc.prod.id
  child_instance_type      = "VPC"
  child_instance_region_id = "cn-hangzhou"
}
resource "alicloud_cs_managed_kubernetes" "old" {
  for_each       = toset(["old"])
  name           = each.key
  vswitch_ids    = [alicloud_vswitch.all["nodes"].id]
  pod_cidr       = "10.100.0.0/16"
  service_cidr   = "172.21.0.0/20"
  node_cidr_mask = 25
}
#: block 1
#: block 2
#: block 3
#: block 4
