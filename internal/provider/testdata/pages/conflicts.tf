#: page templates/guides/conflicts.md.tmpl
#: block 1 with
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  clusters  = {}
#: end
