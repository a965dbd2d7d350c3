package ledger

import (
	"cmp"
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Settings are what an administrator chooses for all owners.
type Settings struct {
	// HoldLifetime is how long others may not take a hold.
	HoldLifetime time.Duration `json:"hold_lifetime"`
	// HoldQuota is how many holds an owner may have, in all its planners.
	HoldQuota int `json:"hold_quota"`
}

// Settings reads the settings.
func (l *Ledger) Settings(ctx context.Context) (Settings, error) {
	var s Settings
	err := l.reading(ctx, func(ctx context.Context, tx pgx.Tx) error {
		var seconds int64
		err := tx.QueryRow(ctx, `SELECT extract(epoch FROM hold_lifetime)::bigint, hold_quota FROM `+l.name("setting")).
			Scan(&seconds, &s.HoldQuota)
		s.HoldLifetime = time.Duration(seconds) * time.Second
		return err
	})
	return s, err
}

// Set writes the settings. Only the owner of the schema may.
func (l *Ledger) Set(ctx context.Context, s Settings) error {
	_, err := l.change(ctx, `UPDATE `+l.name("setting")+` SET hold_lifetime = $1::text::interval, hold_quota = $2`,
		milliseconds(s.HoldLifetime), s.HoldQuota)
	return err
}

// SetQuota gives an owner a quota of holds of its own; nil takes it away. Only the owner of the schema may. The error of an owner that
// the ledger does not have is UnknownOwner.
func (l *Ledger) SetQuota(ctx context.Context, owner string, quota *int) error {
	changed, err := l.change(ctx, `UPDATE `+l.name("owner")+` SET hold_quota = $2 WHERE name = $1`, owner, quota)
	if err != nil || changed > 0 {
		return err
	}
	planners, err := l.Planners(ctx)
	return cmp.Or(err, CheckKnown(planners, Planner{Owner: owner}))
}

// change runs one statement in a transaction of its own, and returns how many rows it changed.
func (l *Ledger) change(ctx context.Context, sql string, arguments ...any) (changed int64, err error) {
	err = l.transaction(ctx, Planner{}, func(ctx context.Context, tx pgx.Tx) error {
		if err := l.checkLedger(ctx, tx); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, sql, arguments...)
		changed = tag.RowsAffected()
		return err
	})
	return changed, err
}
