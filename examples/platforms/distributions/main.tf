# A machine room with a cluster of each distribution. All of them use an overlay network, the default of these distributions.

resource "cidrplan_site" "office" {
  name        = "office"
  cidr_blocks = ["192.168.0.0/20"]
}

resource "cidrplan_site" "machines" {
  name        = "machine-room"
  cidr_blocks = ["10.10.0.0/16"]
  peers       = [cidrplan_site.office.name]
}

resource "cidrplan_allocator" "k8s" {
  name              = "distributions"
  supernets         = ["10.64.0.0/12", "fd10:64::/32"]
  service_supernets = ["10.80.0.0/16", "fd10:80::/32"]

  declare = {
    sites = { office = cidrplan_site.office, machine-room = cidrplan_site.machines }

    clusters = {
      shop  = { vpc = "machine-room", profile = "rke2", max_nodes = 100, pods_per_node = 200 }
      kiosk = { vpc = "machine-room", profile = "k3s", max_nodes = 12, max_services = 200 }
      build = { vpc = "machine-room", profile = "kops", max_nodes = 40 }
      data  = { vpc = "machine-room", profile = "kubespray", max_nodes = 60, max_services = 2000 }
      edge  = { vpc = "machine-room", profile = "talos", ip_families = ["ipv4", "ipv6"], max_nodes = 30 }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
