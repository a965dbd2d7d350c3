#: page templates/guides/hub-networks.md.tmpl
#: block 1
resource "cidrplan_vpc" "other" {
  name        = "other"
  cidr_blocks = ["172.17.0.0/16"]
  #: block 2
}
