#: page templates/guides/adopting-what-exists.md.tmpl
#: block 1
output "openshift" {
  value = cidrplan_allocator.all.allocations["erp"].openshift.host_prefix
}
