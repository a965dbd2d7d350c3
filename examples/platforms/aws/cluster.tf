resource "aws_vpc" "prod" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_ipv4_cidr_block_association" "pods" {
  vpc_id     = aws_vpc.prod.id
  cidr_block = "100.64.0.0/16"
}

resource "aws_subnet" "all" {
  for_each          = local.subnets
  vpc_id            = aws_vpc_ipv4_cidr_block_association.pods.vpc_id # so that the VPC has both blocks before
  cidr_block        = each.value.cidr
  availability_zone = each.value.zone
}

resource "aws_ec2_transit_gateway" "prod" {
  description = "prod"
}

resource "aws_ec2_transit_gateway_vpc_attachment" "prod" {
  transit_gateway_id = aws_ec2_transit_gateway.prod.id
  vpc_id             = aws_vpc.prod.id
  subnet_ids         = [for name in ["private-a", "private-b"] : aws_subnet.all[name].id]
}

resource "aws_iam_role" "eks" {
  name = "eks-prod"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "eks.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "eks" {
  role       = aws_iam_role.eks.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
}

resource "aws_eks_cluster" "all" {
  for_each = cidrplan_allocator.k8s.allocations
  name     = each.key
  role_arn = aws_iam_role.eks.arn

  vpc_config {
    subnet_ids = [for name in cidrplan_allocator.k8s.clusters[each.key].node_subnets : aws_subnet.all[name].id]
  }

  kubernetes_network_config {
    service_ipv4_cidr = each.value.eks.service_ipv4_cidr
  }

  # The route tables of the VPC need a route to each of these, over the transit gateway.
  remote_network_config {
    remote_node_networks {
      cidrs = cidrplan_allocator.k8s.clusters[each.key].other_ranges["remote_nodes"]
    }
    remote_pod_networks {
      cidrs = cidrplan_allocator.k8s.clusters[each.key].other_ranges["remote_pods"]
    }
  }

  depends_on = [aws_iam_role_policy_attachment.eks]

  lifecycle {
    ignore_changes = [bootstrap_self_managed_addons]
  }
}

# Prefix delegation and custom networking are settings of the VPC CNI. With custom networking it chooses the subnet of Pods by the zone of
# their node. Set both before the first nodes, or create new nodes afterwards.
resource "aws_eks_addon" "vpc_cni" {
  for_each     = cidrplan_allocator.k8s.allocations
  cluster_name = aws_eks_cluster.all[each.key].name
  addon_name   = "vpc-cni"

  configuration_values = jsonencode({
    env = {
      ENABLE_PREFIX_DELEGATION           = tostring(cidrplan_allocator.k8s.clusters[each.key].profile == "eks-prefix-delegation")
      AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG = tostring(each.value.pod_subnets != null)
      ENI_CONFIG_LABEL_DEF               = "topology.kubernetes.io/zone"
    }
    eniConfig = {
      create  = each.value.pod_subnets != null
      subnets = { for s in coalesce(each.value.pod_subnets, []) : local.subnets[s.name].zone => { id = aws_subnet.all[s.name].id } }
    }
  })
}
