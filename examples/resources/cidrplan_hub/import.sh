terraform import cidrplan_hub.prod cen-prod
