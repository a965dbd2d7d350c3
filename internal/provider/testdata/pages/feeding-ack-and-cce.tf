#: page templates/guides/feeding-ack-and-cce.md.tmpl
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]
  vpcs = {
    prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] }
    data = { platform = "huaweicloud", cidr_blocks = ["172.16.0.0/16"] }
    lab  = { cidr_blocks = ["172.17.0.0/16"] }
  }
  clusters = {
    shop   = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 }
    search = { vpc = "data", profile = "cce-vpc-router", max_nodes = 100 }
    lab    = { vpc = "lab", profile = "kubernetes-overlay", max_nodes = 100 }
  }
}
resource "alicloud_vpc" "prod" {
  vpc_name   = "prod"
  cidr_block = "192.168.0.0/16"
}
resource "alicloud_vswitch" "nodes" {
  for_each   = { nodes = "192.168.0.0/20" }
  vpc_id     = alicloud_vpc.prod.id
  cidr_block = each.value
  zone_id    = "cn-hangzhou-a"
}
#: block 1 with
  name           = "shop"
#: end
#: block 2 with
  name                   = "search"
  flavor_id              = "cce.s2.small"
  vpc_id                 = "vpc-1"
  subnet_id              = "subnet-1"
#: end
#: block 4
#: block 5
output "kubeadm" { value = local.kubeadm }
