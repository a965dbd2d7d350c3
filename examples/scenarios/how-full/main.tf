# Alarms when the supernets or the clusters are nearly full, and metrics.

terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
  }
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/17"]
  service_supernets = ["172.20.0.0/16"]
  pools             = { east = { supernets = ["10.96.0.0/16"] } }
  reserved          = { later = { cidr = "10.64.32.0/20" } }

  declare = {
    vpcs = { prod = {
      platform    = "huaweicloud"
      cidr_blocks = ["192.168.0.0/16"]
      routes      = { idc = { destination = "10.64.64.0/18", next_hop = "vpn" } }
    } }
    clusters = {
      shop = { vpc = "prod", profile = "cce-vpc-router", max_nodes = 120, pods_per_node = 61 }
      data = { vpc = "prod", profile = "cce-vpc-router", max_nodes = 30, pods_per_node = 61, pool = "east" }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

variable "nodes" {
  description = "Number of nodes of each cluster that runs."
  type        = map(number)
  default     = { shop = 104, data = 21 }
}

locals {
  usage = provider::cidrplan::usage(cidrplan_allocator.k8s, {
    observed = { nodes = var.nodes }
    growth   = { shop = { nodes_per_month = 8 } }
    date     = "2026-12-01"
  })

  # Each pool and family, those of Service ranges apart. A pool without supernets of a family has null.
  pools = merge(local.usage.pools, { "(default)" = local.usage.default_pool })
  full_pools = flatten([for name, pool in local.pools : [
    for family, n in pool : "${name} ${family} ${n.percent} %" if try(n.percent >= 80, false)
  ]])

  full_clusters = [for name, c in local.usage.clusters : "${name} ${c.percent} %" if try(c.percent >= 80, false)]
  urgent        = [for name, c in local.usage.clusters : "${name} on ${c.lasts_until}" if try(c.months_left < 6, false)]
}

check "addresses" {
  assert {
    condition     = length(local.full_pools) == 0
    error_message = "These pools are at least 80 % in use: ${join(", ", local.full_pools)}."
  }
  assert {
    condition     = length(local.full_clusters) == 0
    error_message = "These clusters use at least 80 % of their ranges: ${join(", ", local.full_clusters)}."
  }
  assert {
    condition     = length(local.urgent) == 0
    error_message = "These clusters reach a limit within six months: ${join(", ", local.urgent)}."
  }
  assert {
    condition     = alltrue([for c in local.usage.clusters : coalesce(c.more_clusters, 1) > 0])
    error_message = "There is no room for another cluster like one of those that exist."
  }
}

output "metrics" {
  value = join("", concat(
    [for supernet, n in local.usage.supernets : <<-EOT
      cidrplan_addresses{supernet="${supernet}"} ${n.addresses}
      cidrplan_free{supernet="${supernet}"} ${n.free}
      cidrplan_percent{supernet="${supernet}"} ${n.percent}
    EOT
    ],
    [for name, c in local.usage.clusters : "cidrplan_cluster_percent{cluster=\"${name}\"} ${c.percent}\n" if c.percent != null],
  ))
}
