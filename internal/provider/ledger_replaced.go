package provider

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// warnOfHolds warns of holds that an earlier plan relies on and that it does not find any more: those that others took, and those that this
// plan or a later one than theirs replaces.
func (l *ledgerPlan) warnOfHolds() []messages.Message {
	var found []messages.Message
	if lost := l.lostToOthers(); len(lost) > 0 {
		found = append(found, l.writer.LostHolds(l.who, lost))
	}
	if replaced := l.replaced(); len(replaced) > 0 {
		found = append(found, l.writer.ReplacedHolds(l.who, replaced))
	}
	return found
}

// lostToOthers are the holds that others took, or that nobody has any more.
func (l *ledgerPlan) lostToOthers() []ledger.Lost {
	var all []ledger.Lost
	for _, lost := range l.view.Lost {
		if lost.To != l.view.Asked.Planner {
			all = append(all, lost)
		}
	}
	return all
}

// replaced are the holds of demands for which this plan chooses other ranges.
func (l *ledgerPlan) replaced() []messages.ReplacedHold {
	if messages.Refuses(l.outcome.found) {
		return nil
	}
	chosen := map[string]netip.Prefix{}
	for _, c := range l.outcome.result.Chosen {
		if !c.Follows {
			chosen[c.Demand] = c.Range
		}
	}
	var all []messages.ReplacedHold
	add := func(held ledger.Entry) {
		now, is := chosen[held.Demand]
		if is && now != held.Range && allocate.IsDemandOf(held.Demand, held.Cluster, held.Kind) {
			all = append(all, messages.ReplacedHold{Entry: held, Now: now, By: l.othersIn(held)})
		}
	}
	for _, own := range l.view.Own {
		if own.State == ledger.Hold {
			add(own.Entry)
		}
	}
	for _, lost := range l.view.Lost {
		if lost.To == l.view.Asked.Planner {
			add(lost.Entry)
		}
	}
	return all
}

// othersIn are the entries of others that overlap a hold.
func (l *ledgerPlan) othersIn(held ledger.Entry) []ledger.Other {
	var all []ledger.Other
	for _, o := range l.view.Others {
		if !o.Expired && o.VRF == held.VRF && o.Range.Overlaps(held.Range) {
			all = append(all, o)
		}
	}
	return all
}
