package ledger

import (
	"cmp"
	"maps"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// DefaultSchema is the schema of a ledger where the configuration gives none.
const DefaultSchema = "cidrplan"

// MaxName is how many bytes a name has at most in PostgreSQL, which cuts off the rest.
const MaxName = 63

// ReservedSchema says whether PostgreSQL has a schema of this name for itself, or reads the name as that of a role.
func ReservedSchema(name string) bool {
	return strings.HasPrefix(name, "pg_") || name == "information_schema" || name == "$user"
}

// Config says where a ledger is.
type Config struct {
	// ConnString is a URL or keywords and values, as for psql; the PG* environment variables give what it does not. TLS is verify-full
	// unless sslmode is set or the server is reached by a Unix socket.
	ConnString string
	// Schema is required.
	Schema string
	// LockTimeout is how long one attempt waits for other writers, 10 seconds where it is 0. A call makes several attempts.
	LockTimeout time.Duration
	// IdleTimeout is how long a plan may think while others wait, 60 seconds where it is 0. Then the server ends its transaction.
	IdleTimeout time.Duration
}

// Ledger is a ledger in a database. It keeps no connection.
type Ledger struct {
	schema   string
	conn     *pgx.ConnConfig
	lock     time.Duration
	idle     time.Duration
	patience patience
	// answered says that a server has answered since the ledger was opened.
	answered atomic.Bool
	// gaveUp says that the last call that found the database away did not wait for it any longer.
	gaveUp atomic.Bool
}

// formats are those in which names and times are written, whatever a role or database has. PgBouncer knows these settings.
var formats = map[string]string{"client_encoding": "UTF8", "datestyle": "ISO, MDY", "standard_conforming_strings": "on"}

// Schema is the schema of the ledger.
func (l *Ledger) Schema() string { return l.schema }

// Open reads a configuration and connects to nothing. The error is a BadConfig.
func Open(c Config) (*Ledger, error) {
	schema := c.Schema
	if schema == "" || strings.ContainsRune(schema, 0) || len(schema) > MaxName || ReservedSchema(schema) {
		return nil, BadConfig{Schema: schema}
	}
	conn, err := parse(c.ConnString)
	if err != nil {
		return nil, BadConfig{Schema: schema, Cause: reason(err), Environment: c.ConnString == ""}
	}
	// A prepared statement would outlive its transaction, which PgBouncer gives another server connection each time.
	conn.DefaultQueryExecMode = pgx.QueryExecModeExec
	conn.StatementCacheCapacity, conn.DescriptionCacheCapacity = 0, 0
	if conn.RuntimeParams["application_name"] == "" {
		conn.RuntimeParams["application_name"] = "cidrplan"
	}
	maps.Copy(conn.RuntimeParams, formats)
	return &Ledger{
		schema:   schema,
		conn:     conn,
		lock:     cmp.Or(c.LockTimeout, 10*time.Second),
		idle:     cmp.Or(c.IdleTimeout, 60*time.Second),
		patience: patience{busy: busyFor, away: awayFor, silent: silentFor},
	}, nil
}
