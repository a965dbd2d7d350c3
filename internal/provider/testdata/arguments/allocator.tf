provider "cidrplan" { today = "2026-06-30" }

resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  description       = "all clusters"
  supernets         = ["10.64.0.0/16", "240.0.0.0/12", "fd00:10::/32"]
  service_supernets = ["10.96.0.0/16", "fd00:96::/96"]
  allow_class_e     = true
  hubs = {
    er = {
      kind               = "generic", description = "the hub", labels = { team = "net" }, previous_names = ["tgw"]
      accepted_conflicts = { "vpc_overlaps_hub|10.1.0.0/16|er:a+b" = { reason = "x", until = "2026-12-31" } }
    }
  }
  sites = {
    idc = {
      cidr_blocks        = ["172.31.0.0/16"], hubs = ["er"], description = "the IDC", labels = { team = "net" }, previous_names = ["dc"]
      accepted_conflicts = { "pod_overlaps_site|10.64.0.0/20|idc+lab" = { reason = "x", until = "2026-12-31" } }
    }
  }
  vpcs = {
    lab = {
      cidr_blocks        = ["192.168.0.0/20"], hubs = ["er"], description = "the lab", labels = { team = "lab" }
      routes             = { vpn = { destination = "172.30.0.0/16", next_hop = "vpn", description = "to the VPN" } }
      accepted_conflicts = { "pod_overlaps_route|10.64.0.0/20|lab:vpn+lab" = { reason = "x", until = "2026-12-31" } }
    }
    far = { cidr_blocks = ["172.16.0.0/20"] }
  }
  clusters = {
    lab = {
      vpc         = "lab", profile = "kubernetes-routed", max_nodes = 8, max_services = 200, cloud_name = "lab-1", meshes = ["all"]
      ip_families = ["ipv4", "ipv6"], node_cidr_mask = 24, node_ipv6_cidr_mask = 66, append_ranges = ["pods", "services"]
    }
    far = {
      vpc                        = "far", profile = "kubernetes-routed", max_nodes = 8, max_services = 200, meshes = ["all"]
      ip_families                = ["ipv4", "ipv6"], append_ranges = ["pods", "services"], pod_cidrs = ["10.72.0.0/21", "10.72.8.0/21"], service_cidr = "10.97.0.0/24"
      further_service_cidrs      = ["10.97.1.0/24"]
      pod_ipv6_cidr              = "fd00:72::/60", further_pod_ipv6_cidrs = ["fd00:72:1::/60"], service_ipv6_cidr = "fd00:97::/112"
      further_service_ipv6_cidrs = ["fd00:97:1::/112"]
    }
  }
  existing = {
    old = {
      vpc                        = "far", pod_cidrs = ["10.73.0.0/21"], service_cidr = "10.98.0.0/24", further_service_cidrs = ["10.98.1.0/24"], node_cidr_mask = 24
      pod_ipv6_cidr              = "fd00:73::/60", further_pod_ipv6_cidrs = ["fd00:73:1::/60"], service_ipv6_cidr = "fd00:98::/112"
      further_service_ipv6_cidrs = ["fd00:98:1::/112"], node_ipv6_cidr_mask = 64, profile = "kubernetes-routed"
    }
  }
  foreign_claims = {
    "them/pods" = { kind = "pod", owner = "them", cidr = "10.74.0.0/20", vrf = "red", peers = ["far"], meshes = ["all"], network = "theirs" }
    "them/join" = { kind = "other", use = "join", owner = "them", cidr = "100.70.0.0/16", network = "theirs" }
  }
}
