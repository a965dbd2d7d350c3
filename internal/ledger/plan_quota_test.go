package ledger_test

import (
	"errors"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestAQuotaEndsExpiredHoldsWithAWarning: a saved plan whose hold made room for a newer one of its owner is warned, until it is held again.
func TestAQuotaEndsExpiredHoldsWithAWarning(t *testing.T) {
	d := ledgertest.New(t)
	second := ledger.Planner{Owner: shop.Owner, Name: "second"}
	plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	one := 1
	if err := d.SetQuota(t.Context(), shop.Owner, &one); err != nil {
		t.Fatal(err)
	}
	expire(t, d, shop)
	plan(t, d.Ledger, second, pod("api", "10.1.0.0/20"))
	lost := plan(t, d.Ledger, shop).Lost
	if len(lost) != 1 || lost[0].Range != prefix("10.0.0.0/20") || lost[0].To != (ledger.Planner{Owner: shop.Owner}) {
		t.Errorf("lost %+v", lost)
	}
	events, err := d.History(t.Context(), ledger.Filter{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "history", eventLines(t, d, events), []string{"shop/prod hold, lost 10.0.0.0/20 of shop/prod, held 10.1.0.0/20"})
	apply(t, d.Ledger, second, pod("api", "10.1.0.0/20"))
	plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	same(t, "lost, held again", plan(t, d.Ledger, shop).Lost, []ledger.Lost(nil))
}

// TestAQuotaEndsTheOldestExpiredHolds: as many as must, of this owner alone, and none that has not expired. A block with entries inside
// stays, also where it is the only one that has expired.
func TestAQuotaEndsTheOldestExpiredHolds(t *testing.T) {
	d := ledgertest.New(t)
	second := ledger.Planner{Owner: shop.Owner, Name: "second"}
	limit := func(n int) {
		if err := d.SetQuota(t.Context(), shop.Owner, &n); err != nil {
			t.Fatal(err)
		}
	}
	plan(t, d.Ledger, bank, pod("vault", "10.9.0.0/20"))
	plan(t, d.Ledger, shop, pod("new", "10.0.0.0/20"), pod("old", "10.1.0.0/20"), pod("older", "10.2.0.0/20"), pod("live", "10.3.0.0/20"))
	for cluster, hours := range map[string]int{"vault": 4, "older": 3, "old": 2, "new": 1} {
		d.Exec(t, `UPDATE entry SET expires = now() - $2 * interval '1 hour' WHERE cluster = $1`, cluster, hours)
	}
	limit(4)
	plan(t, d.Ledger, second, pod("api", "10.4.0.0/20"))
	same(t, "own", ownRanges(plan(t, d.Ledger, shop)),
		[]string{"hold pod new 10.0.0.0/20", "hold pod old 10.1.0.0/20", "hold pod live 10.3.0.0/20"})
	same(t, "of another owner", ownRanges(plan(t, d.Ledger, bank)), []string{"hold pod vault 10.9.0.0/20"})

	plan(t, d.Ledger, vpcs, block("inner", "10.5.0.0/20", ""))
	plan(t, d.Ledger, shop, block("outer", "10.5.0.0/16", ""), pod("live", "10.3.0.0/20"))
	d.Exec(t, `UPDATE entry SET expires = now() - interval '1 hour' WHERE cluster = 'outer'`)
	d.Exec(t, `DELETE FROM entry WHERE cluster IN ('new', 'old')`)
	limit(3)
	plan(t, d.Ledger, second, pod("api", "10.4.0.0/20"), pod("more", "10.4.16.0/20"))
	same(t, "own", ownRanges(plan(t, d.Ledger, shop)), []string{"hold pod live 10.3.0.0/20", "hold block outer 10.5.0.0/16"})
	same(t, "inside", ownRanges(plan(t, d.Ledger, vpcs)), []string{"hold block inner 10.5.0.0/20"})
}

// TestADestroyFindsItsStateUnderAnotherName: a planner that was renamed is released, and one of another owner is not.
func TestADestroyFindsItsStateUnderAnotherName(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	const token = "token of shop/prod"
	var changed ledger.OwnerChanged
	other := ledger.Planner{Owner: "renamed", Name: "k8s"}
	if err := d.Release(t.Context(), other, token, grace); !errors.As(err, &changed) || changed.Was != shop || changed.Now != other {
		t.Errorf("error = %v, want OwnerChanged", err)
	}
	same(t, "own", ownRanges(plan(t, d.Ledger, shop)), []string{"claim pod web 10.0.0.0/20"})
	if err := d.Release(t.Context(), other, "another token", grace); err != nil {
		t.Error(err)
	}
	if err := d.Release(t.Context(), ledger.Planner{Owner: shop.Owner, Name: "earlier name"}, token, grace); err != nil {
		t.Error(err)
	}
	same(t, "own", ownRanges(plan(t, d.Ledger, shop)), []string{"hold pod web 10.0.0.0/20"})
}
