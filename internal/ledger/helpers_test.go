package ledger_test

import (
	"context"
	"errors"
	"flag"
	"net/netip"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestMain lowers the number of random lives, since each step asks a real server, unless flags say otherwise. With -short they are always
// the same, of which rapid draws a fifth.
func TestMain(m *testing.M) {
	flag.Parse()
	defaults := map[string]string{"rapid.checks": "25"}
	if testing.Short() {
		defaults = map[string]string{"rapid.checks": "40", "rapid.seed": "1"}
	}
	flag.Visit(func(f *flag.Flag) { delete(defaults, f.Name) })
	for name, value := range defaults {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	m.Run()
}

var (
	shop  = ledger.Planner{Owner: "shop/prod", Name: "k8s"}
	bank  = ledger.Planner{Owner: "bank/prod", Name: "k8s"}
	vpcs  = ledger.Planner{Owner: "network", Name: "blocks/vpcs"}
	ten   = netip.MustParsePrefix("10.0.0.0/8")
	grace = 72 * time.Hour
)

func prefix(s string) netip.Prefix { return netip.MustParsePrefix(s) }

// pod is a Pod range that was chosen for its cluster.
func pod(cluster, r string) ledger.Entry {
	return ledger.Entry{Kind: "pod", Cluster: cluster, Range: prefix(r), Class: ledger.Unique, Demand: "pod/" + cluster}
}

func block(name, r, delegate string) ledger.Entry {
	return ledger.Entry{Kind: "block", Cluster: name, Range: prefix(r), Class: ledger.Unique, Demand: "block/" + name, Delegate: delegate}
}

// kept is the growth reserve 10.0.0.0/16 of a cluster.
func kept(cluster string) ledger.Entry {
	return ledger.Entry{Kind: "kept", Cluster: cluster, Range: prefix("10.0.0.0/16"), Class: ledger.Unique, Demand: "kept/" + cluster}
}

func released(cluster, r string) ledger.Entry {
	return ledger.Entry{Kind: "released", Cluster: cluster, Range: prefix(r), Class: ledger.Unique}
}

// plan asks for everything in 10.0.0.0/8, holds entries, and returns what the planner saw before.
func plan(t testing.TB, l *ledger.Ledger, who ledger.Planner, holds ...ledger.Entry) ledger.View {
	t.Helper()
	v, err := tryPlan(t.Context(), l, who, holds...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func tryPlan(ctx context.Context, l *ledger.Ledger, who ledger.Planner, holds ...ledger.Entry) (ledger.View, error) {
	var seen ledger.View
	q := ledger.Question{
		Planner: who, VRFs: []string{""}, Ranges: []netip.Prefix{ten}, Supernets: []netip.Prefix{ten}, Demands: true,
	}
	err := l.Plan(ctx, q, func(v ledger.View) ledger.Decision {
		seen = v
		return ledger.Decision{Holds: holds}
	})
	return seen, err
}

// apply makes entries the claims of a planner, as the next serial.
func apply(t testing.TB, l *ledger.Ledger, who ledger.Planner, entries ...ledger.Entry) {
	t.Helper()
	if err := tryApply(t, l, who, entries...); err != nil {
		t.Fatal(err)
	}
}

func tryApply(t testing.TB, l *ledger.Ledger, who ledger.Planner, entries ...ledger.Entry) error {
	t.Helper()
	now := plan(t, l, who).Serial
	return l.Apply(t.Context(), ledger.Applied{
		Planner: who, Before: now, Serial: now + 1, Token: "token of " + who.Owner, Entries: entries,
	})
}

// expire makes all holds of a planner old.
func expire(t testing.TB, d *ledgertest.Database, who ledger.Planner) {
	t.Helper()
	d.Exec(t, `UPDATE entry SET expires = now() - interval '1 hour' WHERE state = 'hold' AND owner = $1 AND planner_name = $2`,
		who.Owner, who.Name)
}

// ownRanges are the entries of a planner as "state kind cluster range".
func ownRanges(v ledger.View) []string {
	var all []string
	for _, o := range v.Own {
		all = append(all, string(o.State)+" "+o.Kind+" "+o.Cluster+" "+o.Range.String())
	}
	return all
}

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// seed is what random tests draw from: RAPID_SEED, as for properties, or another one each time, which a failure shows.
func seed(t testing.TB) uint64 {
	t.Helper()
	s := uint64(time.Now().UnixNano())
	if given := os.Getenv("RAPID_SEED"); given != "" {
		var err error
		if s, err = strconv.ParseUint(given, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("RAPID_SEED=%d repeats this", s)
	return s
}

// isCode says whether the database refused something with a code.
func isCode(err error, code string) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && refused.Code == code
}
