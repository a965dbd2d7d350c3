resource "ctyun_vpc" "prod" {
  name = "prod"
  cidr = "192.168.0.0/16"
}

resource "ctyun_subnet" "all" {
  for_each = local.subnets
  vpc_id   = ctyun_vpc.prod.id
  name     = each.key
  cidr     = each.value
  dns      = ["100.95.0.1"]
}

# The same lines work for both networks: an attribute that one of them does not have is null, and not set.
resource "ctyun_ccse_cluster" "all" {
  for_each = cidrplan_allocator.k8s.allocations

  base_info = {
    cluster_name      = each.key
    cluster_domain    = "${each.key}.example.com"
    cluster_version   = "1.31.6"
    cluster_series    = "cce.managed"
    series_type       = "managedpro"
    deploy_type       = "single"
    container_runtime = "containerd"
    kube_proxy        = "ipvs"
    timezone          = "Asia/Shanghai"
    cycle_type        = "on_demand"
    elb_prod_code     = "standardI"
    start_port        = 30000
    end_port          = 32767

    vpc_id             = ctyun_vpc.prod.id
    subnet_id          = ctyun_subnet.all[cidrplan_allocator.k8s.clusters[each.key].node_subnets[0]].id
    network_plugin     = each.value.ccse.network_plugin
    pod_cidr           = each.value.ccse.pod_cidr
    service_cidr       = each.value.ccse.service_cidr
    pod_subnet_id_list = each.value.pod_subnets == null ? null : [for subnet in each.value.pod_subnets : ctyun_subnet.all[subnet.name].id]
  }

  slave_host = {
    instance_type = "ecs"
    item_def_name = "c7.xlarge.2" # a flavor of your region
    mirror_type   = 1
    mirror_id     = "00000000-0000-0000-0000-000000000000" # a node image of your region
    sys_disk      = { type = "SATA", size = 80 }
    az_infos      = [{ az_name = "cn-huadong1-jsnj1A-public-ctcloud", size = 3 }]
  }
}
