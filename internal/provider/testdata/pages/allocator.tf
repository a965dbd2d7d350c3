#: page templates/resources/allocator.md.tmpl
data "alicloud_route_entries" "prod" {
  route_table_id = "vtb-1"
}
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]
  vpcs = {
    prod = {
      platform    = "alicloud"
      cidr_blocks = ["192.168.0.0/16"]
      #: block 1
    }
    copy = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"], vrf = "copy" }
  }
  #: block 2
}
