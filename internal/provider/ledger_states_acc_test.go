package provider_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

const (
	webPods, webServices   = "claim pod web 10.64.0.0/19", "claim service web 172.20.0.0/22"
	dataPods, dataServices = "claim pod data 10.64.32.0/19", "claim service data 172.20.4.0/22"
)

// updatesSerialAlone asks that a plan changes nothing of the allocator but ledger_serial, and applies it.
func (w *workspace) updatesSerialAlone() {
	w.t.Helper()
	change := w.plans()[allocator].Change
	if got := differing("", change.Before, change.After); !slices.Equal(got, []string{"ledger_serial"}) {
		w.t.Errorf("the plan changes %q: %v", got, change.Actions)
	}
	w.run("apply", "plan")
	w.empty()
}

// A state from before the ledger is adopted by an update in place that changes nothing else.
func TestAccLedgerAdoptsAState(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	w := newWorkspace(t, planning(needing("web"), `reserved = { later = { cidr = "10.64.128.0/17" } }`))
	w.run("apply", "-auto-approve")
	w.config(sharing(d, "shop/prod", planning(needing("web"), `reserved = { later = { cidr = "10.64.128.0/17" } }`)))
	w.updatesSerialAlone()
	wantEntries(t, d, "shop/prod", "k8s", webPods, "claim reserved later 10.64.128.0/17", webServices)
	w.run("plan", "-refresh-only")
}

// A state whose ranges another owner has is refused, with both parties. Each option resolves it.
func TestAccLedgerAdoptsNoRangeOfAnother(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config  string
		entries []string
	}{
		"renumbered": {
			planning(needing("web"), `renumber = { web = "1" }`),
			[]string{
				"claim released web 10.64.0.0/19", "claim pod web 10.64.32.0/19", "claim released web 172.20.0.0/22",
				"claim service web 172.20.4.0/22",
			},
		},
		"pinned": {
			planning(`web = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.0.0/19"], service_cidr = "172.20.0.0/22" }`),
			[]string{webPods, webServices},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newLedger(t)
			w := newWorkspace(t, planning(needing("web")))
			w.run("apply", "-auto-approve")
			other := strings.ReplaceAll(strings.ReplaceAll(planning(needing("vault")), "prod", "vaults"), "192.168", "172.30")
			newWorkspace(t, sharing(d, "bank/prod", other)).run("apply", "-auto-approve")
			w.config(sharing(d, "shop/prod", planning(needing("web"))))
			w.fails(allOf(
				"Range Is Held by Another Planner",
				`Pod range 10.64.0.0/19 of "web" overlaps Pod range 10.64.0.0/19 of "vault" of allocator "k8s" of owner "bank/prod"`,
			), "plan")
			w.config(sharing(d, "shop/prod", test.config))
			w.run("apply", "-auto-approve")
			w.empty()
			wantEntries(t, d, "shop/prod", "k8s", test.entries...)
		})
	}
}

// Networks of one name are one network, also those of different owners: conflicts in it are those of the rules.
func TestAccLedgerConflictInOneNetwork(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	newWorkspace(t, sharing(d, "bank/prod", planning(needing("vault")))).run("apply", "-auto-approve")
	pinned := `web = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.16.0/20"], service_cidr = "172.21.0.0/22" }`
	w := newWorkspace(t, sharing(d, "shop/prod", planning(pinned)))
	w.fails(allOf(
		`Pod range 10.64.16.0/20 of cluster "web" overlaps Pod range 10.64.0.0/19 of cluster "vault" of allocator "k8s" of owner`,
		`"bank/prod"`,
		`in workspace "bank/prod", cidrplan_allocator "k8s", set renumber["vault"] to a new token`,
		`accepted_conflicts = { "pod_overlaps_cluster_pod|10.64.16.0/20|vault@bank/prod%3Ak8s+web" =`,
		`Declared in: clusters["web"].pod_cidrs[0], ledger["bank/prod"]`,
	), "plan")
	w.config(sharing(d, "shop/prod", planning(
		pinned, `accepted_conflicts = { "pod_overlaps_cluster_pod|10.64.16.0/20|vault@bank/prod%3Ak8s+web" = { reason = "never both" } }`,
	)))
	w.run("apply", "-auto-approve")
	w.empty()
	wantEntries(t, d, "shop/prod", "k8s", "claim pod web 10.64.16.0/20", "claim service web 172.21.0.0/22")
}

