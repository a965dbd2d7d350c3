# What exists in the cloud. The arguments are literals or locals: a data source that depends on a resource with pending changes is
# read during apply, and everything from it is known only after apply. Never add depends_on to these.
data "alicloud_cen_instances" "prod" {
  ids = [local.cen]
}

data "alicloud_vpcs" "all" {}

data "alicloud_vswitches" "all" {}

data "alicloud_cen_transit_router_vpc_attachments" "prod" {
  cen_id = local.cen
}

data "alicloud_route_entries" "prod" {
  route_table_id = local.route_table
}

data "alicloud_vpn_connections" "all" {}

data "alicloud_cs_clusters" "all" {
  enable_details = true # with node_cidr_mask
}
