# A configuration that an earlier version applied, which had claims, lock and required_routes as attributes.

resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/12", "fd00:64::/48"]
  service_supernets = ["172.20.0.0/16", "fd00:20::/104"]
  hubs              = { cen = { kind = "cen" } }
  sites             = { idc = { cidr_blocks = ["10.0.0.0/12"], hubs = ["cen"] } }
  vpcs = {
    ali    = { platform = "alicloud", cidr_blocks = ["192.168.0.0/18"], hubs = ["cen"] }
    huawei = { platform = "huaweicloud", cidr_blocks = ["192.168.64.0/18"], peers = ["ali"] }
    red    = { cidr_blocks = ["192.168.0.0/18"], vrf = "red" }
  }
  clusters = {
    shop  = { vpc = "ali", profile = "ack-flannel", max_nodes = 100, description = "the shop", labels = { owner = "web" } }
    vault = { vpc = "huawei", profile = "cce-vpc-router", max_nodes = 64, reserve_prefix_length = 17 }
    build = { vpc = "red", profile = "kubernetes-routed", max_nodes = 30, ip_families = ["ipv4", "ipv6"] }
  }
  reserved = { later = { cidr = "10.79.0.0/16", description = "later" } }
  existing = { brown = { pod_cidrs = ["10.78.0.0/20"], service_cidr = "172.20.128.0/20", node_cidr_mask = 25 } }
}

resource "cidrplan_blocks" "net" {
  name      = "net"
  supernets = ["10.128.0.0/12", "fd00:128::/48"]
  vrf       = "red"
  blocks = {
    dmz = { prefix_length = 24, description = "the edge" }
    six = { prefix_length = 64 }
  }
  reserved = { later = { cidr = "10.143.0.0/16" } }
}
