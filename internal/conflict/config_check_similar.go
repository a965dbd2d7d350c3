package conflict

import "math"

// similar are facts that break the same rules with another fact: each makes a pair of one cause with it, or none does.
type similar struct {
	// first is one of them, count the number of all.
	first *fact
	count int
	// each calls yield with the facts until it returns false.
	each func(yield func(*fact) bool)
}

// every is a bound for ConfigCheck.groups by which all facts are visited.
func every(*fact) int { return math.MaxInt }

// groups calls visit with the indexed facts that share addresses with a fact, except itself. Of facts with one comparison key,
// only those are visited that came before a bound, which holds for each of them; 0 is for none.
func (n *ConfigCheck) groups(f *fact, bound func(*fact) int, visit func(similar)) {
	mates := n.ownFacts(f)
	for _, m := range mates {
		if m.fact != f && m.seq < bound(m.fact) {
			visit(similar{m.fact, 1, func(yield func(*fact) bool) { yield(m.fact) }})
		}
	}
	released := n.outOfUse(f)
	n.ranges.touching(f.claim.Range, func(b *equalFacts) {
		before := bound(b.facts[0])
		if before == 0 {
			return
		}
		near := b.named[f.claim.Network]
		if near != nil {
			own := selection{of: f, before: before, in: []*inNetwork{near}}
			own.visit(near.facts.before(before)-mates.count(b, before, true), visit)
		}
		far := selection{of: f, before: before, in: b.networks, but: near}
		if released && b.comparedBy.separate {
			far.visitEach(visit)
			return
		}
		count := b.facts.before(before) - mates.count(b, before, false)
		if near != nil {
			count -= near.facts.before(before)
		}
		far.visit(count, visit)
	})
}

// selection are those of equalFacts in some networks that came before a bound and belong to another owner than a fact.
type selection struct {
	of     *fact
	before int
	in     []*inNetwork
	// but is a network that is left out, nil for none.
	but *inNetwork
}

func (s selection) each(yield func(*fact) bool) {
	for _, in := range s.in {
		if in == s.but {
			continue
		}
		for _, g := range in.facts[:in.facts.before(s.before)] {
			if g.claim.Owner != s.of.claim.Owner && !yield(g) {
				return
			}
		}
	}
}

// visit visits the facts as one, which are as many as count says.
func (s selection) visit(count int, visit func(similar)) {
	if count == 0 {
		return
	}
	for g := range s.each {
		visit(similar{g, count, s.each})
		return
	}
}

// visitEach visits each fact by itself.
func (s selection) visitEach(visit func(similar)) {
	for g := range s.each {
		visit(similar{g, 1, func(yield func(*fact) bool) { yield(g) }})
	}
}

// ownFacts are the indexed facts of the owner of a fact that share addresses with it, including itself.
type ownFacts []ownFact

type ownFact struct {
	*fact
	in   *equalFacts
	near bool
}

func (n *ConfigCheck) ownFacts(f *fact) ownFacts {
	var list ownFacts
	for _, g := range n.byOwner[f.claim.Owner] {
		if g.comparedBy == nil {
			continue
		}
		if in := n.ranges.groupFor(f.claim.Range, g); in != nil {
			list = append(list, ownFact{g, in, g.claim.Network == f.claim.Network})
		}
	}
	return list
}

// count counts those of a group that came before a bound and are in the network of the other fact, or not.
func (ms ownFacts) count(in *equalFacts, before int, near bool) int {
	count := 0
	for _, m := range ms {
		if m.in == in && m.near == near && m.seq < before {
			count++
		}
	}
	return count
}
