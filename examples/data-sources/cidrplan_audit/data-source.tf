resource "cidrplan_site" "idc" {
  name        = "idc-hangzhou"
  cidr_blocks = ["10.0.0.0/12"]
  peers       = ["prod"]
}

resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}

# With locals, Terraform reads the data source at plan, even if the networks have pending changes.
locals {
  sites = { idc-hangzhou = cidrplan_site.idc }
  vpcs  = { prod = cidrplan_vpc.prod }
}

data "cidrplan_audit" "networks" {
  supernets = ["10.64.0.0/10"] # suggestions come from here

  declare = {
    sites = local.sites
    vpcs  = local.vpcs

    clusters = {
      shop = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.8.0.0/18"], service_cidr = "172.20.0.0/20" }
      data = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.0.0/18"], service_cidr = "172.20.16.0/20" }
    }
  }
}

# A check warns and does not stop the plan.
check "addresses" {
  assert {
    condition     = data.cidrplan_audit.networks.counts.errors == 0
    error_message = join("\n", [for f in data.cidrplan_audit.networks.findings : f.summary if f.level == "error"])
  }
}

output "findings_csv" {
  value = join("\n", [for f in data.cidrplan_audit.networks.findings : join(",", [
    f.level, f.rule, coalesce(f.first.name, f.first.at), coalesce(f.first.cidr, "-"), try(f.second.name, "-"), coalesce(f.overlap, "-"), replace(coalesce(f.suggestion, "-"), ",", ""),
  ])])
}
