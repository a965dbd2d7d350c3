package conflict

// pair are two facts in the order in which they came. holders are the two allocators that chose one range for clusters of
// one name, where both facts are the same.
type pair struct {
	first, second *fact
	holders       [2]string
}

func pairOfFacts(f, g *fact) pair {
	if g.seq < f.seq {
		f, g = g, f
	}
	return pair{first: f, second: g}
}

// inOrder are the facts in an order that does not depend on which came first.
func (p pair) inOrder() (a, b *fact) {
	if p.second.claim.Network < p.first.claim.Network {
		return p.second, p.first
	}
	return p.first, p.second
}

// finding names the parties of a pair that breaks a rule.
func (p pair) finding(v Violation) Finding {
	one, other := p.parties(p.inOrder())
	found := overlap(v, one.claim, other.claim)
	if found.A.ID() != one.claim.ID() || found.A.Network != one.claim.Network {
		one, other = other, one
	}
	found.Unwired = &Unwired{A: one.from, B: other.from, APlanner: one.planner(), BPlanner: other.planner()}
	return found
}
