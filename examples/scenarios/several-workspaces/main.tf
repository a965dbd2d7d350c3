# The workspace of team B. Team A delegated the range 10.96.0.0/12 to it. The ranges of team A are read from
# the file that its pipeline writes.

terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
  }
}

resource "cidrplan_allocator" "k8s" {
  name              = "team-b"
  supernets         = ["10.96.0.0/12"]
  service_supernets = ["172.24.0.0/16"]

  declare = {
    foreign_claims = jsondecode(file("${path.module}/claims/team-a.json"))

    hubs = { cen-prod = { kind = "cen" } }
    vpcs = { data = { platform = "alicloud", cidr_blocks = ["192.168.128.0/17"], hubs = ["cen-prod"] } }

    clusters = {
      data = { vpc = "data", profile = "ack-flannel", max_nodes = 100, max_services = 1000 }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

output "claims" {
  description = "Ranges for foreign_claims of other workspaces."
  value       = provider::cidrplan::claims(cidrplan_allocator.k8s)
}

output "register" {
  description = "The addresses of both teams."
  value = provider::cidrplan::render(merge(
    { for key, claim in jsondecode(file("${path.module}/claims/team-a.json")) : "team-a/${key}" => claim },
    { for key, claim in provider::cidrplan::claims(cidrplan_allocator.k8s) : "team-b/${key}" => claim },
  ), "markdown")
}
