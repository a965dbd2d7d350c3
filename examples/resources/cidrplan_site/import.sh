terraform import cidrplan_site.idc idc-hangzhou
