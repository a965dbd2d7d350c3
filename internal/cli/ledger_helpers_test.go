package cli

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

var (
	shop = ledger.Planner{Owner: "shop/prod", Name: "k8s"}
	bank = ledger.Planner{Owner: "bank/prod", Name: "k8s"}
	vpcs = ledger.Planner{Owner: "network", Name: "blocks/vpcs"}
)

// onLedger runs a command of the ledger on a database, with no connection in the environment.
func onLedger(t *testing.T, d *ledgertest.Database, command string, args ...string) ran {
	t.Helper()
	for _, name := range []string{"PGHOST", "PGUSER", "PGDATABASE", "PGSERVICE"} {
		t.Setenv(name, "")
	}
	return run(t, append([]string{"ledger", command, "--connection", d.ConnString, "--schema", d.Schema}, args...)...)
}

// entry is an entry of the ledger that its planner chose.
func entry(kind, cluster, cidr string) ledger.Entry {
	return ledger.Entry{
		Kind: kind, Cluster: cluster, Range: netip.MustParsePrefix(cidr), Class: ledger.Unique, Demand: kind + "/" + cluster,
	}
}

// hold makes entries the holds of a planner, beside its claims.
func hold(t *testing.T, d *ledgertest.Database, who ledger.Planner, entries ...ledger.Entry) {
	t.Helper()
	decide := func(ledger.View) ledger.Decision { return ledger.Decision{Holds: entries} }
	if err := d.Plan(t.Context(), ledger.Question{Planner: who}, decide); err != nil {
		t.Fatal(err)
	}
}

// claim makes entries the claims of a planner, as its next serial.
func claim(t *testing.T, d *ledgertest.Database, who ledger.Planner, entries ...ledger.Entry) {
	t.Helper()
	view, err := d.Ask(t.Context(), ledger.Question{Planner: who})
	if err != nil {
		t.Fatal(err)
	}
	err = d.Apply(t.Context(), ledger.Applied{
		Planner: who, Before: view.Serial, Serial: view.Serial + 1, Token: secret, Entries: entries,
	})
	if err != nil {
		t.Fatal(err)
	}
}
