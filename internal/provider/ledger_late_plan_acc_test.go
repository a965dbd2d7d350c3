package provider_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A saved plan that changes nothing of an allocator is applied without a call of the provider. So it succeeds also where an apply was
// killed meanwhile after the ledger had committed, and leaves the state behind the ledger. The next plan says so, and its apply makes both
// equal: no range moves.
func TestAccLedgerSavedPlanThatChangesNothing(t *testing.T) {
	t.Parallel()
	for name, beside := range map[string]string{
		"nothing at all": "", "another resource": "resource \"terraform_data\" \"other\" {}\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newLedger(t)
			g := newGate(t, d)
			connection := fmt.Sprintf("%q", fmt.Sprintf("host=%s user=%s dbname=postgres", g.dir, d.Server.User))
			config := func(clusters, more string) string {
				return sharingAs(d, "shop/prod", connection, planning(clusters)+more)
			}
			w := newInstalled(t, config(needing("web"), ""))
			w.run("apply", "-auto-approve")
			w.config(config(needing("web"), beside))
			w.run("plan", "-out=late")
			w.config(config(needing("web")+needing("data"), ""))
			before := read(t, w.stateAt())
			w.killedAfterCommit(g)
			if read(t, w.stateAt()) != before {
				t.Fatal("the killed apply stored a state")
			}
			all := []string{webPods, dataPods, webServices, dataServices}
			wantEntries(t, d, "shop/prod", "k8s", all...)

			if out := w.run("apply", "late"); strings.Contains(out, "cidrplan_allocator") || strings.Contains(out, "Ledger") {
				t.Errorf("the saved plan reports\n%s", out)
			}
			if w.serial() != 1.0 || d.Count(t, `SELECT serial FROM planner`) != 2 {
				t.Errorf("the state has serial %v: the saved plan has changed the allocator", w.serial())
			}
			w.config(config(needing("web")+needing("data"), beside))
			if text := w.allText(); !allOf("Ledger Is Ahead of the State", "has serial 2", "the state has 1").MatchString(text) {
				t.Errorf("the next plan reports\n%s", text)
			}
			w.run("apply", "-auto-approve")
			w.empty()
			if got := w.podOf("web") + " " + w.podOf("data"); got != "10.64.0.0/19 10.64.32.0/19" || w.serial() != 3.0 {
				t.Errorf("the clusters have %s, serial %v", got, w.serial())
			}
			wantEntries(t, d, "shop/prod", "k8s", all...)
			w.reportsNothing()
		})
	}
}

// killedAfterCommit applies, and kills Terraform with its provider when the ledger has committed.
func (w *workspace) killedAfterCommit(g *gate) {
	w.t.Helper()
	cmd := exec.Command(os.Getenv("TF_ACC_TERRAFORM_PATH"), "apply", "-auto-approve")
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, "cli.tfrc"), "CHECKPOINT_DISABLE=1")
	disarm := g.arm(&trap{function: "apply", after: true, cuts: true, spring: func() {
		orphans := providersOf(cmd.Process.Pid)
		cmd.Process.Kill() //nolint:errcheck // it waits for the provider
		kill(orphans)
	}})
	if out, err := cmd.CombinedOutput(); err == nil || !disarm() {
		w.t.Fatalf("the apply was not ended\n%s", out)
	}
}
