# A VPC with two clusters of EKS, of which only the Service ranges are separate. Pods of "web" use the subnets of its nodes. Those of "data"
# use prefixes of /28 in subnets of a further block, with custom networking: each of these subnets has room for 100 nodes with 110 Pods each.
# Both have hybrid nodes in the office, whose networks the plan compares with all others.

locals {
  subnets = {
    private-a = { cidr = "10.0.0.0/18", zone = "eu-central-1a" }
    private-b = { cidr = "10.0.64.0/18", zone = "eu-central-1b" }
    pods-a    = { cidr = "100.64.0.0/18", zone = "eu-central-1a" }
    pods-b    = { cidr = "100.64.64.0/18", zone = "eu-central-1b" }
  }
}

# The resources of the cloud are the facts: no network is written twice. A key that is the name of a VPC, or begins with it, says where the
# object belongs before its ID is known.
locals {
  network = provider::cidrplan::facts({
    aws = {
      vpcs            = { prod = aws_vpc.prod }
      vpc_cidr_blocks = { "prod/pods" = aws_vpc_ipv4_cidr_block_association.pods }
      subnets         = aws_subnet.all
      gateways        = { tgw-prod = aws_ec2_transit_gateway.prod }
      attachments     = { prod = aws_ec2_transit_gateway_vpc_attachment.prod }
    }
  })
}

resource "cidrplan_allocator" "k8s" {
  name      = "k8s-prod"
  supernets = ["172.20.0.0/14"]

  declare = {
    hubs  = local.network.hubs
    vpcs  = local.network.vpcs
    sites = { office-frankfurt = { cidr_blocks = ["192.168.0.0/16"], hubs = ["tgw-prod"] } }

    clusters = {
      web = {
        vpc           = "prod"
        profile       = "eks"
        node_subnets  = ["private-a", "private-b"]
        max_nodes     = 100
        pods_per_node = 58
        max_services  = 1000
        other_ranges = {
          remote_nodes = ["192.168.64.0/20"]
          remote_pods  = ["192.168.128.0/17"]
        }
      }
      data = {
        vpc           = "prod"
        profile       = "eks-prefix-delegation"
        node_subnets  = ["private-a", "private-b"]
        pod_subnets   = ["pods-a", "pods-b"]
        max_nodes     = 100
        pods_per_node = 110
        max_services  = 500
        other_ranges = {
          remote_nodes = ["192.168.80.0/20"]
          remote_pods  = ["192.168.0.0/18"]
        }
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
