package ledger_test

import (
	"errors"
	"fmt"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

var (
	teams = ledger.Planner{Owner: "shop", Name: "blocks/teams"}
	test  = ledger.Planner{Owner: "shop/test", Name: "k8s"}
)

// delegatedIn are the blocks that keep a planner out of a supernet.
func delegatedIn(t *testing.T, d *ledgertest.Database, who ledger.Planner, supernet string) []netip.Prefix {
	t.Helper()
	var ranges []netip.Prefix
	for _, o := range inBlock(t, d.Ledger, who, supernet).Delegated {
		ranges = append(ranges, o.Range)
	}
	return ranges
}

// TestDelegatedBlocksInDelegatedBlocks: a block for an owner has smaller blocks for two others, which allocate there.
func TestDelegatedBlocksInDelegatedBlocks(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, vpcs, block("shop", "10.1.0.0/16", "shop"), block("all", "10.2.0.0/16", ""))
	apply(t, d.Ledger, teams, block("prod", "10.1.0.0/18", shop.Owner), block("test", "10.1.64.0/18", test.Owner))
	apply(t, d.Ledger, shop, pod("web", "10.1.0.0/20"))
	for _, c := range []struct {
		who              ledger.Planner
		supernet         string
		taken, delegated []netip.Prefix
	}{
		{shop, "10.1.0.0/18", nil, nil},
		{test, "10.1.64.0/18", nil, nil},
		{test, "10.1.0.0/18", []netip.Prefix{prefix("10.1.0.0/16")}, []netip.Prefix{prefix("10.1.0.0/16"), prefix("10.1.0.0/18")}},
		{bank, "10.1.128.0/18", []netip.Prefix{prefix("10.1.0.0/16")}, []netip.Prefix{prefix("10.1.0.0/16")}},
		{bank, "10.2.0.0/18", nil, nil},
		{bank, "10.0.0.0/8", []netip.Prefix{prefix("10.1.0.0/16"), prefix("10.2.0.0/16")}, nil}, // around the blocks
		{teams, "10.1.0.0/16", nil, nil},
	} {
		t.Run(fmt.Sprint(c.who.Owner, " ", c.supernet), func(t *testing.T) {
			same(t, "taken", inBlock(t, d.Ledger, c.who, c.supernet).Taken[""], c.taken)
			same(t, "delegated", delegatedIn(t, d, c.who, c.supernet), c.delegated)
		})
	}
	plan(t, d.Ledger, test, pod("api", "10.1.64.0/20"))
	var taken ledger.Taken
	if _, err := tryPlan(t.Context(), d.Ledger, bank, pod("vault", "10.1.128.0/20")); !errors.As(err, &taken) {
		t.Errorf("error = %v, want Taken", err)
	}
}

func TestGuestsInBlocks(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, vpcs, block("a", "10.1.0.0/16", ""), block("b", "10.2.0.0/16", ""))
	apply(t, d.Ledger, shop, pod("web", "10.1.0.0/20"), pod("api", "10.1.16.0/20"), pod("out", "10.3.0.0/20"))
	plan(t, d.Ledger, bank, pod("vault", "10.1.32.0/20"), pod("safe", "10.2.0.0/20"))
	guests := ""
	err := d.Plan(t.Context(), ledger.Question{Planner: vpcs, Guests: true}, func(v ledger.View) ledger.Decision {
		for _, g := range v.Guests {
			guests += fmt.Sprintf("%s: %s of %s %s; ", g.Block, g.Cluster, g.Owner, g.State)
		}
		return ledger.Decision{}
	})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "guests", guests, "10.1.0.0/16: vault of bank/prod hold; 10.1.0.0/16: web of shop/prod claim; "+
		"10.2.0.0/16: safe of bank/prod hold; ")
}
