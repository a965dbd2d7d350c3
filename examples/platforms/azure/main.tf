# One VNet with the networks of AKS: Azure CNI Overlay and kubenet have separate Pod ranges; Azure CNI Pod Subnet, with dynamic allocation or
# static blocks, and Azure CNI Node Subnet use subnets of the VNet for Pods.

locals {
  subnets = {
    nodes   = "10.10.0.0/22"
    flat    = "10.10.16.0/20"
    pods    = "10.10.32.0/19"
    blocks  = "10.10.64.0/19"
    kubenet = "10.10.4.0/24"
  }
}

# The resources of the cloud are the facts: no network is written twice.
locals {
  network = provider::cidrplan::facts({
    azure = {
      vpcs    = { prod = azurerm_virtual_network.prod }
      subnets = azurerm_subnet.all
    }
  })
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.128.0.0/9"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    vpcs  = local.network.vpcs
    sites = { office-berlin = { cidr_blocks = ["192.168.0.0/16"], peers = ["prod"] } }

    clusters = {
      shop = {
        vpc          = "prod"
        profile      = "aks-overlay"
        node_subnets = ["nodes"]
        max_nodes    = 100
        max_services = 1000
      }
      data = {
        vpc           = "prod"
        profile       = "aks-pod-subnet"
        node_subnets  = ["nodes"]
        pod_subnets   = ["pods"]
        max_nodes     = 50
        pods_per_node = 110
        max_services  = 500
      }
      grid = {
        vpc           = "prod"
        profile       = "aks-pod-subnet-static"
        node_subnets  = ["nodes"]
        pod_subnets   = ["blocks"]
        max_nodes     = 50
        pods_per_node = 111 # seven blocks of 16 addresses, less the one that AKS keeps on each node
        max_services  = 500
      }
      desk = {
        vpc           = "prod"
        profile       = "aks-node-subnet"
        node_subnets  = ["flat"]
        max_nodes     = 50
        surge_nodes   = 1
        pods_per_node = 30
        max_services  = 200
      }
      old = {
        vpc           = "prod"
        profile       = "aks-kubenet"
        node_subnets  = ["kubenet"]
        max_nodes     = 20
        pods_per_node = 110
        max_services  = 200
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
