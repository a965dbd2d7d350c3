package provider_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// A provider that outlives its killed Terraform ends what it asks the ledger, and keeps no connection. Nor does the database.
func TestAccLedgerOrphanedProvider(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	g := newGate(t, d)
	connection := fmt.Sprintf("%q", fmt.Sprintf("host=%s user=%s dbname=postgres application_name=orphan", g.dir, d.Server.User))
	w := newInstalled(t, sharingAs(d, "shop/prod", connection, planning(needing("web"))))

	other, watching := d.Connect(t), d.Connect(t)
	defer other.Close(t.Context())    //nolint:errcheck // it ends with the test
	defer watching.Close(t.Context()) //nolint:errcheck // it only reads
	// The other one makes the plan wait.
	if _, err := other.Exec(t.Context(), `BEGIN`); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Exec(t.Context(), `SELECT lock_ledger()`); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Getenv("TF_ACC_TERRAFORM_PATH"), "plan", "-input=false")
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, "cli.tfrc"), "CHECKPOINT_DISABLE=1")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waiting := func() int {
		var n int
		err := watching.QueryRow(t.Context(), `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'orphan'`).Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	within(t, time.Minute, "the plan asks the ledger", func() bool { return waiting() == 1 && g.open.Load() == 1 })
	orphans := providersOf(cmd.Process.Pid)
	defer kill(orphans)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait() //nolint:errcheck // it was killed
	// Sooner than the database ends the wait for its lock.
	within(t, 6*time.Second, "the provider closes its connection", func() bool { return g.open.Load() == 0 })
	if len(orphans) == 0 || !isProvider(orphans[0].Pid) {
		t.Error("no provider outlives Terraform: the test shows nothing")
	}
	within(t, 20*time.Second, "the database ends the transaction", func() bool { return waiting() == 0 })
}

// within waits until something is so.
func within(t *testing.T, longest time.Duration, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(longest); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within %v: %s", longest, what)
		}
	}
}
