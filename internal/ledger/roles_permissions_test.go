package ledger_test

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestWhatARoleMayDoInSQL logs in as each role, and as one without any, and tries everything.
func TestWhatARoleMayDoInSQL(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, bank, pod("vault", "10.9.0.0/16"))
	expireAll := `UPDATE entry SET expires = now() WHERE state = 'hold'`
	roles := logins(t, d)
	d.Exec(t, `DROP ROLE IF EXISTS stranger`)
	d.Exec(t, `CREATE ROLE stranger LOGIN`)
	const reader, planner, allocator, admin = 1, 2, 3, 4
	names := []string{"stranger", roles.Reader, roles.Planner, roles.Allocator, roles.Admin}
	for _, c := range []struct {
		sql  string
		from int // the first role that may
	}{
		{`SELECT count(*) FROM entry`, reader},
		{`SELECT count(*) FROM history`, reader},
		{`SELECT count(*) FROM migration`, reader},
		{`SELECT lock_ledger_shared()`, reader},
		{`SELECT addresses_of(range) FROM entry`, reader},
		{`SELECT lock_ledger()`, planner},
		{`SELECT hold('o', 'k8s', false, '[{"kind": "pod", "cluster": "a", "range": "10.0.0.0/20"}]')`, planner},
		{`SELECT apply('o', 'k8s', 0, 1, 't', '[{"kind": "pod", "cluster": "a", "range": "10.0.0.0/20"}]')`, allocator},
		{`SELECT release('o', 'k8s', 't', '1 hour')`, allocator},
		{`SELECT release_by_admin('bank/prod', 'k8s', '1 hour')`, admin},

		{`INSERT INTO owner (name) VALUES ('o')`, admin},
		{`UPDATE planner SET serial = 99, token = ''`, admin},
		{`UPDATE setting SET hold_quota = 99`, admin},
		{`DELETE FROM entry`, admin},
		{`DELETE FROM history`, admin},
		{`TRUNCATE lost`, admin},
		{expireAll, admin},
		{`SELECT the_planner('o', 'k8s')`, admin},
		{`SELECT detach('{1}')`, admin},
		{`SELECT drop_entries('{1}')`, admin},
		{`SELECT give_back(p, '1 hour', 'x', true) FROM planner p`, admin},
		{`SELECT nextval('entry_id_seq')`, admin},
		{`CREATE TABLE another (x int)`, admin},
		{`CREATE OR REPLACE FUNCTION lock_ledger() RETURNS void LANGUAGE sql AS ''`, admin},
		{`DROP TABLE lost`, admin},
	} {
		for i, name := range names {
			may := tryAs(t, d, name, c.sql)
			if want := i >= c.from; may != want {
				t.Errorf("%s: %s: permitted %t, want %t", name, c.sql, may, want)
			}
		}
	}
	if !tryAs(t, d, d.Server.User, expireAll) {
		t.Error("a superuser may not do it either: the test does not try what it says")
	}
}

// tryAs runs a statement as a role and rolls it back. It returns whether the role may.
func tryAs(t *testing.T, d *ledgertest.Database, role, sql string) bool {
	t.Helper()
	ctx := context.Background()
	config, err := pgx.ParseConfig(roleString(d, role))
	if err != nil {
		t.Fatal(err)
	}
	config.RuntimeParams["search_path"] = pgx.Identifier{d.Schema}.Sanitize()
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }() // what it did is not to stay
	tx, err := conn.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	_, err = tx.Exec(ctx, sql)
	var refused *pgconn.PgError
	denied := []string{"42501"}
	if role == "stranger" { // who may not look into a schema finds nothing of that name there
		denied = append(denied, "42P01", "42883", "3F000")
	}
	if err != nil && (!errors.As(err, &refused) || !slices.Contains(denied, refused.Code)) {
		t.Fatalf("%s: %s: %v", role, sql, err)
	}
	return err == nil
}

