# The texts for the tools of each cluster. All texts of one cluster have the same ranges.
output "kubeadm" {
  description = "Configuration for kubeadm, by cluster."
  value       = { for name, network in cidrplan_allocator.k8s.allocations : name => provider::cidrplan::manifests(network, "kubeadm") }
}

output "calico" {
  description = "Installation of Calico, by cluster. The network of the hosts routes all Pods except those of the cluster test."
  value = {
    for name in ["build", "test", "edge"] :
    name => provider::cidrplan::manifests(cidrplan_allocator.k8s.allocations[name], "calico", { routed = name != "test" })
  }
}

output "cilium" {
  description = "Helm values of Cilium for the cluster search."
  value       = provider::cidrplan::manifests(cidrplan_allocator.k8s.allocations["search"], "cilium")
}

output "kube_ovn" {
  description = "Helm values of Kube-OVN for the cluster video."
  value       = provider::cidrplan::manifests(cidrplan_allocator.k8s.allocations["video"], "kube-ovn")
}

output "cluster_dns" {
  description = "Address of each cluster's DNS, for the kubelets."
  value       = { for name, network in cidrplan_allocator.k8s.allocations : name => network.kubernetes.cluster_dns }
}
