package provider_test

import "testing"

// Released ranges in existing that are known only after apply are no crash, and stay reserved once they are known.
func TestAccReleasedBlocksKnownAfterApply(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, `
resource "terraform_data" "unknown" {
  input = { cidr = "10.0.9.0/24", block = "gone" }
}
`+carve(
		`pin = { cidr = "10.0.7.0/24" }`,
		`existing = { a = { cidr = terraform_data.unknown.output.cidr, block = "gone" }, b = { cidr = "10.0.8.0/24", block = `+
			`terraform_data.unknown.output.block } }`,
	))
	w.run("apply", "-auto-approve")
	w.run("plan", "-detailed-exitcode")
	if released := w.holds(ourBlocks)["released"].(map[string]any); len(released) != 2 {
		t.Errorf("released: %v", released)
	}
}
