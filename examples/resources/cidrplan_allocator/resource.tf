resource "cidrplan_hub" "cen" {
  name = "cen-prod"
  kind = "cen"
}

resource "cidrplan_site" "idc" {
  name        = "idc-hangzhou"
  cidr_blocks = ["10.0.0.0/12"]
  hubs        = [cidrplan_hub.cen.name]
}

resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
  hubs        = [cidrplan_hub.cen.name]
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  # In declare, a misspelled attribute is an error. It requires Terraform 1.11 or OpenTofu 1.11; with earlier
  # versions, write the same arguments without declare.
  declare = {
    # Separate supernets for clusters that select this pool.
    pools = {
      dmz = { supernets = ["10.32.0.0/14"], service_supernets = ["172.24.0.0/16"] }
    }

    # Whole resources, or objects with the same attributes.
    hubs  = { cen-prod = cidrplan_hub.cen }
    sites = { idc-hangzhou = cidrplan_site.idc }
    vpcs  = { prod = cidrplan_vpc.prod }

    # Ranges that are not allocated to any cluster.
    reserved = {
      load-balancers = { cidr = "10.64.0.0/16", description = "kept for internal load balancers" }
    }

    # Ranges of clusters that were built before this allocator managed them.
    existing = {
      legacy = { pod_cidrs = ["172.28.0.0/16"], service_cidr = "172.29.0.0/20", node_cidr_mask = 25 }
    }

    clusters = {
      shop   = { vpc = "prod", profile = "ack-flannel", max_nodes = 60, pods_per_node = 64, max_services = 1000 }
      edge   = { vpc = "prod", profile = "ack-flannel", max_nodes = 20, pool = "dmz" }
      legacy = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

output "shop" {
  description = "Arguments for alicloud_cs_managed_kubernetes."
  value       = cidrplan_allocator.k8s.allocations["shop"].ack
}
