#: page templates/guides/feeding-ack-and-cce.md.tmpl
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]
  vpcs              = { data = { platform = "huaweicloud", cidr_blocks = ["172.16.0.0/16"] } }
  clusters          = { search = { vpc = "data", profile = "cce-vpc-router", max_nodes = 100 } }
}
#: block 3 with
  name                   = "search"
  flavor_id              = "cce.s2.small"
  vpc_id                 = "vpc-1"
  subnet_id              = "subnet-1"
  container_network_type = "vpc-router"
#: end
