package provider_test

import (
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

const (
	heldPods, heldServices = "hold pod web 10.64.0.0/19", "hold service web 172.20.0.0/22"
)

// A destroyed allocator keeps its ranges held for a while: others do not get them, and a new one of the name does.
func TestAccLedgerDestroyAndRecreate(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	w := newWorkspace(t, sharing(d, "shop/prod", planning(needing("web"))))
	w.run("apply", "-auto-approve")
	w.empty()
	w.run("destroy", "-auto-approve")
	wantEntries(t, d, "shop/prod", "k8s", heldPods, heldServices)
	b := newWorkspace(t, sharing(d, "bank/prod", planning(needing("vault"))))
	b.run("apply", "-auto-approve")
	w.run("apply", "-auto-approve")
	w.empty()
	if got := w.podOf("web") + " " + b.podOf("vault"); got != "10.64.0.0/19 10.64.32.0/19" {
		t.Errorf("the clusters have %s", got)
	}
	wantEntries(t, d, "shop/prod", "k8s", webPods, webServices)
}

// -replace of an allocator without ranges, and of one that is tainted, is no second owner.
func TestAccLedgerReplace(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	w := newWorkspace(t, sharing(d, "shop/prod", planning("", `reserved = { later = { cidr = "10.64.0.0/17" } }`)))
	w.run("apply", "-auto-approve")
	w.empty()
	w.run("apply", "-auto-approve", "-replace="+allocator)
	w.empty()
	w.run("taint", allocator)
	w.run("apply", "-auto-approve")
	w.empty()
	wantEntries(t, d, "shop/prod", "k8s", "claim reserved later 10.64.0.0/17")
}

// The argument ledger cannot be removed while ranges are in a ledger, neither for a plan nor for a destroy.
func TestAccLedgerIsNotRemoved(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	w := newWorkspace(t, sharing(d, "shop/prod", planning(needing("web"))))
	w.run("apply", "-auto-approve")
	w.config(planning(needing("web")))
	w.fails(allOf("Ledger Is Not Configured", "ledger_serial is set in the state"), "plan")
	w.fails(allOf("Ledger Is Not Configured"), "destroy", "-auto-approve")
	w.config("")
	w.fails(allOf("Ledger Is Not Configured"), "plan")
	wantEntries(t, d, "shop/prod", "k8s", webPods, webServices)

	// As the message says: a new state with the lock, and a release by an administrator.
	lock := w.lockOf(planning(needing("web")), d, "shop/prod")
	alone := newWorkspace(t, planning(needing("web")))
	alone.run("import", allocator, lock)
	alone.run("apply", "-auto-approve")
	alone.empty()
	if got := alone.podOf("web"); got != "10.64.0.0/19" {
		t.Errorf("without a ledger web has %s", got)
	}
	if err := d.ReleaseByAdmin(t.Context(), ledger.Planner{Owner: "shop/prod", Name: "k8s"}, 0); err != nil {
		t.Fatal(err)
	}
	wantEntries(t, d, "shop/prod", "k8s", heldPods, heldServices)
}

// Without the database nothing is planned, applied or destroyed, and the message says why.
func TestAccLedgerDatabaseIsAway(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	w := newWorkspace(t, sharing(d, "shop/prod", planning(needing("web"))))
	w.run("apply", "-auto-approve")
	w.plans()
	away := `"host=no.such.host.invalid user=nobody dbname=none"` // a server that refuses connections would be waited for
	w.config(sharingAs(d, "shop/prod", away, planning(needing("web")+needing("data"))))
	w.fails(allOf("Ledger Is Not Available", "no.such.host.invalid", "no range is chosen"), "plan")
	w.fails(allOf("Ledger Is Not Available"), "destroy", "-auto-approve")
	w.fails(allOf("Ledger Is Not Available"), "destroy", "-auto-approve", "-refresh=false")
	if got := w.podOf("web"); got != "10.64.0.0/19" {
		t.Errorf("web has %s", got)
	}
	w.config(sharingAs(d, "shop/prod", `"host=/nowhere port=none password=secret"`, planning(needing("web"))))
	out := w.fails(allOf("Ledger Cannot Be Used", "The connection of the ledger cannot be read"), "plan")
	if strings.Contains(out, "secret") {
		t.Errorf("the message has the password:\n%s", out)
	}
	w.config(sharingAs(d, "not a name", away, planning(needing("web"))))
	w.fails(allOf("Invalid Name"), "plan")
	other := *d
	other.Schema = "elsewhere"
	w.config(sharing(&other, "shop/prod", planning(needing("web"))))
	w.fails(allOf("Ledger Does Not Exist", `schema "elsewhere"`), "plan")
}

// While the connection is known only after apply, new ranges are, too. What the state has stays, and a plan without changes is empty.
func TestAccLedgerConnectionKnownAfterApply(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	with := func(input, clusters string) string {
		return sharingAs(d, "shop/prod", "terraform_data.connection.output", planning(clusters)) + `
resource "terraform_data" "connection" {
  input            = "` + d.ConnString + `"
  triggers_replace = "` + input + `"
}
`
	}
	w := newWorkspace(t, with("1", needing("web")))
	change := w.plans()[allocator].Change
	if places := unknowns("", change.AfterUnknown); len(places) == 0 {
		t.Errorf("the plan knows everything: %v", change.After)
	}
	if text := w.allText(); !allOf("Facts Known Only After Apply", "ledger").MatchString(text) {
		t.Errorf("the plan reports\n%s", text)
	}
	w.run("apply", "plan")
	w.empty()
	w.config(with("2", needing("web")+needing("data")))
	after := w.plans()[allocator].Change
	if got := after.After["allocations"].(map[string]any)["web"].(map[string]any)["pod_cidr"]; got != "10.64.0.0/19" {
		t.Errorf("while the connection is not known, web has %v", got)
	}
	w.run("apply", "plan")
	w.empty()
	w.config(with("3", needing("web")+needing("data")))
	if got := w.plans()[allocator].Change.Actions; len(got) != 1 || got[0] != "no-op" {
		t.Errorf("while the connection is not known, the plan does %q", got)
	}
	wantEntries(t, d, "shop/prod", "k8s", webPods, dataPods, webServices, dataServices)
}

// A role that may not hold plans new ranges as known after apply, and an apply with a role that may chooses them.
func TestAccLedgerRoleWithoutHolds(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	roles := ledger.RolesOf(strings.ToLower(strings.ReplaceAll(d.Schema, " ", "_")))
	if err := d.MakeRoles(t.Context(), roles); err != nil {
		t.Fatal(err)
	}
	for _, role := range []string{roles.Reader, roles.Planner, roles.Allocator} {
		d.Exec(t, `ALTER ROLE `+role+` LOGIN`)
	}
	as := func(role, clusters string) string {
		return sharingAs(d, "shop/prod", `"`+d.Server.ConnString(role, "postgres")+`"`, planning(clusters))
	}
	w := newWorkspace(t, as(roles.Allocator, needing("web")))
	w.run("apply", "-auto-approve")
	w.empty()
	w.config(as(roles.Reader, needing("web")))
	w.empty()
	w.config(as(roles.Reader, needing("web")+needing("data")))
	change := w.plans()[allocator].Change
	if got := unknowns("", change.AfterUnknown); len(got) == 0 {
		t.Errorf("a reader's plan knows everything: %v", change.After)
	}
	if text := w.allText(); !allOf("ledger: the database role may not hold ranges", "planner role").MatchString(text) ||
		strings.Contains(text, "-target") {
		t.Errorf("a reader's plan reports\n%s", text)
	}
	w.fails(allOf("Ledger Permits No Holds", "The state of this allocator stays as it was."), "apply", "plan")
	if got := w.holds(allocator)["allocations"].(map[string]any); len(got) != 1 || w.serial() != 1.0 {
		t.Errorf("after the refused apply of a reader the state has %v, serial %v", got, w.serial())
	}
	wantEntries(t, d, "shop/prod", "k8s", webPods, webServices)
	second := newWorkspace(t, strings.ReplaceAll(as(roles.Reader, needing("web")), "shop/prod", "bank/prod"))
	second.fails(allOf("Ledger Permits No Holds"), "apply", "-auto-approve")
	if shown := second.run("show"); strings.Contains(shown, "cidrplan_allocator") {
		t.Errorf("after the refused creation of a reader the state has %s", shown)
	}

	w.config(as(roles.Planner, needing("web")+needing("data")))
	w.plans()
	wantEntries(t, d, "shop/prod", "k8s", webPods, "hold pod data 10.64.32.0/19", webServices, "hold service data 172.20.4.0/22")
	w.fails(allOf("Role Has No Permission in the Ledger"), "apply", "plan")
	w.config(as(roles.Reader, needing("web")+needing("data")))
	if got := w.plannedPod("data"); got != "10.64.32.0/19" {
		t.Errorf("a reader's plan of what an earlier plan holds has %s", got)
	}
	w.config(as(roles.Allocator, needing("web")+needing("data")))
	w.run("plan", "-out=plan")
	d.Exec(t, `ALTER ROLE `+roles.Allocator+` SET default_transaction_read_only = on`)
	if out := w.fails(allOf("Ledger Is Read-Only"), "apply", "plan"); strings.Contains(out, "inconsistent") {
		t.Errorf("an apply of a saved plan on a read-only server reports\n%s", out)
	}
	d.Exec(t, `ALTER ROLE `+roles.Allocator+` RESET default_transaction_read_only`)
	w.run("apply", "plan")
	w.empty()
}
