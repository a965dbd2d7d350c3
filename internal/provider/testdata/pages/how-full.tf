#: page templates/guides/how-full.md.tmpl
resource "huaweicloud_cce_cluster" "shop" {
  name                   = "shop"
  flavor_id              = "cce.s2.small"
  vpc_id                 = "vpc-1"
  subnet_id              = "subnet-1"
  container_network_type = cidrplan_allocator.k8s.allocations["shop"].cce.container_network_type
}
resource "alicloud_vswitch" "pods" {
  vpc_id     = "vpc-2"
  cidr_block = "192.168.0.0/20"
  zone_id    = "cn-hangzhou-a"
}
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]
  vpcs = {
    prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"], subnets = { pods = "192.168.0.0/20" } }
    data = { platform = "huaweicloud", cidr_blocks = ["172.16.0.0/16"] }
  }
  clusters = { shop = { vpc = "data", profile = "cce-vpc-router", max_nodes = 100 } }
}
#: block 1
#: block 2
