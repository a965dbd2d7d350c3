locals {
  networks = cidrplan_allocator.k8s.allocations

  # install-config.yaml of each cluster; add what your platform needs. The function manifests writes the Pod and Service ranges.
  install_configs = {
    for name, network in local.networks : name => {
      apiVersion = "v1"
      baseDomain = "example.com"
      metadata   = { name = name }
      networking = merge(
        yamldecode(provider::cidrplan::manifests(network, "openshift")).networking,
        { machineNetwork = [for block in cidrplan_site.machines.cidr_blocks : { cidr = block }] },
      )
    }
  }
}

output "install_config" {
  description = "The file install-config.yaml, by cluster."
  value       = { for name, config in local.install_configs : name => yamlencode(config) }
}

output "host_prefix" {
  description = "hostPrefix by cluster."
  value       = { for name, network in local.networks : name => network.openshift.host_prefix }
}
