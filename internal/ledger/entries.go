package ledger

import (
	"context"
	"net/netip"
	"time"

	"github.com/jackc/pgx/v5"
)

// Filter chooses entries, or lines of the history. What is empty chooses all.
type Filter struct {
	Owner, Name string
	// Range chooses entries that overlap it.
	Range netip.Prefix
	State State
}

// Listed is an entry of any planner.
type Listed struct {
	Planner
	Entry
	State State `json:"state"`
	// Since is when it got into that state. Expires is when others may take a hold, nil for a claim.
	Since   time.Time  `json:"since"`
	Expires *time.Time `json:"expires,omitempty"`
}

// Entries lists entries, by range.
func (l *Ledger) Entries(ctx context.Context, f Filter) ([]Listed, error) {
	var all []Listed
	err := l.reading(ctx, func(ctx context.Context, tx pgx.Tx) (err error) {
		all, err = l.entries(ctx, tx, f)
		return err
	})
	return all, err
}

// Inside lists what other owners have inside the blocks of a planner, at most ten entries: without it, the planner can be released.
func (l *Ledger) Inside(ctx context.Context, who Planner) ([]Child, error) {
	var all []Child
	err := l.reading(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT c.owner, c.planner_name, c.kind, c.cluster, c.range, c.state, c.expires, c.delegate, c.vrf
			FROM `+l.name("entry")+` e CROSS JOIN LATERAL (
				SELECT * FROM `+l.name("entry")+` WHERE parent = e.id UNION SELECT * FROM `+l.name("entry")+` WHERE delegation = e.id
			) c
			WHERE e.owner = $1 AND e.planner_name = $2 AND e.opens AND c.owner <> e.owner AND (c.state = 'claim' OR c.expires >= now())
			ORDER BY c.range, c.owner, c.planner_name, c.kind, c.cluster, c.vrf LIMIT 10`, who.Owner, who.Name)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Child])
		return err
	})
	return all, err
}

func (l *Ledger) entries(ctx context.Context, tx pgx.Tx, f Filter) ([]Listed, error) {
	within := ""
	if f.Range.IsValid() {
		within = f.Range.Masked().String()
	}
	rows, err := tx.Query(ctx, `
		SELECT `+entryColumns+`, e.owner, e.planner_name, e.state, e.since, e.expires
		FROM `+l.name("entry")+` e
		WHERE $1 IN ('', e.owner) AND $2 IN ('', e.planner_name) AND $3 IN ('', e.state)
			AND ($4 = '' OR e.range && nullif($4, '')::cidr)
		ORDER BY e.range, e.owner, e.planner_name, e.kind, e.cluster, e.vrf, e.network`,
		f.Owner, f.Name, string(f.State), within)
	if err != nil {
		return nil, err
	}
	var all []Listed
	err = collected(&all,
		func(r *Listed) *Entry { return &r.Entry },
		func(r *Listed) []any { return []any{&r.Owner, &r.Name, &r.State, &r.Since, &r.Expires} })(rows)
	return all, err
}
