#: page templates/guides/modules.md.tmpl
#: folder modules
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}
#: block 2
