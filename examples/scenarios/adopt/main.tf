# Forty existing clusters on three clouds, with conflicts that arose over the years.

terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
  }
}

resource "cidrplan_hub" "all" {
  for_each = { cen-prod = "cen", er-prod = "er", ccn-prod = "ccn" }
  name     = each.key
  kind     = each.value
}

resource "cidrplan_site" "idc" {
  name        = "idc-hangzhou"
  description = "machine rooms in Hangzhou"
  cidr_blocks = ["10.0.0.0/13", "10.8.0.0/20"]
  hubs        = ["cen-prod"]
}

resource "cidrplan_vpc" "all" {
  for_each = {
    edge     = { platform = "alicloud", cidr = "172.16.0.0/20", hub = "cen-prod" }
    shop     = { platform = "alicloud", cidr = "172.16.16.0/20", hub = "cen-prod" }
    pay      = { platform = "alicloud", cidr = "172.16.32.0/20", hub = "cen-prod" }
    search   = { platform = "alicloud", cidr = "172.18.128.0/18", hub = "cen-prod", subnets = { pods = "172.18.160.0/19" } }
    data     = { platform = "alicloud", cidr = "172.16.64.0/18", hub = "cen-prod" }
    ml       = { platform = "alicloud", cidr = "172.16.128.0/18", hub = "cen-prod" }
    shared   = { platform = "alicloud", cidr = "172.16.192.0/20", hub = "cen-prod" }
    test     = { platform = "alicloud", cidr = "172.17.0.0/18", hub = "cen-prod" }
    hw-prod  = { platform = "huaweicloud", cidr = "192.168.0.0/18", hub = "er-prod" }
    hw-test  = { platform = "huaweicloud", cidr = "192.168.64.0/18", hub = "er-prod" }
    tx-games = { platform = "tencentcloud", cidr = "172.18.0.0/18", hub = "ccn-prod" }
    tx-live  = { platform = "tencentcloud", cidr = "172.18.64.0/18", hub = "ccn-prod", subnets = { pods = "172.18.96.0/19" } }
  }
  name        = each.key
  platform    = each.value.platform
  cidr_blocks = [each.value.cidr]
  subnets     = try(each.value.subnets, null)
  hubs        = [each.value.hub]
}

# With locals, Terraform reads the audit at plan, even if networks have pending changes.
locals {
  hubs  = cidrplan_hub.all
  sites = { idc-hangzhou = cidrplan_site.idc }
  vpcs  = cidrplan_vpc.all

  # The clusters and their ranges, from a table with one row for each cluster.
  table = { for row in csvdecode(file("${path.module}/clusters.csv")) : row.name => row }

  clusters = { for name, row in local.table : name => {
    vpc         = row.vpc
    profile     = row.profile
    pod_subnets = row.pod_subnet == "" ? null : [row.pod_subnet]
    labels      = { owner = row.owner }
  } }

  existing = { for name, row in local.table : name => {
    pod_cidrs      = compact([row.pod_cidr])
    service_cidr   = row.service_cidr
    node_cidr_mask = row.node_cidr_mask == "" ? null : tonumber(row.node_cidr_mask)
  } }
}

data "cidrplan_audit" "all" {
  declare = {
    hubs     = local.hubs
    sites    = local.sites
    vpcs     = local.vpcs
    clusters = local.clusters
    existing = local.existing
  }
}

check "addresses" {
  assert {
    condition     = data.cidrplan_audit.all.counts.errors == 0
    error_message = join("\n", [for f in data.cidrplan_audit.all.findings : f.summary if f.level == "error"])
  }
}

output "counts" {
  description = "Number of findings of each level."
  value       = data.cidrplan_audit.all.counts
}

output "findings_csv" {
  description = "All findings as a table, the errors first."
  value = join("\n", concat(["level,rule,shared,first,owner,second,owner"], sort([
    for f in data.cidrplan_audit.all.findings : join(",", [
      f.level, f.rule, coalesce(f.overlap, "-"),
      coalesce(f.first.name, f.first.at), try(f.first.labels.owner, ""), try(f.second.name, ""), try(f.second.labels.owner, ""),
    ])
  ])))
}

output "to_accept" {
  description = "The errors that are not accepted yet, as lines of accepted.yaml."
  value = join("", [for key, f in data.cidrplan_audit.all.findings :
    "${jsonencode(key)}: ${jsonencode({ reason = "there before, found when adopting", until = "2027-06-30" })}\n" if f.level == "error"
  ])
}
