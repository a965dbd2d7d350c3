resource "ksyun_vpc" "prod" {
  vpc_name   = "prod"
  cidr_block = "10.0.0.0/16"
}

resource "ksyun_subnet" "all" {
  for_each    = local.subnets
  vpc_id      = ksyun_vpc.prod.id
  subnet_name = each.key
  subnet_type = each.value.type
  cidr_block  = each.value.cidr
}

resource "ksyun_kce_cluster" "all" {
  for_each            = cidrplan_allocator.k8s.allocations
  cluster_name        = each.key
  cluster_manage_mode = "ManagedCluster"
  k8s_version         = "v1.25.7"
  network_type        = "Flannel"
  vpc_id              = ksyun_vpc.prod.id
  reserve_subnet_id   = ksyun_subnet.all["reserve"].id
  pod_cidr            = each.value.kce.pod_cidr
  service_cidr        = each.value.kce.service_cidr
  max_pod_per_node    = each.value.kce.max_pod_per_node

  managed_cluster_multi_master {
    subnet_id         = ksyun_subnet.all[cidrplan_allocator.k8s.clusters[each.key].node_subnets[0]].id
    security_group_id = "00000000-0000-0000-0000-000000000000" # a security group of the VPC
  }

  worker_config {
    count             = 3
    image_id          = "00000000-0000-0000-0000-000000000000" # an image of your region
    instance_type     = "S6.4B"                                # a type of your region
    charge_type       = "Daily"
    role              = "Worker"
    subnet_id         = ksyun_subnet.all[cidrplan_allocator.k8s.clusters[each.key].node_subnets[0]].id
    security_group_id = ["00000000-0000-0000-0000-000000000000"]
  }

  # An import does not read the nodes, and adding them would replace the cluster.
  lifecycle {
    ignore_changes = [master_config, worker_config]
  }
}
