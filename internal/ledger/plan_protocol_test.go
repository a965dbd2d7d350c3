package ledger_test

import (
	"errors"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

func TestAHoldServesItsPlannerAndKeepsOthersOut(t *testing.T) {
	d := ledgertest.New(t)
	plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))

	again := plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	same(t, "own", ownRanges(again), []string{"hold pod web 10.0.0.0/20"})
	if got := again.Own[0]; got.Demand != "pod/web" || got.Expires.Before(time.Now().Add(71*time.Hour)) {
		t.Errorf("hold = %+v", got)
	}

	seen, err := tryPlan(t.Context(), d.Ledger, bank, pod("vault", "10.0.0.0/21"))
	same(t, "taken", seen.Taken[""], []netip.Prefix{prefix("10.0.0.0/20")})
	var taken ledger.Taken
	if !errors.As(err, &taken) {
		t.Fatalf("error = %v, want Taken", err)
	}
	if until := taken.Conflicts[0].ByExpires; until == nil || until.Before(time.Now().Add(71*time.Hour)) {
		t.Errorf("held until %v", until)
	}
	if got := seen.Others; len(got) != 1 || got[0].Expires == nil {
		t.Error("it is not said until when it is held")
	}
	taken.Conflicts[0].ByExpires = nil
	same(t, "taken", taken, ledger.Taken{Planner: bank, Conflicts: []ledger.Conflict{{
		Kind: "pod", Cluster: "vault", Range: prefix("10.0.0.0/21"),
		Child: ledger.Child{
			ByOwner: "shop/prod", ByPlanner: "k8s", ByKind: "pod", ByCluster: "web", ByRange: prefix("10.0.0.0/20"), ByState: ledger.Hold,
		},
	}}})
}

func TestApplyMakesTheEntriesExactlyThePlan(t *testing.T) {
	d := ledgertest.New(t)
	plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20"), pod("old", "10.0.16.0/20"))
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	v := plan(t, d.Ledger, shop)
	same(t, "own", ownRanges(v), []string{"claim pod web 10.0.0.0/20"})
	if v.Serial != 1 || v.Token != "token of shop/prod" || v.Confirmed {
		t.Errorf("serial %d, token %q, confirmed %t", v.Serial, v.Token, v.Confirmed)
	}
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"), pod("new", "10.0.32.0/20"))
	same(t, "own", ownRanges(plan(t, d.Ledger, shop)), []string{"claim pod web 10.0.0.0/20", "claim pod new 10.0.32.0/20"})
	same(t, "taken", plan(t, d.Ledger, bank).Taken[""], []netip.Prefix{prefix("10.0.0.0/20"), prefix("10.0.32.0/20")})
}

