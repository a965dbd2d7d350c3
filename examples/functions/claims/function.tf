# Ranges for foreign_claims of other workspaces.
resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    vpcs     = { prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] } }
    clusters = { shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 } }
  }

  lifecycle {
    prevent_destroy = true
  }
}

output "claims" {
  value = provider::cidrplan::claims(cidrplan_allocator.k8s)
}
