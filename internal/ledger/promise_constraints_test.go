package ledger_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// step tries one statement, and compares the answer with what the rules say.
func (in *intruder) step() {
	r := in.anyRow()
	switch d := in.draw.IntN(10); {
	case d < 5:
		in.honest(r)
	case d < 8 && len(in.rows) > 0:
		in.lie(r)
	case len(in.rows) > 0:
		in.change(r)
	}
	if a, b, found := unlawful(in.rows); found {
		in.t.Fatalf("the database accepted two rows that exclude each other:\n%+v\n%+v", a, b)
	}
	if bad := slices.IndexFunc(in.rows, row.malformed); bad >= 0 {
		in.t.Fatalf("the database accepted %+v", in.rows[bad])
	}
}

// honest inserts a row with its true parent. What the rules permit gets in, if nothing is there that it should be around.
func (in *intruder) honest(r row) {
	if in.draw.IntN(4) == 0 {
		r = in.intoDelegated(r)
	}
	parent, inside := in.parent(r)
	var host *row
	if inside {
		host = &parent
	}
	after := append(slices.Clone(in.rows), r)
	_, _, bad := unlawful(after)
	around := slices.ContainsFunc(in.rows, func(o row) bool { return together(o, r) && r.opens && mayContain(r, o) })
	twice := slices.ContainsFunc(in.rows, r.sameEntry)
	delegation := in.delegation(r)
	around = around || in.unsettled(r) || crowded(after)
	ok := in.insert("insert", r, host, delegation, nil)
	if ok && delegation != nil {
		r.delegation = delegation.id
		in.accepted["insert of class "+string(r.class)+" in a delegated block"]++
		after[len(after)-1] = r
	}
	switch refused := r.malformed() || bad || twice; {
	case ok && refused:
		in.t.Fatalf("the database accepted %+v (malformed: %t, overlap: %t, twice: %t)", r, r.malformed(), bad, twice)
	case !ok && !refused && !around:
		in.t.Fatalf("the database refused %+v inside %+v (%t) and %+v", r, parent, inside, delegation)
	case ok:
		in.rows = after
	}
}

// sameEntry says whether two rows are one entry of a planner.
func (r row) sameEntry(o row) bool {
	return o.planner == r.planner && o.cidr() == r.cidr() && o.kind == r.kind && o.cluster == r.cluster && o.vrf == r.vrf &&
		o.network == r.network
}

// lie inserts a row with any row as its parent, and with lies about it. Whatever gets in must obey the rules.
func (in *intruder) lie(r row) {
	parent := in.rows[in.draw.IntN(len(in.rows))]
	if in.draw.IntN(3) > 0 { // where it would be most harmful
		r.vrf, r.class, r.network = parent.vrf, parent.class, parent.network
		r.text = inside(in.draw, parent.cidr())
	}
	var delegation *row
	if in.draw.IntN(2) > 0 {
		r = in.intoDelegated(r)
		delegation = in.delegation(r)
		if in.draw.IntN(2) > 0 {
			delegation = &in.rows[in.draw.IntN(len(in.rows))]
			for i := range in.rows { // perhaps one around that is not for an owner
				if o := &in.rows[i]; o.gives() && covers(*o, r) && in.draw.IntN(2) == 0 {
					delegation = o
				}
			}
		}
		if in.draw.IntN(3) == 0 { // with the truth about a wrong block
			r.vrf = pick(in.draw, r.vrf, r.vrf, "blue", "")
			in.lieOf(r, nil, delegation, nil)
			return
		}
	}
	lies := map[string]any{}
	for column, lie := range map[string]any{
		"delegation": r.id, "delegation_domain": in.domain("blue", ledger.Unique, ""), "delegation_planner": in.planners[r.planner],
		"delegation_range": pick(in.draw, "0.0.0.0/0", "::/0", r.text), "delegation_rank": pick(in.draw, 3, 4, 5),
		"delegation_admits": pick(in.draw, "{}", "{"+r.planner.Owner+"}"),
		"parent_range":      "0.0.0.0/0", "parent_rank": 4, "parent_admits": "{}", "parent_planner": in.planners[r.planner],
		"domain": in.domain(parent.vrf, ledger.Unique, ""), "parent": r.id, "owner": "bank",
	} {
		if in.draw.IntN(6) == 0 {
			lies[column] = lie
		}
	}
	if in.draw.IntN(6) == 0 {
		lies = map[string]any{"parent_range": r.text, "parent_rank": 4, "parent_admits": "{}"} // and no parent
		if in.insert("lie", r, nil, nil, lies) {
			in.rows = append(in.rows, r)
		}
		return
	}
	if host, inside := in.parent(r); r.heeds() && in.draw.IntN(4) > 0 {
		parent = host
		if !inside {
			in.lieOf(r, nil, delegation, lies)
			return
		}
	}
	in.lieOf(r, &parent, delegation, lies)
}

