package cli

import (
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// statesOf are the states of the entries of a planner, by cluster and kind.
func statesOf(t *testing.T, d *ledgertest.Database, who ledger.Planner) map[string]ledger.State {
	t.Helper()
	found, err := d.Entries(t.Context(), ledger.Filter{Owner: who.Owner, Name: who.Name})
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]ledger.State{}
	for _, e := range found {
		states[e.Cluster+" "+e.Kind] = e.State
	}
	return states
}

func TestReleaseIsConfirmedByNamingThePlanner(t *testing.T) {
	d := inUse(t)
	of := []string{"--owner", "shop/prod", "--planner", "k8s"}
	step{"release", of, Conflicts, []string{
		"Not released yet: 2 claims",
		`Pod range 10.64.0.0/20 of "web"`, `Service range 172.20.0.0/22 of "web"`, "--confirm 'shop/prod:k8s'",
	}}.run(t, d)
	step{"release", append(of, "--confirm", "bank/prod:k8s"), Error, []string{"nothing was released"}}.run(t, d)
	if states := statesOf(t, d, shop); states["web pod"] != ledger.Claim {
		t.Fatalf("released without a confirmation: %v", states)
	}
	step{"release", append(of, "--confirm", "shop/prod:k8s", "--grace", "48h"), OK, []string{
		"Released: 2 claims", "These ranges can be allocated to others in 48 hours.",
	}}.run(t, d)
	if states := statesOf(t, d, shop); states["web pod"] != ledger.Hold || states["web service"] != ledger.Hold {
		t.Errorf("not released: %v", states)
	}
	if states := statesOf(t, d, bank); states["vault pod"] != ledger.Claim {
		t.Errorf("the claims of another owner: %v", states)
	}
	step{"release", of, OK, []string{"has no claims"}}.run(t, d)
	step{"release", []string{"--owner", "bank/prod", "--planner", "k8s", "--confirm", "bank/prod:k8s", "--grace", "0s"}, OK, []string{
		"Released: 1 claim", "to others now.",
	}}.run(t, d)
}

func TestReleaseIsRefused(t *testing.T) {
	d := inUse(t)
	claim(t, d, shop, entry("pod", "web", "10.64.0.0/20")) // inside the block of the owner network
	for _, s := range []step{
		{"release", []string{"--owner", "shop/prod", "--planner", "x"}, Error, []string{
			"Ledger Has No Such Planner", "cidrplan ledger list",
		}},
		{"release", []string{"--owner", "network", "--planner", "blocks/vpcs", "--confirm", "network:blocks/vpcs"}, Error, []string{
			"Block Has Ranges of Others", `"web"`, `"shop/prod"`,
		}},
	} {
		s.run(t, d)
	}
}

func TestReleaseEndsHolds(t *testing.T) {
	d := inUse(t)
	of := []string{"--owner", "shop/prod", "--planner", "k8s"}
	hold(t, d, shop, entry("pod", "next", "10.64.64.0/20"))
	step{"release", append(of, "--grace", "48h"), Conflicts, []string{
		"Not released yet: 2 claims and 2 holds", `Pod range 10.64.64.0/20 of "next"`,
	}}.run(t, d)
	step{"release", append(of, "--confirm", "shop/prod:k8s", "--grace", "48h"), OK, []string{"Released: 2 claims and 2 holds"}}.run(t, d)
	step{"release", append(of, "--grace", "48h"), OK, []string{"has no claims, and no holds for longer than 48 hours"}}.run(t, d)
	step{"release", append(of, "--confirm", "shop/prod:k8s", "--grace", "0s"), OK, []string{"Released: 4 holds"}}.run(t, d)
	found, err := d.Entries(t.Context(), ledger.Filter{Owner: shop.Owner, Name: shop.Name})
	if err != nil || len(found) != 5 {
		t.Fatalf("entries %v, error %v", found, err)
	}
	for _, e := range found {
		if e.Expires == nil || time.Until(*e.Expires) > time.Minute {
			t.Errorf("%s is held until %v", e.Range, e.Expires)
		}
	}
	step{"history", []string{"--owner", "shop/prod", "--limit", "1"}, OK, []string{"10.64.64.0/20"}}.run(t, d)
}
