package provider_test

import "testing"

// Resources of one name are refused when they are new, and when both exist already. Only a destroy that makes no plan before
// passes then; a name of its own for one of them repairs it, and moves nothing.
func TestAccTwoResourcesOfOneName(t *testing.T) {
	t.Parallel()
	const blocks = `
resource "cidrplan_blocks" "s" {
  count     = 3
  name      = "s"
  supernets = ["10.43.0.0/16"]
  blocks    = { s = { prefix_length = 24 } }
}
`
	refused := allOf("Two Resources Have the Same Name", `Two resources of type cidrplan_blocks are named "s"`)
	w := newWorkspace(t, blocks)
	w.fails(refused, "plan")
	w.run("validate")

	const two = `
resource "cidrplan_blocks" "one" {
  name      = "s"
  supernets = ["10.43.0.0/16"]
  blocks    = { s = { prefix_length = 24 } }
}
resource "cidrplan_blocks" "other" {
  name      = "s" #
  provider  = cidrplan.lab
  supernets = ["10.44.0.0/16"]
  blocks    = { s = { prefix_length = 24 } }
}
`
	w = newInstalled(t, "provider \"cidrplan\" {\n  alias = \"lab\"\n}\n"+two) // each alias has names of its own
	w.run("apply", "-auto-approve")
	w.run("plan", "-detailed-exitcode")
	joined := edit(t, two, "  provider  = cidrplan.lab\n", "")
	w.config(joined)
	w.fails(allOf("Two Resources Have the Same Name", `supernets: ["10.43.0.0/16"] and ["10.44.0.0/16"]`), "plan")
	w.fails(refused, "plan", "-replace=cidrplan_blocks.one")
	w.fails(refused, "destroy", "-auto-approve")
	w.config(edit(t, joined, `"s" #`, `"t"`))
	w.run("apply", "-auto-approve")
	if held := w.holds("cidrplan_blocks.other")["cidrs"]; held.(map[string]any)["s"] != "10.44.0.0/24" {
		t.Errorf("with a name of its own it holds %v", held)
	}
	w.config(joined)
	w.run("destroy", "-auto-approve", "-refresh=false")
}
