resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}

# Clusters that are not built yet: their sizes.
resource "cidrplan_cluster" "all" {
  for_each = {
    shop = { max_nodes = 100, pods_per_node = 64, max_services = 1000 }
    data = { max_nodes = 50, pods_per_node = 32, max_services = 200 }
  }

  name          = each.key
  vpc           = cidrplan_vpc.prod.name
  profile       = "ack-flannel"
  max_nodes     = each.value.max_nodes
  pods_per_node = each.value.pods_per_node
  max_services  = each.value.max_services
}

# A cluster with pinned ranges: cidrplan checks them and does not choose others.
resource "cidrplan_cluster" "legacy" {
  name           = "legacy"
  vpc            = cidrplan_vpc.prod.name
  profile        = "ack-flannel"
  pod_cidrs      = ["172.24.0.0/16"]
  service_cidr   = "172.25.0.0/20"
  node_cidr_mask = 25
}

resource "cidrplan_allocator" "k8s" {
  name      = "k8s-prod"
  supernets = ["10.64.0.0/10"]

  declare = {
    vpcs     = { prod = cidrplan_vpc.prod }
    clusters = merge(cidrplan_cluster.all, { legacy = cidrplan_cluster.legacy })
  }

  lifecycle {
    prevent_destroy = true
  }
}
