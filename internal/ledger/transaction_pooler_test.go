package ledger_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestManyPlannersBehindPgBouncer: transactions of many planners come to a few connections of the server, and leave nothing there.
func TestManyPlannersBehindPgBouncer(t *testing.T) {
	d := ledgertest.New(t)
	pooler := d.Server.PgBouncer(t, "default_pool_size = 2")
	crowd(t, d.Open(t, ledger.Config{ConnString: pooler}), 16)
	wantCleanConnections(t, pooler, 2)
}

// wantCleanConnections wants no lock, setting and prepared statement in each of a number of connections of a pooler to the server.
func wantCleanConnections(t *testing.T, pooler string, number int) {
	t.Helper()
	const left = `SELECT pg_backend_pid(), concat_ws(', ',
		(SELECT string_agg(name || ' = ' || setting, ', ') FROM pg_settings
			WHERE source = 'session' AND name <> 'application_name'), -- which PgBouncer sets to that of each client
		(SELECT string_agg('prepared: ' || statement, ', ') FROM pg_prepared_statements),
		(SELECT string_agg('lock: ' || objid, ', ') FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()))`
	seen := map[int]bool{}
	for range number { // each transaction keeps its connection to the server until the end of the test
		config, err := pgx.ParseConfig(pooler)
		if err != nil {
			t.Fatal(err)
		}
		config.DefaultQueryExecMode = pgx.QueryExecModeExec
		conn, err := pgx.ConnectConfig(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close(context.Background()) }) // it only reads
		tx, err := conn.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var process int
		var text string
		if err := tx.QueryRow(t.Context(), left).Scan(&process, &text); err != nil {
			t.Fatal(err)
		}
		if seen[process] = true; text != "" {
			t.Errorf("a connection has %s", text)
		}
	}
	if len(seen) != number {
		t.Errorf("%d connections to the server, want %d", len(seen), number)
	}
}

// TestAMigrationNeedsTheServerItself: behind a pooler that ignores the search path, the tables would be in another schema.
func TestAMigrationNeedsTheServerItself(t *testing.T) {
	s := ledgertest.Start(t)
	d := s.New(t)
	for name, settings := range map[string][]string{
		"a pooler refuses its search path": nil,
		"a pooler ignores its search path": {"ignore_startup_parameters = extra_float_digits,search_path"},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			l, err := ledger.Open(ledger.Config{ConnString: s.PgBouncer(t, settings...), Schema: "fresh"})
			if err != nil {
				t.Fatal(err)
			}
			_, err = l.Migrate(t.Context())
			var needs ledger.NeedsServer
			if !errors.As(err, &needs) || (needs.Cause == nil) != (settings != nil) {
				t.Errorf("error = %#v, want NeedsServer", err)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
	schemas := d.Count(t, `SELECT count(*) FROM pg_namespace WHERE nspname = 'fresh'`)
	if tables := d.Count(t, `SELECT count(*) FROM pg_class WHERE relname = 'entry'`); schemas != 0 || tables != 1 {
		t.Errorf("%d schemas were created, and %d tables entry are in the database", schemas, tables)
	}
}

// TestASettingThatAPoolerRefuses is an error at once, and not that of a database that is away.
func TestASettingThatAPoolerRefuses(t *testing.T) {
	d := ledgertest.New(t)
	began := time.Now()
	_, err := tryPlan(t.Context(), d.Open(t, ledger.Config{ConnString: d.Server.PgBouncer(t) + " geqo=off"}), shop)
	var refused ledger.RefusedSetting
	if !errors.As(err, &refused) {
		t.Errorf("error = %#v, want RefusedSetting", err)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}
