package provider

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// question is the first question of the planner: which ranges of others overlap its own and its pinned ranges and, if clusters or blocks
// have no ranges yet, what others use in its supernets.
func (l *ledgerPlan) question() ledger.Question {
	vrfs, _ := l.request.Facts.VRFs()
	undecided := slices.DeleteFunc(l.request.Facts.Owners(), func(owner string) bool {
		return l.request.Prior != nil && l.request.Prior.Allocations[owner].Held()
	})
	return ledger.Question{
		Planner: l.who, Token: l.token, VRFs: vrfs, Ranges: append(l.request.GivenRanges(), fixedRanges(l.prior)...),
		Supernets: l.request.AllSupernets(),
		Demands:   len(undecided) > 0,
		Undecided: undecided,
		Full:      l.full(),
		Guests:    l.delegates(),
		Inside:    l.request.OfBlocks && l.request.Prior != nil && len(l.request.Prior.Released) > 0 && len(l.request.Reclaim) > 0,
	}
}

// more is a further question, nil for none. A plan has one if it has or needs ranges that the first question did not name, or if it
// chose or suggests ranges without knowing what others use in the supernets. A refused plan may propose ranges outside the supernets.
func (l *ledgerPlan) more(entries []ledger.Entry) *ledger.Question {
	result, more := l.outcome.result, l.view.Asked
	asked := cidr.NewSet(more.Ranges...)
	suggests, refused := len(result.Findings) > 0 || result.Failed(), messages.Refuses(l.outcome.found)
	more.Demands = more.Demands || len(result.Chosen) > 0 || suggests
	more.Undecided = nil
	named := append(fixedRanges(entries), largerRanges(result)...)
	more.Ranges = append(slices.Clone(more.Ranges), slices.DeleteFunc(named, asked.Contains)...)
	if refused {
		more.Elsewhere = allocate.PrivateRanges()
	}
	unread := l.view.Unread && (suggests || refused || !l.has(entries))
	if l.view.Again || !unread && more.Demands == l.view.Asked.Demands && len(more.Ranges) == len(l.view.Asked.Ranges) &&
		len(more.Elsewhere) == len(l.view.Asked.Elsewhere) {
		return nil
	}
	return &more
}

// has says whether the ledger has all entries of a plan, for the same demands, so that nothing was chosen anew.
func (l *ledgerPlan) has(entries []ledger.Entry) bool {
	demands := map[entryID]string{}
	for _, o := range l.view.Own {
		demands[idOf(o.Entry)] = o.Demand
	}
	return !slices.ContainsFunc(entries, func(e ledger.Entry) bool {
		demand, has := demands[idOf(e)]
		return !has || e.Demand != "" && e.Demand != demand
	})
}

// full says whether ranges may repeat where nothing connects them: then all entries in the supernets are compared by the rules.
func (l *ledgerPlan) full() bool { return l.request.SharedPods || l.request.SharedServices }

// fixedRanges are the ranges of entries that were not chosen by this plan.
func fixedRanges(entries []ledger.Entry) []netip.Prefix {
	var all []netip.Prefix
	for _, e := range entries {
		if e.Demand == "" && e.Kind != topology.ForeignReserved {
			all = append(all, e.Range)
		}
	}
	return all
}

// largerRanges are the larger ranges that clusters need and that are not free: the plan is to name who has parts of them.
func largerRanges(result allocate.Result) []netip.Prefix {
	var all []netip.Prefix
	for _, f := range result.Faults {
		if problem, ok := f.Problem.(allocate.NotExtended); ok && !problem.Outside {
			all = append(all, problem.Larger)
		}
	}
	return all
}
