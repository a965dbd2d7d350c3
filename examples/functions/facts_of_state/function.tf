# The networks and clusters of another configuration, from its state file or the output of terraform show -json.
locals {
  network = provider::cidrplan::facts_of_state(file("${path.module}/network.json"))
}

resource "cidrplan_allocator" "k8s" {
  name      = "k8s-prod"
  supernets = ["10.64.0.0/10"]

  declare = {
    hubs     = local.network.hubs
    sites    = local.network.sites
    vpcs     = local.network.vpcs
    existing = local.network.existing
    clusters = {
      shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100, pods_per_node = 64, max_services = 1000 }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

output "unplaced" {
  description = "Objects that belong to nothing in the file, with the reason."
  value       = local.network.unplaced
}
