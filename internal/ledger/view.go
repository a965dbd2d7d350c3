package ledger

import (
	"context"
	"errors"
	"net/netip"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// view reads what a planner asks for, under the lock if its role may hold. The question gets the name that the planner has in the ledger.
func (l *Ledger) view(ctx context.Context, tx pgx.Tx, q *Question) (View, error) {
	var v View
	if err := l.mayDo(ctx, tx, &v); err != nil {
		return v, err
	}
	lock := "lock_ledger_shared"
	if v.MayHold {
		lock = "lock_ledger"
	}
	if _, err := tx.Exec(ctx, `SELECT `+l.name(lock)+`()`); err != nil {
		return v, err
	}
	if err := l.readName(ctx, tx, q, &v); err != nil {
		return v, err
	}
	err := l.read(ctx, tx, *q, &v)
	return v, err
}

// readName asks for the planner with the token under the name that it has in the ledger, unless another state has claims of its new name,
// or another owner has the token.
func (l *Ledger) readName(ctx context.Context, tx pgx.Tx, q *Question, v *View) error {
	if q.Token == "" {
		return nil
	}
	var was Planner
	err := tx.QueryRow(ctx, `
		SELECT owner, name FROM `+l.name("planner")+` WHERE token = $1 AND (owner <> $2 OR name <> $3) AND NOT EXISTS (
			SELECT FROM `+l.name("entry")+` e WHERE e.owner = $2 AND e.planner_name = $3 AND e.state = 'claim'
		) LIMIT 1`, q.Token, q.Owner, q.Name,
	).Scan(&was.Owner, &was.Name)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err == nil {
		v.Was = &was
		if was.Owner == q.Owner {
			q.Name = was.Name
		}
	}
	return err
}

// read reads all but what the role may do, in one round trip, and in another one what others use in the supernets.
func (l *Ledger) read(ctx context.Context, tx pgx.Tx, q Question, v *View) error {
	v.Asked, v.Taken, v.TakenByExpired = q, nil, nil
	batch := &pgx.Batch{}
	l.readPlanner(batch, q, v)
	l.readOwn(batch, q, v)
	l.readLost(batch, q, v)
	l.readOthers(batch, q, v)
	if q.Demands {
		l.readDelegated(batch, q, v)
	}
	if q.Guests {
		l.readGuests(batch, q, v)
	}
	if q.Inside {
		l.readInside(batch, q, v)
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	if err := l.readBesideOwn(ctx, tx, q, v); err != nil {
		return err
	}
	if v.Unread = q.Demands && v.holdsFor(q.Undecided); v.Unread || !q.Demands {
		return nil
	}
	return l.readTaken(ctx, tx, q, v)
}

// holdsFor says whether the planner holds ranges that a plan chose for each of some clusters and blocks, of which there are some.
func (v *View) holdsFor(owners []string) bool {
	held := map[string]bool{}
	for _, o := range v.Own {
		held[o.Cluster] = held[o.Cluster] || o.State == Hold && o.Demand != ""
	}
	return len(owners) > 0 && !slices.ContainsFunc(owners, func(owner string) bool { return !held[owner] })
}

// mayDo reads the version of the ledger, and what the role may do in it. A database that is read only, such as a replica, permits nothing.
func (l *Ledger) mayDo(ctx context.Context, tx pgx.Tx, v *View) error {
	if err := l.checkLedger(ctx, tx); err != nil {
		return err
	}
	return tx.QueryRow(ctx, `
		SELECT may.hold AND may.write, may.apply AND may.write FROM (SELECT
			has_function_privilege($1::text, 'EXECUTE') AS hold,
			has_function_privilege($2::text, 'EXECUTE') AS apply,
			current_setting('transaction_read_only') = 'off' AS write
		) may`,
		l.name("hold")+"(text, text, boolean, jsonb)",
		l.name("apply")+"(text, text, bigint, bigint, text, jsonb)",
	).Scan(&v.MayHold, &v.MayApply)
}

func (l *Ledger) readPlanner(batch *pgx.Batch, q Question, v *View) {
	batch.Queue(`SELECT serial, token, confirmed FROM `+l.name("planner")+` WHERE owner = $1 AND name = $2`, q.Owner, q.Name).
		Query(func(rows pgx.Rows) error {
			_, err := pgx.ForEachRow(rows, []any{&v.Serial, &v.Token, &v.Confirmed}, func() error { return nil })
			return err
		})
}

// entryColumns are the columns of an Entry, of the table e.
const entryColumns = `e.kind, e.cluster, e.range, e.vrf, e.network, e.class, e.demand, e.delegate, e.attributes::text`

// scanned are the places that entryColumns are scanned into, then further ones.
func (e *Entry) scanned(attributes *string, further ...any) []any {
	return append([]any{&e.Kind, &e.Cluster, &e.Range, &e.VRF, &e.Network, &e.Class, &e.Demand, &e.Delegate, attributes}, further...)
}

// collected reads rows that begin with the columns of an entry into a list. further are the places of the other columns of a row.
func collected[T any](into *[]T, entry func(*T) *Entry, further func(*T) []any) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		*into = []T{} // an empty list in JSON
		for rows.Next() {
			var row T
			var attributes string
			e := entry(&row)
			if err := rows.Scan(e.scanned(&attributes, further(&row)...)...); err != nil {
				return err
			}
			e.Attributes = []byte(attributes)
			*into = append(*into, row)
		}
		return rows.Err()
	}
}

