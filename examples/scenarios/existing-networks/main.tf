# Networks and clusters that other people or other configurations manage. Data sources find them, so that new clusters avoid them and
# nobody writes their ranges.

locals {
  cen         = "cen-7qthudw0ll6jmc2f4n"
  route_table = "vtb-bp145q7glnuzdvzu21pom"

  # Short names for the networks that this configuration mentions, by ID. All other objects have their IDs as names. Names of the
  # console are no keys, because they can change and need not be unique.
  names = {
    cen-7qthudw0ll6jmc2f4n    = "cen-prod"
    vpc-bp1qpo0kug3a20qqe9h8v = "prod"
    vsw-bp1s5fnvk4gn2tws0c3mk = "nodes-h"
    vco-bp15oes1py4i6hfuygdkq = "idc-hangzhou"
  }
}

locals {
  network = provider::cidrplan::facts({
    alicloud = {
      gateways    = { for cen in data.alicloud_cen_instances.prod.instances : local.names[cen.id] => cen }
      vpcs        = { for vpc in data.alicloud_vpcs.all.vpcs : lookup(local.names, vpc.id, vpc.id) => vpc }
      subnets     = { for subnet in data.alicloud_vswitches.all.vswitches : lookup(local.names, subnet.id, subnet.id) => subnet }
      attachments = { for attachment in data.alicloud_cen_transit_router_vpc_attachments.prod.attachments : attachment.id => attachment }
      routes      = { for entry in data.alicloud_route_entries.prod.entries : "prod/${entry.cidr_block}" => entry }

      # A connection has the ID of its VPN gateway only: the label says which VPC has the gateway.
      connections = { for vpn in data.alicloud_vpn_connections.all.connections : lookup(local.names, vpn.id, vpn.id) => merge(vpn, { vpc = "prod" }) }
    }
  })

  # Clusters in a call of their own, since cluster objects may have sensitive attributes. Their names are unique in an account, so that
  # the cluster below is recognized here after it is created.
  live = nonsensitive(provider::cidrplan::facts({
    alicloud = {
      clusters = { for cluster in data.alicloud_cs_clusters.all.clusters : cluster.cluster_name => cluster }
    }
  }))
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    hubs     = local.network.hubs
    sites    = local.network.sites
    vpcs     = local.network.vpcs
    existing = local.live.existing

    clusters = {
      search = {
        vpc           = "prod"
        profile       = "ack-flannel"
        node_subnets  = ["nodes-h"]
        max_nodes     = 100
        pods_per_node = 64
        max_services  = 1000
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

# Consumes an allocation. It is no fact of the allocator above: the data source shows it, not this resource.
resource "alicloud_cs_managed_kubernetes" "search" {
  name           = "search"
  cluster_spec   = "ack.pro.small"
  vswitch_ids    = [for id, name in local.names : id if contains(cidrplan_allocator.k8s.clusters["search"].node_subnets, name)]
  pod_cidr       = cidrplan_allocator.k8s.allocations["search"].ack.pod_cidr
  service_cidr   = cidrplan_allocator.k8s.allocations["search"].ack.service_cidr
  node_cidr_mask = cidrplan_allocator.k8s.allocations["search"].ack.node_cidr_mask
}

check "all_networks_are_known" {
  assert {
    condition     = length(local.network.unplaced) == 0
    error_message = "Objects of the cloud that no allocator knows: ${jsonencode(local.network.unplaced)}"
  }
}
