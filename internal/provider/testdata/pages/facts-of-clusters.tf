#: page templates/guides/facts-from-the-clouds.md.tmpl
resource "huaweicloud_vpc" "all" {
  for_each = { prod = "192.168.0.0/16" }
  name     = each.key
  cidr     = each.value
}
resource "huaweicloud_cce_cluster" "old" {
  for_each               = toset(["old"])
  name                   = each.key
  flavor_id              = "cce.s2.small"
  vpc_id                 = huaweicloud_vpc.all["prod"].id
  subnet_id              = "subnet-1"
  container_network_type = "overlay_l2"
  container_network_cidr = "172.16.0.0/16"
  service_network_cidr   = "10.247.0.0/16"
}
#: block 2 with
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  clusters  = {}
#: end