func (in *intruder) lieOf(r row, parent, delegation *row, lies map[string]any) {
	if !in.insert("lie", r, parent, delegation, lies) {
		return
	}
	if delegation != nil {
		r.delegation = delegation.id
	}
	if given, lied := lies["delegation"]; lied {
		r.delegation = given.(int64)
	}
	in.rows = append(in.rows, r)
}

// intoDelegated makes a row a block in a delegated one, or one that heeds delegations, in or around a delegated block.
func (in *intruder) intoDelegated(r row) row {
	for _, i := range in.draw.Perm(len(in.rows)) {
		b := in.rows[i]
		if in.rank(b) == 4 && in.draw.IntN(3) == 0 && b.cidr().Bits() < b.cidr().Addr().BitLen() {
			r.kind, r.class, r.opens, r.vrf, r.text = "block", ledger.Unique, true, b.vrf, inside(in.draw, b.cidr())
			return r
		}
		if in.rank(b) == 4 {
			r.kind, r.class, r.delegate, r.opens = "pod", pick(in.draw, ledger.Network, ledger.Shared), "", false
			r.vrf, r.network, r.text = b.vrf, pick(in.draw, "one", "two"), inside(in.draw, b.cidr())
			if in.draw.IntN(4) == 0 {
				r.text = netip.PrefixFrom(b.cidr().Addr(), max(0, b.cidr().Bits()-1)).Masked().String()
			}
			return r
		}
	}
	return r
}

// change updates a row without any care for those around and inside, or deletes it.
func (in *intruder) change(as row) {
	i := in.draw.IntN(len(in.rows))
	r := in.rows[i]
	column := pick(in.draw, "delete", "range", "kind", "delegate", "opens", "state", "cluster", "vrf", "parent")
	changed := r
	sql, value := "", ""
	switch column {
	case "delete":
		if in.exec("delete", "DELETE FROM entry WHERE id = $1::text::bigint", fmt.Sprint(r.id)) {
			in.rows = slices.Delete(slices.Clone(in.rows), i, i+1)
		}
		return
	case "range":
		changed.text, value = as.text, as.text
	case "kind":
		changed.kind, value = as.kind, as.kind
	case "delegate":
		changed.delegate, value = as.delegate, as.delegate
	case "opens":
		changed.opens, value = as.opens, fmt.Sprint(as.opens)
	case "state":
		changed.state, value = as.state, string(as.state)
		expires := "NULL"
		if as.state == ledger.Hold {
			expires = "now()"
		}
		sql = ", expires = " + expires
	case "cluster":
		changed.cluster, value = as.cluster, as.cluster
	case "vrf":
		changed.vrf, value = as.vrf, as.vrf
	case "parent": // out of the block, into nothing
		in.exec("orphan", `UPDATE entry SET parent = NULL, parent_range = NULL, parent_rank = NULL, parent_planner = NULL,
			parent_admits = NULL WHERE id = `+fmt.Sprint(r.id))
		return
	}
	if in.exec("update of "+column, "UPDATE entry SET "+column+" = $1::text::"+types[column]+sql+" WHERE id = "+fmt.Sprint(r.id), value) {
		in.rows = slices.Clone(in.rows)
		in.rows[i] = changed
	}
}

