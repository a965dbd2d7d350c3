package ledger

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// constraints are those that keep the ranges of a ledger apart. Without the extension btree_gist, a restore leaves out those that exclude.
var constraints = []string{
	"entry_disjoint", "entry_claims_disjoint", "entry_delegation_disjoint", "entry_parent", "entry_parent_whole", "entry_inside",
	"entry_admitted", "entry_not_mapped", "entry_opens", "entry_delegate", "entry_expires", "entry_delegation", "entry_delegation_vrf",
	"entry_delegation_whole", "entry_delegation_inside", "entry_delegation_admitted",
}

// Incomplete is a ledger that lacks constraints: the database would accept ranges that overlap.
type Incomplete struct {
	Schema string
	// Missing are the names of the constraints, in alphabetical order.
	Missing []string
}

func (e Incomplete) Error() string {
	return fmt.Sprintf("the ledger in schema %q lacks %s", e.Schema, strings.Join(e.Missing, ", "))
}

// checkLedger refuses a database without a ledger, a ledger of another version, and one that lacks constraints.
func (l *Ledger) checkLedger(ctx context.Context, tx pgx.Tx) error {
	var have int64
	var missing []string
	err := tx.QueryRow(ctx, `
		SELECT coalesce(max(version_id), 0), ARRAY(
			SELECT unnest($1::text[]) EXCEPT SELECT conname FROM pg_constraint WHERE conrelid = to_regclass($2::text) AND convalidated
			ORDER BY 1
		)
		FROM `+l.name(versionTable)+` WHERE is_applied`, constraints, l.name("entry")).Scan(&have, &missing)
	switch {
	case err != nil:
		return err
	case have != Version():
		return OtherVersion{Have: have, Want: Version()}
	case len(missing) > 0:
		return Incomplete{l.schema, missing}
	}
	return nil
}
