#: page templates/data-sources/audit.md.tmpl
data "huaweicloud_vpcs" "all" {}
data "huaweicloud_cce_clusters" "all" {}
resource "cidrplan_vpc" "all" {
  for_each    = { prod = "192.168.0.0/16" }
  name        = each.key
  platform    = "huaweicloud"
  cidr_blocks = [each.value]
}
resource "cidrplan_cluster" "all" {
  for_each  = toset(["shop"])
  name      = each.key
  vpc       = cidrplan_vpc.all["prod"].name
  profile   = "cce-vpc-router"
  max_nodes = 100
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  vpcs      = cidrplan_vpc.all
  clusters  = cidrplan_cluster.all
}
#: block 1
