terraform import cidrplan_allocator.k8s "$(cat cidrplan.lock.json)"
