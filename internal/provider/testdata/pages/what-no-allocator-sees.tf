#: page templates/guides/what-no-allocator-sees.md.tmpl
#: block 1
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  cidr_blocks = ["192.168.0.0/16"]
}
