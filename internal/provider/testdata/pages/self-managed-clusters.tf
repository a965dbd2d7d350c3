#: page templates/guides/self-managed-clusters.md.tmpl
#: file cilium.yaml {}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  vpcs      = { prod = { platform = "generic", cidr_blocks = ["192.168.0.0/16"] } }
  clusters  = { shop = { vpc = "prod", profile = "kubernetes-overlay", max_nodes = 100, max_services = 500 } }
}
#: block 1
#: block 2
#: block 3
#: block 4
#: block 5
#: block 6
#: block 7
#: block 8
#: block 9
#: block 10
output "texts" {
  value = [local.kubeadm, local.controller_manager, local.calico, local.further_subnets, local.kubeadm_of_the_first_range]
}
