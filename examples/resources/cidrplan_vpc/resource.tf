resource "cidrplan_hub" "cen" {
  name = "cen-prod"
  kind = "cen"
}

resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  region      = "cn-hangzhou"
  cidr_blocks = ["192.168.0.0/16", "172.16.0.0/16"] # the primary block first

  subnets = {
    nodes-h = "192.168.0.0/20"
    nodes-i = "192.168.16.0/20"
  }

  hubs  = [cidrplan_hub.cen.name]
  peers = ["shared"] # joined directly, beside the hub

  declare = {
    routes = {
      vpn     = { destination = "10.20.0.0/16", next_hop = "vpn" }                      # counts as occupied
      default = { destination = "0.0.0.0/0", next_hop = "nat" }                         # always a summary
      cen     = { destination = "10.0.0.0/8", next_hop = "transit", summary = true }    # declared as hubs and sites
      shared  = { destination = "172.17.0.0/16", next_hop = "peering", summary = true } # declared as peers
    }
  }

  route_quota = 400 # raised; each node of a cluster uses one route
}
