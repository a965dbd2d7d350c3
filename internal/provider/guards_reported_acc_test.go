package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

// guarded are a planner with two that hold ranges, and what its configuration is made of.
var guarded = []struct{ kind, arguments, many, one, other, starts, replaced, forgets, namesUnknown string }{
	{"cidrplan_allocator", `vpcs = { prod = { cidr_blocks = ["192.168.0.0/16"] } }`, "clusters",
		`shop = { vpc = "prod", profile = "kubernetes-routed", max_nodes = 10 }`, `data = { vpc = "prod", profile = ` +
			`"kubernetes-routed", max_nodes = 10 }`,
		"Allocator Has No Prior Allocations", "Allocator Cannot Be Replaced", "Allocator Is Destroyed With Its Allocations",
		"Clusters Known Only After Apply"},
	{"cidrplan_blocks", "", "blocks", `dmz = { prefix_length = 24 }`, `apps = { prefix_length = 23 }`,
		"Blocks Have No Prior Allocations", "Blocks Cannot Be Replaced", "Blocks Are Destroyed With Their Allocations",
		"Blocks Known Only After Apply"},
}

// The messages that guard allocations say the same of an allocator and of blocks, each in its own words.
func TestAccGuardsAreReportedAsWritten(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, g := range guarded {
		planner := func(label, many string, more ...string) string {
			return fmt.Sprintf(
				"resource %q %q {\n  name = \"net\"\n  supernets = [\"10.0.0.0/12\"]\n  %s\n  %s = %s\n  %s\n}\n",
				g.kind, label, g.arguments, g.many, many, strings.Join(more, "\n"),
			)
		}
		both := "{\n" + g.one + "\n" + g.other + "\n}"
		w := newWorkspace(t, planner("it", both))
		tell := func(story, summary string, args ...string) {
			t.Helper()
			fmt.Fprintf(&b, "######## %s: %s\n\n", g.kind, story)
			all := titled(w.allReports(args...), summary) // who comes first of two addresses differs
			if len(all) != 1 {
				t.Errorf("%s: %d times %q is reported of %s", g.kind, len(all), summary, story)
			}
			for _, d := range all {
				fmt.Fprintf(&b, "%s: %s\n\n%s\n\n", d.Severity, d.Summary, d.Detail)
			}
		}
		tell("a first plan", g.starts)
		w.run("apply", "-auto-approve")
		tell("a replacement", g.replaced, "-replace="+g.kind+".it")
		w.config(planner("other", both))
		tell("another address", "Missing moved Block")
		w.config("")
		tell("removed", g.forgets)
		unknown := "resource \"terraform_data\" \"names\" {\n  input = {\n" + g.one + "\n}\n}\n"
		w.config(unknown + planner("it", "terraform_data.names.output"))
		tell("names that are not known yet", g.namesUnknown)
		w.config(planner("it", both, `prevent_release = ["*"]`))
		w.run("apply", "-auto-approve")
		w.config("")
		tell("removed, and guarded", "Ranges Must Not Be Released")
	}
	provider.WantWritten(t, "testdata/guards.golden", b.String())
}
