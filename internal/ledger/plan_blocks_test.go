package ledger_test

import (
	"errors"
	"fmt"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// inBlock asks for what is used in a block.
func inBlock(t *testing.T, l *ledger.Ledger, who ledger.Planner, supernet string) ledger.View {
	t.Helper()
	var seen ledger.View
	q := ledger.Question{Planner: who, VRFs: []string{""}, Supernets: []netip.Prefix{prefix(supernet)}, Demands: true}
	if err := l.Plan(t.Context(), q, func(v ledger.View) ledger.Decision { seen = v; return ledger.Decision{} }); err != nil {
		t.Fatal(err)
	}
	return seen
}

func TestEntriesInsideABlock(t *testing.T) {
	d := ledgertest.New(t)
	plan(t, d.Ledger, vpcs, block("a", "10.1.0.0/16", ""), block("b", "10.2.0.0/16", shop.Owner))
	plan(t, d.Ledger, bank, pod("vault", "10.1.0.0/20"))
	plan(t, d.Ledger, shop, pod("web", "10.2.0.0/20"))
	apply(t, d.Ledger, vpcs, block("a", "10.1.0.0/16", ""), block("b", "10.2.0.0/16", shop.Owner))
	apply(t, d.Ledger, bank, pod("vault", "10.1.0.0/20"))
	apply(t, d.Ledger, shop, pod("web", "10.2.0.0/20"))

	t.Run("another owner gets nothing in a delegated block", func(t *testing.T) {
		var taken ledger.Taken
		if _, err := tryPlan(t.Context(), d.Ledger, bank, pod("vault", "10.1.0.0/20"), pod("x", "10.2.16.0/20")); !errors.As(err, &taken) ||
			taken.Conflicts[0].ByKind != "block" || taken.Conflicts[0].ByDelegate != shop.Owner {
			t.Errorf("error = %v, want Taken by block b", err)
		}
		same(t, "taken", inBlock(t, d.Ledger, bank, "10.2.0.0/16").Taken[""], []netip.Prefix{prefix("10.2.0.0/16")})
	})
	t.Run("the block to allocate from is not taken, what is inside is", func(t *testing.T) {
		same(t, "taken", inBlock(t, d.Ledger, shop, "10.1.0.0/16").Taken[""], []netip.Prefix{prefix("10.1.0.0/20")})
		same(t, "taken", inBlock(t, d.Ledger, shop, "10.0.0.0/8").Taken[""], []netip.Prefix{prefix("10.1.0.0/16"), prefix("10.2.0.0/16")})
	})
	t.Run("its own planner does not see what is inside", func(t *testing.T) {
		same(t, "others", plan(t, d.Ledger, vpcs).Others, []ledger.Other(nil))
	})
	t.Run("a block with entries of others does not go", func(t *testing.T) {
		var children ledger.HasChildren
		if err := tryApply(t, d.Ledger, vpcs, block("b", "10.2.0.0/16", shop.Owner)); !errors.As(err, &children) ||
			children.Children[0].ByOwner != bank.Owner {
			t.Errorf("error = %v, want HasChildren", err)
		}
		if err := d.Release(t.Context(), vpcs, "token of network", grace); !errors.As(err, &children) {
			t.Errorf("release: %v, want HasChildren", err)
		}
	})
	t.Run("a released block keeps what is inside, and gets nothing new", func(t *testing.T) {
		apply(t, d.Ledger, vpcs, released("a", "10.1.0.0/16"), block("b", "10.2.0.0/16", shop.Owner))
		apply(t, d.Ledger, bank, pod("vault", "10.1.0.0/20"))
		if _, err := tryPlan(t.Context(), d.Ledger, shop, pod("y", "10.1.16.0/20")); err == nil {
			t.Error("a released block got a new entry")
		}
		apply(t, d.Ledger, vpcs, block("again", "10.1.0.0/16", ""), block("b", "10.2.0.0/16", shop.Owner))
		plan(t, d.Ledger, shop, pod("y", "10.1.16.0/20"))
	})
	t.Run("renamed, delegated, grown", func(t *testing.T) {
		apply(t, d.Ledger, vpcs, block("renamed", "10.0.0.0/15", ""), block("b", "10.2.0.0/16", shop.Owner))
		err := tryApply(t, d.Ledger, vpcs, block("renamed", "10.0.0.0/15", shop.Owner), block("b", "10.2.0.0/16", shop.Owner))
		if err == nil {
			t.Error("a block with entries of the bank was delegated to the shop")
		}
		same(t, "own", ownRanges(plan(t, d.Ledger, vpcs)), []string{"claim block renamed 10.0.0.0/15", "claim block b 10.2.0.0/16"})
	})
}

func TestABlockAdoptsWhatIsInTheLedgerAlready(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, shop, pod("web", "10.2.0.0/20"))
	var taken ledger.Taken
	if _, err := tryPlan(t.Context(), d.Ledger, vpcs, block("b", "10.2.0.0/16", bank.Owner)); !errors.As(err, &taken) {
		t.Errorf("delegated to another: %v, want Taken", err)
	}
	plan(t, d.Ledger, vpcs, block("b", "10.2.0.0/16", shop.Owner))
	apply(t, d.Ledger, vpcs)
	apply(t, d.Ledger, vpcs, block("b", "10.2.0.0/16", ""))
	same(t, "taken", inBlock(t, d.Ledger, bank, "10.2.0.0/16").Taken[""], []netip.Prefix{prefix("10.2.0.0/20")})
}

