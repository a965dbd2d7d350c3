# One hub for each routing domain: here the route tables of two CEN transit routers.

resource "cidrplan_hub" "prod" {
  name        = "cen-prod"
  kind        = "cen"
  description = "production, all regions"
}

resource "cidrplan_hub" "test" {
  name   = "cen-test"
  kind   = "cen"
  labels = { owner = "platform" }
}
