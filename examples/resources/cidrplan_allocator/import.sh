terraform import cidrplan_allocator.k8s k8s-prod
