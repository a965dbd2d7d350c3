package ledger

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Applied is what a state gets.
type Applied struct {
	Planner
	// Before is the serial that the plan has seen in the ledger, Serial the one to write.
	Before, Serial int64
	// Token is that of the state; it is never "".
	Token   string
	Entries []Entry
}

// Apply makes the claims of a planner exactly the given entries. It may be repeated: if the ledger has them under this serial and token,
// nothing is written.
func (l *Ledger) Apply(ctx context.Context, a Applied) error {
	entries, err := encoded(a.Entries)
	if err != nil {
		return err
	}
	return l.call(ctx, a.Planner, "apply", `($1::text, $2::text, $3::bigint, $4::bigint, $5::text, $6::jsonb)`,
		a.Owner, a.Name, a.Before, a.Serial, a.Token, entries)
}

// Release makes the claims of a planner holds, which others may take after a time of grace. It may be repeated.
func (l *Ledger) Release(ctx context.Context, who Planner, token string, grace time.Duration) error {
	return l.call(ctx, who, "release", `($1::text, $2::text, $3::text, $4::text::interval)`,
		who.Owner, who.Name, token, milliseconds(grace))
}

// ReleaseByAdmin is Release for an administrator, who knows that no state has these claims. Holds that would expire later than grace
// expire then. The owner of the schema may call it.
func (l *Ledger) ReleaseByAdmin(ctx context.Context, who Planner, grace time.Duration) error {
	return l.call(ctx, who, "release_by_admin", `($1::text, $2::text, $3::text::interval)`, who.Owner, who.Name, milliseconds(grace))
}

// call calls a function of the ledger in a transaction of its own.
func (l *Ledger) call(ctx context.Context, who Planner, function, parameters string, arguments ...any) error {
	return l.transaction(ctx, who, func(ctx context.Context, tx pgx.Tx) error {
		if err := l.checkLedger(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `SELECT `+l.name(function)+parameters, arguments...)
		return err
	})
}
