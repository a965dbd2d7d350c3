resource "baiducloud_vpc" "prod" {
  name = "prod"
  cidr = "192.168.0.0/16"
}

resource "baiducloud_subnet" "all" {
  for_each  = local.subnets
  vpc_id    = baiducloud_vpc.prod.id
  name      = each.key
  cidr      = each.value.cidr
  zone_name = each.value.zone
}

# The same lines work for both networks: an attribute that one of them does not have is null, and not set.
resource "baiducloud_ccev2_cluster" "all" {
  for_each = cidrplan_allocator.k8s.allocations

  cluster_spec {
    cluster_name = each.key
    cluster_type = "normal"
    k8s_version  = "1.30.1"
    runtime_type = "containerd"
    vpc_id       = baiducloud_vpc.prod.id

    master_config {
      master_type               = "managed"
      cluster_ha                = 3
      cluster_blb_vpc_subnet_id = baiducloud_subnet.all["nodes"].id
    }

    container_network_config {
      mode                     = each.value.baidu_cce.mode
      cluster_pod_cidr         = each.value.baidu_cce.cluster_pod_cidr
      cluster_ip_service_cidr  = each.value.baidu_cce.cluster_ip_service_cidr
      max_pods_per_node        = each.value.baidu_cce.max_pods_per_node
      lb_service_vpc_subnet_id = baiducloud_subnet.all["nodes"].id

      dynamic "eni_vpc_subnet_ids" {
        for_each = each.value.pod_subnets == null ? [] : each.value.pod_subnets
        content {
          zone_and_id = {
            (local.subnets[eni_vpc_subnet_ids.value.name].zone) = baiducloud_subnet.all[eni_vpc_subnet_ids.value.name].id
          }
        }
      }
    }
  }

  # The provider never reads it back, and no update sends it: a change of it needs -replace.
  lifecycle {
    ignore_changes = [cluster_spec]
  }
}
