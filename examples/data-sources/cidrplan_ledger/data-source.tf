provider "cidrplan" {
  ledger = {
    owner      = "reports" # a workspace that only reads does not appear in the ledger
    postgresql = {}        # PGHOST, PGUSER, PGDATABASE and the other variables of psql, with the role cidrplan_reader
  }
}

data "cidrplan_ledger" "all" {}

# Workspaces that were not seen for 90 days. Their clusters may not exist any more.
output "unseen" {
  value = [
    for name, owner in data.cidrplan_ledger.all.owners : name
    if timecmp(owner.last_seen, timeadd(plantimestamp(), "-2160h")) < 0
  ]
}

# All ranges in use, with the workspace and the cluster that use them.
output "ranges" {
  value = {
    for claim in data.cidrplan_ledger.all.claims : "${claim.owner}:${claim.planner}/${claim.kind}/${claim.cidr}" => claim.cluster
  }
}
