package ledger_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// universe is a few workspaces on one ledger, and what the ledger must have.
type universe struct {
	tb         testing.TB
	d          *ledgertest.Database
	conn       *pgx.Conn
	workspaces []*workspace
	claims     map[ledger.Planner]ranges
	// holds are those that plans wrote and that no apply of their planner has ended.
	holds   map[ledger.Planner]ranges
	serials map[ledger.Planner]int64
	// releases is how often the claims of a planner were released, withdrawn how often by an administrator. restores is how often the
	// ledger was restored.
	releases, withdrawn map[ledger.Planner]int
	restores            int
	// quotas are those of owners, limited the owners that had one at some time. tokens are the planners of the tokens that the ledger has.
	quotas   map[string]int
	limited  map[string]bool
	tokens   map[string]ledger.Planner
	snapshot struct {
		taken   bool
		claims  map[ledger.Planner]ranges
		serials map[ledger.Planner]int64
		quotas  map[string]int
		tokens  map[string]ledger.Planner
	}
	done map[string]int
}

// newUniverse is an empty ledger. The two workspaces of one planner are two states with one owner.
func newUniverse(tb testing.TB, d *ledgertest.Database, conn *pgx.Conn, done map[string]int) *universe {
	u := &universe{
		tb: tb, d: d, conn: conn, done: done,
		claims: map[ledger.Planner]ranges{}, holds: map[ledger.Planner]ranges{}, serials: map[ledger.Planner]int64{},
		releases: map[ledger.Planner]int{}, withdrawn: map[ledger.Planner]int{},
		quotas: map[string]int{}, limited: map[string]bool{}, tokens: map[string]ledger.Planner{},
	}
	for _, who := range []ledger.Planner{shop, bank, {Owner: bank.Owner, Name: "second"}, shop} {
		u.workspaces = append(u.workspaces, &workspace{who: who, first: who.Owner, l: d.Ledger, tokens: 100 * len(u.workspaces)})
	}
	return u
}

// actions are what may happen next. What is there twice happens more often.
func (u *universe) actions() map[string]func(*rapid.T) {
	all := map[string]func(*rapid.T){
		"": u.check, "limit an owner": u.limit, "limit another owner": u.limit, "expire": u.expire,
		"back up the ledger": u.backUp, "restore the ledger": u.restoreLedger,
	}
	for name, action := range map[string]func(*rapid.T, *workspace){
		"edit": u.edit, "edit again": u.edit, "save a plan": u.save, "save another plan": u.save,
		"apply": u.apply, "apply again": u.apply, "freeze an apply": u.freeze,
		"apply a saved plan": u.applySaved, "apply late": u.applyLate, "want everything": u.wantEverything,
		"destroy": u.destroy, "replace": u.replace, "replace again": u.replace, "restore a state": u.restoreState,
		"lose the state": u.loseState, "release by an administrator": u.releaseByAdmin,
		"rename the owner": u.renameOwner, "rename the owner again": u.renameOwner,
	} {
		all[name] = func(rt *rapid.T) {
			action(rt, u.workspaces[rapid.SampledFrom([]int{0, 0, 0, 1, 1, 1, 2, 2, 3}).Draw(rt, "workspace")])
		}
	}
	return all
}

// check holds the ledger against what must be in it.
func (u *universe) check(rt *rapid.T) {
	rows := rowsOf(u.tb, u.conn)
	claims, entries := map[ledger.Planner]ranges{}, map[ledger.Planner][]row{}
	for i, r := range rows {
		for _, o := range rows[i+1:] {
			if r.cidr().Overlaps(o.cidr()) && (r.planner != o.planner || r.state == ledger.Claim && o.state == ledger.Claim) {
				rt.Fatalf("%+v overlaps %+v", r, o)
			}
		}
		if r.state == ledger.Claim {
			if claims[r.planner] == nil {
				claims[r.planner] = ranges{}
			}
			claims[r.planner][r.cluster] = r.cidr()
		}
		entries[r.planner] = append(entries[r.planner], r)
	}
	u.checkHistory(rt, rows)
	serials, lost := planned(u.tb, u.conn)
	for who := range serials {
		if !maps.Equal(claims[who], u.claims[who]) {
			rt.Fatalf("%s/%s has claims %v, want %v", who.Owner, who.Name, claims[who], u.claims[who])
		}
		if serials[who] < u.serials[who] {
			rt.Fatalf("serial %d of %v, was %d", serials[who], who, u.serials[who])
		}
		u.checkHolds(rt, who, entries[who], lost[who])
	}
	u.serials = serials
}

// checkHolds holds what plans hold against the entries of their planner, and against what it lost.
func (u *universe) checkHolds(rt *rapid.T, who ledger.Planner, entries []row, lost []ledger.Lost) {
	for cluster, r := range u.holds[who] {
		held := slices.ContainsFunc(entries, func(e row) bool { return e.cluster == cluster && e.cidr() == r })
		took := slices.IndexFunc(lost, func(l ledger.Lost) bool { return l.Cluster == cluster && l.Range == r })
		switch {
		case !held && took < 0:
			rt.Fatalf("the hold %s for %q of %v is gone, and nothing says who took it", r, cluster, who)
		case !held && lost[took].To == who:
			rt.Fatalf("%v took its own hold %s", who, r)
		case !held && lost[took].To.Name == "" && !u.limited[who.Owner]:
			rt.Fatalf("the hold %s of %v ended by a quota, and the owner has none", r, who)
		}
	}
}

// planned reads the serials of planners, and what they lost.
func planned(t testing.TB, conn *pgx.Conn) (serials map[ledger.Planner]int64, lost map[ledger.Planner][]ledger.Lost) {
	t.Helper()
	serials, lost = map[ledger.Planner]int64{}, map[ledger.Planner][]ledger.Lost{}
	rows, err := conn.Query(context.Background(), `
		SELECT p.owner, p.name, p.serial, coalesce(l.cluster, ''), coalesce(l.range, '::/0'), coalesce(l.to_owner, ''),
			coalesce(l.to_planner, '')
		FROM planner p LEFT JOIN lost l ON l.planner = p.id`)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var who ledger.Planner
		var serial int64
		var l ledger.Lost
		if err := rows.Scan(&who.Owner, &who.Name, &serial, &l.Cluster, &l.Range, &l.To.Owner, &l.To.Name); err != nil {
			t.Fatal(err)
		}
		serials[who], lost[who] = serial, append(lost[who], l)
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return serials, lost
}
