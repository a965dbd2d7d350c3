package conflict

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// severityBefore is how serious a pair was by the facts before a registration, so that no list of pairs has to be stored. It
// is the zero Severity where a fact is new, or more is known about it than before.
func (n *ConfigCheck) severityBefore(p pair, added *additions) Severity {
	if added.worldBefore == nil || p.first.changedBy(added) || p.second.changedBy(added) || p.heldTwice() && added.held[p.first] {
		return Severity{}
	}
	one, other := p.first.plannersBefore(added), p.second.plannersBefore(added)
	both := slices.ContainsFunc(one, func(a *planner) bool { return slices.Contains(other, a) })
	if both && !p.heldTwice() {
		return Severity{}
	}
	was := p
	if !p.heldTwice() {
		was.first, was.second = p.first.heldBefore(added), p.second.heldBefore(added)
		if !rulesCompare(was.first, was.second) {
			return Severity{}
		}
	}
	v, broken := n.now.violation(was, *added.worldBefore, added.planner)
	if !broken {
		return Severity{}
	}
	level := v.Rule.Level
	if n.preExisted(p, v) {
		if len(one)+len(other) == 0 {
			return Severity{}
		}
		level = min(level, profile.Warn)
	}
	return Severity{level, len(one) > 0 && len(other) > 0}
}

// changedBy says whether a registration brought a fact, or more about it.
func (f *fact) changedBy(n *additions) bool {
	return f.seq >= n.first || n.altered[f] || n.platforms[f.home]
}

// plannersBefore are the planners that had the fact before a registration.
func (f *fact) plannersBefore(n *additions) []*planner {
	if n.planner == nil {
		return f.planners
	}
	return slices.DeleteFunc(slices.Clone(f.planners), func(p *planner) bool { return p == n.planner })
}

// heldBefore is the fact without the allocator that a registration adds to its holders.
func (f *fact) heldBefore(n *additions) *fact {
	if !n.held[f] {
		return f
	}
	before := *f
	before.holders = slices.DeleteFunc(slices.Clone(f.holders), func(holder string) bool { return holder == n.by.Name })
	return &before
}

// maxReported is the number of findings of one cause that a registration returns. Further findings are returned only if they
// are the first of a registered fact.
const maxReported = 16

// report collects the findings of a registration.
type report struct {
	accepted *acceptedByParty
	findings []Finding
	byCause  map[causeKey]*reportedCause
}

// reportedCause are the findings of one cause: how many are reported, and for which facts.
type reportedCause struct {
	first *Unwired
	kept  int
	of    map[*fact]bool
}

// causeKey is the same for findings of a registration that have one cause.
type causeKey struct {
	verdictKey
	now, before Severity
	preExisting bool
	// kinds are those of the origins, sorted; ofOneName says that both parties have one name.
	kinds     [2]string
	ofOneName bool
}

// isFull says whether further findings of a cause that a fact brings are only counted.
func (t *report) isFull(key causeKey, of *fact) bool {
	c := t.byCause[key]
	return c != nil && c.kept >= maxReported && c.of[of]
}

// add reports a finding of a fact, or counts it; find makes the finding.
func (t *report) add(key causeKey, of *fact, find func() Finding) {
	full := t.isFull(key, of)
	if full && t.accepted == nil {
		t.byCause[key].first.LeftOut++
		return
	}
	f := find()
	c := t.byCause[key]
	switch {
	case t.accepted != nil && t.accepted.covers(f):
		return
	case full:
		c.first.LeftOut++
		return
	case c == nil:
		c = &reportedCause{first: f.Unwired, of: map[*fact]bool{}}
		t.byCause[key] = c
	}
	c.kept++
	c.of[of] = true
	f.Unwired.cause = c
	t.findings = append(t.findings, f)
}

// addAll is add for the pairs of a fact with each of some similar ones.
func (t *report) addAll(key causeKey, of *fact, g similar, find func(*fact) Finding) {
	accepted, left := t.accepted.names(of.claim), g.count
	for other := range g.each {
		if t.isFull(key, of) {
			if !accepted {
				t.byCause[key].first.LeftOut += left
				return
			}
			if !t.accepted.names(other.claim) {
				t.byCause[key].first.LeftOut++
				continue
			}
		}
		t.add(key, of, func() Finding { return find(other) })
		left--
	}
}

// UnwiredGroups puts the findings of a registration together by cause, in the order of the first of each. The
// number of those that are left out is that of the group.
func UnwiredGroups(findings []Finding) []Group {
	places := map[*reportedCause]int{}
	var groups []Group
	for _, f := range findings {
		i, known := places[f.Unwired.cause]
		if !known {
			i = len(groups)
			places[f.Unwired.cause] = i
			groups = append(groups, Group{})
		}
		groups[i].Findings = append(groups[i].Findings, f)
		groups[i].LeftOut += f.Unwired.LeftOut
	}
	return groups
}