// TestTemporaryObjectsDoNotDeceiveFunctions puts tables and functions of a role's own before those of the ledger.
func TestTemporaryObjectsDoNotDeceiveFunctions(t *testing.T) {
	d := ledgertest.New(t)
	roles := logins(t, d)
	apply(t, d.Ledger, bank, pod("vault", "10.0.0.0/16"))
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, roleString(d, roles.Planner))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }() // the test is over
	schema := pgx.Identifier{d.Schema}.Sanitize()
	for _, sql := range []string{
		`CREATE TEMPORARY TABLE entry AS SELECT * FROM ` + schema + `.entry WHERE false`,
		`CREATE FUNCTION pg_temp.hashtext(text) RETURNS integer LANGUAGE sql AS 'SELECT 1/0'`,
		`SET search_path TO pg_temp, ` + schema,
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	_, err = conn.Exec(ctx, `SELECT `+schema+`.hold('o', 'k8s', false, '[{"kind": "pod", "cluster": "a", "range": "10.0.0.0/20"}]')`)
	var refused *pgconn.PgError
	if !errors.As(err, &refused) || refused.Code != "LG001" {
		t.Errorf("error = %v, want LG001: the range is taken", err)
	}
}

func TestARoleThatMayNotApplyIsDenied(t *testing.T) {
	d := ledgertest.New(t)
	roles := logins(t, d)
	l := as(t, d, roles.Planner)
	err := l.Apply(t.Context(), ledger.Applied{Planner: shop, Serial: 1, Token: "t"})
	var denied ledger.Denied
	if !errors.As(err, &denied) || denied.Role != roles.Planner {
		t.Errorf("error = %v, want Denied of %s", err, roles.Planner)
	}
}

// TestSettingsOfARole: whatever a role or database has, texts, times and ranges are read as they were written.
func TestSettingsOfARole(t *testing.T) {
	d := ledgertest.New(t)
	role := logins(t, d).Allocator
	l := as(t, d, role)
	for setting, value := range map[string]string{
		"bytea_output": "escape", "datestyle": "German", "intervalstyle": "sql_standard", "timezone": "Asia/Kathmandu",
		"client_encoding": "LATIN1", "standard_conforming_strings": "off", "search_path": "pg_temp",
	} {
		d.Exec(t, `ALTER ROLE `+pgx.Identifier{role}.Sanitize()+` SET `+setting+` = '`+value+`'`)
	}
	crowd(t, l, 8)
	who := ledger.Planner{Owner: "团队/prod", Name: "k8s"}
	apply(t, l, who, pod("商店", "10.9.0.0/20"))
	for name, by := range map[string]*ledger.Ledger{"the role": l, "another one": d.Ledger} {
		same(t, name, ownRanges(plan(t, by, who)), []string{"claim pod 商店 10.9.0.0/20"})
	}
	planners, err := l.Planners(t.Context())
	if err != nil || len(planners) != 9 {
		t.Fatalf("planners %v: %v", planners, err)
	}
	for _, p := range planners {
		if ago := time.Since(p.LastSeen); ago.Abs() > time.Hour {
			t.Errorf("%s was seen %s ago", p.Owner, ago)
		}
	}
}

// TestAPlanSeesWhatOthersWroteWhileItWaited, also as a role whose transactions see the database as it was when they began.
func TestAPlanSeesWhatOthersWroteWhileItWaited(t *testing.T) {
	d := ledgertest.New(t)
	role := logins(t, d).Planner
	d.Exec(t, `ALTER ROLE `+pgx.Identifier{role}.Sanitize()+` SET default_transaction_isolation = 'repeatable read'`)
	l, waits := as(t, d, role), make(chan error)
	q := ledger.Question{Planner: shop, VRFs: []string{""}, Supernets: []netip.Prefix{ten}, Demands: true}
	asked := 0
	err := d.Plan(t.Context(), ledger.Question{Planner: bank}, func(ledger.View) ledger.Decision {
		go func() {
			waits <- l.Plan(t.Context(), q, func(v ledger.View) ledger.Decision {
				if asked++; !slices.Contains(v.Taken[""], prefix("10.9.0.0/16")) {
					t.Errorf("the plan that waited sees %v", v.Taken)
				}
				return ledger.Decision{Holds: []ledger.Entry{pod("web", "10.8.0.0/16")}}
			})
		}()
		time.Sleep(time.Second) // until it waits for the lock
		return ledger.Decision{Holds: []ledger.Entry{pod("vault", "10.9.0.0/16")}}
	})
	if err := errors.Join(err, <-waits); err != nil || asked != 1 {
		t.Errorf("asked %d times: %v", asked, err)
	}
}
