package messages

import (
	"errors"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// A command in a message is one for the ledger that the message is about, and one that a shell reads as it is meant.
func TestCommandsOfALedgerNameItsSchema(t *testing.T) {
	for schema, want := range map[string]string{
		"":         "cidrplan ledger release --owner shop/prod",
		"cidrplan": "cidrplan ledger release --owner shop/prod",
		"network":  "cidrplan ledger release --owner shop/prod --schema network",
		"net work": "cidrplan ledger release --owner shop/prod --schema 'net work'",
		"it's":     `cidrplan ledger release --owner shop/prod --schema 'it'\''s'`,
	} {
		if got := (Writer{}).Beside(schema).LedgerCommand("release", "--owner", "shop/prod"); got != want {
			t.Errorf("schema %q: %s, want %s", schema, got, want)
		}
	}
	w := Writer{}.Beside("network")
	for _, err := range []error{
		ledger.NoLedger{Schema: "network"}, ledger.OtherVersion{Have: 1, Want: 2}, ledger.InUse{Planner: shopPlanner},
		ledger.HasChildren{Planner: bankPlanner, Children: []ledger.Child{{ByState: ledger.Hold}}},
		ledger.QuotaExceeded{Owner: "a", More: 1},
		ledger.UnknownPlanner{Planner: shopPlanner}, ledger.UnknownOwner{Owner: "a"},
	} {
		wantSchema(t, w.LedgerCommandFailed(shopPlanner, err))
	}
	wantSchema(t, w.OwnerChanged(ledger.OwnerChanged{Was: bankPlanner, Now: shopPlanner}).Detail)
	wantSchema(t, w.HeldByOthers(shopPlanner, []HeldElsewhere{{Other: ledger.Other{State: ledger.Hold}}}).Detail)
	if text := (Writer{}).LedgerCommandFailed(shopPlanner, errors.New("x")); strings.Contains(text, "--schema") {
		t.Error(text)
	}
}

// wantSchema asks that each command in a text names the schema.
func wantSchema(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if strings.Contains(line, "cidrplan ledger ") && !strings.Contains(line, " --schema network") {
			t.Errorf("the command does not name the schema: %s", line)
		}
	}
	if !strings.Contains(text, "cidrplan ledger ") {
		t.Errorf("no command in\n%s", text)
	}
}
