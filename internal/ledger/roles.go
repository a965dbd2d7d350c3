package ledger

import (
	"context"
	_ "embed"
	"strings"

	"github.com/jackc/pgx/v5"
)

//go:embed roles.sql
var rolesScript string

// Roles are the names of the database roles of a ledger.
type Roles struct{ Reader, Planner, Allocator, Admin string }

// RolesOf are the roles whose names begin with the given prefix and an underscore.
func RolesOf(prefix string) Roles {
	return Roles{prefix + "_reader", prefix + "_planner", prefix + "_allocator", prefix + "_admin"}
}

// RolesScript is SQL that makes the roles of the ledger and grants what each needs, in one transaction. It may be run again, also at the
// same time as others of the database.
func (l *Ledger) RolesScript(r Roles) string {
	return l.rolesStatements(r, "\nBEGIN;\nDO $roles$ BEGIN PERFORM "+lockAll+"; END $roles$;\n", "\nCOMMIT;\n")
}

// rolesStatements are the statements of RolesScript, between those that begin and commit the transaction.
func (l *Ledger) rolesStatements(r Roles, begin, commit string) string {
	pairs := []string{"{begin}", begin, "{commit}", commit}
	for key, name := range map[string]string{
		"schema": l.schema, "reader": r.Reader, "planner": r.Planner, "allocator": r.Allocator, "admin": r.Admin,
	} {
		pairs = append(pairs, "{"+key+"}", pgx.Identifier{name}.Sanitize(), "{"+key+"_text}", "'"+strings.ReplaceAll(name, "'", "''")+"'")
	}
	return strings.NewReplacer(pairs...).Replace(rolesScript)
}

// MakeRoles does what RolesScript does.
func (l *Ledger) MakeRoles(ctx context.Context, r Roles) error {
	return l.transaction(ctx, Planner{}, func(ctx context.Context, tx pgx.Tx) error {
		if err := onlyOne(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, l.rolesStatements(r, "", ""), pgx.QueryExecModeSimpleProtocol)
		return err
	})
}

// SharesRoles returns the other schemas of the database that belong to the admin role: members of the roles can use the ledgers there too.
func (l *Ledger) SharesRoles(ctx context.Context, r Roles) (schemas []string, err error) {
	err = l.reading(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT n.nspname::text FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner
			WHERE r.rolname = $1 AND n.nspname <> $2 ORDER BY n.nspname`, r.Admin, l.schema)
		if err != nil {
			return err
		}
		schemas, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	return schemas, err
}
