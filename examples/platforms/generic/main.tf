# A machine room with self-managed clusters: one whose Pods are routed in the network of the hosts, one whose Pods use an overlay
# network, one with IPv4 and IPv6, one with Cilium and one with Kube-OVN.

resource "cidrplan_site" "office" {
  name        = "office"
  cidr_blocks = ["192.168.0.0/20"]
}

resource "cidrplan_site" "hosts" {
  name        = "machine-room"
  cidr_blocks = ["10.10.0.0/16"]
  peers       = [cidrplan_site.office.name]
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-lab"
  supernets         = ["10.64.0.0/10", "fd10:64::/32"]
  service_supernets = ["172.20.0.0/14", "fd10:65::/32"]

  declare = {
    sites = { office = cidrplan_site.office, machine-room = cidrplan_site.hosts }

    clusters = {
      build  = { vpc = "machine-room", profile = "kubernetes-routed", max_nodes = 60, pods_per_node = 110, max_services = 1000 }
      test   = { vpc = "machine-room", profile = "kubernetes-overlay", max_nodes = 20, pods_per_node = 60, max_services = 200 }
      search = { vpc = "machine-room", profile = "cilium", max_nodes = 10, pods_per_node = 110, max_services = 100 }
      video  = { vpc = "machine-room", profile = "kube-ovn", max_nodes = 10, pods_per_node = 110, max_services = 100 }
      edge = {
        vpc           = "machine-room"
        profile       = "kubernetes-routed"
        ip_families   = ["ipv4", "ipv6"]
        max_nodes     = 30
        pods_per_node = 110
        max_services  = 1000
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
