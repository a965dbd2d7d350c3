# The configuration for `kubeadm init --config` of each cluster.
locals {
  kubeadm = { for name, network in cidrplan_allocator.k8s.allocations : name => yamlencode({
    apiVersion = "kubeadm.k8s.io/v1beta4"
    kind       = "ClusterConfiguration"
    networking = {
      podSubnet     = network.kubernetes.pod_subnet
      serviceSubnet = network.kubernetes.service_subnet
    }
    controllerManager = {
      # A cluster with one address family has one mask, a cluster with both has two. The others are null.
      extraArgs = [
        for flag, mask in {
          node-cidr-mask-size      = network.kubernetes.node_cidr_mask_size
          node-cidr-mask-size-ipv4 = network.kubernetes.node_cidr_mask_size_ipv4
          node-cidr-mask-size-ipv6 = network.kubernetes.node_cidr_mask_size_ipv6
        } : { name = flag, value = tostring(mask) } if mask != null
      ]
    }
  }) }
}

output "kubeadm" {
  description = "Configuration for kubeadm, by cluster."
  value       = local.kubeadm
}

output "cluster_dns" {
  description = "Address of each cluster's DNS, for the kubelets."
  value       = { for name, network in cidrplan_allocator.k8s.allocations : name => network.kubernetes.cluster_dns }
}
