package provider_test

import (
	"regexp"
	"testing"
)

// The guide on modules shows the error of Terraform for clusters that are outputs of the modules that use the
// allocations. The order of its nodes is never the same.
func TestAccNeedsOutOfModulesAreACycle(t *testing.T) {
	t.Parallel()
	w := exampleWorkspace(t, "examples/scenarios/modules")
	config := read(t, w.dir+"/main.tf")
	needs := regexp.MustCompile(`(?s)    clusters = \{.*?\n    \}\n`)
	w.file(
		"main.tf",
		needs.ReplaceAllString(
			config,
			"    clusters = { for name, cluster in { shop = module.shop, data = module.data } : name => cluster.need }\n",
		),
	)
	out := w.fails(regexp.MustCompile(`Error: Cycle: `), "plan")
	for _, node := range []string{
		`cidrplan_allocator\.k8s`,
		`module\.shop \(close\)`,
		`module\.shop\.var\.network \(expand`,
		`module\.shop\.output\.arguments \(expand\)`,
	} {
		if !regexp.MustCompile(node).MatchString(out) {
			t.Errorf("%s is not part of the cycle:\n%s", node, out)
		}
	}
	w.file("main.tf", config)
	w.run("plan")
}
