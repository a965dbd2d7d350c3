import {
  to = cidrplan_cluster.legacy
  id = "legacy"
}
