# The objects are those of the cloud's provider, such as alicloud_vpc.all. Here they are written by hand, with the attributes that are read.
locals {
  vpcs     = { prod = { id = "vpc-1", cidr_block = "192.168.0.0/16", secondary_cidr_blocks = [] } }
  vswitch  = { nodes = { id = "vsw-1", vpc_id = "vpc-1", cidr_block = "192.168.0.0/20" } }
  clusters = { legacy = { id = "c-1", pod_cidr = "10.64.0.0/16", service_cidr = "172.20.0.0/20", node_cidr_mask = 25 } }

  network = provider::cidrplan::facts({
    alicloud = { vpcs = local.vpcs, subnets = local.vswitch, clusters = local.clusters }
  })
}

output "facts" {
  value = local.network
}
