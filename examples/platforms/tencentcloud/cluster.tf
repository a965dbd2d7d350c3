resource "tencentcloud_vpc" "prod" {
  name       = "prod"
  cidr_block = "10.0.0.0/16"
}

resource "tencentcloud_subnet" "all" {
  for_each          = local.subnets
  vpc_id            = tencentcloud_vpc.prod.id
  name              = each.key
  cidr_block        = each.value.cidr
  availability_zone = each.value.zone
}

resource "tencentcloud_ccn" "prod" {
  name = "prod"
}

resource "tencentcloud_ccn_attachment" "prod" {
  ccn_id          = tencentcloud_ccn.prod.id
  instance_id     = tencentcloud_vpc.prod.id
  instance_type   = "VPC"
  instance_region = "ap-guangzhou"
}

# The same lines work for all networks: an attribute that one of them does not have is null, and not set.
resource "tencentcloud_kubernetes_cluster" "all" {
  for_each     = { for name, allocation in cidrplan_allocator.k8s.allocations : name => allocation if allocation.tke != null }
  cluster_name = each.key
  vpc_id       = tencentcloud_vpc.prod.id

  network_type            = each.value.tke.network_type
  cluster_cidr            = each.value.tke.cluster_cidr
  service_cidr            = each.value.tke.service_cidr
  cluster_max_pod_num     = each.value.tke.cluster_max_pod_num
  cluster_max_service_num = each.value.tke.cluster_max_service_num
  is_dual_stack           = each.value.tke.is_dual_stack
  eni_subnet_ids          = each.value.pod_subnets == null ? null : [for subnet in each.value.pod_subnets : tencentcloud_subnet.all[subnet.name].id]
  cluster_subnet_id       = each.value.tke.network_type == "CiliumOverlay" ? tencentcloud_subnet.all["nodes-3"].id : null

  # Not set with VPC-CNI: the default of 256 would replace an imported cluster that has another number.
  lifecycle {
    ignore_changes = [cluster_max_pod_num, cluster_subnet_id]
  }
}

resource "tencentcloud_tsf_cluster" "shop" {
  cluster_name            = "shop"
  cluster_type            = "C"
  vpc_id                  = tencentcloud_vpc.prod.id
  subnet_id               = tencentcloud_subnet.all["nodes-3"].id
  cluster_cidr            = cidrplan_allocator.k8s.allocations["shop"].tsf.cluster_cidr
  max_node_pod_num        = cidrplan_allocator.k8s.allocations["shop"].tsf.max_node_pod_num
  max_cluster_service_num = cidrplan_allocator.k8s.allocations["shop"].tsf.max_cluster_service_num
}
