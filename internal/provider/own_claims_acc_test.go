package provider_test

import (
	"strings"
	"testing"
)

const anotherOwner = `Another Owner of the Name "team-a"`

// Two workspaces of one configuration, each with the claims of both: nothing is allocated twice, each reports
// the other, and each plan holds at apply. A workspace that forgot its allocator finds its claims there.
func TestAccOneNameInTwoWorkspaces(t *testing.T) {
	t.Parallel()
	ofBoth := "foreign_claims = merge([for name in [\"a\", \"b\"] : { for key, claim in jsondecode(file(\"${name}.json\")) : " +
		"\"${name}/${key}\" => claim }]...)\n"
	first, second := newWorkspace(t, ""), newWorkspace(t, "")
	share := func(name, claims string) { first.file(name, claims); second.file(name, claims) }
	share("a.json", "{}")
	share("b.json", "{}")
	first.config(teamA(shopCluster, ofBoth))
	second.config(teamA(shopCluster, ofBoth))
	first.run("apply", "-auto-approve")
	share("a.json", first.run("output", "-json", "claims"))
	if reported := titled(first.reports(), anotherOwner); len(reported) > 0 {
		t.Errorf("the own claims are reported:\n%v", reported)
	}
	second.run("apply", "-auto-approve")
	share("b.json", second.run("output", "-json", "claims"))
	if a, b := first.podOf("shop"), second.podOf("shop"); a != "10.64.0.0/19" || b != "10.64.32.0/19" {
		t.Errorf("the clusters have %s and %s", a, b)
	}
	if reported := titled(first.reports(), anotherOwner); len(reported) != 1 ||
		!strings.Contains(reported[0].Detail, `10.64.32.0/19 (pod of "shop")`) {
		t.Errorf("the other owner is reported as\n%v", reported)
	}
	first.run("apply", "-auto-approve")
	first.run("plan", "-detailed-exitcode")

	moved := strings.Replace(teamA(shopCluster, ofBoth), `"cidrplan_allocator" "k8s"`, `"cidrplan_allocator" "other"`, 1)
	const forgets = `
removed {
  from = cidrplan_allocator.k8s
  lifecycle {
    destroy = false
  }
}
`
	first.config(forgets) // in a plan of its own: with the new one beside it, the name may be refused
	first.run("apply", "-auto-approve")
	first.config(strings.ReplaceAll(moved, "cidrplan_allocator.k8s", "cidrplan_allocator.other"))
	all := first.allReports()
	reported := titled(all, "Allocator Has No Prior Allocations", anotherOwner)
	if len(reported) != 2 {
		t.Fatalf("a forgotten allocator is reported as\n%v", all)
	}
	for _, d := range reported {
		want := map[string]string{anotherOwner: `10.64.0.0/19 (pod of "shop")`}[d.Summary]
		if !strings.Contains(d.Detail, want) || !strings.Contains(d.Detail, "lock") || !strings.Contains(d.Detail, "existing") {
			t.Errorf("%s lacks %q or the lock:\n%s", d.Summary, want, d.Detail)
		}
	}
}
