import {
  to = cidrplan_vpc.prod
  id = "prod"
}