func TestAnApplyOfAnOlderPlanIsRefused(t *testing.T) {
	d := ledgertest.New(t)
	frozen := ledger.Applied{Planner: shop, Before: 0, Serial: 1, Token: "a", Entries: []ledger.Entry{pod("web", "10.0.0.0/20")}}
	if err := d.Apply(t.Context(), frozen); err != nil {
		t.Fatal(err)
	}
	if err := d.Apply(t.Context(), frozen); err != nil {
		t.Errorf("the same apply again: %v", err)
	}
	next := frozen
	next.Before, next.Serial, next.Entries = 1, 2, []ledger.Entry{pod("web", "10.0.16.0/20")}
	if err := d.Apply(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	var behind ledger.Behind
	if err := d.Apply(t.Context(), frozen); !errors.As(err, &behind) || behind.Have != 2 || behind.Want != 0 {
		t.Errorf("error = %v, want Behind with serials 2 and 0", err)
	}
	for name, edit := range map[string]func(*ledger.Applied){
		"of a ledger that is older than the plan": func(a *ledger.Applied) { a.Before, a.Serial = 3, 4 },
		"that keeps the serial":                   func(a *ledger.Applied) { a.Before, a.Serial = 2, 2 },
		"of a lower serial":                       func(a *ledger.Applied) { a.Before, a.Serial = 2, 1 },
		"of another state with the same ranges":   func(a *ledger.Applied) { a.Before, a.Serial, a.Token = 1, 2, "b" },
		"of other ranges with the same serial": func(a *ledger.Applied) {
			a.Before, a.Serial, a.Entries = 1, 2, []ledger.Entry{pod("web", "10.0.32.0/20")}
		},
	} {
		a := next
		edit(&a)
		want := ledger.Behind{Planner: shop, Have: 2, Want: a.Before, Next: a.Serial}
		if err := d.Apply(t.Context(), a); !errors.As(err, &behind) || behind != want {
			t.Errorf("an apply %s: %v", name, err)
		}
	}
	same(t, "own", ownRanges(plan(t, d.Ledger, shop)), []string{"claim pod web 10.0.16.0/20"})
	next.Before, next.Serial = 2, 7 // the state is ahead of the ledger
	if err := d.Apply(t.Context(), next); err != nil || plan(t, d.Ledger, shop).Serial != 7 {
		t.Errorf("the ledger does not have serial 7: %v", err)
	}
}

func TestAnExpiredHoldIsTakenAndItsOwnerIsWarned(t *testing.T) {
	d := ledgertest.New(t)
	plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	expire(t, d, shop)
	v := plan(t, d.Ledger, bank, pod("vault", "10.0.0.0/21"))
	same(t, "taken", v.Taken[""], []netip.Prefix(nil))
	same(t, "taken by expired", v.TakenByExpired[""], []netip.Prefix{prefix("10.0.0.0/20")})

	loser := plan(t, d.Ledger, shop)
	if len(loser.Lost) != 1 || loser.Lost[0].To != bank || loser.Lost[0].Range != prefix("10.0.0.0/20") {
		t.Fatalf("lost = %+v", loser.Lost)
	}
	plan(t, d.Ledger, shop, pod("api", "10.0.32.0/20")) // of another plan
	if lost := plan(t, d.Ledger, shop).Lost; len(lost) != 1 {
		t.Errorf("lost = %+v", lost)
	}
	var taken ledger.Taken
	if err := tryApply(t, d.Ledger, shop, pod("web", "10.0.0.0/20")); !errors.As(err, &taken) || taken.Conflicts[0].ByOwner != bank.Owner {
		t.Errorf("error = %v, want Taken by bank", err)
	}
	apply(t, d.Ledger, shop, pod("web", "10.0.16.0/20"))
	same(t, "lost", plan(t, d.Ledger, shop).Lost, []ledger.Lost(nil))
}

func TestAnExpiredHoldStillServesItsPlanner(t *testing.T) {
	d := ledgertest.New(t)
	plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	expire(t, d, shop)
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	same(t, "own", ownRanges(plan(t, d.Ledger, shop)), []string{"claim pod web 10.0.0.0/20"})
}

func TestAPlanRenewsItsHolds(t *testing.T) {
	d := ledgertest.New(t)
	plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	expire(t, d, shop)
	if v := plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20")); !v.Own[0].Expired {
		t.Errorf("own = %+v, want an expired hold", v.Own)
	}
	if v := plan(t, d.Ledger, shop); v.Own[0].Expired || time.Until(*v.Own[0].Expires) < 71*time.Hour {
		t.Errorf("own = %+v, want a hold for 72 hours", v.Own)
	}
}

func TestReleaseMakesHoldsWithAGrace(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	d.Exec(t, `UPDATE planner SET confirmed = true`)
	var used ledger.InUse
	if err := d.Release(t.Context(), shop, "another", grace); !errors.As(err, &used) {
		t.Errorf("release with another token: %v, want InUse", err)
	}
	for range 2 { // the second one finds nothing to do
		if err := d.Release(t.Context(), shop, "token of shop/prod", grace); err != nil {
			t.Fatal(err)
		}
	}
	v := plan(t, d.Ledger, shop)
	same(t, "own", ownRanges(v), []string{"hold pod web 10.0.0.0/20"})
	if v.Serial != 1 || v.Token != "" || v.Confirmed {
		t.Errorf("serial %d, token %q, confirmed %t", v.Serial, v.Token, v.Confirmed)
	}
	if _, err := tryPlan(t.Context(), d.Ledger, bank, pod("vault", "10.0.0.0/20")); err == nil {
		t.Error("another planner got the range within the time of grace")
	}
}

