terraform import cidrplan_vpc.prod prod
