package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// intruder is a client that checks nothing, logged in as the owner of the tables. rows are those that the database accepted.
type intruder struct {
	t        testing.TB
	conn     *pgx.Conn
	draw     *rand.Rand
	planners map[ledger.Planner]int
	rows     []row
	next     int64
	accepted map[string]int // how often the database accepted each kind of statement
	refused  map[string]int
}

func pick[T any](draw *rand.Rand, from ...T) T { return from[draw.IntN(len(from))] }

// anyRow draws a row of a small universe, in which ranges meet often.
func (in *intruder) anyRow() row {
	d := in.draw
	in.next++
	r := row{
		id:      in.next,
		planner: ledger.Planner{Owner: pick(d, "shop", "bank"), Name: pick(d, "k8s", "blocks/vpcs")},
		kind:    pick(d, "block", "block", "block", "pod", "pod", "service", "kept", "kept", "released", "existing", "reserved"),
		cluster: pick(d, "a", "a", "b"),
		vrf:     pick(d, "", "", "", "blue"),
		network: pick(d, "one", "two"),
		class:   pick(d, ledger.Unique, ledger.Unique, ledger.Unique, ledger.Network, ledger.Shared),
		state:   pick(d, ledger.Hold, ledger.Claim, ledger.Claim),
	}
	if r.class != ledger.Network && d.IntN(2) == 0 || d.IntN(20) == 0 {
		r.network = ""
	}
	bits := pick(d, 0, 1, 2, 3, 4, 5, 6)
	host := d.IntN(64) >> (6 - bits) << (6 - bits)
	if d.IntN(30) == 0 {
		host |= 1 // perhaps a bit of a host
	}
	switch d.IntN(20) {
	case 0:
		r.text = fmt.Sprintf("::ffff:10.0.0.%d/%d", host, 122+bits)
	case 1:
		r.text = pick(d, "::/0", "::ffff:0.0.0.0/95", "::fffe:0:0/96", "0.0.0.0/0")
	case 2, 3, 4, 5, 6:
		r.text = fmt.Sprintf("fd00::%x/%d", host, 122+bits)
	default:
		r.text = fmt.Sprintf("10.0.0.%d/%d", host, 26+bits)
	}
	r.opens = (r.kind == "block" || r.kind == "kept") && r.class != ledger.Shared && d.IntN(8) > 0 || d.IntN(12) == 0
	if r.gives() || d.IntN(20) == 0 {
		r.delegate = pick(d, "", "", "shop", "bank")
	}
	return r
}

// parent is the innermost row that a row may be inside of.
func (in *intruder) parent(r row) (row, bool) {
	var best row
	found := false
	for _, o := range in.rows {
		if together(o, r) && mayContain(o, r) && (!found || mayContain(best, o) || best.cidr().Bits() < o.cidr().Bits()) {
			best, found = o, true
		}
	}
	return best, found
}

// rank is that of a row in the ledger.
func (in *intruder) rank(r row) int {
	if r.gives() && (r.delegate != "" || r.delegation != 0) {
		return 4
	}
	return r.rank()
}

// delegation is the innermost block of rank 4 around a row that must name one.
func (in *intruder) delegation(r row) *row {
	var best *row
	for _, o := range in.rows {
		if (r.gives() || r.heeds()) && in.rank(o) == 4 && covers(o, r) && (best == nil || covers(*best, o)) {
			best = &o
		}
	}
	return best
}

// unsettled says whether something would have to say first that it is inside of a block, or whether a block around it does not say that
// it is inside of a delegated one.
func (in *intruder) unsettled(r row) bool {
	r.delegation = 0
	if in.delegation(r) != nil {
		r.delegation = 1
	}
	return slices.ContainsFunc(in.rows, func(o row) bool {
		return in.rank(r) == 4 && (o.gives() || o.heeds()) && covers(r, o) ||
			o.gives() && in.rank(o) < 4 && covers(o, r) && in.delegation(o) != nil
	})
}

// exec runs a statement, and says whether the database accepted it.
func (in *intruder) exec(what, sql string, arguments ...any) bool {
	ctx := context.Background()
	if _, err := in.conn.Exec(ctx, "SAVEPOINT s"); err != nil {
		in.t.Fatal(err)
	}
	_, err := in.conn.Exec(ctx, sql, arguments...)
	if err == nil {
		in.accepted[what]++
		if _, err := in.conn.Exec(ctx, "RELEASE s"); err != nil {
			in.t.Fatal(err)
		}
		return true
	}
	var refused *pgconn.PgError
	if !errors.As(err, &refused) || refused.Code[:2] != "23" && refused.Code != "22P02" {
		in.t.Fatalf("%s: %v", sql, err)
	}
	in.refused[what+" by "+refused.ConstraintName]++
	if _, err := in.conn.Exec(ctx, "ROLLBACK TO s"); err != nil {
		in.t.Fatal(err)
	}
	return false
}

