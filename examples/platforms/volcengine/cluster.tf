resource "volcengine_vpc" "prod" {
  vpc_name   = "prod"
  cidr_block = "192.168.0.0/16"
}

resource "volcengine_subnet" "all" {
  for_each    = local.subnets
  vpc_id      = volcengine_vpc.prod.id
  subnet_name = each.key
  cidr_block  = each.value.cidr
  zone_id     = each.value.zone
}

# A cluster has flannel_config or vpc_cni_config: with VPC-CNI the allocation has no Pod range, with Flannel no Pod subnets.
resource "volcengine_vke_cluster" "all" {
  for_each = cidrplan_allocator.k8s.allocations
  name     = each.key

  cluster_config {
    subnet_ids = [for name in cidrplan_allocator.k8s.clusters[each.key].node_subnets : volcengine_subnet.all[name].id]
  }

  pods_config {
    pod_network_mode = each.value.vke.pod_network_mode

    dynamic "flannel_config" {
      for_each = each.value.vke.pod_cidrs == null ? [] : [each.value.vke]
      content {
        pod_cidrs         = flannel_config.value.pod_cidrs
        max_pods_per_node = flannel_config.value.max_pods_per_node
      }
    }

    dynamic "vpc_cni_config" {
      for_each = each.value.pod_subnets == null ? [] : [each.value.pod_subnets]
      content {
        vpc_id     = volcengine_vpc.prod.id
        subnet_ids = [for subnet in vpc_cni_config.value : volcengine_subnet.all[subnet.name].id]
      }
    }
  }

  services_config {
    service_cidrsv4 = each.value.vke.service_cidrsv4
  }
}
