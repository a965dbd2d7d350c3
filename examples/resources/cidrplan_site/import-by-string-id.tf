import {
  to = cidrplan_site.idc
  id = "idc-hangzhou"
}
