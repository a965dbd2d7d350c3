#: page templates/guides/facts-from-the-clouds.md.tmpl
resource "aws_vpc" "prod" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_vpn_gateway" "prod" {
  vpc_id = aws_vpc.prod.id
}
resource "aws_vpn_connection" "office" {
  customer_gateway_id = "cgw-1"
  vpn_gateway_id      = aws_vpn_gateway.prod.id
  type                = "ipsec.1"
  static_routes_only  = true
}
resource "aws_vpn_connection_route" "office" {
  for_each               = { lan = "172.16.0.0/16" }
  vpn_connection_id      = aws_vpn_connection.office.id
  destination_cidr_block = each.value
}
#: block 3
output "sites" {
  value = local.network.sites
}
