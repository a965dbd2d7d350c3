package ledger_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// A range inside of a block that is only held takes the addresses from the block if it is to, the hold has expired, and nothing else is
// inside. Else it is inside of the block.
func TestARangeInABlockWhoseHoldExpired(t *testing.T) {
	for name, c := range map[string]struct {
		expired, inUse, takes bool
		lost                  int
	}{
		"it takes the addresses":               {true, false, true, 1},
		"it is to be inside":                   {true, false, false, 0},
		"the hold has not expired":             {false, false, true, 0},
		"another owner has a range inside":     {true, true, true, 0},
		"it is to be inside, with another one": {true, true, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d := ledgertest.New(t)
			plan(t, d.Ledger, vpcs, block("b", "10.0.0.0/16", ""))
			if c.inUse {
				plan(t, d.Ledger, shop, pod("web", "10.0.16.0/20"))
			}
			if c.expired {
				expire(t, d, vpcs)
			}
			vault := pod("vault", "10.0.0.0/20")
			vault.Takes = c.takes
			plan(t, d.Ledger, bank, vault)
			if lost := plan(t, d.Ledger, vpcs).Lost; len(lost) != c.lost || c.lost > 0 && lost[0].To != bank {
				t.Errorf("lost %+v, want %d", lost, c.lost)
			}
			same(t, "own", ownRanges(plan(t, d.Ledger, bank)), []string{"hold pod vault 10.0.0.0/20"})
			if n := d.Count(t, `SELECT count(*) FROM entry WHERE cluster = 'vault' AND parent IS NOT NULL`); n != 1-c.lost {
				t.Errorf("%d in a block, want %d", n, 1-c.lost)
			}
			if c.inUse {
				same(t, "inside", ownRanges(plan(t, d.Ledger, shop)), []string{"hold pod web 10.0.16.0/20"})
			}
		})
	}
}

// A block of the configuration (it has no demand) takes holds inside of it as its children, also where they have expired. One that was
// chosen here takes expired ones.
func TestABlockAroundAHoldThatExpired(t *testing.T) {
	for name, demand := range map[string]string{"given": "", "chosen": "block/b"} {
		t.Run(name, func(t *testing.T) {
			d := ledgertest.New(t)
			plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
			expire(t, d, shop)
			b := block("b", "10.0.0.0/16", "")
			b.Demand = demand
			plan(t, d.Ledger, vpcs, b)
			var lost []string
			for _, l := range plan(t, d.Ledger, shop).Lost {
				lost = append(lost, l.Cluster+" to "+l.To.Owner)
			}
			want := []string{"web to network"}
			if demand == "" {
				want = nil
			}
			same(t, "lost", lost, want)
		})
	}
}

// An expired hold that a range of another network, or a shared one, may overlap is not lost.
func TestExpiredHoldsThatAreNotInTheWay(t *testing.T) {
	d := ledgertest.New(t)
	inNetwork := func(cluster, network string, class ledger.Class) ledger.Entry {
		e := pod(cluster, "10.0.0.0/20")
		e.Network, e.Class = network, class
		return e
	}
	plan(t, d.Ledger, shop, inNetwork("web", "one", ledger.Network))
	expire(t, d, shop)
	plan(t, d.Ledger, bank, inNetwork("vault", "two", ledger.Network), inNetwork("safe", "", ledger.Shared))
	same(t, "lost", plan(t, d.Ledger, shop).Lost, []ledger.Lost(nil))
	plan(t, d.Ledger, bank, inNetwork("box", "one", ledger.Network))
	if lost := plan(t, d.Ledger, shop).Lost; len(lost) != 1 || lost[0].To != bank {
		t.Errorf("lost %+v, want that of the same network", lost)
	}
}
