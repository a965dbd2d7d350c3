resource "cidrplan_hub" "cen" {
  name = "cen-prod"
  kind = "cen"
}

# An IDC that all members of the hub reach.
resource "cidrplan_site" "idc" {
  name        = "idc-hangzhou"
  description = "machine rooms in Hangzhou"
  cidr_blocks = ["10.0.0.0/12", "172.31.0.0/16"]
  hubs        = [cidrplan_hub.cen.name]
}

# An office whose VPN ends in one VPC: only that VPC reaches it.
resource "cidrplan_site" "office" {
  name        = "office"
  cidr_blocks = ["192.168.100.0/24"]
  peers       = ["prod"]
}
