package provider_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// pinnedIn is a cluster of planning with a Pod range that its configuration gives, beside Pods of others whose conflicts are accepted.
func pinnedIn(name, pods, services string) string {
	return name + ` = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["` + pods + `"], service_cidr = "` + services + `" }`
}

func acceptedKey(key string) string {
	return `accepted_conflicts = { "` + key + `" = { reason = "never both" } }`
}

// A plan that uses its hold again reports what others have of the range since, and keeps the range: a plan that was saved is applied as it
// was planned, with the same warning. Each option of the plan resolves it.
func TestAccLedgerReportsConflictsOfReusedHolds(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, other string
		says, key     string
	}{
		"reserved": {
			"", overlays("lab", "", `reserved = { idc = { cidr = "10.64.0.0/20" } }`),
			`Pod range 10.64.0.0/19 of cluster "web" overlaps reserved range 10.64.0.0/20 "idc"`,
			"pod_overlaps_foreign_block|10.64.0.0/20|idc@lab%3Ak8s+web",
		},
		"existing": {
			"", planning("", "existing = { "+pinnedIn("old", "10.64.0.0/20", "172.22.0.0/22")+" }"),
			`Pod range 10.64.0.0/19 of cluster "web" overlaps range 10.64.0.0/20 of existing cluster "old"`,
			"pod_overlaps_foreign_block|10.64.0.0/20|old@lab%3Ak8s+web",
		},
		"released": {
			overlays("lab", overlayIn("lab", "test", 32), `service_supernets_of_lab`), overlays("lab", "", `service_supernets_of_lab`),
			`Pod range 10.64.0.0/19 of cluster "web" overlaps released range 10.64.0.0/19 of cluster "test"`,
			"pod_overlaps_released|10.64.0.0/19|test@lab%3Ak8s+web",
		},
		"pinned, and accepted there": {
			"", planning(
				pinnedIn("old", "10.64.0.0/20", "172.22.0.0/22"), acceptedKey("pod_overlaps_cluster_pod|10.64.0.0/20|old+web@shop%3Ak8s"),
			),
			`Pod range 10.64.0.0/19 of cluster "web" overlaps Pod range 10.64.0.0/20 of cluster "old"`,
			"pod_overlaps_cluster_pod|10.64.0.0/20|old@lab%3Ak8s+web",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			elsewhere := func(config string) string { // Services of lab are out of the way
				config = strings.ReplaceAll(config, "service_supernets_of_lab", "")
				return strings.ReplaceAll(config, "172.20.0.0/16", "172.24.0.0/16")
			}
			d := newLedger(t)
			shop := newWorkspace(t, sharing(d, "shop", planning(needing("web"))))
			if text := shop.allText(); text != "" {
				t.Errorf("the first plan reports\n%s", text)
			}
			planned := shop.plans()[allocator].Change.After["allocations"]
			lab := newWorkspace(t, "")
			for _, config := range []string{test.before, test.other} {
				if config != "" {
					lab.config(sharing(d, "lab", elsewhere(config)))
					lab.run("apply", "-auto-approve")
				}
			}
			first := allOf(test.says, "The ledger held the range for an earlier plan before the other one was there.")
			text := shop.allText()
			if strings.Count(text, "To resolve") != 1 || !first.MatchString(text) ||
				!strings.Contains(text, `Allocate other ranges: renumber = { "web" = "1" }`) {
				t.Errorf("a plan that uses its hold reports\n%s", text)
			}
			shop.config(sharing(d, "shop", planning(needing("web"), acceptedKey(test.key))))
			if text := shop.allText(); text != "" {
				t.Errorf("where the conflict is accepted, a plan reports\n%s", text)
			}
			moved := newWorkspace(t, sharing(d, "shop", planning(needing("web"), `renumber = { web = "1" }`)))
			if text := moved.allText(); text != "" || moved.plannedPod("web") != "10.64.32.0/19" {
				t.Errorf("with a token, web gets %s, and a plan reports\n%s", moved.plannedPod("web"), text)
			}
			shop.config(sharing(d, "shop", planning(needing("web"))))
			if out := shop.run("apply", "plan"); !first.MatchString(out) {
				t.Errorf("the apply reports\n%s", out)
			}
			shop.wantAllocations(planned)
			if text := shop.allText(); !strings.Contains(text, test.says) || !strings.Contains(text, "existed before this change") {
				t.Errorf("after the apply a plan reports\n%s", text)
			}
		})
	}
}