func (l *Ledger) readOwn(batch *pgx.Batch, q Question, v *View) {
	batch.Queue(`
		SELECT `+entryColumns+`, e.state, e.expires, coalesce(e.expires < now(), false) FROM `+l.name("entry")+` e
		WHERE e.owner = $1 AND e.planner_name = $2
		ORDER BY e.range, e.kind, e.cluster, e.vrf, e.network`,
		q.Owner, q.Name,
	).Query(collected(&v.Own,
		func(r *Own) *Entry { return &r.Entry },
		func(r *Own) []any { return []any{&r.State, &r.Expires, &r.Expired} }))
}

func (l *Ledger) readLost(batch *pgx.Batch, q Question, v *View) {
	batch.Queue(`
		SELECT `+entryColumns+`, e.to_owner, e.to_planner FROM `+l.name("lost")+` e
		JOIN `+l.name("planner")+` p ON p.id = e.planner
		WHERE p.owner = $1 AND p.name = $2
		ORDER BY e.range, e.kind, e.cluster, e.vrf, e.network`,
		q.Owner, q.Name,
	).Query(collected(&v.Lost,
		func(r *Lost) *Entry { return &r.Entry },
		func(r *Lost) []any { return []any{&r.To.Owner, &r.To.Name} }))
}

// readOthers leaves out what is inside an own block: everything of its domain there is inside of the block by the ledger's rules, and Pod
// ranges that may repeat do not use up the block.
func (l *Ledger) readOthers(batch *pgx.Batch, q Question, v *View) {
	ranges := q.Ranges
	if q.Full {
		ranges = slices.Concat(q.Ranges, q.Supernets, q.Elsewhere)
	}
	l.readOthersIn(batch, q, ranges, &v.Others)
}

// readBesideOwn adds to the others those that overlap ranges which the ledger has for the planner, and which the question does not name:
// the plan may use them.
func (l *Ledger) readBesideOwn(ctx context.Context, tx pgx.Tx, q Question, v *View) error {
	if !q.Demands || q.Full {
		return nil
	}
	asked := cidr.NewSet(q.Ranges...)
	var own []netip.Prefix
	for _, o := range v.Own {
		if o.Demand != "" && !asked.Contains(o.Range) {
			own = append(own, o.Range)
		}
	}
	if len(own) == 0 {
		return nil
	}
	var more []Other
	batch := &pgx.Batch{}
	l.readOthersIn(batch, q, own, &more)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	v.Others = append(v.Others, slices.DeleteFunc(more, func(o Other) bool { return asked.Overlaps(o.Range) })...)
	return nil
}

func (l *Ledger) readOthersIn(batch *pgx.Batch, q Question, ranges []netip.Prefix, others *[]Other) {
	if len(ranges) == 0 {
		return
	}
	batch.Queue(`
		WITH me AS (SELECT id FROM `+l.name("planner")+` WHERE owner = $1 AND name = $2)
		SELECT `+entryColumns+`, e.owner, e.planner_name, e.state, e.expires, `+l.expired()+`
		FROM (
			SELECT DISTINCT ON (i.id) i.* FROM unnest($4::text[]::cidr[]) q
			CROSS JOIN LATERAL (`+l.inRange("q")+`) i
			WHERE i.planner IS DISTINCT FROM (SELECT id FROM me) AND i.vrf = ANY ($3)
			ORDER BY i.id
		) e
		WHERE NOT EXISTS (
			SELECT FROM `+l.name("entry")+` o
			WHERE o.opens AND o.range >>= e.range AND o.planner + 0 = (SELECT id FROM me)
				AND (o.domain + 0 = e.domain OR o.kind = 'block' AND o.vrf = e.vrf AND (e.class = 'network' OR e.owner = $1))
				AND (o.range >> e.range OR o.rank > e.rank)
		)
		ORDER BY e.range, e.owner, e.planner_name, e.kind, e.cluster, e.vrf, e.network`,
		q.Owner, q.Name, q.VRFs, texts(cidr.NewSet(ranges...).Prefixes()),
	).Query(collected(others, func(r *Other) *Entry { return &r.Entry }, (*Other).further))
}

// expired is the condition that another planner may take an entry e. One with entries inside stays until these are gone.
func (l *Ledger) expired() string {
	return `(e.state = 'hold' AND e.expires < now()
		AND NOT EXISTS (SELECT FROM ` + l.name("entry") + ` c WHERE c.parent = e.id AND c.parent IS NOT NULL)
		AND NOT EXISTS (SELECT FROM ` + l.name("entry") + ` c WHERE c.delegation = e.id AND c.delegation IS NOT NULL))`
}

// inRange selects the entries that overlap a range. OFFSET 0 makes PostgreSQL search them by the index of entry_disjoint for each range.
// The condition is that of share_addresses, which only the functions of the schema find by its name.
func (l *Ledger) inRange(r string) string {
	addresses := l.name("addresses_of")
	return `SELECT * FROM ` + l.name("entry") + ` e
		WHERE ` + addresses + `(e.range) && ` + addresses + `(` + r + `) AND e.range && ` + r + ` OFFSET 0`
}

func texts(ranges []netip.Prefix) []string {
	var all []string
	for _, r := range ranges {
		all = append(all, r.Masked().String())
	}
	return all
}
