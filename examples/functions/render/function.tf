# The address register of two teams, and the same as a map.
locals {
  claims = {
    supernet = { owner = "k8s-prod", kind = "supernet", cidr = "10.64.0.0/16", allocator = "k8s-prod" }
    shop     = { owner = "shop", kind = "pod", cidr = "10.64.0.0/19", network = "prod", allocator = "k8s-prod", description = "the shop" }
    slb      = { owner = "load-balancers", kind = "reserved", cidr = "10.64.64.0/18", allocator = "k8s-prod" }
  }
}

output "register" {
  value = provider::cidrplan::render(local.claims, "markdown")
}

output "map" {
  value = provider::cidrplan::render(local.claims, "text")
}
