package ledger_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// emptied is a connection to a ledger, from which everything is gone.
func emptied(t testing.TB, conn *pgx.Conn) {
	t.Helper()
	if _, err := conn.Exec(context.Background(), `TRUNCATE entry, lost, history, planner, owner, domain`); err != nil {
		t.Fatal(err)
	}
}

// rowsOf reads all rows of the ledger, as the oracle of constraints sees them.
func rowsOf(t testing.TB, conn *pgx.Conn) []row {
	t.Helper()
	found, err := conn.Query(context.Background(), `
		SELECT id, owner, planner_name, kind, cluster, range::text, vrf, network, class, delegate, state, opens FROM entry ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := pgx.CollectRows(found, func(c pgx.CollectableRow) (row, error) {
		var r row
		err := c.Scan(&r.id, &r.planner.Owner, &r.planner.Name, &r.kind, &r.cluster, &r.text, &r.vrf, &r.network, &r.class, &r.delegate,
			&r.state, &r.opens)
		return r, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// rowsFor are entries as rows: as they are to be once they are claims.
func rowsFor(who ledger.Planner, entries []ledger.Entry) []row {
	var rows []row
	for i, e := range entries {
		rows = append(rows, row{
			id: int64(-i - 1), planner: who, kind: e.Kind, cluster: e.Cluster, text: e.Range.String(), vrf: e.VRF, network: e.Network,
			class: e.Class, delegate: e.Delegate, state: ledger.Claim,
			opens: e.Class != ledger.Shared && (e.Kind == "block" || e.Kind == "kept" || e.Kind == "released"),
		})
	}
	return rows
}

// world is a few planners that plan, apply and release at random on one ledger.
type world struct {
	t        *rapid.T
	tb       testing.TB
	d        *ledgertest.Database
	conn     *pgx.Conn
	planners []ledger.Planner
	wanted   map[ledger.Planner][]ledger.Entry
	// expired are planners whose holds were made old. Some may have been renewed since.
	expired map[ledger.Planner]bool
	// done counts what happened, so that the test knows that it tries what it is for.
	done map[string]int
}

// entry draws an entry of a planner: of small ranges that meet often.
func (w *world) entry(who ledger.Planner) ledger.Entry {
	draw := func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(w.t, name) }
	bits := draw("bits", 6)
	host := draw("host", 32) >> (5 - bits) << (5 - bits)
	text := fmt.Sprintf("10.0.0.%d/%d", host, 27+bits)
	if draw("family", 5) == 0 {
		text = fmt.Sprintf("fd00::%x/%d", host, 123+bits)
	}
	kinds := []string{"pod", "pod", "pod", "kept", "service", "released", "existing"}
	if strings.HasPrefix(who.Name, "blocks/") {
		kinds = []string{"block", "block", "block", "released"}
	}
	e := ledger.Entry{
		Kind: kinds[draw("kind", len(kinds))], Cluster: string(rune('a' + draw("cluster", 3))), Range: prefix(text),
		Class: []ledger.Class{ledger.Unique, ledger.Unique, ledger.Unique, ledger.Unique, ledger.Network, ledger.Shared}[draw("class", 6)],
	}
	if e.Class == ledger.Network {
		e.Network = string(rune('x' + draw("network", 2)))
	}
	if e.Kind == "block" && e.Class == ledger.Unique && draw("delegated", 3) == 0 {
		e.Delegate = w.planners[draw("delegate", len(w.planners))].Owner
	}
	if e.Kind != "released" && draw("chosen", 3) > 0 {
		e.Demand = e.Range.String()
	}
	return e
}

// edit changes what a planner wants: it adds, drops, renames, releases, delegates. Its own entries do not exclude each other.
func (w *world) edit(who ledger.Planner) {
	next := slices.Clone(w.wanted[who])
	for range rapid.IntRange(1, 3).Draw(w.t, "edits") {
		next = w.edited(who, next)
	}
	twice := map[string]bool{}
	for _, e := range next {
		for _, key := range []string{
			fmt.Sprint(e.Kind, e.Cluster, e.Range, e.Network), fmt.Sprint("demand", e.Kind, e.Cluster, e.Network, e.Demand),
		} {
			if twice[key] && !strings.HasSuffix(key, "demand") {
				return
			}
			twice[key] = e.Demand != "" || !strings.HasPrefix(key, "demand")
		}
	}
	rows := rowsFor(who, next)
	for i := range rows {
		rows[i].opens = rows[i].opens && rows[i].kind != "released" // what is released has nothing of its planner inside
	}
	if _, _, bad := unlawful(rows); !bad {
		w.wanted[who] = next
	}
}

// edited is a list with one edit.
func (w *world) edited(who ledger.Planner, next []ledger.Entry) []ledger.Entry {
	edits := []string{"add", "add", "add", "drop", "rename", "release", "delegate", "class"}
	edit := rapid.SampledFrom(edits).Draw(w.t, "edit")
	if edit == "add" || len(next) == 0 {
		return append(next, w.entry(who))
	}
	i := rapid.IntRange(0, len(next)-1).Draw(w.t, "which")
	switch edit {
	case "drop":
		return slices.Delete(next, i, i+1)
	case "rename":
		from, to := next[i].Cluster, next[i].Cluster+"'"
		for j := range next {
			if next[j].Cluster == from {
				next[j].Cluster = to
			}
		}
	case "release":
		next[i].Kind, next[i].Demand = "released", ""
	case "delegate":
		if next[i].Kind == "block" && next[i].Class == ledger.Unique {
			next[i].Delegate = rapid.SampledFrom([]string{"", shop.Owner, bank.Owner}).Draw(w.t, "to")
		}
	case "class":
		next[i].Class, next[i].Network = ledger.Unique, ""
	}
	return next
}
