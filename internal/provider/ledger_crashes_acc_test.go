package provider_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// A provider that ends after the ledger has committed loses the private data of its object, which has the token: the next apply finishes
// the work, and so does a destroy.
func TestAccLedgerProviderEndsAfterCommit(t *testing.T) {
	t.Parallel()
	for next, want := range map[string][]string{
		"apply": {webPods, dataPods, webServices, dataServices},
		"destroy": {
			"hold pod web 10.64.0.0/19", "hold pod data 10.64.32.0/19", "hold service web 172.20.0.0/22", "hold service data 172.20.4.0/22",
		},
	} {
		t.Run(next, func(t *testing.T) {
			d := newLedger(t)
			g := newGate(t, d)
			connection := fmt.Sprintf("%q", fmt.Sprintf("host=%s user=%s dbname=postgres", g.dir, d.Server.User))
			w := newInstalled(t, sharingAs(d, "shop/prod", connection, planning(needing("web"))))
			w.run("apply", "-auto-approve")
			w.run("plan")
			w.config(sharingAs(d, "shop/prod", connection, planning(needing("web")+needing("data"))))
			cmd := exec.Command(os.Getenv("TF_ACC_TERRAFORM_PATH"), "apply", "-auto-approve")
			cmd.Dir = w.dir
			cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, "cli.tfrc"), "CHECKPOINT_DISABLE=1")
			disarm := g.arm(&trap{function: "apply", after: true, cuts: true, spring: func() { kill(providersOf(cmd.Process.Pid)) }})
			if out, err := cmd.CombinedOutput(); err == nil || !disarm() {
				t.Fatalf("the apply was not ended\n%s", out)
			}
			w.run(next, "-auto-approve")
			wantEntries(t, d, "shop/prod", "k8s", want...)
			if next == "apply" {
				w.empty()
			}
		})
	}
}
