package main

import "testing"

func TestChangedLines(t *testing.T) {
	for _, c := range []struct {
		name, plan string
		want       int
	}{
		{"a plan without changes", "No changes. Your infrastructure matches the configuration.\n", 0},
		{"nothing", "", 0},
		{"legend, warnings and unchanged lines are left out", `
Warning: Provider development overrides are in effect
 - cidrplan/cidrplan in bin

Terraform used the selected providers to generate the following execution
plan. Resource actions are indicated with the following symbols:
  ~ update in-place

Terraform will perform the following actions:

  # cidrplan_allocator.k8s will be updated in-place
  ~ resource "cidrplan_allocator" "k8s" {
      ~ clusters = {
          + "added" = {
              + max_nodes = 4
            },
            # (3 unchanged elements hidden)
        }
        name = "bench"
    }

Plan: 0 to add, 1 to change, 0 to destroy.

Warning: Ranges Released
  - Set reclaim
+ that
`, 4},
		{"removed, replaced and of OpenTofu", `
OpenTofu will perform the following actions:

-/+ resource "terraform_data" "k8s" {
      - input = 1 -> null
+/- resource "terraform_data" "other" {

Plan: 2 to add, 0 to change, 2 to destroy.
`, 3},
	} {
		if got := changedLines(c.plan); got != c.want {
			t.Errorf("%s: %d changed lines, want %d", c.name, got, c.want)
		}
	}
}
