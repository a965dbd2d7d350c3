package provider

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// delegates says whether a block of the planner is for one owner.
func (l *ledgerPlan) delegates() bool {
	return slices.ContainsFunc(slices.Collect(maps.Values(l.request.Facts.Blocks)), func(b topology.Block) bool {
		return b.DelegatedTo != ""
	})
}

// uninvited are entries in blocks that the plan delegates, of owners other than the one that a block is delegated to.
func (l *ledgerPlan) uninvited(entries []ledger.Entry) []messages.Uninvited {
	var all []messages.Uninvited
	for _, e := range entries {
		if e.Delegate == "" {
			continue
		}
		for _, g := range l.view.Guests {
			if g.Block == e.Range && g.VRF == e.VRF && g.Owner != e.Delegate {
				all = append(all, messages.Uninvited{Block: e, Other: g.Other})
			}
		}
	}
	return all
}

// ending are the blocks that the plan ends, by reclaim, although other owners have ranges in them.
func (l *ledgerPlan) ending(entries []ledger.Entry) []messages.Uninvited {
	opens := func(e ledger.Entry) bool {
		return e.Kind == topology.ForeignBlock || e.Kind == topology.ForeignReleased
	}
	around := func(all []ledger.Entry, g ledger.Guest) int {
		return slices.IndexFunc(all, func(e ledger.Entry) bool { return opens(e) && e.VRF == g.VRF && cidr.Contains(e.Range, g.Block) })
	}
	var ending []messages.Uninvited
	claims := l.claims()
	for _, g := range l.view.Inside {
		if around(entries, g) < 0 {
			if at := around(claims, g); at >= 0 {
				ending = append(ending, messages.Uninvited{Block: claims[at], Other: g.Other})
			}
		}
	}
	return ending
}

// refuseDelegation refuses blocks that are for one owner where no ledger keeps the others out.
func (a *plannerResource) refuseDelegation(p messages.Writer, blocks map[string]topology.Block) []messages.Message {
	for _, name := range slices.Sorted(maps.Keys(blocks)) {
		if b := blocks[name]; b.DelegatedTo != "" || b.Unknown.Has("delegated_to") {
			return []messages.Message{p.DelegatedWithoutLedger(name)}
		}
	}
	return nil
}
