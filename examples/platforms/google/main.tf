# A VPC network with GKE: nodes use the range of a subnet, and Pods and Services secondary ranges of it. With Autopilot, the number of Pods on
# a node is no argument. An older cluster that is based on routes has one range for both, which is in no subnet.

locals {
  # Defined once, for the plan and for the cloud resources. Each cluster has a subnet of its own.
  subnets = {
    shop = { cidr = "10.10.0.0/22", region = "europe-west3" }
    data = { cidr = "10.10.4.0/24", region = "europe-west4" }
    auto = { cidr = "10.10.8.0/22", region = "europe-west3" }
    old  = { cidr = "10.10.5.0/24", region = "europe-west3" }
  }
  control_plane = "172.24.0.0/28"
}

resource "cidrplan_site" "office" {
  name        = "office-hamburg"
  cidr_blocks = ["192.168.0.0/16"]
  peers       = [cidrplan_vpc.prod.name]
}

# A network of Google Cloud has no blocks of its own: those of its subnets count.
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "google"
  cidr_blocks = [for subnet in local.subnets : subnet.cidr]
  subnets     = { for name, subnet in local.subnets : name => subnet.cidr }
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.128.0.0/9"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    sites = { office-hamburg = cidrplan_site.office }
    vpcs  = { prod = cidrplan_vpc.prod }

    clusters = {
      shop = {
        vpc           = "prod"
        profile       = "gke"
        node_subnets  = ["shop"]
        max_nodes     = 200
        pods_per_node = 64
        max_services  = 2000
        other_ranges  = { control_plane = [local.control_plane] }
      }
      data = {
        vpc          = "prod"
        profile      = "gke"
        node_subnets = ["data"]
        max_nodes    = 50
        max_services = 500
      }
      auto = {
        vpc          = "prod"
        profile      = "gke-autopilot"
        node_subnets = ["auto"]
        max_nodes    = 200
        max_services = 1000
      }
      old = {
        vpc          = "prod"
        profile      = "gke-routes"
        node_subnets = ["old"]
        max_nodes    = 20
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
