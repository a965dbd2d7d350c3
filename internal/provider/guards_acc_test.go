package provider_test

import (
	"slices"
	"strings"
	"testing"
)

// Guarded ranges are not released: no cluster is removed, none renumbered, no allocator destroyed.
func TestAccPreventReleaseGuardsRanges(t *testing.T) {
	t.Parallel()
	for name, guard := range map[string]string{"by name": `prevent_release = ["shop"]`, "all": `prevent_release = ["*"]`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, network(shop+data, guard))
			w.run("apply", "-auto-approve")
			guarded := func(texts ...string) {
				t.Helper()
				before := read(t, w.stateAt())
				w.fails(allOf(append([]string{"Ranges Must Not Be Released"}, texts...)...), "apply", "-auto-approve")
				if after := read(t, w.stateAt()); after != before {
					t.Errorf("the refused plan changed the state from\n%s\nto\n%s", before, after)
				}
			}
			w.config(network(data, guard))
			guarded(
				`Cluster "shop" is no longer declared`, "Pods 10.64.0.0/19, Services 172.20.0.0/22", `Restore clusters["shop"] as it was`,
				"from prevent_release",
			)
			w.config(network(shop+data, guard, `renumber = { shop = "1" }`))
			guarded(`Cluster "shop" is to be renumbered`)
			w.config("")
			guarded("destroys an allocator", "data, shop", "moved block", "from prevent_release, and apply")
			w.config(network(edit(t, shop, "shop =", "store =")+data, guard))
			guarded(`Cluster "shop" is no longer declared`)
			w.config(network(shop+data, guard))
			w.fails(allOf("Ranges Must Not Be Released"), "destroy", "-auto-approve")
			w.fails(allOf("Ranges Must Not Be Released"), "plan", "-destroy")
			w.run("plan", "-detailed-exitcode")

			w.config(
				network(edit(t, shop, "shop =", "store =", "max_nodes", `previous_names = ["shop"], max_nodes`)+data, guard),
			) // a rename releases nothing
			w.run("plan")
			w.config(network(data)) // the guard goes with the cluster
			w.run("plan")
			w.config(network(shop+data, `prevent_release = ["data"]`))
			w.run("apply", "-auto-approve")
			w.config(network(data, `prevent_release = ["data"]`))
			w.run("apply", "-auto-approve")
			w.fails(allOf("Ranges Must Not Be Released"), "destroy", "-auto-approve")
			w.config(network(data))
			w.run("apply", "-auto-approve")
			w.run("destroy", "-auto-approve")
		})
	}
}

// A name in prevent_release that no cluster has guards nothing, and may stand for one to come.
func TestAccPreventReleaseOfAnUnknownCluster(t *testing.T) {
	t.Parallel()
	acceptance(t,
		holding(network(shop, `prevent_release = ["ghost"]`), shopHolds),
		releasing(holding(network(``, `prevent_release = ["ghost"]`), nil), map[string]release{"shop": shopReleased}),
		holding(network(shop), shopHolds),
	)
}

// A destroyed and a created allocator of one name are one that was moved.
func TestAccAMissingMovedBlockIsRecognized(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, network(shop+data)+built("shop"))
	w.run("apply", "-auto-approve")
	renamed := strings.ReplaceAll(network(shop+data)+built("shop"), `cidrplan_allocator" "k8s"`, `cidrplan_allocator" "fleet"`)
	renamed = strings.ReplaceAll(renamed, "cidrplan_allocator.k8s", "cidrplan_allocator.fleet")
	w.config(renamed)
	w.fails(allOf("Missing moved Block", `an allocator named "k8s-prod"`, "Add a moved block"), "plan")
	w.fails(allOf("Missing moved Block"), "apply", "-auto-approve")
	w.config(renamed + `
moved {
  from = cidrplan_allocator.k8s
  to   = cidrplan_allocator.fleet
}`)
	for address, p := range w.plans() {
		if !slices.Equal(p.Change.Actions, []string{"no-op"}) {
			t.Errorf("with the moved block %s: %q", address, p.Change.Actions)
		}
	}
	if reported := w.reports(); len(reported) != 0 {
		t.Errorf("with the moved block the plan reports %s", reported)
	}
	w.run("apply", "-auto-approve")
	w.run("plan", "-detailed-exitcode")
	// Another name is another allocator.
	w.config(strings.ReplaceAll(strings.ReplaceAll(renamed, "fleet", "other"), `"k8s-prod"`, `"other"`))
	w.run("plan")
}

// So are one that moves into a module and one of several of a for_each.
func TestAccMissingMovedBlockOfModules(t *testing.T) {
	t.Parallel()
	const one = `
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/16"]
  vpcs      = { prod = { cidr_blocks = ["192.168.0.0/16"] } }
  clusters  = { shop = { vpc = "prod", profile = "kubernetes-routed", max_nodes = 10 } }
}
`
	w := newWorkspace(t, one)
	w.run("apply", "-auto-approve")
	held := w.answerOf("lock", "cidrplan_allocator.k8s")
	w.file("plan/main.tf", header+one)
	inModule := "module \"plan\" {\n  source = \"./plan\"\n}\n"
	w.config(inModule)
	w.modules()
	w.fails(allOf("Missing moved Block"), "plan")
	w.config(inModule + "moved {\n  from = cidrplan_allocator.k8s\n  to   = module.plan.cidrplan_allocator.k8s\n}\n")
	w.run("apply", "-auto-approve")
	if now := w.answerOf("lock", "module.plan.cidrplan_allocator.k8s"); now != held {
		t.Errorf("the move changes %s\nto %s", held, now)
	}
	keyed := edit(
		t, one, `"k8s" {`, "\"k8s\" {\n  for_each = toset([\"east\", \"west\"])", `["10.64.0.0/16"]`,
		`[each.key == "east" ? "10.64.0.0/16" : "10.65.0.0/16"]`,
	)
	w.config(strings.Replace(keyed, `= "k8s"`, `= each.key == "east" ? "k8s" : each.key`, 1))
	w.fails(allOf("Missing moved Block"), "plan")
	w.config(strings.Replace(keyed, `= "k8s"`, `= each.key == "east" ? "k8s" : each.key`, 1) +
		"moved {\n  from = module.plan.cidrplan_allocator.k8s\n  to   = cidrplan_allocator.k8s[\"east\"]\n}\n")
	w.run("apply", "-auto-approve")
	w.run("plan", "-detailed-exitcode")
}

// Forgetting without destroying is no release: the ranges may go on in another state.
func TestAccForgettingReleasesEverything(t *testing.T) {
	t.Parallel()
	guarded := network(shop+data, `prevent_release = ["*"]`)
	w := newWorkspace(t, guarded)
	w.run("apply", "-auto-approve")
	w.fails(allOf("Allocator Cannot Be Replaced"), "plan", "-replace="+allocator)
	w.run("taint", allocator)
	w.fails(allOf("Allocator Cannot Be Replaced", "creates it again", "terraform untaint"), "plan")
	w.run("untaint", allocator)
	w.run("plan", "-detailed-exitcode")
	w.config(
		"removed {\n  from = " + allocator + "\n  lifecycle {\n    destroy = false\n  }\n}\n" + strings.Split(guarded,
			`resource "cidrplan_allocator"`)[0],
	)
	w.run("apply", "-auto-approve")
	w.config(strings.Split(guarded, `resource "cidrplan_allocator"`)[0])
	w.run("plan", "-detailed-exitcode")
}

// modules installs the modules of the configuration.
func (w *workspace) modules() { w.t.Helper(); w.run("get") }
