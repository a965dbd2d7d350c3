terraform import cidrplan_cluster.legacy legacy
