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
  description = "Variables of kubespray for the cluster data."
  value       = yamlencode({ for name, value in local.networks["data"].kubespray : name => value if value != null })
}

output "kops" {
  description = "Values for spec of the kOps cluster build."
  value       = yamlencode(local.networks["build"].kops)
}
