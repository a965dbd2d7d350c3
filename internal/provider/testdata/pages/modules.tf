#: page templates/guides/modules.md.tmpl
#: folder modules
#: fails Error: Cycle
locals { clusters = { shop = 100 } }
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}
#: block 1
