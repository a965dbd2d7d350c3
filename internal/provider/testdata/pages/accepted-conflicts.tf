#: page templates/guides/conflicts.md.tmpl
#: block 2 with
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
#: or
    clusters = {}
#: end