func TestTwoStatesOfOneOwner(t *testing.T) {
	d := ledgertest.New(t)
	first := ledger.Applied{Planner: shop, Before: 0, Serial: 1, Token: "first", Entries: []ledger.Entry{pod("web", "10.0.0.0/20")}}
	if err := d.Apply(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	second := ledger.Applied{Planner: shop, Before: 1, Serial: 2, Token: "second", Entries: []ledger.Entry{pod("web", "10.0.16.0/20")}}
	t.Run("not confirmed: Terraform was killed while it created the first", func(t *testing.T) {
		if err := d.Apply(t.Context(), second); err != nil {
			t.Fatal(err)
		}
	})
	err := d.Plan(t.Context(), ledger.Question{Planner: shop, VRFs: []string{""}}, func(ledger.View) ledger.Decision {
		return ledger.Decision{Seen: true}
	})
	if err != nil || !plan(t, d.Ledger, shop).Confirmed {
		t.Fatalf("not confirmed: %v", err)
	}
	third := ledger.Applied{Planner: shop, Before: 2, Serial: 3, Token: "third", Entries: []ledger.Entry{pod("web", "10.0.32.0/20")}}
	t.Run("confirmed: the other state has it", func(t *testing.T) {
		var used ledger.InUse
		if err := d.Apply(t.Context(), third); !errors.As(err, &used) {
			t.Errorf("error = %v, want InUse", err)
		}
	})
	t.Run("confirmed, and one range more or less", func(t *testing.T) {
		var used ledger.InUse
		for _, entries := range [][]ledger.Entry{append(slices.Clone(second.Entries), pod("new", "10.0.32.0/20")), {}} {
			third.Entries = entries
			if err := d.Apply(t.Context(), third); !errors.As(err, &used) {
				t.Errorf("error = %v, want InUse", err)
			}
		}
	})
	t.Run("confirmed, but the same ranges: an adoption", func(t *testing.T) {
		third.Entries = second.Entries
		if err := d.Apply(t.Context(), third); err != nil {
			t.Fatal(err)
		}
		if v := plan(t, d.Ledger, shop); v.Token != "third" || v.Confirmed {
			t.Errorf("token %q, confirmed %t: no plan has found this token in a state", v.Token, v.Confirmed)
		}
	})
}

// A planner that sees from the answer that it has to choose a range asks for what is taken, in the same transaction, and twice at most.
func TestAPlanAsksTwiceMore(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, bank, pod("vault", "10.0.0.0/20"))
	var seen []ledger.View
	first := ledger.Question{Planner: shop, VRFs: []string{""}, Supernets: []netip.Prefix{ten}}
	if err := d.Plan(t.Context(), first, func(v ledger.View) ledger.Decision {
		seen = append(seen, v)
		more := v.Asked
		more.Demands, more.Ranges = true, []netip.Prefix{prefix("10.0.8.0/21")}
		return ledger.Decision{More: &more, Holds: []ledger.Entry{pod("web", "10.0.16.0/20")}}
	}); err != nil {
		t.Fatal(err)
	}
	if len(seen) != 3 || seen[0].Again || seen[1].Again || !seen[2].Again {
		t.Fatalf("decided with %+v", seen)
	}
	same(t, "first taken", len(seen[0].Taken[""])+len(seen[0].Others), 0)
	same(t, "taken", seen[1].Taken[""], []netip.Prefix{prefix("10.0.0.0/20")})
	same(t, "others", len(seen[1].Others), 1)
	same(t, "own", ownRanges(plan(t, d.Ledger, shop)), []string{"hold pod web 10.0.16.0/20"})
}

// What others use is not read for clusters of which each has a range that an earlier plan chose and holds.
func TestAPlanDoesNotReadWhatOthersUseBesideItsHolds(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, bank, pod("vault", "10.0.0.0/20"))
	given := pod("given", "10.0.16.0/20")
	given.Demand = ""
	for name, test := range map[string]struct {
		claims, holds []ledger.Entry
		undecided     []string
		unread        bool
	}{
		"a hold":                         {nil, []ledger.Entry{pod("web", "10.0.16.0/20")}, []string{"web"}, true},
		"a hold, and another cluster":    {nil, []ledger.Entry{pod("web", "10.0.16.0/20")}, []string{"data", "web"}, false},
		"a hold, and nothing undecided":  {nil, []ledger.Entry{pod("web", "10.0.16.0/20")}, nil, false},
		"a hold of a given range":        {nil, []ledger.Entry{given}, []string{"given"}, false},
		"a claim, which a plan may move": {[]ledger.Entry{pod("web", "10.0.16.0/20")}, nil, []string{"web"}, false},
		"nothing":                        {nil, nil, []string{"web"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			who := ledger.Planner{Owner: shop.Owner, Name: name}
			if len(test.claims) > 0 {
				apply(t, d.Ledger, who, test.claims...)
			}
			plan(t, d.Ledger, who, test.holds...)
			q := ledger.Question{
				Planner: who, VRFs: []string{""}, Supernets: []netip.Prefix{ten}, Demands: true, Undecided: test.undecided,
			}
			v, err := d.Ask(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			taken := slices.Contains(v.Taken[""], prefix("10.0.0.0/20"))
			if v.Unread != test.unread || taken == test.unread {
				t.Errorf("unread %t, taken %v", v.Unread, v.Taken)
			}
			d.Exec(t, `DELETE FROM entry WHERE planner_name = $1`, name)
		})
	}
}

// A plan that follows at once, as that at the start of an apply, writes no hold again. A later one makes the holds last longer.
func TestAPlanThatFollowsAtOnceWritesNoHoldAgain(t *testing.T) {
	d := ledgertest.New(t)
	version := func() int { return d.Count(t, `SELECT xmin::text::integer FROM entry`) }
	web := pod("web", "10.0.0.0/20")
	plan(t, d.Ledger, shop, web)
	first := version()
	plan(t, d.Ledger, shop, web)
	if again := version(); again != first {
		t.Error("the hold is written again")
	}
	d.Exec(t, `UPDATE entry SET expires = now() + interval '71 hours'`)
	plan(t, d.Ledger, shop, web)
	if left := time.Until(*plan(t, d.Ledger, shop).Own[0].Expires); left < 71*time.Hour+50*time.Minute {
		t.Errorf("the hold lasts %v", left)
	}
	second := version()
	web.Attributes = []byte(`{"profile": "x"}`)
	plan(t, d.Ledger, shop, web)
	if version() == second {
		t.Error("other attributes are not written")
	}
}