// A state that was restored from a backup finds in the ledger what it lacks: nothing moves.
func TestAccLedgerRestoredState(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	first, both := planning(needing("web")), planning(needing("web")+needing("data"))
	w := newWorkspace(t, sharing(d, "shop/prod", first))
	w.run("apply", "-auto-approve")
	restore := w.keep()
	w.config(sharing(d, "shop/prod", both))
	w.run("apply", "-auto-approve")
	restore()
	b := newWorkspace(t, sharing(d, "bank/prod", planning(needing("vault"))))
	b.run("apply", "-auto-approve")
	ahead := allOf("Ledger Is Ahead of the State", `serial 2 of allocator "k8s" of owner "shop/prod", and the state has 1`)
	if text := w.allText(); !ahead.MatchString(text) || strings.Contains(text, "Frees") {
		t.Errorf("a plan with an older state reports\n%s", text)
	}
	w.run("apply", "-auto-approve")
	w.empty()
	if got := w.podOf("data") + " " + b.podOf("vault"); got != "10.64.32.0/19 10.64.64.0/19" || w.serial() != 3.0 {
		t.Errorf("the clusters have %s, serial %v", got, w.serial())
	}
	wantEntries(t, d, "shop/prod", "k8s", webPods, dataPods, webServices, dataServices)

	restore() // of before data, which the configuration does not have either
	w.config(sharing(d, "shop/prod", first))
	frees := allOf("Apply Frees Ranges That the State Lacks", `Pod range 10.64.32.0/19 of "data"`, `Service range 172.20.4.0/22 of "data"`)
	if text := w.allText(); !frees.MatchString(text) {
		t.Errorf("a plan with an older state and an older configuration reports\n%s", text)
	}
	w.run("apply", "-auto-approve")
	w.empty()
	wantEntries(t, d, "shop/prod", "k8s", webPods, webServices)

	latest := w.keep()
	restore() // a copy that should not exist: following the option of the warning changes nothing in the ledger
	if text := w.allText(); !allOf("Ledger Is Ahead of the State", "terraform state rm ADDRESS").MatchString(text) {
		t.Errorf("a plan with an older state reports\n%s", text)
	}
	w.run("state", "rm", allocator)
	w.config(sharing(d, "shop/prod", ""))
	w.empty()
	latest()
	w.config(sharing(d, "shop/prod", first))
	w.empty()
	wantEntries(t, d, "shop/prod", "k8s", webPods, webServices)
}

// A ledger that was restored from a backup gets from the state what it lacks.
func TestAccLedgerRestoredLedger(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	w := newWorkspace(t, sharing(d, "shop/prod", planning(needing("web"))))
	w.run("apply", "-auto-approve")
	w.config(sharing(d, "shop/prod", planning(needing("web")+needing("data"))))
	w.run("apply", "-auto-approve")
	d.Exec(t, `DELETE FROM entry WHERE cluster = 'data'`)
	d.Exec(t, `UPDATE planner SET serial = 1`)
	w.updatesSerialAlone()
	wantEntries(t, d, "shop/prod", "k8s", webPods, dataPods, webServices, dataServices)

	if err := d.ReleaseByAdmin(t.Context(), ledger.Planner{Owner: "shop/prod", Name: "k8s"}, 0); err != nil {
		t.Fatal(err)
	}
	w.updatesSerialAlone()
	wantEntries(t, d, "shop/prod", "k8s", webPods, dataPods, webServices, dataServices)

	d.Exec(t, `TRUNCATE planner, owner CASCADE`)
	w.updatesSerialAlone()
	wantEntries(t, d, "shop/prod", "k8s", webPods, dataPods, webServices, dataServices)
}

// An apply that was killed after the ledger had its ranges is finished by the next one: of a creation, and of an update.
func TestAccLedgerKilledApply(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	w := newWorkspace(t, sharing(d, "shop/prod", planning(needing("web"))))
	w.run("apply", "-auto-approve")
	if err := os.Remove(w.stateAt()); err != nil {
		t.Fatal(err)
	}
	b := newWorkspace(t, sharing(d, "bank/prod", planning(needing("vault"))))
	b.run("apply", "-auto-approve")
	w.run("apply", "-auto-approve")
	w.empty()
	wantEntries(t, d, "shop/prod", "k8s", webPods, webServices)

	restore := w.keep()
	w.config(sharing(d, "shop/prod", planning(needing("web")+needing("data"))))
	w.run("apply", "-auto-approve")
	restore()
	w.run("apply", "-auto-approve")
	w.empty()
	if got := w.podOf("data"); got != "10.64.64.0/19" {
		t.Errorf("data has %s", got)
	}
}

