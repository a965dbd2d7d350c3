package provider

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// An owner was last seen when the last of its planners was.
func TestRowsOfOwners(t *testing.T) {
	noon := time.Date(2026, 12, 3, 12, 0, 0, 0, time.UTC)
	of := func(owner, name string, hours int) ledger.PlannerStatus {
		return ledger.PlannerStatus{
			Planner: ledger.Planner{Owner: owner, Name: name}, Serial: 4, LastSeen: noon.Add(time.Duration(hours) * time.Hour),
			Claims: 3, Holds: 2, Expired: 1, Lost: 5, Quota: 500,
		}
	}
	row := func(seen string) map[string]any {
		return map[string]any{
			"serial": int64(4), "last_seen": seen, "claims": int64(3), "holds": int64(2), "expired": int64(1), "lost": int64(5),
		}
	}
	all := []ledger.PlannerStatus{of("bank", "k8s", 0), of("shop", "a", 1), of("shop", "b", 3), of("shop", "c", 2)}
	bank := map[string]any{
		"hold_quota": int64(500), "last_seen": "2026-12-03T12:00:00Z", "planners": map[string]any{"k8s": row("2026-12-03T12:00:00Z")},
	}
	shop := map[string]any{
		"hold_quota": int64(500), "last_seen": "2026-12-03T15:00:00Z", "planners": map[string]any{
			"a": row("2026-12-03T13:00:00Z"), "b": row("2026-12-03T15:00:00Z"), "c": row("2026-12-03T14:00:00Z"),
		},
	}
	for only, want := range map[string]map[string]any{
		"": {"bank": bank, "shop": shop}, "shop": {"shop": shop}, "nobody": {},
	} {
		if diff := cmp.Diff(want, ownerRows(all, only)); diff != "" {
			t.Errorf("owner %q (-want +got):\n%s", only, diff)
		}
	}
}

// Claims and holds are in lists of their own. A claim never expires.
func TestRowsOfEntries(t *testing.T) {
	since := time.Date(2026, 12, 3, 12, 0, 0, 0, time.FixedZone("", 8*60*60))
	expires := since.Add(time.Hour)
	shop := ledger.Planner{Owner: "shop", Name: "k8s"}
	claims, holds := entryRows([]ledger.Listed{
		{Planner: shop, Entry: entryOf("pod", "web", "10.64.0.0/20"), State: ledger.Claim, Since: since},
		{Planner: shop, Entry: entryOf("pod", "api", "10.65.0.0/20"), State: ledger.Hold, Since: since, Expires: &expires},
	})
	if len(claims) != 1 || len(holds) != 1 {
		t.Fatalf("claims %v, holds %v", claims, holds)
	}
	if c := claims[0]; c["cidr"] != "10.64.0.0/20" || c["since"] != "2026-12-03T04:00:00Z" || c["expires"] != nil {
		t.Errorf("claim %v", c)
	}
	if h := holds[0]; h["cidr"] != "10.65.0.0/20" || h["expires"] != "2026-12-03T05:00:00Z" {
		t.Errorf("hold %v", h)
	}
}

// shown is what the data source returns of the ledger of a workspace, after a change of its provider.
func shown(t *testing.T, w *sharer, arguments given, change func(s *session)) (map[string]tftypes.Value, []*tfprotov6.Diagnostic) {
	t.Helper()
	run := w.resource().run
	change(run.Load())
	l := newLedgerDataSource(messages.Writer{Catalog: profile.Default()}, run)
	config := assembled(l.typ, writtenAs(values.Fields{"owner": ledgerFields["owner"]}, arguments), nil)
	value, found := l.Read(t.Context(), config)
	if len(found) > 0 {
		return nil, found
	}
	return values.AttributesOf(value), nil
}

func TestTheDataSourceReadsTheLedger(t *testing.T) {
	d := ledgertest.New(t)
	w, other := teamBlocks(t, d, "shop/prod"), teamBlocks(t, d, "bank/prod")
	w.applies(t)
	other.plan(other.config())
	count := func(v tftypes.Value) int {
		list, _ := values.Elements(v)
		return len(list)
	}
	for owner, want := range map[string][3]int{"": {2, 1, 1}, "shop/prod": {1, 1, 0}, "bank/prod": {1, 0, 1}, "lab": {0, 0, 0}} {
		arguments := given{}
		if owner != "" {
			arguments["owner"] = owner
		}
		all, found := shown(t, w, arguments, func(*session) {})
		if len(found) > 0 {
			t.Fatalf("owner %q: %q", owner, summariesOf(found, true))
		}
		owners, _ := values.Members(all["owners"])
		if got := [3]int{len(owners), count(all["claims"]), count(all["holds"])}; got != want {
			t.Errorf("owner %q: owners, claims and holds are %v, want %v", owner, got, want)
		}
	}
	for name, test := range map[string]struct {
		change func(s *session)
		want   string
	}{
		"without the ledger":         {noLedger, "Provider Has No Ledger"},
		"while it is unknown":        {unknownLedger, "Ledger Is Not Known Yet"},
		"while the database is away": {func(s *session) { s.ledger.Ledger = away(t) }, "Ledger Is Not Available"},
	} {
		if _, found := shown(t, w, given{}, test.change); !slices.Equal(summariesOf(found, true), []string{test.want}) {
			t.Errorf("%s: %q, want %q", name, summariesOf(found, true), test.want)
		}
	}
}
