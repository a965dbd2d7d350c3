package provider_test

import "testing"

// What existing says to rest and is known only after apply is no crash, and rests once it is known.
func TestAccBlocksThatRestLate(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, `
resource "terraform_data" "late" {
  input = { cidr = "10.0.9.0/24", block = "gone" }
}
`+carve(`pin = { cidr = "10.0.7.0/24" }`, `existing = { a = { cidr = terraform_data.late.output.cidr, block = "gone" }, b = { cidr = "10.0.8.0/24", block = terraform_data.late.output.block } }`))
	w.run("apply", "-auto-approve")
	w.run("plan", "-detailed-exitcode")
	if resting := w.holds(ourBlocks)["released"].(map[string]any); len(resting) != 2 {
		t.Errorf("rests %v", resting)
	}
}
