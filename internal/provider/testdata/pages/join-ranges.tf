#: page templates/guides/self-managed-clusters.md.tmpl
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  cidr_blocks = ["192.168.0.0/16"]
}
resource "cidrplan_blocks" "joins" {
  name      = "joins"
  supernets = ["10.128.0.0/16"]
  blocks    = { shop = { prefix_length = 20 } }
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  vpcs      = { prod = cidrplan_vpc.prod }
  clusters  = { shop = cidrplan_cluster.shop }
}
locals {
  shop = cidrplan_allocator.k8s.allocations["shop"]
}
#: block 11
output "kube_ovn" { value = local.kube_ovn }
