#: page templates/functions/render.md.tmpl
resource "cidrplan_site" "all" {
  for_each    = { idc = "10.0.0.0/16" }
  name        = each.key
  cidr_blocks = [each.value]
}
resource "cidrplan_blocks" "vpcs" {
  name      = "vpcs"
  supernets = ["10.1.0.0/16"]
  blocks    = { prod = { prefix_length = 20 } }
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  vpcs      = { prod = { cidr_blocks = ["192.168.0.0/16"] } }
  clusters  = { shop = { vpc = "prod", profile = "kubernetes-overlay", max_nodes = 100 } }
}
#: block 1
#: block 2
#: block 3
output "rows" { value = provider::cidrplan::render(local.register, "csv") }
