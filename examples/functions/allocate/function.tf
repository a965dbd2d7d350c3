# Preview of the ranges of a cluster with 200 nodes.
locals {
  preview = provider::cidrplan::allocate({
    name      = "preview"
    supernets = ["10.64.0.0/10"]
    vpcs      = { prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] } }
    clusters = {
      shop = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.0.0/19"], service_cidr = "10.64.32.0/22" }
      next = { vpc = "prod", profile = "ack-flannel", max_nodes = 200 }
    }
  })
}

output "next" {
  value = local.preview["next"].ack
}
