package provider_test

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cli"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// ledgerCommand runs a command of the ledger as a person does, and returns what it prints and its exit code.
func ledgerCommand(d *ledgertest.Database, args ...string) (string, int) {
	var out bytes.Buffer
	all := append([]string{"ledger"}, args...)
	exit := cli.Run("test", append(all, "--connection", d.ConnString, "--schema", d.Schema), cli.IO{Out: &out, Err: &out})
	return out.String(), exit
}

// agrees asks that verify finds no difference between the ledger and the state.
func agrees(t *testing.T, d *ledgertest.Database, w *workspace) {
	t.Helper()
	out, exit := ledgerCommand(d, "verify", "--all", "prod="+w.stateAt())
	if exit != cli.OK || !strings.Contains(out, "0 with differences") {
		t.Errorf("exit code %d\n%s", exit, out)
	}
}

// After an apply, verify finds no difference, whatever the planners hold.
func TestAccLedgerVerifyAgreesWithAppliedStates(t *testing.T) {
	t.Parallel()
	for folder, release := range map[string]string{
		"examples/scenarios/main": "      data   = {.*\n", "examples/scenarios/hub": "", "examples/scenarios/several-workspaces": "",
		"examples/resources/cidrplan_blocks": "", "examples/platforms/tencentcloud": "", "examples/scenarios/existing-networks": "",
	} {
		t.Run(strings.TrimPrefix(folder, "examples/"), func(t *testing.T) {
			t.Parallel()
			d := newLedger(t)
			w := exampleWorkspace(t, folder)
			w.file("ledger.tf", sharing(d, "prod", ""))
			w.run("apply", "-auto-approve")
			agrees(t, d, w)
			if release != "" {
				at := filepath.Join(w.dir, "main.tf")
				w.file("main.tf", regexp.MustCompile(release).ReplaceAllString(read(t, at), ""))
				w.run("apply", "-auto-approve")
				agrees(t, d, w)
			}
			d.Exec(t, `DELETE FROM entry WHERE id = (SELECT id FROM entry WHERE parent IS NULL AND NOT opens ORDER BY id LIMIT 1)`)
			out, exit := ledgerCommand(d, "verify", "prod="+w.stateAt())
			if exit != cli.Conflicts || !strings.Contains(out, "not in the ledger") {
				t.Errorf("exit code %d\n%s", exit, out)
			}
		})
	}
}

func TestAccLedgerVerifyAgreesWithVRFsAndMirrors(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	const shop = "shop = { vpc = \"prod\", profile = \"ack-flannel\", max_nodes = 10 }\n"
	reserved := `  reserved = { later = { cidr = "10.64.224.0/20" } }
  existing = { old = { pod_cidrs = ["10.64.192.0/20"] } }`
	w := newWorkspace(t, sharing(d, "prod", recovery(shop+mirror+strings.Replace(shop, "shop", "data", 1), reserved)))
	w.run("apply", "-auto-approve")
	agrees(t, d, w)
	w.config(sharing(d, "prod", recovery(shop+mirror, reserved)))
	w.run("apply", "-auto-approve")
	agrees(t, d, w)
	d.Exec(t, `UPDATE planner SET token = 'of another state'`)
	if out, exit := ledgerCommand(d, "verify", "prod="+w.stateAt()); exit != cli.Conflicts || !strings.Contains(out, "of another state.") {
		t.Errorf("exit code %d\n%s", exit, out)
	}
	if got := entries(t, d, "prod", "k8s"); strings.Count(got, "released data") != 2 || strings.Count(got, "existing old") != 2 {
		t.Errorf("the ledger has not all that is to be compared:\n%s", got)
	}
}
