package ledger_test

import (
	"errors"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// asked is what a planner with the token of a state sees.
func asked(t *testing.T, l *ledger.Ledger, who ledger.Planner, token string, holds ...ledger.Entry) ledger.View {
	t.Helper()
	var seen ledger.View
	err := l.Plan(t.Context(), ledger.Question{Planner: who, Token: token, VRFs: []string{""}}, func(v ledger.View) ledger.Decision {
		seen = v
		return ledger.Decision{Holds: holds}
	})
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

// A planner that got another name keeps its entries, also those inside of a growth reserve; the next apply renames it.
func TestAPlannerGetsAnotherName(t *testing.T) {
	d := ledgertest.New(t)
	token, renamed := "token of shop/prod", ledger.Planner{Owner: shop.Owner, Name: "clusters"}
	entries := []ledger.Entry{kept("web"), pod("web", "10.0.0.0/20"), pod("data", "10.1.0.0/20")}
	apply(t, d.Ledger, shop, entries...)
	asked(t, d.Ledger, renamed, "", pod("stray", "10.7.0.0/20")) // a plan before, without the token

	v := asked(t, d.Ledger, renamed, token, append(entries, pod("next", "10.2.0.0/20"))...)
	if v.Was == nil || *v.Was != shop || v.Serial != 1 || v.Token != token || len(v.Own) != 3 {
		t.Fatalf("got %+v", v)
	}
	entries = append(entries, pod("next", "10.2.0.0/20"))
	write := ledger.Applied{Planner: renamed, Before: 1, Serial: 2, Token: token, Entries: entries}
	for range 2 {
		if err := d.Apply(t.Context(), write); err != nil {
			t.Fatal(err)
		}
	}
	v = asked(t, d.Ledger, renamed, token)
	if v.Was != nil || v.Serial != 2 {
		t.Errorf("after the apply: %+v", v)
	}
	same(t, "own", ownRanges(v), []string{
		"claim kept web 10.0.0.0/16", "claim pod web 10.0.0.0/20", "claim pod data 10.1.0.0/20", "claim pod next 10.2.0.0/20",
	})
	if v := plan(t, d.Ledger, shop); len(v.Own) != 0 || v.Serial != 0 {
		t.Errorf("under the old name: %+v", v)
	}
}

// A name that another state has is not taken over, and an owner does not change: a copy of a state has the token as well.
func TestAPlannerDoesNotGetWhatAnotherStateHas(t *testing.T) {
	d := ledgertest.New(t)
	second := ledger.Planner{Owner: shop.Owner, Name: "clusters"}
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	if err := d.Apply(t.Context(), ledger.Applied{
		Planner: second, Serial: 1, Token: "second", Entries: []ledger.Entry{pod("data", "10.1.0.0/20")},
	}); err != nil {
		t.Fatal(err)
	}
	if v := asked(t, d.Ledger, second, "token of shop/prod"); v.Was != nil || v.Token != "second" {
		t.Errorf("a planner of another state: %+v", v)
	}
	err := d.Apply(t.Context(), ledger.Applied{
		Planner: second, Before: 1, Serial: 2, Token: "token of shop/prod", Entries: []ledger.Entry{pod("web", "10.0.0.0/20")},
	})
	var inUse ledger.InUse
	if !errors.As(err, &inUse) || inUse.Planner != second {
		t.Errorf("error = %v, want InUse", err)
	}
	v := asked(t, d.Ledger, bank, "token of shop/prod")
	if v.Was == nil || *v.Was != shop || len(v.Own) != 0 {
		t.Errorf("another owner: %+v", v)
	}
	if err := d.Apply(t.Context(), ledger.Applied{
		Planner: bank, Serial: 1, Token: "token of shop/prod", Entries: []ledger.Entry{pod("web", "10.0.0.0/20")},
	}); err == nil {
		t.Error("another owner got the range of the state")
	}
}
