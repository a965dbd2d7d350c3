resource "alicloud_vpc" "prod" {
  vpc_name   = "prod"
  cidr_block = "192.168.0.0/16"
}

resource "alicloud_vswitch" "all" {
  for_each     = local.vswitches
  vpc_id       = alicloud_vpc.prod.id
  vswitch_name = each.key
  cidr_block   = each.value.cidr
  zone_id      = each.value.zone
}

resource "alicloud_cen_instance" "prod" {
  cen_instance_name = "prod"
}

resource "alicloud_cen_instance_attachment" "prod" {
  instance_id              = alicloud_cen_instance.prod.id
  child_instance_id        = alicloud_vpc.prod.id
  child_instance_type      = "VPC"
  child_instance_region_id = "cn-hangzhou"
}

# The same lines work for Flannel and Terway: an attribute that one of them does not have is null, and not set.
resource "alicloud_cs_managed_kubernetes" "all" {
  for_each     = { for name in ["shop", "data"] : name => cidrplan_allocator.k8s.allocations[name] }
  name         = each.key
  cluster_spec = "ack.pro.small"
  vswitch_ids  = [for name in cidrplan_allocator.k8s.clusters[each.key].node_subnets : alicloud_vswitch.all[name].id]

  service_cidr    = each.value.ack.service_cidr
  pod_cidr        = each.value.ack.pod_cidr
  node_cidr_mask  = each.value.ack.node_cidr_mask
  ip_stack        = each.value.ack.ip_stack
  pod_vswitch_ids = each.value.pod_subnets == null ? null : [for subnet in each.value.pod_subnets : alicloud_vswitch.all[subnet.name].id]

  addons {
    name = each.value.pod_subnets == null ? "flannel" : "terway-eniip"
  }

  # Used only when the cluster is created, and never read back from an imported cluster.
  lifecycle {
    ignore_changes = [addons, pod_vswitch_ids]
  }
}

resource "alicloud_cs_edge_kubernetes" "stores" {
  name                  = "stores"
  worker_vswitch_ids    = [alicloud_vswitch.all["nodes-h"].id]
  worker_instance_types = ["ecs.g7.xlarge"]
  worker_number         = 1
  key_name              = "ops"

  service_cidr   = cidrplan_allocator.k8s.allocations["stores"].ack.service_cidr
  pod_cidr       = cidrplan_allocator.k8s.allocations["stores"].ack.pod_cidr
  node_cidr_mask = cidrplan_allocator.k8s.allocations["stores"].ack.node_cidr_mask

  # Read as the number of nodes: an apply would add nodes to an imported cluster, or fail.
  lifecycle {
    ignore_changes = [worker_number, key_name]
  }
}

resource "alicloud_cs_serverless_kubernetes" "jobs" {
  name         = "jobs"
  vpc_id       = alicloud_vpc.prod.id
  vswitch_ids  = [for subnet in cidrplan_allocator.k8s.allocations["jobs"].pod_subnets : alicloud_vswitch.all[subnet.name].id]
  service_cidr = cidrplan_allocator.k8s.allocations["jobs"].ack.service_cidr
}
