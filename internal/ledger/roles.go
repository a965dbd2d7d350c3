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