// Two states with one owner are refused, once the first one has been seen again. So is a state that was lost.
func TestAccLedgerTwoStatesWithOneOwner(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	config := planning(needing("web"))
	w := newWorkspace(t, sharing(d, "shop/prod", config))
	w.run("apply", "-auto-approve")
	w.empty()
	second := newWorkspace(t, sharing(d, "shop/prod", config))
	second.fails(allOf("Owner Is in Use", `allocator "k8s" of owner "shop/prod" that another state holds`), "plan")
	second.config(sharing(d, "shop/test", config))
	second.run("apply", "-auto-approve")

	stranger := newWorkspace(t, config) // a state from before the ledger, with other ranges
	stranger.config(strings.Replace(config, "10.64.0.0/16", "10.70.0.0/16", 1))
	stranger.run("apply", "-auto-approve")
	stranger.config(sharing(d, "shop/prod", strings.Replace(config, "10.64.0.0/16", "10.70.0.0/16", 1)))
	stranger.fails(allOf("Owner Is in Use"), "plan")

	// One that plans before the first one was seen again is warned, and the first one is refused from then on.
	third := newWorkspace(t, sharing(d, "shop/test", config))
	if text := third.allText(); !allOf("Ledger Is Ahead of the State", "another workspace has the same owner").MatchString(text) {
		t.Errorf("a second state of one owner reports\n%s", text)
	}
	third.run("apply", "-auto-approve")
	second.fails(allOf("Owner Is in Use", `allocator "k8s" of owner "shop/test" that another state holds`), "plan")
	third.empty()
	second.config(sharing(d, "shop/live", config))
	second.fails(allOf(`cluster "web" of allocator "k8s" of owner "shop/test" share 10.64.32.0/19`), "plan")
	second.config(sharing(d, "shop/live", planning(needing("web"), `renumber = { web = "1" }`)))
	second.run("apply", "-auto-approve")
	second.empty()

	lock := third.lockOf(config, d, "shop/test")
	lost := newWorkspace(t, sharing(d, "shop/test", config))
	lost.run("import", allocator, lock)
	lost.run("apply", "-auto-approve")
	lost.empty()
	if got := lost.podOf("web"); got != third.podOf("web") || got == second.podOf("web") {
		t.Errorf("after the import of the lock web has %s", got)
	}
}

// lockOf is the lock of the allocator of a workspace.
func (w *workspace) lockOf(config string, d *ledgertest.Database, owner string) string {
	w.t.Helper()
	w.config(sharing(d, owner, config+`
output "lock" { value = provider::cidrplan::lock(cidrplan_allocator.k8s) }
`))
	w.run("apply", "-auto-approve")
	return w.run("output", "-raw", "lock")
}

// A new name of the allocator moves no range. Another owner is refused: the state may be a copy. The options resolve it.
func TestAccLedgerRenamedAllocatorAndOwner(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	config := planning(needing("web"))
	w := newWorkspace(t, sharing(d, "shop/prod", config))
	w.run("apply", "-auto-approve")
	renamed := strings.Replace(config, `"k8s"`+"\n", `"clusters"`+"\n", 1)
	w.config(sharing(d, "shop/prod", renamed))
	w.run("plan", "-out=plan")
	w.run("apply", "plan")
	w.empty()
	wantEntries(t, d, "shop/prod", "clusters", webPods, webServices)
	wantEntries(t, d, "shop/prod", "k8s")

	w.config(sharing(d, "shop/live", renamed))
	w.fails(
		allOf("Owner Has Changed", `allocator "clusters" of owner "shop/prod"`, `Set ledger.owner of the provider to "shop/prod" again`),
		"plan",
	)
	if err := d.ReleaseByAdmin(t.Context(), ledger.Planner{Owner: "shop/prod", Name: "clusters"}, 0); err != nil {
		t.Fatal(err)
	}
	w.run("apply", "-auto-approve")
	w.empty()
	wantEntries(t, d, "shop/live", "clusters", webPods, webServices)
	if got := w.podOf("web"); got != "10.64.0.0/19" {
		t.Errorf("web has %s", got)
	}
}

// A plan gives an allocator the name that another one of the state has until its apply. The option of the message resolves it.
func TestAccLedgerNameOfAnotherAllocator(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	second := strings.Replace(planning(needing("data")), `"k8s" {`, `"second" {`, 1)
	config := planning(needing("web")) + strings.Replace(second, `"k8s"`+"\n", `"second"`+"\n", 1)
	w := newWorkspace(t, sharing(d, "shop/prod", config))
	w.run("apply", "-auto-approve")
	ranges := []string{entries(t, d, "shop/prod", "k8s"), entries(t, d, "shop/prod", "second")}
	w.config(sharing(d, "shop/prod", strings.Replace(planning(needing("web")), `"k8s"`+"\n", `"first"`+"\n", 1)+second))
	w.fails(allOf("Owner Is in Use", "apply its new name first: terraform apply -target=ADDRESS"), "plan")
	w.run("apply", "-auto-approve", "-target="+allocator)
	w.run("apply", "-auto-approve")
	w.empty()
	wantEntries(t, d, "shop/prod", "first", ranges[0])
	wantEntries(t, d, "shop/prod", "k8s", ranges[1])
}
