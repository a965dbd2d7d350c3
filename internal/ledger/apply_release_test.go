package ledger_test

import (
	"errors"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// hoursLeft are the hours until the holds of a planner expire, by cluster, rounded.
func hoursLeft(t *testing.T, d *ledgertest.Database, who ledger.Planner) map[string]time.Duration {
	t.Helper()
	left := map[string]time.Duration{}
	for _, o := range plan(t, d.Ledger, who).Own {
		if o.State == ledger.Hold {
			left[o.Cluster] = time.Until(*o.Expires).Round(time.Hour)
		}
	}
	return left
}

// A destroy leaves the holds of plans that may still be applied. An administrator ends them with the claims, and makes none longer.
func TestHowLongReleasedRangesAndHoldsLast(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	plan(t, d.Ledger, shop, pod("new", "10.0.16.0/20"))
	if err := d.Release(t.Context(), shop, "token of shop/prod", 5*time.Hour); err != nil {
		t.Fatal(err)
	}
	same(t, "after a destroy", hoursLeft(t, d, shop), map[string]time.Duration{"web": 5 * time.Hour, "new": 72 * time.Hour})
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	plan(t, d.Ledger, shop, pod("new", "10.0.16.0/20"), pod("short", "10.0.32.0/20"))
	d.Exec(t, `UPDATE entry SET expires = now() + interval '2 hours' WHERE cluster = 'short'`)
	if err := d.ReleaseByAdmin(t.Context(), shop, 10*time.Hour); err != nil {
		t.Fatal(err)
	}
	same(t, "after an administrator released it", hoursLeft(t, d, shop),
		map[string]time.Duration{"web": 10 * time.Hour, "new": 10 * time.Hour, "short": 2 * time.Hour})
}

// A block is not destroyed while another owner has a claim inside of it, or a hold that has not expired.
func TestHoldsInsideOfABlockThatIsDestroyed(t *testing.T) {
	own := ledger.Planner{Owner: vpcs.Owner, Name: "k8s"}
	for name, c := range map[string]struct {
		inside    ledger.Planner
		expired   bool
		destroyed bool
	}{
		"of another owner":              {bank, false, false},
		"of another owner, and expired": {bank, true, true},
		"of the same owner":             {own, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			d := ledgertest.New(t)
			apply(t, d.Ledger, vpcs, block("b", "10.0.0.0/16", ""))
			plan(t, d.Ledger, c.inside, pod("web", "10.0.0.0/20"))
			if c.expired {
				expire(t, d, c.inside)
			}
			var children ledger.HasChildren
			err := d.Release(t.Context(), vpcs, "token of network", grace)
			if errors.As(err, &children) == c.destroyed || err != nil && children.Children == nil {
				t.Errorf("error = %v", err)
			}
			same(t, "inside", ownRanges(plan(t, d.Ledger, c.inside)), []string{"hold pod web 10.0.0.0/20"})
		})
	}
}
