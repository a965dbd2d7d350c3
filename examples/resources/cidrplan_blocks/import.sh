terraform import cidrplan_blocks.vpcs "$(cat blocks.lock.json)"
