package conflict

import (
	"cmp"
	"maps"
	"slices"
)

// prepare prepares the indexed facts for a registration. The facts of the registration are compared one by one. So are the facts of
// networks of which more is known now, since their conflicts may have been reported in another way before; prepare returns these
// facts. past has the prior state of the registration, nil where all prior states were read again.
func (n *ConfigCheck) prepare(added, past *additions) (restated []*fact) {
	for _, name := range slices.Sorted(maps.Keys(added.reconsidered)) {
		restated = append(restated, n.byNetwork[name]...)
	}
	for _, f := range added.all {
		if f.comparedBy != nil {
			n.ranges.remove(f)
			f.comparedBy = nil
		}
	}
	n.regroupByPriorState(past)
	for _, f := range restated {
		if f.comparedBy != nil {
			n.put(f, n.comparisonKeyOf(f, true))
		}
	}
	for _, f := range added.all {
		if f.seq < added.first && !isPlanner(added.by) { // a declaration has no blocks of a planner
			n.put(f, comparisonKey{only: f})
		}
	}
	return restated
}

// regroupByPriorState groups facts with those that had the same comparison key in prior state.
func (n *ConfigCheck) regroupByPriorState(past *additions) {
	again := func(f *fact) {
		if f != nil && f.comparedBy != nil {
			n.put(f, n.comparisonKeyOf(f, false))
		}
	}
	if past == nil {
		for _, f := range slices.SortedFunc(maps.Values(n.now.facts), func(f, g *fact) int { return cmp.Compare(f.seq, g.seq) }) {
			again(f)
		}
		return
	}
	for _, was := range past.all {
		again(n.now.facts[was.key])
	}
	for _, name := range slices.Sorted(maps.Keys(past.reconsidered)) {
		for _, f := range n.byNetwork[name] {
			again(f)
		}
	}
}

// index puts the facts of a registration, and those of the networks of which more is known now, to those that are like them.
func (n *ConfigCheck) index(added *additions, restated []*fact) {
	for _, f := range added.all {
		if f.source == nil {
			n.put(f, n.comparisonKeyOf(f, false))
		}
	}
	for _, f := range restated {
		n.put(f, n.comparisonKeyOf(f, false))
	}
}

// put indexes a fact by its comparison key.
func (n *ConfigCheck) put(f *fact, like comparisonKey) {
	known := n.comparisonKeys[like]
	if known == nil {
		known = &like
		if like.only == nil {
			n.comparisonKeys[like] = known
		}
	}
	if f.comparedBy == known {
		return
	}
	if f.comparedBy != nil {
		n.ranges.remove(f)
	}
	f.comparedBy = known
	n.ranges.add(f)
}
