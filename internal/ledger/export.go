package ledger

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Dump is all that a ledger has, but for tokens of states. It is for reading; pg_dump makes backups.
type Dump struct {
	Version  int64           `json:"version"`
	At       time.Time       `json:"at"`
	Planners []PlannerStatus `json:"planners"`
	Entries  []Listed        `json:"entries"`
	Lost     []LostBy        `json:"lost"`
	History  []Event         `json:"history"`
}

// LostBy is a lost entry of any planner.
type LostBy struct {
	Planner
	Entry
	To Planner   `json:"to"`
	At time.Time `json:"at"`
}

// Export reads everything, as it is at one moment.
func (l *Ledger) Export(ctx context.Context) (Dump, error) {
	d := Dump{Version: Version()}
	err := l.reading(ctx, func(ctx context.Context, tx pgx.Tx) (err error) {
		if err := tx.QueryRow(ctx, `SELECT now()`).Scan(&d.At); err != nil {
			return err
		}
		if d.Planners, err = l.planners(ctx, tx); err != nil {
			return err
		}
		if d.Entries, err = l.entries(ctx, tx, Filter{}); err != nil {
			return err
		}
		if d.Lost, err = l.lost(ctx, tx); err != nil {
			return err
		}
		d.History, err = l.history(ctx, tx, Filter{}, 0)
		return err
	})
	return d, err
}

func (l *Ledger) lost(ctx context.Context, tx pgx.Tx) ([]LostBy, error) {
	rows, err := tx.Query(ctx, `
		SELECT `+entryColumns+`, p.owner, p.name, e.to_owner, e.to_planner, e.at
		FROM `+l.name("lost")+` e
		JOIN `+l.name("planner")+` p ON p.id = e.planner
		ORDER BY e.range, p.owner, p.name, e.kind, e.cluster, e.vrf, e.network`)
	if err != nil {
		return nil, err
	}
	var all []LostBy
	err = collected(&all,
		func(r *LostBy) *Entry { return &r.Entry },
		func(r *LostBy) []any { return []any{&r.Owner, &r.Name, &r.To.Owner, &r.To.Name, &r.At} })(rows)
	return all, err
}
