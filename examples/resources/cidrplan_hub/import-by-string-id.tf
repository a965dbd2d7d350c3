import {
  to = cidrplan_hub.prod
  id = "cen-prod"
}
