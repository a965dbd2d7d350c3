package provider_test

import (
	"strings"
	"testing"
)

// A plan that is refused reports what the configuration does wrong, and nothing that is wrong with the provider: OpenTofu looks at the
// write-only declare also beside an error.
func TestAccRefusedPlansReportNoFaultOfTheProvider(t *testing.T) {
	t.Parallel()
	config := func(nodes string) string {
		return `
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/16"]
  declare = {
    vpcs     = { prod = { cidr_blocks = ["192.168.0.0/16"] } }
    clusters = { shop = { vpc = "prod", profile = "kubernetes-overlay", max_nodes = ` + nodes + `, max_services = 500 } }
  }
}
`
	}
	w := newWorkspace(t, config("20000"))
	refused := func(title string) {
		t.Helper()
		if out := w.fails(allOf(title), "plan"); strings.Contains(out, "Invalid provider response") {
			t.Errorf("OpenTofu blames the provider:\n%s", out)
		}
	}
	refused("No Free Range")
	w.config(config("20"))
	w.run("apply", "-auto-approve")
	w.config(config("20000"))
	refused("Held Range Is Too Small")
}
