package provider

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// comparedEntry is an entry that is compared with others: an own entry, with its index own, or one of another planner (own is -1).
type comparedEntry struct {
	ledger.Entry
	own   int
	other *ledger.Other
}

// overlapping calls report for each pair of entries of one VRF in which one range contains the other, unless both are of other planners.
func overlapping(own []ledger.Entry, others []ledger.Other, report func(outer, inner comparedEntry)) {
	var all []comparedEntry
	for i, e := range own {
		all = append(all, comparedEntry{Entry: e, own: i})
	}
	for i := range others {
		all = append(all, comparedEntry{Entry: others[i].Entry, own: -1, other: &others[i]})
	}
	slices.SortStableFunc(all, func(a, b comparedEntry) int { return cidr.Compare(a.Range, b.Range) })
	around := map[string][]comparedEntry{} // by VRF, those that contain the range before
	for _, s := range all {
		open := around[s.VRF]
		for len(open) > 0 && !cidr.Contains(open[len(open)-1].Range, s.Range) {
			open = open[:len(open)-1]
		}
		for _, outer := range open {
			if outer.other == nil || s.other == nil {
				report(outer, s)
			}
		}
		around[s.VRF] = append(open, s)
	}
}

// nested says whether an entry may be inside another one: in a block, or in a growth reserve or released ranges of its own cluster.
func nested(outer, inner comparedEntry) bool {
	sameRange := outer.Range == inner.Range
	switch outer.Kind {
	case topology.ForeignBlock:
		return !sameRange || inner.Kind != topology.ForeignBlock
	case topology.ForeignKept, topology.ForeignReleased:
		return outer.other == nil && inner.other == nil && outer.Cluster == inner.Cluster && (!sameRange || inner.Kind != outer.Kind)
	}
	return false
}

// classifier decides which own entries may overlap with others.
type classifier struct {
	entries []ledger.Entry
	// claimed has the entries that the ledger has as claims, also under an earlier name of the cluster or block; their classes stay.
	claimed map[entryID]bool
	// permitted are ranges that the configuration gives, or whose conflicts it accepts: the rules have checked them.
	permitted map[netip.Prefix]bool
	// refused are pairs of ranges that break a rule together, in both orders.
	refused   map[[2]netip.Prefix]bool
	elsewhere []messages.HeldElsewhere
}

// classified sets the classes of the entries. Entries that are claims in the ledger keep their class and demand. It returns the ranges
// of the state that other planners have in the ledger.
func (l *ledgerPlan) classified(entries []ledger.Entry) []messages.HeldElsewhere {
	c := classifier{entries: entries, claimed: map[entryID]bool{}, permitted: l.permitted(), refused: l.refused()}
	claims, unnamed := map[entryID]ledger.Entry{}, map[entryID]ledger.Entry{}
	for _, e := range l.claims() {
		claims[idOf(e)], unnamed[withoutCluster(e)] = e, e
	}
	for i, e := range entries {
		was, named := claims[idOf(e)]
		if !named {
			was = unnamed[withoutCluster(e)]
		}
		if was.Class == "" || !named && e.Demand != "" {
			continue
		}
		c.claimed[idOf(e)], entries[i].Class = true, was.Class
		if named && e.Demand == "" {
			entries[i].Demand = was.Demand
		}
	}
	expired := map[string]cidr.Set{}
	for vrf, ranges := range l.view.TakenByExpired {
		expired[vrf] = cidr.NewSet(ranges...)
	}
	for i, e := range entries {
		entries[i].Takes = !c.claimed[idOf(e)] && expired[e.VRF].Overlaps(e.Range)
	}
	return c.classify(l.view.Others)
}

// permitted are the ranges that the configuration gives, and those whose conflicts it accepts.
func (l *ledgerPlan) permitted() map[netip.Prefix]bool {
	all := map[netip.Prefix]bool{}
	for _, r := range l.request.GivenRanges() {
		all[r] = true
	}
	for _, f := range l.outcome.result.Findings {
		if f.Accepted != nil {
			all[f.A.Range] = true
		}
	}
	return all
}

// refused are the pairs of ranges that break a rule whose level is error, including pre-existing conflicts, of which the plan only warns.
func (l *ledgerPlan) refused() map[[2]netip.Prefix]bool {
	all := map[[2]netip.Prefix]bool{}
	for _, f := range l.outcome.result.Findings {
		if f.B != nil && f.Accepted == nil && f.Rule.Level == profile.Error {
			all[[2]netip.Prefix{f.A.Range, f.B.Range}], all[[2]netip.Prefix{f.B.Range, f.A.Range}] = true, true
		}
	}
	return all
}

// classify sets the class Shared for entries that may overlap with others: by the rules, or since they are released and nothing uses
// them. It returns the ranges that the planner has only in its state, and that other planners have in the ledger.
func (c *classifier) classify(others []ledger.Other) []messages.HeldElsewhere {
	var shared []int
	overlapping(c.entries, others, func(outer, inner comparedEntry) {
		if nested(outer, inner) || nested(inner, outer) {
			return
		}
		for _, pair := range [][2]comparedEntry{{outer, inner}, {inner, outer}} {
			own, with := pair[0], pair[1]
			if own.other != nil || !c.excludes(own, with) || c.claimed[idOf(own.Entry)] {
				continue
			}
			switch {
			case own.Class == ledger.Network && !c.refused[[2]netip.Prefix{own.Range, with.Range}]: // as for Pods that are not routed
				shared = append(shared, own.own)
			case own.Demand != "" || own.Delegate != "": // which nothing may share
			case with.other == nil || c.permitted[own.Range] || own.Kind == topology.ForeignReleased:
				shared = append(shared, own.own)
			default:
				c.elsewhere = append(c.elsewhere, messages.HeldElsewhere{Own: own.Entry, Other: *with.other})
			}
		}
	})
	for _, i := range shared {
		c.entries[i].Class = ledger.Shared
	}
	return c.elsewhere
}

// excludes says whether the ledger refuses to have both entries.
func (c *classifier) excludes(own, with comparedEntry) bool {
	switch {
	case with.other != nil && with.other.Expired: // an expired hold can be taken
		return false
	case own.Class == ledger.Shared || with.Class == ledger.Shared || own.Class != with.Class:
		return false
	}
	return own.Class == ledger.Unique || own.Network == with.Network
}
