package provider_test

import (
	"reflect"
	"testing"
)

// What Terraform does with arguments that are known, null, unknown and invalid.
func TestAccFactsFunctions(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, `
resource "terraform_data" "new" {
  input = uuid() # known after apply
}

locals {
  state = jsonencode({ version = 4, serial = 1, resources = [{ mode = "managed", type = "alicloud_vpc", name = "prod",
    instances = [{ attributes = { id = "v", cidr_block = "10.0.0.0/16" } }] }] })
}

output "known" {
  value = provider::cidrplan::facts({ alicloud = { vpcs = { prod = { id = "v", cidr_block = "10.0.0.0/16" } } } }).vpcs["prod"].cidr_blocks
}
output "known_of_state" {
  value = provider::cidrplan::facts_of_state(local.state).vpcs["prod"].cidr_blocks
}
output "partly_unknown" {
  value = provider::cidrplan::facts({ alicloud = { vpcs = {
    prod = { id = terraform_data.new.id, cidr_block = "10.0.0.0/16" }
  } } }).vpcs["prod"].cidr_blocks
}
output "unknown" {
  value = provider::cidrplan::facts(terraform_data.new.output)
}
output "unknown_of_state" {
  value = provider::cidrplan::facts_of_state(terraform_data.new.id)
}
output "accepted" {
  value = [can(provider::cidrplan::facts(null)), can(provider::cidrplan::facts_of_state(null)),
    can(provider::cidrplan::facts({ nimbus = {} })), can(provider::cidrplan::facts_of_state("{}"))]
}
`)
	got := w.outputs()
	block := []any{"10.0.0.0/16"}
	for name, want := range map[string]any{
		"known": block, "known_of_state": block, "partly_unknown": block, "unknown": map[string]any{}, "unknown_of_state": nil,
		"accepted": []any{false, false, false, false},
	} {
		if !reflect.DeepEqual(got[name], want) {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
}