// inconsistent is what Terraform reports of an apply that cannot have the values of its plan, behind a warning with some texts.
func inconsistent(texts ...string) *regexp.Regexp {
	return allOf(append(texts, "Provider produced inconsistent final plan")...)
}

// Where a conflict that another workspace accepts moves a range which may repeat, the apply of a saved plan fails with a warning that says
// what happened and to plan again. The next plan can be applied.
func TestAccLedgerReportsReplacedHolds(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	routed := func(name, more string) string {
		return name + ` = { vpc = "hub", profile = "kubernetes-routed", max_nodes = 8, ` + more + ` }`
	}
	shop := newWorkspace(t, sharing(d, "shop", overlays("hub", routed("web", "max_services = 200"))))
	shop.plans()
	lab := newWorkspace(t, sharing(d, "lab", overlays(
		"hub", routed("old", `pod_cidrs = ["10.64.0.0/20"], service_cidr = "172.22.0.0/22"`),
		acceptedKey("pod_overlaps_cluster_pod|10.64.0.0/20|old+web@shop%3Ak8s"),
	)))
	lab.run("apply", "-auto-approve")
	replaced := allOf("Held Range Was Replaced",
		`Pod range 10.64.0.0/22 of "web": now 10.64.16.0/22. It overlaps Pod range 10.64.0.0/20 of "old" of allocator "k8s" of owner "lab"`,
		"Plan again, and apply the new plan.")
	shop.fails(inconsistent("Held Range Was Replaced", "Plan again, and apply the new plan."), "apply", "plan")
	if text := shop.allText(); !replaced.MatchString(text) {
		t.Errorf("the next plan reports\n%s", text)
	}
	shop.appliesQuietly()
}

// So does the saved plan of one branch, where a plan of another branch of the same workspace replaces its hold.
func TestAccLedgerReportsHoldsThatAnotherBranchReplaced(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	one := newWorkspace(t, sharing(d, "shop", planning(needing("web"))))
	one.plans()
	other := newWorkspace(t, sharing(d, "shop", planning(needing("web"), `reserved = { idc = { cidr = "10.64.0.0/20" } }`)))
	if text := other.allText(); !allOf(`Pod range 10.64.0.0/19 of "web": now 10.64.32.0/19`).MatchString(text) {
		t.Errorf("the plan of the other branch reports\n%s", text)
	}
	one.fails(inconsistent("Held Range Was Replaced", "Plan again, and apply the new plan."), "apply", "plan")
	one.appliesQuietly()
}

// And where an administrator ended the hold, and another workspace has the range since.
func TestAccLedgerReportsHoldsThatWereEnded(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	full := func(owner, cluster, supernet string) string {
		return sharing(d, owner, strings.Replace(planning(needing(cluster)), `"10.64.0.0/16"`, supernet, 1))
	}
	shop := newWorkspace(t, full("shop", "web", `"10.64.0.0/19", "10.65.0.0/19"`))
	shop.plans()
	if err := d.ReleaseByAdmin(t.Context(), ledger.Planner{Owner: "shop", Name: "k8s"}, 0); err != nil {
		t.Fatal(err)
	}
	newWorkspace(t, full("bank", "vault", `"10.64.0.0/19"`)).run("apply", "-auto-approve")
	shop.fails(inconsistent("Held Range Was Lost",
		`Pod range 10.64.0.0/19 of "web": now of allocator "k8s" of owner "bank"`), "apply", "plan")
	shop.run("apply", "-auto-approve")
	shop.empty()
}
