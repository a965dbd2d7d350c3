import {
  to = cidrplan_allocator.k8s
  id = file("cidrplan.lock.json")
}
