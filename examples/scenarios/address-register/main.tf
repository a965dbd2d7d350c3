# The workspace of the platform team. It reserves the ranges of a spreadsheet in the ledger, and delegates blocks to teams. The workspaces of
# the teams allocate from their blocks, or from the supernet: new ranges never overlap what is reserved here.

terraform {
  required_providers {
    cidrplan = { source = "cidrplan/cidrplan" }
  }
}

provider "cidrplan" {
  ledger = {
    owner      = "network"
    postgresql = {} # PGHOST, PGUSER, PGDATABASE and the other variables of psql
  }
}

resource "cidrplan_blocks" "teams" {
  name      = "teams"
  supernets = ["10.64.0.0/10"]

  declare = {
    reserved = { for row in csvdecode(file("${path.module}/ranges.csv")) : row.name => { cidr = row.cidr, description = row.used_by } }

    blocks = {
      shop = { prefix_length = 14, delegated_to = "shop/prod" } # only this owner allocates inside
      bank = { prefix_length = 16 }                             # every owner may
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

output "blocks" {
  description = "The supernets of the teams."
  value       = cidrplan_blocks.teams.cidrs
}
