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

// RolesScript is SQL that makes the roles of the ledger and grants what each needs. It may be run again.
func (l *Ledger) RolesScript(r Roles) string {
	var pairs []string
	for key, name := range map[string]string{
		"schema": l.schema, "reader": r.Reader, "planner": r.Planner, "allocator": r.Allocator, "admin": r.Admin,
	} {
		pairs = append(pairs, "{"+key+"}", pgx.Identifier{name}.Sanitize(), "{"+key+"_text}", "'"+strings.ReplaceAll(name, "'", "''")+"'")
	}
	return strings.NewReplacer(pairs...).Replace(rolesScript)
}

// MakeRoles runs RolesScript.
func (l *Ledger) MakeRoles(ctx context.Context, r Roles) error {
	return l.transaction(ctx, Planner{}, func(ctx context.Context, tx pgx.Tx) error {
		if err := onlyOne(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, l.RolesScript(r), pgx.QueryExecModeSimpleProtocol)
		return err
	})
}
