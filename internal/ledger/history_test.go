package ledger_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

func TestHistorySaysWhoChangedWhat(t *testing.T) {
	d := ledgertest.New(t)
	secret := pod("web", "10.0.0.0/20")
	secret.Attributes = json.RawMessage(`{"labels": {"password": "hunter2"}}`)
	plan(t, d.Ledger, shop, secret)
	plan(t, d.Ledger, shop, secret) // changes nothing
	expire(t, d, shop)
	plan(t, d.Ledger, bank, pod("vault", "10.0.0.0/21"))
	apply(t, d.Ledger, bank, pod("vault", "10.0.0.0/21"))
	apply(t, d.Ledger, bank, pod("vault", "10.0.8.0/21"))
	if err := d.Release(t.Context(), bank, "token of bank/prod", grace); err != nil {
		t.Fatal(err)
	}

	events, err := d.History(t.Context(), ledger.Filter{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "history", eventLines(t, d, events), []string{
		"bank/prod release, released 10.0.8.0/21",
		"bank/prod apply, freed 10.0.0.0/21, claimed 10.0.8.0/21",
		"bank/prod apply, claimed 10.0.0.0/21",
		"bank/prod hold, lost 10.0.0.0/20 of shop/prod, held 10.0.0.0/21",
		"shop/prod hold, held 10.0.0.0/20",
	})
	for i, serial := range []int64{2, 2, 1, 0, 0} { // after the change
		same(t, "serial", events[i].Serial, serial)
	}

	t.Run("chosen by owner and range", func(t *testing.T) {
		for _, c := range []struct {
			filter ledger.Filter
			want   int
		}{
			{ledger.Filter{Owner: bank.Owner}, 4},
			{ledger.Filter{Name: "k8s", Range: prefix("10.0.12.0/24"), Owner: shop.Owner}, 1},
			{ledger.Filter{Range: prefix("10.0.8.0/21"), Owner: bank.Owner}, 3}, // one of them lost it
			{ledger.Filter{Name: "x"}, 0},
		} {
			found, err := d.History(t.Context(), c.filter, 0)
			if err != nil || len(found) != c.want {
				t.Errorf("%+v: %d events, want %d: %v", c.filter, len(found), c.want, err)
			}
		}
		found, err := d.History(t.Context(), ledger.Filter{}, 2)
		if err != nil || len(found) != 2 || found[0].ID != events[0].ID {
			t.Errorf("the two newest: %+v, %v", found, err)
		}
	})

	t.Run("an export has everything but secrets and tokens", func(t *testing.T) {
		dump, err := d.Export(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(dump.Planners) != 2 || len(dump.Entries) != 1 || len(dump.Lost) != 1 || len(dump.History) != 5 {
			t.Errorf("export: %+v", dump)
		}
		if d.Count(t, `SELECT count(*) FROM history h WHERE h::text ~ 'hunter2|token of'`) > 0 {
			t.Error("the history has attributes or tokens")
		}
		if text, err := json.Marshal(dump); err != nil || strings.Contains(string(text), "token of") {
			t.Errorf("export has tokens: %s, %v", text, err)
		}
	})
}

// The holds that a plan, an apply, a release and a rename replace or free are in the history, with their networks and owners.
func TestHistoryHasHoldsThatGo(t *testing.T) {
	d := ledgertest.New(t)
	inNetwork := func(cluster, r, network string) ledger.Entry {
		e := pod(cluster, r)
		e.Class, e.Network, e.VRF = ledger.Network, network, "far"
		return e
	}
	plan(t, d.Ledger, shop, inNetwork("web", "10.0.0.0/20", "hub"))
	plan(t, d.Ledger, shop, inNetwork("web", "10.0.16.0/20", "hub")) // for the same demand
	plan(t, d.Ledger, shop, block("b", "10.1.0.0/16", ""))           // another plan
	plan(t, d.Ledger, shop, block("c", "10.1.0.0/17", "bank/prod"))  // which b cannot be beside
	apply(t, d.Ledger, shop, block("c", "10.1.0.0/17", "bank/prod")) // and the hold of web goes
	apply(t, d.Ledger, shop, block("c", "10.1.0.0/17", "network"))   // to another owner
	plan(t, d.Ledger, shop, block("c", "10.1.128.0/17", ""))         // for the demand of a claim
	renamed := ledger.Planner{Owner: shop.Owner, Name: "blocks/new"}
	asked(t, d.Ledger, renamed, "", pod("stray", "10.7.0.0/20"))
	if err := d.Apply(t.Context(), ledger.Applied{
		Planner: renamed, Before: 2, Serial: 3, Token: "token of shop/prod", Entries: []ledger.Entry{block("c", "10.1.0.0/17", "network")},
	}); err != nil {
		t.Fatal(err)
	}
	plan(t, d.Ledger, renamed, block("c", "10.1.128.0/17", ""))
	if err := d.Release(t.Context(), renamed, "token of shop/prod", grace); err != nil {
		t.Fatal(err)
	}
	events, err := d.History(t.Context(), ledger.Filter{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range slices.Backward(events) {
		line := e.Name + " " + e.Action + ":"
		for _, c := range e.Changes {
			line += strings.TrimRight(fmt.Sprintf(" %s %s %s/%s %s %s", c.Change, c.Range, c.VRF, c.Network, c.Delegate, c.Name), " ") + ","
		}
		got = append(got, strings.TrimSuffix(line, ","))
	}
	same(t, "history", got, []string{
		"k8s hold: held 10.0.0.0/20 far/hub",
		"k8s hold: dropped 10.0.0.0/20 far/hub, held 10.0.16.0/20 far/hub",
		"k8s hold: held 10.1.0.0/16 /",
		"k8s hold: dropped 10.1.0.0/16 /, held 10.1.0.0/17 / bank/prod",
		"k8s apply: dropped 10.0.16.0/20 far/hub, claimed 10.1.0.0/17 / bank/prod",
		"k8s apply: delegated 10.1.0.0/17 / network",
		"k8s hold: held 10.1.128.0/17 /",
		"blocks/new hold: held 10.7.0.0/20 /",
		"blocks/new rename: dropped 10.7.0.0/20 /, renamed invalid Prefix /  k8s",
		"blocks/new apply: dropped 10.1.128.0/17 /",
		"blocks/new hold: held 10.1.128.0/17 /",
		"blocks/new release: released 10.1.0.0/17 / network, dropped 10.1.128.0/17 /",
	})
	if d.Count(t, `SELECT count(*) FROM history h WHERE h::text LIKE '%token of%'`) > 0 {
		t.Error("the history has tokens")
	}
	var kept []string
	for _, c := range []ledger.Filter{{Range: prefix("10.0.0.0/16")}, {Owner: shop.Owner, Name: "blocks/new"}} {
		found, err := d.History(t.Context(), c, 0)
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, fmt.Sprint(len(found)))
	}
	same(t, "events of a range, and of a planner", kept, []string{"3", "5"})
}

// eventLines are events in short.
func eventLines(t *testing.T, d *ledgertest.Database, events []ledger.Event) []string {
	t.Helper()
	var got []string
	for _, e := range events {
		if e.Role != d.Server.User || time.Since(e.At) > time.Hour {
			t.Errorf("role %q at %s", e.Role, e.At)
		}
		line := e.Owner + " " + e.Action
		for _, c := range e.Changes {
			line += ", " + c.Change + " " + c.Range.String()
			if c.Owner != "" {
				line += " of " + c.Owner
			}
		}
		got = append(got, line)
	}
	return got
}

// The functions run with the rights of the ledger's owner. The history has the role that called them.
func TestTheHistoryHasTheRoleThatCalled(t *testing.T) {
	d := ledgertest.New(t)
	roles := logins(t, d)
	plan(t, as(t, d, roles.Planner), shop, pod("web", "10.0.0.0/20"))
	apply(t, as(t, d, roles.Allocator), shop, pod("web", "10.0.0.0/20"))
	events, err := d.History(t.Context(), ledger.Filter{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range events {
		got = append(got, e.Action+" by "+e.Role)
	}
	same(t, "history", got, []string{"apply by " + roles.Allocator, "hold by " + roles.Planner})
}
