package ledger

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// versionTable is the table of the migrations that were made.
const versionTable = "migration"

// MissingExtension is a database that has no btree_gist, and in which the role cannot create it.
type MissingExtension struct{ Cause error }

func (e MissingExtension) Error() string { return "extension btree_gist: " + e.Cause.Error() }
func (e MissingExtension) Unwrap() error { return e.Cause }

// SchemaInUse is a schema that has something else than a ledger: permissions and owners of its objects would change.
type SchemaInUse struct {
	Schema string
	// Object is one of what it has.
	Object string
}

func (e SchemaInUse) Error() string { return fmt.Sprintf("schema %q has %s", e.Schema, e.Object) }

// Version is the version of the ledger that this program needs.
func Version() int64 {
	source := mustSub()
	files, err := fs.Glob(source, "*.sql")
	if err != nil || len(files) == 0 {
		panic("ledger: no migrations are embedded")
	}
	last, err := goose.NumericComponent(files[len(files)-1])
	if err != nil {
		panic(err)
	}
	return last
}

func mustSub() fs.FS {
	source, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err)
	}
	return source
}

// Migrate makes the ledger, or brings it to Version, and returns the version that it had. The role becomes the owner of a new ledger,
// and must be that of an older one. It needs a connection to the server itself, not to PgBouncer in transaction mode.
func (l *Ledger) Migrate(ctx context.Context) (before int64, err error) {
	config := l.conn.Copy()
	// Objects are created in the schema of the ledger. Functions keep this search path, so nobody's temporary objects come before them.
	config.RuntimeParams[searchPath] = pgx.Identifier{l.schema}.Sanitize() + ", pg_temp"
	if err := l.prepare(ctx, config); err != nil {
		return 0, err
	}
	db := stdlib.OpenDB(*config)
	defer func() { err = cmp.Or(err, db.Close()) }()
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(lockID(l.schema)))
	if err != nil {
		return 0, err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, mustSub(), goose.WithTableName(versionTable),
		goose.WithSessionLocker(locker), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return 0, err
	}
	before, err = provider.GetDBVersion(ctx)
	if err != nil {
		return 0, l.typed(Planner{}, err)
	}
	if want := Version(); before > want {
		return before, OtherVersion{Have: before, Want: want}
	}
	if _, err := provider.Up(ctx); err != nil {
		return before, l.typed(Planner{}, err)
	}
	return before, nil
}

// onlyOne lets one transaction at a time create what the ledgers of a database share, and what is not of a ledger yet.
func onlyOne(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `SELECT `+lockAll)
	return err
}

// lockAll waits for all others that call it in the database, until the end of the transaction.
const lockAll = `pg_advisory_xact_lock(1667851378, hashtext('all ledgers'))`

// searchPath is the setting that says in which schema objects are created and looked for.
const searchPath = "search_path"

// prepare creates the schema and the extension, where they are missing, by a connection that has the search path of the migrations.
func (l *Ledger) prepare(ctx context.Context, config *pgx.ConnConfig) error {
	err := l.transactionWith(ctx, config, Planner{}, readCommitted, func(ctx context.Context, tx pgx.Tx) error {
		if err := checkPath(ctx, tx, config.RuntimeParams[searchPath]); err != nil {
			return err
		}
		if err := onlyOne(ctx, tx); err != nil {
			return err
		}
		var schema, extension, public bool
		err := tx.QueryRow(ctx, `
			SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1), EXISTS (SELECT FROM pg_extension WHERE extname = 'btree_gist'),
				EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public')`, l.schema).Scan(&schema, &extension, &public)
		if err != nil {
			return err
		}
		if schema {
			if err := l.checkUnused(ctx, tx); err != nil {
				return err
			}
		} else { // CREATE SCHEMA IF NOT EXISTS would need the right to create one
			if _, err := tx.Exec(ctx, `CREATE SCHEMA `+pgx.Identifier{l.schema}.Sanitize()); err != nil {
				return err
			}
		}
		if extension {
			return nil
		}
		in := l.schema
		if public { // where other ledgers of the database use it too
			in = "public"
		}
		if _, err := tx.Exec(ctx, `CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA `+pgx.Identifier{in}.Sanitize()); err != nil {
			return MissingExtension{err}
		}
		return nil
	})
	var refused RefusedSetting
	if errors.As(err, &refused) {
		return NeedsServer{err}
	}
	return err
}

// checkPath refuses a pooler that gives a connection of another search path: objects would be created in another schema.
func checkPath(ctx context.Context, tx pgx.Tx, want string) error {
	var path string
	if err := tx.QueryRow(ctx, `SELECT current_setting('search_path')`).Scan(&path); err != nil {
		return err
	}
	if path != want {
		return NeedsServer{}
	}
	return nil
}

// checkUnused refuses a schema that has tables, functions and the like, but no ledger. Those of extensions are not meant.
func (l *Ledger) checkUnused(ctx context.Context, tx pgx.Tx) error {
	var object string
	err := tx.QueryRow(ctx, `
		SELECT o.name FROM (
			SELECT 'pg_class'::regclass AS catalog, oid, relname::text AS name FROM pg_class WHERE relnamespace = $1::text::regnamespace
			UNION ALL
			SELECT 'pg_proc', oid, proname FROM pg_proc WHERE pronamespace = $1::text::regnamespace
		) o
		WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.catalog AND d.objid = o.oid AND d.deptype = 'e')
			AND NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = $1::text::regnamespace AND relname = $2)
		ORDER BY o.name LIMIT 1`, pgx.Identifier{l.schema}.Sanitize(), versionTable).Scan(&object)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	return SchemaInUse{l.schema, object}
}

// lockID is the lock of migrations, in the space of locks with one key.
func lockID(schema string) int64 {
	id := fnv.New64a()
	_, _ = id.Write([]byte("cidrplan ledger " + schema)) // it never fails
	return int64(id.Sum64())
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) + "ms" }
