variable "name" { type = string }

resource "cidrplan_cluster" "this" {
  name      = var.name
  vpc       = "prod"
  profile   = "ack-flannel"
  max_nodes = 100
}

output "cluster" { value = cidrplan_cluster.this }
