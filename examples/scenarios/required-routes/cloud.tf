variable "transit_router_id" {
  description = "Transit router of hub cen-prod."
  default     = "tr-example"
}

variable "transit_router_route_table_id" {
  description = "Route table of the transit router of hub cen-prod."
  default     = "vtb-example"
}

resource "alicloud_vpc" "all" {
  for_each   = local.vpcs
  vpc_name   = each.key
  cidr_block = each.value.cidr
}

resource "alicloud_vpc_peer_connection" "lab" {
  peer_connection_name = "lab-prod"
  vpc_id               = alicloud_vpc.all["lab"].id
  accepting_vpc_id     = alicloud_vpc.all["prod"].id
  accepting_region_id  = "cn-hangzhou"
}

# The transit router uses an address of a vSwitch in each of its zones.
resource "alicloud_vswitch" "transit" {
  vpc_id       = alicloud_vpc.all["prod"].id
  vswitch_name = "transit"
  cidr_block   = "192.168.0.0/29"
  zone_id      = "cn-hangzhou-h"
}

resource "alicloud_cen_transit_router_vpc_attachment" "prod" {
  transit_router_id = var.transit_router_id
  vpc_id            = alicloud_vpc.all["prod"].id

  zone_mappings {
    zone_id    = alicloud_vswitch.transit.zone_id
    vswitch_id = alicloud_vswitch.transit.id
  }
}

# Routes of the hub to the VPC, whose route table contains the routes to the nodes.
resource "alicloud_cen_transit_router_route_entry" "pods" {
  for_each                                          = { for key, r in provider::cidrplan::required_routes(cidrplan_allocator.k8s) : key => r if r.action == "publish" && r.from == "cen-prod" }
  transit_router_route_table_id                     = var.transit_router_route_table_id
  transit_router_route_entry_destination_cidr_block = each.value.destination
  transit_router_route_entry_next_hop_type          = "Attachment"
  transit_router_route_entry_next_hop_id            = alicloud_cen_transit_router_vpc_attachment.prod.transit_router_attachment_id
  transit_router_route_entry_name                   = "pods-${each.value.cluster}"
}

# Routes of the peer through the peering connection.
resource "alicloud_route_entry" "pods" {
  for_each              = { for key, r in provider::cidrplan::required_routes(cidrplan_allocator.k8s) : key => r if r.action == "route" && r.network == "lab" }
  route_table_id        = alicloud_vpc.all[each.value.from].route_table_id
  destination_cidrblock = each.value.destination
  nexthop_type          = "VpcPeer"
  nexthop_id            = alicloud_vpc_peer_connection.lab.id
  name                  = "pods-${each.value.cluster}"
}
