# One configuration for two workspaces, shop and bank, which allocate from one supernet. The ledger keeps their ranges apart, also when
# both plan at the same time. It needs a PostgreSQL database: make postgresql starts one, make demo-ledger plans and applies both.

terraform {
  required_providers {
    cidrplan = { source = "cidrplan/cidrplan" }
  }
}

provider "cidrplan" {
  ledger = {
    owner      = "demo/${terraform.workspace}"  # each workspace has a name of its own
    postgresql = { schema = var.ledger_schema } # the connection is that of PGHOST and the other variables of psql
  }
}

variable "ledger_schema" {
  description = "Schema of the ledger in the database."
  type        = string
  default     = "cidrplan"
}

locals {
  blocks = { shop = "192.168.0.0/20", bank = "192.168.16.0/20" }
}

resource "cidrplan_vpc" "main" {
  name        = terraform.workspace
  platform    = "alicloud"
  cidr_blocks = [lookup(local.blocks, terraform.workspace, "192.168.32.0/20")]
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    vpcs     = { (terraform.workspace) = cidrplan_vpc.main }
    clusters = { main = { vpc = terraform.workspace, profile = "ack-flannel", max_nodes = 100, pods_per_node = 64, max_services = 1000 } }
  }

  lifecycle {
    prevent_destroy = true
  }
}

output "pods" {
  value = cidrplan_allocator.k8s.allocations["main"].pod_cidr
}

output "services" {
  value = cidrplan_allocator.k8s.allocations["main"].service_cidr
}
