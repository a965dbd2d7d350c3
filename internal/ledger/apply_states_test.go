package ledger_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// A state that a plan has found stays the one of the planner after each apply, until the planner has no claims.
func TestHowLongAPlannerBelongsToAState(t *testing.T) {
	d := ledgertest.New(t)
	a := ledger.Applied{Planner: shop, Before: 0, Serial: 1, Token: "first", Entries: []ledger.Entry{pod("web", "10.0.0.0/20")}}
	confirmed := func(token string, want bool) {
		t.Helper()
		if err := d.Apply(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		if v := plan(t, d.Ledger, shop); v.Confirmed != want || v.Token != token {
			t.Errorf("serial %d: token %q, confirmed %t", v.Serial, v.Token, v.Confirmed)
		}
	}
	confirmed("first", false)
	err := d.Plan(t.Context(), ledger.Question{Planner: shop, VRFs: []string{""}}, func(ledger.View) ledger.Decision {
		return ledger.Decision{Seen: true}
	})
	if err != nil {
		t.Fatal(err)
	}
	a.Before, a.Serial, a.Entries = 1, 2, []ledger.Entry{pod("web", "10.0.16.0/20")}
	confirmed("first", true)
	a.Before, a.Serial, a.Entries = 2, 3, nil
	confirmed("first", true)
	a.Before, a.Serial, a.Token, a.Entries = 3, 4, "second", []ledger.Entry{pod("web", "10.0.32.0/20")}
	confirmed("second", false)
}

// A copy of a state in another workspace has the same token. Its apply does not rename the planner of the first one.
func TestAnApplyOfACopyLeavesThePlannerOfAnotherOwner(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	err := d.Apply(t.Context(), ledger.Applied{
		Planner: ledger.Planner{Owner: bank.Owner, Name: "clusters"}, Serial: 1, Token: "token of shop/prod",
		Entries: []ledger.Entry{pod("web", "10.1.0.0/20")},
	})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "own", ownRanges(plan(t, d.Ledger, shop)), []string{"claim pod web 10.0.0.0/20"})
}

func TestAnApplyNeedsAToken(t *testing.T) {
	d := ledgertest.New(t)
	err := d.Apply(t.Context(), ledger.Applied{Planner: shop, Serial: 1, Entries: []ledger.Entry{pod("web", "10.0.0.0/20")}})
	if !isCode(err, "22023") {
		t.Errorf("error = %v, want that of a parameter", err)
	}
}
