package messages

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

func TestMessagesOnDelegation(t *testing.T) {
	w := Writer{}
	block := ledger.Entry{Kind: "block", Cluster: "shop", Range: netip.MustParsePrefix("10.64.0.0/16"), Delegate: "shop/prod"}
	m := w.DelegatedWithoutLedger("shop")
	wantLedgerMessage(t, m, "Delegation Requires a Ledger", 2, `Block "shop" has delegated_to`, "keep other owners out")
	if got := m.At.String(); got != `blocks["shop"].delegated_to` {
		t.Errorf("reported on %s", got)
	}
	m = w.DelegatedElsewhere(shopPlanner, []ledger.Other{{Planner: bankPlanner, Entry: block}})
	wantLedgerMessage(t, m, `Supernet Is Delegated to Another Owner ("k8s")`, 2,
		`- block 10.64.0.0/16 of "shop" of cidrplan_blocks "vpcs" of owner "bank/prod", delegated to owner "shop/prod"`,
		`If owner "shop/prod" is to allocate in block "shop", let owner "bank/prod" set delegated_to = "shop/prod" for the block.`)
	if got := m.At.String(); got != "supernets" || !m.Warn {
		t.Errorf("reported on %s, as a warning: %t", got, m.Warn)
	}

	inner, beside := block, block
	inner.Cluster, inner.Range = "api", netip.MustParsePrefix("10.64.0.0/20")
	beside.Cluster, beside.Range = "bank", netip.MustParsePrefix("10.65.0.0/20")
	m = w.DelegatedElsewhere(bankPlanner, []ledger.Other{
		{Planner: bankPlanner, Entry: block}, {Planner: shopPlanner, Entry: inner}, {Planner: shopPlanner, Entry: beside},
	})
	wantLedgerMessage(t, m, `Supernet Is Delegated to Another Owner ("vpcs")`, 2,
		`allocate in block "api", let owner "shop/prod" set delegated_to = "bank/prod" for the block.`)

	guest := ledger.Other{
		Planner: shopPlanner, State: ledger.Claim,
		Entry: ledger.Entry{Kind: "pod", Cluster: "web", Range: netip.MustParsePrefix("10.64.0.0/20")},
	}
	m = w.DelegatedWithGuests(bankPlanner, []Uninvited{{Block: block, Other: guest}})
	wantLedgerMessage(t, m, `Block Has Ranges of Others ("vpcs")`, 2,
		`- block 10.64.0.0/16 of "shop", to be delegated to owner "shop/prod", has Pod range 10.64.0.0/20 of "web" of allocator "k8s"`,
		"the ledger refuses the apply",
		`Let owner "shop/prod" first move its ranges to other supernets (change supernets, renumber, then reclaim)`)
	guest.State, guest.Expires = ledger.Hold, &expiry
	m = w.DelegatedWithGuests(bankPlanner, []Uninvited{{Block: block, Other: guest}})
	wantLedgerMessage(t, m, `Block Has Ranges of Others ("vpcs")`, 2, `until owner "shop/prod" has released its ranges`,
		`If nobody applies the plan of allocator "k8s" of owner "shop/prod", let an administrator`,
		"end the holds: cidrplan ledger release --owner shop/prod")

	block.Kind = "released"
	m = w.ReclaimsBlocks(bankPlanner, []Uninvited{{Block: block, Other: guest}})
	wantLedgerMessage(t, m, `Block Has Ranges of Others ("vpcs")`, 3,
		`- released range 10.64.0.0/16 of "shop" has Pod range 10.64.0.0/20 of "web" of allocator "k8s" of owner "shop/prod"`,
		`Leave block "shop" out of reclaim`, `Let owner "shop/prod" first move its ranges to other supernets`,
		"end the holds: cidrplan ledger release")
	if got := m.At.String(); got != "reclaim" {
		t.Errorf("reported on %s", got)
	}

	taken := ledger.Taken{Planner: shopPlanner, Conflicts: []ledger.Conflict{{
		Kind: "pod", Cluster: "web", Range: guest.Range, Child: ledger.Child{
			ByOwner: "network", ByPlanner: "blocks/teams", ByKind: "block", ByCluster: "lab", ByRange: block.Range, ByState: ledger.Claim,
			ByDelegate: "lab",
		},
	}}}
	wantLedgerMessage(t, w.LedgerFailed(shopPlanner, taken, false), `Range Is Taken in the Ledger ("k8s")`, 3,
		`of owner "network", delegated to owner "lab"`, `let owner "network" set delegated_to = "shop/prod" for the block`)
}
