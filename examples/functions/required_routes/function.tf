# The routes that VPC lab needs to reach the Pods of VPC prod over a peering connection, one element for each route entry.
resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]

  declare = {
    vpcs = {
      prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/18"], peers = ["lab"] }
      lab  = { platform = "alicloud", cidr_blocks = ["192.168.64.0/18"], peers = ["prod"] }
    }
    clusters = { shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 } }
  }

  lifecycle {
    prevent_destroy = true
  }
}

output "routes_of_lab" {
  value = { for key, route in provider::cidrplan::required_routes(cidrplan_allocator.k8s) : key => route.destination if route.network == "lab" }
}
