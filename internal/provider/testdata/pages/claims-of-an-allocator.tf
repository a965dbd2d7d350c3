#: page templates/guides/several-workspaces.md.tmpl
resource "cidrplan_allocator" "k8s" {
  name      = "team-a"
  supernets = ["10.64.0.0/12"]
  clusters  = {}
}
#: block 1
