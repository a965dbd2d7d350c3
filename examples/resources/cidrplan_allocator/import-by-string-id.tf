import {
  to = cidrplan_allocator.k8s
  id = "k8s-prod"
}
