package provider

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A block cannot become one for a single owner as long as others have ranges in it.
func TestGuestsOfDelegatedBlocks(t *testing.T) {
	guest := func(owner, block, vrf string) ledger.Guest {
		e := entryOf("pod", "vault", "10.1.0.0/20")
		e.VRF = vrf
		return ledger.Guest{
			Other: ledger.Other{Planner: ledger.Planner{Owner: owner, Name: "k8s"}, Entry: e}, Block: entryOf("block", "b", block).Range,
		}
	}
	block := func(delegate string) ledger.Entry {
		return entryOf("block", "b", "10.1.0.0/16", func(e *ledger.Entry) { e.Delegate = delegate })
	}
	for name, test := range map[string]struct {
		entry ledger.Entry
		guest ledger.Guest
		want  int
	}{
		"of another owner":            {block("shop"), guest("bank", "10.1.0.0/16", ""), 1},
		"of the owner that it is for": {block("shop"), guest("shop", "10.1.0.0/16", ""), 0},
		"of a block that is for all":  {block(""), guest("bank", "10.1.0.0/16", ""), 0},
		"in another block":            {block("shop"), guest("bank", "10.2.0.0/16", ""), 0},
		"in the block of another VRF": {block("shop"), guest("bank", "10.1.0.0/16", "blue"), 0},
	} {
		l := ledgerPlan{view: ledger.View{Guests: []ledger.Guest{test.guest}}}
		if got := l.uninvited([]ledger.Entry{test.entry}); len(got) != test.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
	for delegate, want := range map[string]bool{"": false, "shop": true} {
		facts := topology.Facts{Blocks: map[string]topology.Block{"a": {}, "b": {DelegatedTo: delegate}}}
		if got := (&ledgerPlan{request: allocate.Request{Facts: facts}}).delegates(); got != want {
			t.Errorf("for %q: delegates: %t", delegate, got)
		}
	}
}

// A released block cannot end by reclaim as long as others have ranges in it. One that stays, as a block or released, does not end.
func TestBlocksOfOthersThatEnd(t *testing.T) {
	vault := ledger.Other{Planner: ledger.Planner{Owner: "bank", Name: "k8s"}, Entry: entryOf("pod", "vault", "10.1.0.0/20")}
	released := entryOf("released", "b", "10.1.0.0/16")
	for name, test := range map[string]struct {
		planned []ledger.Entry
		want    int
	}{
		"reclaimed":                {nil, 1},
		"still released":           {[]ledger.Entry{released}, 0},
		"declared again":           {[]ledger.Entry{entryOf("block", "b", "10.1.0.0/16")}, 0},
		"inside of a larger block": {[]ledger.Entry{entryOf("block", "all", "10.0.0.0/8")}, 0},
		"reserved":                 {[]ledger.Entry{entryOf("reserved", "b", "10.1.0.0/16")}, 1},
		"declared again in another VRF": {
			[]ledger.Entry{entryOf("block", "b", "10.1.0.0/16", func(e *ledger.Entry) { e.VRF = "blue" })}, 1,
		},
	} {
		l := ledgerPlan{view: ledger.View{
			Own: claimedBy(released), Inside: []ledger.Guest{{Other: vault, Block: released.Range}},
		}}
		if got := l.ending(test.planned); len(got) != test.want || test.want == 1 && got[0].Block.Cluster != "b" {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

// Without a ledger, nothing keeps other owners out of a block.
func TestDelegatedBlocksNeedALedger(t *testing.T) {
	for name, test := range map[string]struct {
		block topology.Block
		want  int
	}{
		"for all":            {topology.Block{}, 0},
		"for one owner":      {topology.Block{DelegatedTo: "shop"}, 1},
		"not known for whom": {topology.Block{Unknown: topology.Unknown{"delegated_to"}}, 1},
	} {
		a := &plannerResource{}
		if got := a.refuseDelegation(a.writer, map[string]topology.Block{"b": test.block}); len(got) != test.want {
			t.Errorf("%s: got %s", name, fmt.Sprint(got))
		}
	}
}
