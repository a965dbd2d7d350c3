locals {
  networks = cidrplan_allocator.k8s.allocations
}

output "rke2" {
  description = "A file for /etc/rancher/rke2/config.yaml.d on the servers of the cluster shop."
  value       = provider::cidrplan::manifests(local.networks["shop"], "rke2")
}

output "k3s" {
  description = "A file for /etc/rancher/k3s/config.yaml.d on the servers of the cluster kiosk."
  value       = provider::cidrplan::manifests(local.networks["kiosk"], "k3s")
}

output "talos" {
  description = "A patch of the machine configuration of the control plane of the cluster edge."
  value       = provider::cidrplan::manifests(local.networks["edge"], "talos")
}

output "kubespray" {
  description = "A file for group_vars/k8s_cluster of the inventory of the kubespray cluster data."
  value       = provider::cidrplan::manifests(local.networks["data"], "kubespray")
}

output "kops" {
  description = "Values for spec of the kOps cluster build."
  value       = provider::cidrplan::manifests(local.networks["build"], "kops")
}
