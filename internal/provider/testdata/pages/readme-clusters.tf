#: page README.md
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]
  vpcs = {
    prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] }
    data = { platform = "huaweicloud", cidr_blocks = ["172.16.0.0/16"] }
  }
  clusters = {
    shop   = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 }
    search = { vpc = "data", profile = "cce-vpc-router", max_nodes = 100 }
  }
}
#: block 2 with
  name                   = "shop"
#: or
  name                   = "search"
  flavor_id              = "cce.s2.small"
  vpc_id                 = "vpc-1"
  subnet_id              = "subnet-1"
#: end