// TestConstraintsAloneKeepRangesApart lets a client without any care write as the owner of the tables.
func TestConstraintsAloneKeepRangesApart(t *testing.T) {
	d := ledgertest.New(t)
	conn := d.Connect(t)
	defer func() { _ = conn.Close(context.Background()) }() // the test is over
	ctx := context.Background()
	run := func(sql string) {
		t.Helper()
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	run(`INSERT INTO owner (name) VALUES ('shop'), ('bank')`)
	run(`INSERT INTO domain (vrf, class, network) SELECT v, c, n FROM unnest(ARRAY['', 'blue']) v,
		(VALUES ('unique', ''), ('shared', ''), ('network', 'one'), ('network', 'two')) k (c, n)`)
	planners := map[ledger.Planner]int{}
	for _, owner := range []string{"shop", "bank"} {
		for _, name := range []string{"k8s", "blocks/vpcs"} {
			var id int
			row := conn.QueryRow(ctx, `INSERT INTO planner (owner, name) VALUES ($1, $2) RETURNING id`, owner, name)
			if err := row.Scan(&id); err != nil {
				t.Fatal(err)
			}
			planners[ledger.Planner{Owner: owner, Name: name}] = id
		}
	}
	rounds := 120
	if testing.Short() {
		rounds = 60
	}
	accepted, refused := map[string]int{}, map[string]int{}
	from := seed(t)
	for round := 0; round < rounds || round < 10*rounds && len(missed(accepted, refused)) > 0; round++ { // some happen seldom
		in := &intruder{
			t: t, conn: conn, draw: rand.New(rand.NewPCG(from, uint64(round))), planners: planners, accepted: accepted, refused: refused,
		}
		run("BEGIN")
		run("SET CONSTRAINTS ALL IMMEDIATE")
		for range 60 {
			in.step()
		}
		run("ROLLBACK")
	}
	t.Logf("accepted: %v", accepted)
	t.Logf("refused: %v", refused)
	for _, what := range missed(accepted, refused) {
		t.Errorf("there was no %s: the test does not reach it", what)
	}
}

// missed is what clients did not try yet of what the constraints are for.
func missed(accepted, refused map[string]int) []string {
	var all []string
	for _, constraint := range []string{
		"entry_disjoint", "entry_claims_disjoint", "entry_parent", "entry_parent_whole", "entry_inside", "entry_admitted",
		"entry_not_mapped", "entry_opens", "entry_delegate", "entry_delegation", "entry_delegation_vrf", "entry_delegation_whole",
		"entry_delegation_inside", "entry_delegation_admitted", "entry_delegation_disjoint",
	} {
		if refused["insert by "+constraint]+refused["lie by "+constraint]+refused["orphan by "+constraint] == 0 {
			all = append(all, "refusal by "+constraint)
		}
	}
	for _, class := range []ledger.Class{ledger.Unique, ledger.Network, ledger.Shared} {
		if what := "insert of class " + string(class) + " in a delegated block"; accepted[what] == 0 {
			all = append(all, what)
		}
	}
	return all
}

// A client cannot say that an entry is in a delegated block that is none: it would be beside those that are.
func TestOnlyADelegatedBlockBinds(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, vpcs, block("open", "10.0.0.0/16", ""))
	web := pod("web", "10.0.0.0/20")
	web.Class, web.Network = ledger.Network, "hub"
	apply(t, d.Ledger, bank, web)
	conn := d.Connect(t)
	defer func() { _ = conn.Close(context.Background()) }() // the test is over
	_, err := conn.Exec(t.Context(), `
		UPDATE entry e SET delegation = b.id, delegation_domain = b.domain, delegation_planner = b.planner, delegation_range = b.range,
			delegation_rank = b.rank, delegation_admits = b.admits
		FROM entry b WHERE b.cluster = 'open' AND e.cluster = 'web'`)
	if !isCode(err, "23514") {
		t.Errorf("error = %v, want that of a constraint", err)
	}
}
