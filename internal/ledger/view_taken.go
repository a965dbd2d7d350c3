package ledger

import (
	"context"
	"net/netip"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// blocksAround are two tables. around has the blocks that contain a whole supernet, and says whether each admits the owner $1. open has
// the blocks that admit it, and all blocks around these: a block that admits nobody else does not exclude what is inside an inner block.
func (l *Ledger) blocksAround() string {
	return `around AS (
			SELECT b.id, b.range, b.domain, b.admits IN ('{}', ARRAY[$1::text]) AS admits, s.q FROM supernet s
			CROSS JOIN LATERAL (SELECT * FROM ` + l.name("entry") + ` i WHERE i.opens AND i.range >>= s.q OFFSET 0) b
			WHERE b.kind = 'block'
		),
		open AS (
			SELECT DISTINCT b.id FROM around b JOIN around o ON o.q = b.q AND o.domain = b.domain AND o.range <<= b.range WHERE o.admits
		)`
}

// readTaken reads what others use in the supernets. What is inside of another entry adds nothing, unless that is a block to allocate from.
// Each VRF is aggregated by itself: to group the rows, PostgreSQL would sort them on disk. It chooses whether to read the whole table,
// which is faster where the supernets have most of it.
func (l *Ledger) readTaken(ctx context.Context, tx pgx.Tx, q Question, v *View) error {
	rows, err := tx.Query(ctx, `
		WITH me AS (SELECT id FROM `+l.name("planner")+` WHERE owner = $1 AND name = $2),
		supernet AS (SELECT DISTINCT q FROM unnest($4::text[]::cidr[]) q),
		`+l.blocksAround()+`
		SELECT v, coalesce(t.firm, ''), coalesce(t.expired, '') FROM unnest($3::text[]) v CROSS JOIN LATERAL (
			SELECT string_agg(cidr_send(e.range), '') FILTER (WHERE NOT `+l.expired()+`) AS firm,
				string_agg(cidr_send(e.range), '') FILTER (WHERE `+l.expired()+`) AS expired
			FROM `+l.name("entry")+` e
			WHERE e.range && ANY ($4::text[]::cidr[]) AND e.planner IS DISTINCT FROM (SELECT id FROM me) AND e.vrf = v
				AND (e.parent IS NULL OR e.parent IN (SELECT id FROM open))
				AND e.id NOT IN (SELECT id FROM open)
		) t`,
		q.Owner, q.Name, q.VRFs, texts(slices.Concat(q.Supernets, q.Elsewhere)),
	)
	if err != nil {
		return err
	}
	defer rows.Close()
	v.Taken, v.TakenByExpired = map[string][]netip.Prefix{}, map[string][]netip.Prefix{}
	for rows.Next() {
		var vrf string
		var firm, expired []byte
		if err := rows.Scan(&vrf, &firm, &expired); err != nil {
			return err
		}
		// Neighbouring ranges are not joined: for a hundred thousand ranges, that takes longer than planning with them.
		v.Taken[vrf] = cidr.Outermost(prefixesIn(firm))
		if len(expired) > 0 { // else a set of all that is taken would be made for nothing
			v.TakenByExpired[vrf] = cidr.NewSet(prefixesIn(expired)...).Minus(cidr.NewSet(v.Taken[vrf]...)).Prefixes()
		}
	}
	return rows.Err()
}

// readDelegated reads the blocks that keep this owner out of a whole supernet.
func (l *Ledger) readDelegated(batch *pgx.Batch, q Question, v *View) {
	batch.Queue(`
		WITH me AS (SELECT id FROM `+l.name("planner")+` WHERE owner = $1 AND name = $2),
		supernet AS (SELECT DISTINCT q FROM unnest($4::text[]::cidr[]) q),
		`+l.blocksAround()+`
		SELECT `+entryColumns+`, e.owner, e.planner_name, e.state, e.expires, `+l.expired()+`
		FROM `+l.name("entry")+` e
		WHERE e.id IN (SELECT id FROM around WHERE id NOT IN (SELECT id FROM open)) AND e.vrf = ANY ($3)
			AND e.planner IS DISTINCT FROM (SELECT id FROM me)
		ORDER BY e.range, e.owner, e.planner_name`,
		q.Owner, q.Name, q.VRFs, texts(q.Supernets),
	).Query(collected(&v.Delegated, func(r *Other) *Entry { return &r.Entry }, (*Other).further))
}

// readGuests reads one entry of each owner in each block of the planner: those that the block is the parent of, and of other classes those
// that overlap it and are in no smaller block.
func (l *Ledger) readGuests(batch *pgx.Batch, q Question, v *View) {
	batch.Queue(`
		SELECT DISTINCT ON (b.range, b.vrf, e.owner) `+entryColumns+`, e.owner, e.planner_name, e.state, e.expires, `+l.expired()+`,
			b.range
		FROM `+l.name("entry")+` b CROSS JOIN LATERAL (
			SELECT * FROM `+l.name("entry")+` WHERE parent = b.id
			UNION ALL SELECT o.* FROM (`+l.inRange("b.range")+`) o
			WHERE o.vrf = b.vrf AND `+l.name("heeds_delegation")+`(o.kind, o.class) AND NOT EXISTS (
				SELECT FROM `+l.name("entry")+` i
				WHERE i.opens AND i.range >>= o.range AND i.range << b.range AND i.domain = b.domain AND i.kind = 'block'
			)
		) e
		WHERE b.owner = $1 AND b.planner_name = $2 AND b.kind = 'block' AND e.planner <> b.planner
		ORDER BY b.range, b.vrf, e.owner, e.range, e.planner_name, e.kind, e.cluster`,
		q.Owner, q.Name,
	).Query(collected(&v.Guests,
		func(g *Guest) *Entry { return &g.Entry }, func(g *Guest) []any { return append(g.further(), &g.Block) }))
}

// readInside reads what keeps the planner's claims from ending.
func (l *Ledger) readInside(batch *pgx.Batch, q Question, v *View) {
	batch.Queue(`
		SELECT `+entryColumns+`, e.owner, e.planner_name, e.state, e.expires, false, b.range
		FROM `+l.name("entry")+` b JOIN `+l.name("entry")+` e ON e.parent = b.id
		WHERE b.owner = $1 AND b.planner_name = $2 AND b.state = 'claim' AND e.owner <> b.owner
			AND (e.state = 'claim' OR e.expires >= now())
		ORDER BY b.range, b.vrf, e.range, e.owner, e.planner_name, e.kind, e.cluster`,
		q.Owner, q.Name,
	).Query(collected(&v.Inside,
		func(g *Guest) *Entry { return &g.Entry }, func(g *Guest) []any { return append(g.further(), &g.Block) }))
}

// prefixesIn reads a sequence of ranges as cidr_send writes them: family, prefix length, a flag, the number of bytes of the address, and
// these bytes.
func prefixesIn(binary []byte) []netip.Prefix {
	var all []netip.Prefix
	for len(binary) > 0 {
		length, bytes := int(binary[1]), int(binary[3])
		address, _ := netip.AddrFromSlice(binary[4 : 4+bytes])
		all, binary = append(all, netip.PrefixFrom(address, length)), binary[4+bytes:]
	}
	return all
}
