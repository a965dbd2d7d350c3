# Two OpenShift clusters in a data center: one with IPv4, and one with IPv4 and IPv6. Clusters of OpenShift may have the same ranges; here
# each has ranges of its own, so that their Pods can be connected later.

resource "cidrplan_site" "machines" {
  name        = "data-center"
  cidr_blocks = ["10.10.0.0/16"]
}

resource "cidrplan_allocator" "k8s" {
  name              = "openshift"
  supernets         = ["10.128.0.0/12", "fd10:128::/32"]
  service_supernets = ["172.30.0.0/15", "fd10:172::/32"]

  declare = {
    sites = { data-center = cidrplan_site.machines }

    clusters = {
      # hostPrefix 23, the default of OpenShift.
      shop = { vpc = "data-center", profile = "openshift-ovn", max_nodes = 120, max_services = 4000 }
      # hostPrefix 24 is enough for 250 Pods on each node.
      edge = { vpc = "data-center", profile = "openshift-ovn", ip_families = ["ipv4", "ipv6"], max_nodes = 30, pods_per_node = 250 }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
