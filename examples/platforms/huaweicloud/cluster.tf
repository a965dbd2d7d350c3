resource "huaweicloud_vpc" "prod" {
  name = "prod"
  cidr = "172.16.0.0/16"
}

resource "huaweicloud_vpc_subnet" "all" {
  for_each    = local.subnets
  vpc_id      = huaweicloud_vpc.prod.id
  name        = each.key
  cidr        = each.value
  gateway_ip  = cidrhost(each.value, 1)
  primary_dns = "100.125.1.250" # nodes need the DNS of their region
}

resource "huaweicloud_er_instance" "prod" {
  name               = "prod"
  asn                = 64512
  availability_zones = ["cn-southwest-2a"]
}

resource "huaweicloud_er_vpc_attachment" "prod" {
  name        = "prod"
  instance_id = huaweicloud_er_instance.prod.id
  vpc_id      = huaweicloud_vpc.prod.id
  subnet_id   = huaweicloud_vpc_subnet.all["nodes"].id
}

# The same lines work for all networks: an attribute that one of them does not have is null, and not set.
resource "huaweicloud_cce_cluster" "all" {
  for_each  = { for name, allocation in cidrplan_allocator.k8s.allocations : name => allocation if allocation.cce != null }
  name      = each.key
  flavor_id = "cce.s2.medium"
  vpc_id    = huaweicloud_vpc.prod.id
  subnet_id = huaweicloud_vpc_subnet.all[cidrplan_allocator.k8s.clusters[each.key].node_subnets[0]].id

  container_network_type = each.value.cce.container_network_type
  container_network_cidr = each.value.cce.container_network_cidr
  service_network_cidr   = each.value.cce.service_network_cidr
  ipv6_enable            = each.value.cce.ipv6_enable
  eni_subnet_id          = each.value.pod_subnets == null ? null : join(",", [for subnet in each.value.pod_subnets : huaweicloud_vpc_subnet.all[subnet.name].ipv4_subnet_id])

  extend_params {
    fix_pool_mask = each.value.cce.fix_pool_mask
  }

  # Never read back: without this line, the plan replaces an imported cluster.
  lifecycle {
    ignore_changes = [extend_params]
  }
}

# Pods and control plane of an Autopilot cluster use the same subnets.
resource "huaweicloud_cce_autopilot_cluster" "jobs" {
  name        = "jobs"
  flavor      = "cce.autopilot.cluster"
  ipv6_enable = cidrplan_allocator.k8s.allocations["jobs"].cce_autopilot.ipv6_enable

  host_network {
    vpc    = huaweicloud_vpc.prod.id
    subnet = huaweicloud_vpc_subnet.all[cidrplan_allocator.k8s.clusters["jobs"].node_subnets[0]].id
  }

  container_network {
    mode = "eni"
  }

  eni_network {
    subnets {
      subnet_id = huaweicloud_vpc_subnet.all[cidrplan_allocator.k8s.allocations["jobs"].pod_subnets[0].name].ipv4_subnet_id
    }
  }

  service_network {
    ipv4_cidr = cidrplan_allocator.k8s.allocations["jobs"].cce_autopilot.ipv4_cidr
  }
}
