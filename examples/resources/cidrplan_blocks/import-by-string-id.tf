import {
  to = cidrplan_blocks.vpcs
  id = file("blocks.lock.json")
}
