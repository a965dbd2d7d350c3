# The Calico default, 192.168.0.0/16, on hosts in 192.168.10.0/24: a plan that is refused.

terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
  }
}

resource "cidrplan_site" "lan" {
  name        = "machine-room"
  description = "hosts of the lab"
  cidr_blocks = ["192.168.10.0/24"]
}

resource "cidrplan_allocator" "lab" {
  name      = "lab"
  supernets = ["10.64.0.0/10"]

  declare = {
    sites = { machine-room = cidrplan_site.lan }

    clusters = {
      lab = { vpc = "machine-room", profile = "kubernetes-overlay", pod_cidrs = ["192.168.0.0/16"], service_cidr = "10.96.0.0/12" }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