func TestWhatOthersHaveInsideOfBlocks(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, vpcs, block("a", "10.1.0.0/16", ""), block("b", "10.2.0.0/16", ""))
	inside := func() string {
		all, err := d.Inside(t.Context(), vpcs)
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, c := range all {
			text += fmt.Sprintf("%s %s %s %t ", c.ByCluster, c.ByRange, c.ByState, c.ByExpires == nil)
		}
		return text
	}
	own := ledger.Planner{Owner: vpcs.Owner, Name: "k8s"}
	plan(t, d.Ledger, own, pod("own", "10.1.64.0/20"))
	same(t, "of the owner itself", inside(), "")
	apply(t, d.Ledger, shop, pod("web", "10.2.0.0/20"), pod("out", "10.3.0.0/20"))
	plan(t, d.Ledger, bank, pod("vault", "10.1.0.0/20"))
	same(t, "of others", inside(), "vault 10.1.0.0/20 hold false web 10.2.0.0/20 claim true ")
	expire(t, d, bank)
	same(t, "of others", inside(), "web 10.2.0.0/20 claim true ")
}

func TestAGrowthReserve(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, shop, kept("web"), pod("web", "10.0.0.0/20"))
	if _, err := tryPlan(t.Context(), d.Ledger, bank, pod("vault", "10.0.128.0/20")); err == nil {
		t.Error("the bank got a range of a growth reserve")
	}
	further := pod("web", "10.0.16.0/20")
	further.Demand = "pod/web/1"
	plan(t, d.Ledger, shop, further)
	apply(t, d.Ledger, shop, kept("web"), pod("web", "10.0.0.0/20"), further)
	if err := tryApply(t, d.Ledger, shop, kept("web"), pod("api", "10.0.32.0/20")); err == nil {
		t.Error("another cluster got a range of the growth reserve")
	}
	t.Run("the cluster is renamed", func(t *testing.T) {
		holds := []ledger.Entry{kept("shop"), pod("shop", "10.0.0.0/20"), pod("shop", "10.0.16.0/20")}
		holds[2].Demand = "pod/shop/1"
		plan(t, d.Ledger, shop, holds...)
		apply(t, d.Ledger, shop, holds...)
		same(t, "own", ownRanges(plan(t, d.Ledger, shop)),
			[]string{"claim kept shop 10.0.0.0/16", "claim pod shop 10.0.0.0/20", "claim pod shop 10.0.16.0/20"})
	})
	t.Run("the reserve goes, the ranges stay", func(t *testing.T) {
		apply(t, d.Ledger, shop, pod("shop", "10.0.0.0/20"))
		plan(t, d.Ledger, bank, pod("vault", "10.0.128.0/20"))
	})
}
