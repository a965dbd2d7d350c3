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
