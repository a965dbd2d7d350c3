package ledger

import (
	"context"
	"net/netip"
	"time"

	"github.com/jackc/pgx/v5"
)

// Event is a line of the history: one call that changed entries.
type Event struct {
	ID int64     `json:"id"`
	At time.Time `json:"at"`
	// Role is the database role that called.
	Role string `json:"role"`
	Planner
	// Action is hold, apply, release, release by an administrator, or rename.
	Action string `json:"action"`
	// Serial is that of the planner after the call.
	Serial  int64    `json:"serial"`
	Changes []Change `json:"changes"`
}

// Change is what happened to one entry.
type Change struct {
	// Change is held, claimed, freed (a claim that went), dropped (a hold that went, since a later plan or an apply of its planner does not
	// need it), released (a claim that became a hold), delegated (a claim that is for another owner now), lost (an expired hold of the
	// planner below, which was taken), or renamed (the planner itself, from the one below).
	Change  string       `json:"change"`
	Kind    string       `json:"kind"`
	Cluster string       `json:"cluster"`
	Range   netip.Prefix `json:"range"`
	VRF     string       `json:"vrf"`
	Network string       `json:"network,omitempty"`
	// Delegate is the owner that a block is for; "" is everyone.
	Delegate string `json:"delegate,omitempty"`
	// Planner is that of a lost entry, or the one before a rename.
	Planner
}

// History lists the newest events first, at most limit; 0 is all. Of the filter, State has no meaning.
func (l *Ledger) History(ctx context.Context, f Filter, limit int) ([]Event, error) {
	var all []Event
	err := l.reading(ctx, func(ctx context.Context, tx pgx.Tx) (err error) {
		all, err = l.history(ctx, tx, f, limit)
		return err
	})
	return all, err
}

func (l *Ledger) history(ctx context.Context, tx pgx.Tx, f Filter, limit int) ([]Event, error) {
	within := ""
	if f.Range.IsValid() {
		within = f.Range.Masked().String()
	}
	rows, err := tx.Query(ctx, `
		SELECT h.id, h.at, h.role::text, h.owner, h.planner, h.action, h.serial, h.changes
		FROM `+l.name("history")+` h
		WHERE $1 IN ('', h.owner) AND $2 IN ('', h.planner) AND ($3 = '' OR EXISTS (
			SELECT FROM jsonb_array_elements(h.changes) c WHERE (c->>'range')::cidr && nullif($3, '')::cidr
		))
		ORDER BY h.id DESC
		LIMIT nullif($4::integer, 0)`,
		f.Owner, f.Name, within, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Event, error) {
		var e Event
		err := row.Scan(&e.ID, &e.At, &e.Role, &e.Owner, &e.Name, &e.Action, &e.Serial, &e.Changes)
		return e, err
	})
}
