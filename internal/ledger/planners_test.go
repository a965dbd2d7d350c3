package ledger_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

func TestPlannersAndTheirQuota(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	plan(t, d.Ledger, shop, pod("old", "10.0.16.0/20"))
	expire(t, d, shop)
	plan(t, d.Ledger, shop, pod("new", "10.0.32.0/20"))
	two := 2
	if err := d.SetQuota(t.Context(), shop.Owner, &two); err != nil {
		t.Fatal(err)
	}
	plan(t, d.Ledger, bank, pod("vault", "10.0.16.0/20"))

	all, err := d.Planners(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if time.Since(p.LastSeen) > time.Hour {
			t.Errorf("%s was seen %s", p.Owner, p.LastSeen)
		}
	}
	want := []ledger.PlannerStatus{
		{Planner: bank, Holds: 1, Quota: 10000},
		{Planner: shop, Serial: 1, Claims: 1, Holds: 1, Lost: 1, Quota: 2},
	}
	if diff := cmp.Diff(want, all, cmpopts.IgnoreFields(ledger.PlannerStatus{}, "LastSeen")); diff != "" {
		t.Error(diff)
	}

	t.Run("more holds than the quota are refused", func(t *testing.T) {
		var exceeded ledger.QuotaExceeded
		_, err := tryPlan(t.Context(), d.Ledger, shop, pod("a", "10.1.0.0/20"), pod("b", "10.1.16.0/20"))
		if !errors.As(err, &exceeded) || exceeded != (ledger.QuotaExceeded{Owner: shop.Owner, Quota: 2, Holds: 1, More: 2}) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("a plan without new holds is not refused after the quota was lowered", func(t *testing.T) {
		none := 0
		if err := d.SetQuota(t.Context(), shop.Owner, &none); err != nil {
			t.Fatal(err)
		}
		view, err := tryPlan(t.Context(), d.Ledger, shop, pod("new", "10.0.32.0/20"))
		if err != nil {
			t.Errorf("error = %v", err)
		}
		same(t, "own", ownRanges(view), []string{"claim pod web 10.0.0.0/20", "hold pod new 10.0.32.0/20"})
		if err := d.SetQuota(t.Context(), shop.Owner, &two); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("expired holds make place", func(t *testing.T) {
		expire(t, d, shop)
		plan(t, d.Ledger, shop, pod("a", "10.1.0.0/20"), pod("b", "10.1.16.0/20"))
		same(t, "own", ownRanges(plan(t, d.Ledger, shop)),
			[]string{"claim pod web 10.0.0.0/20", "hold pod a 10.1.0.0/20", "hold pod b 10.1.16.0/20"})
	})
	t.Run("an owner that plans nothing", func(t *testing.T) {
		var unknown ledger.UnknownOwner
		if err := d.SetQuota(t.Context(), "typo", &two); !errors.As(err, &unknown) || unknown.Owner != "typo" {
			t.Errorf("error = %v, want UnknownOwner", err)
		}
	})
	t.Run("the quota of all owners", func(t *testing.T) {
		if err := d.SetQuota(t.Context(), shop.Owner, nil); err != nil {
			t.Fatal(err)
		}
		if err := d.Set(t.Context(), ledger.Settings{HoldLifetime: time.Hour, HoldQuota: 3}); err != nil {
			t.Fatal(err)
		}
		plan(t, d.Ledger, shop, pod("c", "10.1.32.0/20"))
		if _, err := tryPlan(t.Context(), d.Ledger, shop, pod("d", "10.1.48.0/20")); err == nil {
			t.Error("a fourth hold")
		}
		v := plan(t, d.Ledger, shop)
		if last := v.Own[len(v.Own)-1]; time.Until(*last.Expires) > time.Hour {
			t.Errorf("expires %s", last.Expires)
		}
		s, err := d.Settings(t.Context())
		if err != nil || s != (ledger.Settings{HoldLifetime: time.Hour, HoldQuota: 3}) {
			t.Errorf("settings %+v, %v", s, err)
		}
	})
}

func TestAnAdministratorReleases(t *testing.T) {
	d := ledgertest.New(t)
	var unknown ledger.UnknownPlanner
	if err := d.ReleaseByAdmin(t.Context(), shop, 0); !errors.As(err, &unknown) {
		t.Errorf("error = %v, want UnknownPlanner", err)
	}
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	if err := d.ReleaseByAdmin(t.Context(), shop, 0); err != nil {
		t.Fatal(err)
	}
	var behind ledger.Behind
	if err := d.Apply(t.Context(), ledger.Applied{
		Planner: shop, Before: 1, Serial: 2, Token: "token of shop/prod", Entries: []ledger.Entry{pod("web", "10.0.0.0/20")},
	}); !errors.As(err, &behind) {
		t.Errorf("an apply that was planned before brings the claims back: %v", err)
	}
	plan(t, d.Ledger, bank, pod("vault", "10.0.0.0/20"))
	v := plan(t, d.Ledger, shop)
	same(t, "own", ownRanges(v), []string(nil))
	same(t, "lost", v.Lost, []ledger.Lost(nil)) // no plan relied on it
}

// A plan whose holds an administrator ended can still be applied, unless others need its ranges. Then it is warned.
func TestHoldsThatAnAdministratorEndsStillServeTheirPlan(t *testing.T) {
	d := ledgertest.New(t)
	plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	if err := d.ReleaseByAdmin(t.Context(), shop, 0); err != nil {
		t.Fatal(err)
	}
	v := plan(t, d.Ledger, shop)
	same(t, "own", ownRanges(v), []string{"hold pod web 10.0.0.0/20"})
	same(t, "serial", v.Serial, int64(0))
	plan(t, d.Ledger, bank, pod("vault", "10.0.0.0/20"))
	v = plan(t, d.Ledger, shop)
	if len(v.Lost) != 1 || v.Lost[0].To != bank || v.Serial != 0 {
		t.Errorf("lost %v, serial %d", v.Lost, v.Serial)
	}
}

// An administrator lets a state have another owner, also if it has no ranges.
func TestAnAdministratorReleasesAPlannerWithoutRanges(t *testing.T) {
	d := ledgertest.New(t)
	if err := d.Apply(t.Context(), ledger.Applied{Planner: shop, Serial: 1, Token: "t"}); err != nil {
		t.Fatal(err)
	}
	if err := d.ReleaseByAdmin(t.Context(), shop, 0); err != nil {
		t.Fatal(err)
	}
	if v, err := d.Ask(t.Context(), ledger.Question{Planner: shop}); err != nil || v.Token != "" || v.Serial != 1 {
		t.Errorf("token %q, serial %d, error %v", v.Token, v.Serial, err)
	}
}

// What an administrator released is lost like any other hold, once a plan or an apply has it again.
func TestAReleasedRangeThatIsPlannedAgainCanBeLost(t *testing.T) {
	for name, again := range map[string]func(*ledgertest.Database){
		"by a plan": func(d *ledgertest.Database) { plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20")) },
		"by an apply": func(d *ledgertest.Database) {
			apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
			if err := d.Release(t.Context(), shop, "token of shop/prod", 0); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := ledgertest.New(t)
			apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
			if err := d.ReleaseByAdmin(t.Context(), shop, 0); err != nil {
				t.Fatal(err)
			}
			again(d)
			expire(t, d, shop)
			plan(t, d.Ledger, bank, pod("vault", "10.0.0.0/20"))
			if v := plan(t, d.Ledger, shop); len(v.Lost) != 1 {
				t.Errorf("lost %v", v.Lost)
			}
		})
	}
}

func TestEntriesAreChosen(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	plan(t, d.Ledger, bank, pod("vault", "10.0.16.0/20"), pod("safe", "fd00::/64"))
	for name, c := range map[string]struct {
		filter ledger.Filter
		want   []string
	}{
		"all":         {ledger.Filter{}, []string{"web", "vault", "safe"}},
		"of an owner": {ledger.Filter{Owner: bank.Owner}, []string{"vault", "safe"}},
		"claims":      {ledger.Filter{State: ledger.Claim}, []string{"web"}},
		"overlapping": {ledger.Filter{Range: prefix("10.0.0.0/19")}, []string{"web", "vault"}},
		"inside":      {ledger.Filter{Range: prefix("fd00::1/128")}, []string{"safe"}},
		"of no name":  {ledger.Filter{Name: "x"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := d.Entries(t.Context(), c.filter)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range found {
				got = append(got, e.Cluster)
				if (e.Expires == nil) != (e.State == ledger.Claim) || time.Since(e.Since) > time.Hour {
					t.Errorf("%+v", e)
				}
			}
			same(t, "entries", got, c.want)
		})
	}
}

func TestOwnersAndPlannersOfALedger(t *testing.T) {
	all := []ledger.PlannerStatus{{Planner: bank}, {Planner: shop}, {Planner: ledger.Planner{Owner: shop.Owner, Name: "second"}}}
	noShop := ledger.UnknownOwner{Owner: "shop", Known: []string{"bank/prod", "shop/prod"}}
	for name, c := range map[string]struct {
		who  ledger.Planner
		want error
	}{
		"everyone":              {ledger.Planner{}, nil},
		"a planner of everyone": {ledger.Planner{Name: "third"}, nil},
		"an owner":              {ledger.Planner{Owner: shop.Owner}, nil},
		"a planner":             {shop, nil},
		"no such owner":         {ledger.Planner{Owner: "shop"}, noShop},
		"a planner of no owner": {ledger.Planner{Owner: "shop", Name: "k8s"}, noShop},
		"a planner of another one": {
			ledger.Planner{Owner: bank.Owner, Name: "second"},
			ledger.UnknownPlanner{Planner: ledger.Planner{Owner: bank.Owner, Name: "second"}, Known: []string{"k8s"}},
		},
	} {
		same(t, name, ledger.CheckKnown(all, c.who), c.want)
	}
}
