# Represents a module that builds a cluster: it outputs the arguments of the cloud resource.

variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "network" {
  description = "Allocation of the cluster. Terraform drops attributes that the type does not contain."
  type = object({
    ack = object({
      pod_cidr       = string
      service_cidr   = string
      node_cidr_mask = number
    })
    usable = object({
      nodes = number
    })
  })
}

output "arguments" {
  description = "Arguments for alicloud_cs_managed_kubernetes, and the size of its largest node pool."
  value       = merge(var.network.ack, { name = var.name, max_size = var.network.usable.nodes })
}
