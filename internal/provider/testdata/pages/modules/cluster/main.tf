variable "network" { type = object({ pod_cidr = string }) }

output "need" { value = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 } }

output "arguments" { value = var.network.pod_cidr }