// insert writes a row with a parent and a delegated block around it, or with none (nil), perhaps with lies about them.
func (in *intruder) insert(what string, r row, parent, delegation *row, lies map[string]any) bool {
	columns := map[string]any{
		"id": r.id, "planner": in.planners[r.planner], "owner": r.planner.Owner, "planner_name": r.planner.Name, "kind": r.kind,
		"cluster": r.cluster, "range": r.text, "vrf": r.vrf, "network": r.network, "class": string(r.class), "delegate": r.delegate,
		"state": string(r.state), "opens": r.opens, "domain": in.domainOf(r),
	}
	if r.state == ledger.Hold {
		columns["expires"] = "2030-01-01"
	}
	if parent != nil {
		columns["parent"], columns["parent_planner"] = parent.id, in.planners[parent.planner]
		columns["parent_range"], columns["parent_rank"] = parent.text, in.rank(*parent)
		columns["parent_admits"] = admits(*parent)
	}
	if delegation != nil {
		columns["delegation"], columns["delegation_planner"] = delegation.id, in.planners[delegation.planner]
		columns["delegation_range"], columns["delegation_rank"] = delegation.text, in.rank(*delegation)
		columns["delegation_admits"], columns["delegation_domain"] = admits(*delegation), in.domainOf(*delegation)
	}
	for column, lie := range lies {
		columns[column] = lie
	}
	names, places, values := "", "", []any{}
	for _, column := range sortedKeys(columns) {
		values = append(values, fmt.Sprint(columns[column]))
		names += "," + column
		places += fmt.Sprintf(",$%d::text::%s", len(values), types[column])
	}
	return in.exec(what, "INSERT INTO entry ("+names[1:]+") VALUES ("+places[1:]+")", values...)
}

// types are the types of columns that are not text.
var types = map[string]string{
	"id": "bigint", "planner": "integer", "owner": "text", "planner_name": "text", "kind": "text", "cluster": "text", "range": "cidr",
	"vrf": "text", "network": "text", "class": "text", "delegate": "text", "state": "text", "opens": "boolean", "domain": "integer",
	"expires": "timestamptz", "parent": "bigint", "parent_planner": "integer", "parent_range": "cidr", "parent_rank": "smallint",
	"parent_admits": "text[]", "delegation": "bigint", "delegation_domain": "integer", "delegation_planner": "integer",
	"delegation_range": "cidr", "delegation_rank": "smallint", "delegation_admits": "text[]",
}

// admits is what the ledger computes for a row.
func admits(r row) string {
	switch {
	case r.kind == "kept":
		return fmt.Sprintf(`{%q,%q,%q}`, r.planner.Owner, r.planner.Name, r.cluster)
	case r.kind == "block" && r.delegate != "":
		return fmt.Sprintf(`{%q}`, r.delegate)
	}
	return "{}"
}

func sortedKeys(m map[string]any) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func (in *intruder) domainOf(r row) int {
	if r.class == ledger.Network {
		return in.domain(r.vrf, r.class, r.network)
	}
	return in.domain(r.vrf, r.class, "")
}

func (in *intruder) domain(vrf string, class ledger.Class, network string) int {
	var id int
	err := in.conn.QueryRow(context.Background(), `SELECT id FROM domain WHERE vrf = $1 AND class = $2 AND network = $3`,
		vrf, string(class), network).Scan(&id)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) { // no domain is that of a network without a name
		in.t.Fatal(err)
	}
	return id
}

// inside draws a range inside of another one.
func inside(draw *rand.Rand, outer netip.Prefix) string {
	a := outer.Addr().AsSlice()
	bits := outer.Bits() + draw.IntN(min(3, outer.Addr().BitLen()-outer.Bits()+1))
	a[len(a)-1] |= byte(draw.IntN(256)) & byte(1<<min(8, outer.Addr().BitLen()-outer.Bits())-1)
	addr, _ := netip.AddrFromSlice(a) // of the length of an address
	return netip.PrefixFrom(addr, bits).Masked().String()
}
