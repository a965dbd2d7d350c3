package ledgertest

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// Database is a ledger for one test, in a schema of its own.
type Database struct {
	*ledger.Ledger
	// ConnString and Schema are those of the ledger. The role is a superuser.
	ConnString, Schema string
	Server             *Server
}

var schemas atomic.Int64

// New makes an empty ledger on the server of the test process.
func New(t testing.TB) *Database {
	t.Helper()
	return Shared(t).New(t)
}

// New makes an empty ledger on a server. Its schema has a name that must be quoted.
func (s *Server) New(t testing.TB) *Database {
	t.Helper()
	d := &Database{ConnString: s.ConnString(s.User, "postgres"), Schema: fmt.Sprintf("Ledger %d", schemas.Add(1)), Server: s}
	d.Ledger = d.Open(t, ledger.Config{})
	if _, err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.Exec(t, `DROP SCHEMA `+pgx.Identifier{d.Schema}.Sanitize()+` CASCADE`)
	})
	return d
}

// Open opens the ledger with further configuration. Where it names no connection, that of the database is used.
func (d *Database) Open(t testing.TB, c ledger.Config) *ledger.Ledger {
	t.Helper()
	if c.ConnString == "" {
		c.ConnString = d.ConnString
	}
	c.Schema = d.Schema
	l, err := ledger.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Exec runs SQL as the superuser. The schema of the ledger is the first in the search path.
func (d *Database) Exec(t testing.TB, sql string, arguments ...any) {
	t.Helper()
	conn := d.Connect(t)
	defer func() { _ = conn.Close(context.Background()) }() // nothing is left to do on it
	if _, err := conn.Exec(context.Background(), sql, arguments...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// Connect opens a connection as the superuser. The schema of the ledger is the first in the search path. The caller closes it.
func (d *Database) Connect(t testing.TB) *pgx.Conn {
	t.Helper()
	config, err := pgx.ParseConfig(d.ConnString)
	if err != nil {
		t.Fatal(err)
	}
	config.RuntimeParams["search_path"] = pgx.Identifier{d.Schema}.Sanitize() + ", public"
	conn, err := pgx.ConnectConfig(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// Count runs SQL as the superuser, which returns one number.
func (d *Database) Count(t testing.TB, sql string, arguments ...any) int {
	t.Helper()
	conn := d.Connect(t)
	defer func() { _ = conn.Close(context.Background()) }() // nothing is left to do on it
	var n int
	if err := conn.QueryRow(context.Background(), sql, arguments...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// Read reads rows as the superuser into a struct of exported fields, one for each column. The server may be away.
func Read[T any](ctx context.Context, d *Database, sql string, arguments ...any) ([]T, error) {
	config, err := pgx.ParseConfig(d.ConnString)
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["search_path"] = pgx.Identifier{d.Schema}.Sanitize() + ", public"
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close(ctx) }() // it only reads
	rows, err := conn.Query(ctx, sql, arguments...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[T])
}
