provider "cidrplan" { today = "2026-06-30" }

resource "cidrplan_hub" "er" {
  name           = "er"
  kind           = "generic"
  previous_names = ["tgw"]
  declare        = { accepted_conflicts = { "vpc_overlaps_hub|10.1.0.0/16|er:a+b" = { reason = "x", until = "2026-12-31" } } }
}
resource "cidrplan_hub" "spare" {
  name               = "spare"
  kind               = "generic"
  accepted_conflicts = { "vpc_overlaps_hub|10.2.0.0/16|er:a+b" = { reason = "x", until = "2026-12-31" } }
}
resource "cidrplan_site" "office" {
  name               = "office"
  cidr_blocks        = ["172.30.0.0/16"]
  accepted_conflicts = { "pod_overlaps_site|10.64.0.0/21|office+lab" = { reason = "x", until = "2026-12-31" } }
}
resource "cidrplan_site" "idc" {
  name           = "idc"
  cidr_blocks    = ["172.31.0.0/16"]
  hubs           = [cidrplan_hub.er.name]
  labels         = { team = "network" }
  previous_names = ["dc"]
  declare        = { accepted_conflicts = { "pod_overlaps_site|10.64.0.0/20|idc+lab" = { reason = "x", until = "2026-12-31" } } }
}
resource "cidrplan_vpc" "lab" {
  name               = "lab"
  cidr_blocks        = ["192.168.0.0/20"]
  hubs               = [cidrplan_hub.er.name]
  labels             = { team = "lab" }
  accepted_conflicts = { "pod_overlaps_route|10.64.0.0/20|lab:vpn+lab" = { reason = "x", until = "2026-12-31" } }
}
resource "cidrplan_vpc" "aks" {
  name        = "aks"
  platform    = "azure"
  cidr_blocks = ["172.16.0.0/20"]
}
resource "cidrplan_vpc" "copy" {
  name        = "copy"
  vrf         = "copy"
  cidr_blocks = ["192.168.0.0/20"]
}
resource "cidrplan_cluster" "lab" {
  name                  = "lab"
  vpc                   = cidrplan_vpc.lab.name
  profile               = "kubernetes-routed"
  description           = "the lab"
  cloud_name            = "lab-1"
  pod_prefix_length     = 20
  service_prefix_length = 24
  node_cidr_mask        = 25
  reserve_prefix_length = 18
}
resource "cidrplan_cluster" "mirror" {
  name    = "mirror"
  vpc     = cidrplan_vpc.copy.name
  profile = "kubernetes-routed"
  same_as = cidrplan_cluster.lab.name
}
resource "cidrplan_cluster" "pinned" {
  name                       = "pinned"
  vpc                        = cidrplan_vpc.lab.name
  profile                    = "kubernetes-routed"
  ip_families                = ["ipv4", "ipv6"]
  append_ranges              = ["pods", "services"]
  pod_cidrs                  = ["10.72.0.0/21"]
  service_cidr               = "10.97.0.0/24"
  further_service_cidrs      = ["10.97.1.0/24"]
  pod_ipv6_cidr              = "fd00:72::/60"
  further_pod_ipv6_cidrs     = ["fd00:72:1::/60"]
  service_ipv6_cidr          = "fd00:97::/112"
  further_service_ipv6_cidrs = ["fd00:97:1::/112"]
  node_ipv6_cidr_mask        = 66
}
resource "cidrplan_cluster" "aks" {
  name           = "aks"
  vpc            = cidrplan_vpc.aks.name
  profile        = "aks-overlay"
  max_nodes      = 7
  surge_nodes    = 1
  service_cidr   = "172.20.0.0/24"
  dns_service_ip = "172.20.0.53"
}
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16", "fd00:10::/32"]
  service_supernets = ["10.96.0.0/16", "fd00:96::/96"]
  hubs              = { er = cidrplan_hub.er }
  sites             = { idc = cidrplan_site.idc }
  vpcs              = { lab = cidrplan_vpc.lab, aks = cidrplan_vpc.aks, copy = cidrplan_vpc.copy }
  clusters          = { lab = cidrplan_cluster.lab, mirror = cidrplan_cluster.mirror, pinned = cidrplan_cluster.pinned, aks = cidrplan_cluster.aks }
}
resource "cidrplan_blocks" "pools" {
  name          = "pools"
  description   = "pools of load balancers"
  labels        = { team = "network" }
  supernets     = ["10.80.0.0/16", "240.16.0.0/12", "fd00:80::/32"]
  allow_class_e = true
  blocks = {
    four = { prefix_length = 24 }
    six  = { prefix_length = 64, ip_family = "ipv6" }
  }
  accepted_conflicts = { "block_overlaps_vpc|10.80.0.0/24|a+b" = { reason = "x", until = "2026-12-31" } }
  foreign_claims = {
    "them/pods" = { kind = "pod", owner = "them", cidr = "10.80.1.0/24", vrf = "red", peers = ["lab"], meshes = ["all"], network = "theirs" }
    "them/join" = { kind = "other", use = "join", owner = "them", cidr = "100.70.0.0/16", network = "theirs" }
  }
}
