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

// TestWhatIsInsideOfReleasedBlocks: a block that is released keeps what others have in it.
func TestWhatIsInsideOfReleasedBlocks(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, vpcs, block("a", "10.1.0.0/16", ""), block("b", "10.2.0.0/16", ""))
	apply(t, d.Ledger, shop, pod("web", "10.1.0.0/20"), pod("out", "10.3.0.0/20"))
	plan(t, d.Ledger, ledger.Planner{Owner: vpcs.Owner, Name: "k8s"}, pod("own", "10.2.16.0/20"))
	released := block("a", "10.1.0.0/16", "")
	released.Kind = "released"
	apply(t, d.Ledger, vpcs, released, block("b", "10.2.0.0/16", ""))
	plan(t, d.Ledger, bank, pod("safe", "10.2.0.0/20"))
	inside := func() (all string) {
		view, err := d.Ask(t.Context(), ledger.Question{Planner: vpcs, Inside: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range view.Inside {
			all += fmt.Sprintf("%s: %s of %s %s; ", g.Block, g.Cluster, g.Owner, g.State)
		}
		return all
	}
	same(t, "inside", inside(), "10.1.0.0/16: web of shop/prod claim; 10.2.0.0/16: safe of bank/prod hold; ")
	expire(t, d, bank)
	same(t, "inside, after the hold has expired", inside(), "10.1.0.0/16: web of shop/prod claim; ")
}

// TestDelegatedBlocksBindAllClasses: ranges that may repeat in other networks, and those that may overlap with all, are no exception.
func TestDelegatedBlocksBindAllClasses(t *testing.T) {
	teams := ledger.Planner{Owner: shop.Owner, Name: "blocks/teams"}
	classes := map[string]func(cluster, r string) ledger.Entry{
		"network": func(cluster, r string) ledger.Entry {
			e := pod(cluster, r)
			e.Class, e.Network = ledger.Network, "network of "+cluster
			return e
		},
		"shared": func(cluster, r string) ledger.Entry {
			e := pod(cluster, r)
			e.Kind, e.Class = "service", ledger.Shared
			return e
		},
	}
	facts := func(kind, r string) ledger.Entry {
		return ledger.Entry{Kind: kind, Cluster: "old", Range: prefix(r), Class: ledger.Shared}
	}
	for class, of := range classes {
		t.Run(class, func(t *testing.T) {
			d := ledgertest.New(t)
			delegated, open := block("shop", "10.1.0.0/16", shop.Owner), block("all", "10.2.0.0/16", "")
			apply(t, d.Ledger, vpcs, delegated, open)
			apply(t, d.Ledger, shop, of("web", "10.1.0.0/20"), of("shop", "10.3.0.0/20"))
			for _, r := range []string{"10.1.16.0/20", "10.1.0.0/16", "10.0.0.0/12"} {
				var taken ledger.Taken
				_, err := tryPlan(t.Context(), d.Ledger, bank, of("vault", r))
				if !errors.As(err, &taken) || taken.Conflicts[0].ByCluster != "shop" || taken.Conflicts[0].ByDelegate != shop.Owner {
					t.Errorf("%s in a block for another owner: %v, want Taken", r, err)
				}
			}
			apply(t, d.Ledger, bank, of("vault", "10.2.0.0/20"), of("bank", "10.3.0.0/20"), facts("existing", "10.1.0.0/20"),
				facts("reserved", "10.1.0.0/16"))

			t.Run("a smaller block decides", func(t *testing.T) {
				smaller := []ledger.Entry{block("test", "10.1.64.0/18", test.Owner), block("both", "10.1.128.0/18", "")}
				if err := tryApplyAs(d.Ledger, teams, smaller); err != nil {
					t.Fatal(err)
				}
				for _, c := range []struct {
					who ledger.Planner
					r   string
					ok  bool
				}{
					{test, "10.1.64.0/20", true}, {test, "10.1.32.0/20", false}, {test, "10.1.128.0/20", true},
					{bank, "10.1.128.0/20", true},
					{shop, "10.1.64.0/20", false}, {shop, "10.1.128.0/20", true}, {shop, "10.1.0.0/17", false},
				} {
					_, err := tryPlan(t.Context(), d.Ledger, c.who, of("more of "+c.who.Owner, c.r))
					if (err == nil) != c.ok {
						t.Errorf("%s of %s: %v, want accepted: %t", c.r, c.who.Owner, err, c.ok)
					}
				}
				var children ledger.HasChildren
				if err := tryApplyAs(d.Ledger, teams, nil); !errors.As(err, &children) || children.Children[0].ByOwner == shop.Owner {
					t.Errorf("the end of a block with ranges of others: %v, want HasChildren", err)
				}
				d.Exec(t, `DELETE FROM entry WHERE state = 'hold' AND owner <> $1`, vpcs.Owner)
				if err := tryApplyAs(d.Ledger, teams, nil); err != nil {
					t.Fatal(err)
				}
			})
			t.Run("who is in a block keeps it from another owner", func(t *testing.T) {
				var taken ledger.Taken
				if err := tryApply(t, d.Ledger, vpcs, delegated, block("all", "10.2.0.0/16", shop.Owner)); !errors.As(err, &taken) ||
					taken.Conflicts[0].ByCluster != "vault" {
					t.Errorf("error = %v, want Taken", err)
				}
				_, err := tryPlan(t.Context(), d.Ledger, vpcs, delegated, open, block("new", "10.3.0.0/16", shop.Owner))
				if !errors.As(err, &taken) || taken.Conflicts[0].ByOwner != bank.Owner {
					t.Errorf("error = %v, want Taken", err)
				}
				apply(t, d.Ledger, vpcs, delegated, block("all", "10.2.0.0/16", bank.Owner))
				apply(t, d.Ledger, vpcs, delegated, open)
			})
			t.Run("a delegated block with ranges does not end, another one does", func(t *testing.T) {
				var children ledger.HasChildren
				if err := tryApply(t, d.Ledger, vpcs, open); !errors.As(err, &children) || children.Children[0].ByOwner != shop.Owner {
					t.Errorf("error = %v, want HasChildren", err)
				}
				if err := d.Release(t.Context(), vpcs, "token of network", grace); !errors.As(err, &children) {
					t.Errorf("release: %v, want HasChildren", err)
				}
				apply(t, d.Ledger, vpcs, delegated)
				apply(t, d.Ledger, vpcs, block("larger", "10.0.0.0/15", shop.Owner))
				apply(t, d.Ledger, vpcs, released("larger", "10.0.0.0/15"))
				plan(t, d.Ledger, bank, of("more", "10.1.32.0/20"))
			})
		})
	}
}

// TestAnExpiredDelegationMakesPlace: an owner takes a block whose plan was abandoned, unless something is inside.
func TestAnExpiredDelegationMakesPlace(t *testing.T) {
	d := ledgertest.New(t)
	shared := func(cluster string) ledger.Entry {
		e := pod(cluster, "10.1.0.0/20")
		e.Class = ledger.Shared
		return e
	}
	plan(t, d.Ledger, vpcs, block("shop", "10.1.0.0/16", shop.Owner))
	plan(t, d.Ledger, shop, shared("web"))
	expire(t, d, vpcs)
	if _, err := tryPlan(t.Context(), d.Ledger, bank, shared("vault")); err == nil {
		t.Error("the bank took a block with a range of the shop inside")
	}
	expire(t, d, shop)
	d.Exec(t, `DELETE FROM entry WHERE owner = $1`, shop.Owner)
	plan(t, d.Ledger, bank, shared("vault"))
	same(t, "lost", len(plan(t, d.Ledger, vpcs).Lost), 1)
}

// A block for an owner keeps others out of its VRF alone, also where ranges may repeat.
func TestDelegatedBlocksOfAnotherVRF(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, vpcs, block("ours", "10.0.0.0/16", shop.Owner))
	web := pod("web", "10.0.0.0/20")
	web.Class, web.Network, web.VRF = ledger.Network, "hub", "blue"
	plan(t, d.Ledger, bank, web)
	same(t, "own", ownRanges(plan(t, d.Ledger, bank)), []string{"hold pod web 10.0.0.0/20"})
	web.VRF = ""
	var taken ledger.Taken
	if _, err := tryPlan(t.Context(), d.Ledger, bank, web); !errors.As(err, &taken) {
		t.Errorf("error = %v, want Taken", err)
	}
}

// A block in a delegated one keeps what is inside when the outer one is for everyone again.
func TestABlockWithRangesWhoseDelegationEnds(t *testing.T) {
	d := ledgertest.New(t)
	inner := ledger.Planner{Owner: shop.Owner, Name: "blocks/inner"}
	apply(t, d.Ledger, vpcs, block("outer", "10.0.0.0/16", shop.Owner))
	err := d.Apply(t.Context(), ledger.Applied{
		Planner: inner, Serial: 1, Token: "inner", Entries: []ledger.Entry{block("inner", "10.0.0.0/20", "")},
	})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/24"))
	apply(t, d.Ledger, vpcs, block("outer", "10.0.0.0/16", ""))
	same(t, "in the inner block", d.Count(t, `
		SELECT count(*) FROM entry c JOIN entry p ON p.id = c.parent WHERE c.cluster = 'web' AND p.cluster = 'inner'`), 1)
	plan(t, d.Ledger, bank, pod("vault", "10.0.16.0/20"))
}
