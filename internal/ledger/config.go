package ledger

import (
	"cmp"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// DefaultSchema is the schema of a ledger that names none.
const DefaultSchema = "cidrplan"

// Config says where a ledger is.
type Config struct {
	// ConnString is a URL or keywords and values, as for psql; the PG* environment variables give what it does not. TLS is verify-full
	// unless sslmode is set or the server is reached by a Unix socket.
	ConnString string
	// Schema is DefaultSchema where it is "".
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
	patience time.Duration
}

// Open reads a configuration and connects to nothing. The error is a BadConfig.
func Open(c Config) (*Ledger, error) {
	schema := cmp.Or(c.Schema, DefaultSchema)
	if strings.ContainsRune(schema, 0) || len(schema) > 63 {
		return nil, BadConfig{Schema: schema}
	}
	conn, err := parse(c.ConnString)
	if err != nil {
		return nil, BadConfig{Schema: schema, Cause: err}
	}
	// A prepared statement would outlive its transaction, which PgBouncer gives another server connection each time.
	conn.DefaultQueryExecMode = pgx.QueryExecModeExec
	conn.StatementCacheCapacity, conn.DescriptionCacheCapacity = 0, 0
	if conn.RuntimeParams["application_name"] == "" {
		conn.RuntimeParams["application_name"] = "cidrplan"
	}
	return &Ledger{
		schema:   schema,
		conn:     conn,
		lock:     cmp.Or(c.LockTimeout, 10*time.Second),
		idle:     cmp.Or(c.IdleTimeout, 60*time.Second),
		patience: 2 * time.Minute,
	}, nil
}

// defaults are put in front of a connection string: what it says itself, or the environment, goes before them.
const verifyFull, connectTimeout = "sslmode=verify-full", "connect_timeout=10"

// parse reads a connection string. Where nobody says which TLS is wanted, it is verify-full; the library would accept a server without TLS.
func parse(s string) (*pgx.ConnConfig, error) {
	keys := writtenKeys(s)
	if !keys["connect_timeout"] && os.Getenv("PGCONNECT_TIMEOUT") == "" {
		s = withSetting(s, connectTimeout)
	}
	conn, err := pgx.ParseConfig(s)
	if err != nil {
		return nil, err
	}
	if keys["sslmode"] || keys["ssl"] || os.Getenv("PGSSLMODE") != "" || !opportunistic(conn.Config) {
		return conn, nil
	}
	return pgx.ParseConfig(withSetting(s, verifyFull))
}

// opportunistic says whether a connection without TLS is tried beside one with it.
func opportunistic(c pgconn.Config) bool {
	with, without := c.TLSConfig != nil, c.TLSConfig == nil && !isSocket(c.Host)
	for _, f := range c.Fallbacks {
		with = with || f.TLSConfig != nil
		without = without || f.TLSConfig == nil && !isSocket(f.Host)
	}
	return with && without
}

func isSocket(host string) bool { return strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@") }

func isURL(s string) bool {
	return strings.HasPrefix(s, "postgres://") || strings.HasPrefix(s, "postgresql://")
}

// withSetting adds a setting to a connection string. It must not be written there.
func withSetting(s, setting string) string {
	switch {
	case !isURL(s):
		return setting + " " + s
	case strings.Contains(s, "?"):
		return strings.Replace(s, "?", "?"+setting+"&", 1)
	}
	return s + "?" + setting
}

// writtenKeys are the keys of a connection string, and perhaps more: words of a value that look like a key.
func writtenKeys(s string) map[string]bool {
	keys := map[string]bool{}
	if isURL(s) {
		if u, err := url.Parse(s); err == nil {
			for key := range u.Query() {
				keys[key] = true
			}
		}
		return keys
	}
	for i, c := range s {
		if c == '=' {
			before := strings.Fields(s[:i])
			if len(before) > 0 {
				keys[before[len(before)-1]] = true
			}
		}
	}
	return keys
}
