package provider_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

// Workspaces plan, apply and destroy at the same time by PgBouncer in transaction mode, where transactions of several clients come to one
// connection of the server.
func TestAccLedgerBehindPgBouncer(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	pooled := *d
	pooled.ConnString = d.Server.PgBouncer(t, "default_pool_size = 2")
	workspaces := map[string]*workspace{}
	for _, owner := range []string{"shop", "bank", "data", "ml"} {
		workspaces[owner] = newWorkspace(t, sharing(&pooled, owner, planning(needing("web"))))
	}
	for _, command := range []string{"plan -out=plan", "apply plan", "plan -detailed-exitcode"} {
		together(t, workspaces, command)
	}
	var ranges []string
	for owner, w := range workspaces {
		ranges = append(ranges, w.podOf("web"))
		if got, claim := entries(t, d, owner, "k8s"), "claim pod web "+w.podOf("web")+"\n"; !strings.HasPrefix(got, claim) {
			t.Errorf("%s has %s, want %s", owner, got, claim)
		}
	}
	slices.Sort(ranges)
	if got, want := strings.Join(ranges, " "), "10.64.0.0/19 10.64.32.0/19 10.64.64.0/19 10.64.96.0/19"; got != want {
		t.Errorf("the clusters have %s, want %s", got, want)
	}
	together(t, workspaces, "destroy -auto-approve")
	if claims := d.Count(t, `SELECT count(*) FROM entry WHERE state = 'claim'`); claims != 0 {
		t.Errorf("%d claims are left", claims)
	}
}

// together runs a command in all workspaces at the same time.
func together(t *testing.T, workspaces map[string]*workspace, command string) {
	t.Helper()
	var running sync.WaitGroup
	for owner, w := range workspaces {
		running.Go(func() {
			if out, err := w.exec(strings.Fields(command)...); err != nil {
				t.Errorf("%s of %s: %v\n%s", command, owner, err, out)
			}
		})
	}
	running.Wait()
}
