package conflict

import "testing"

func TestPairsAreInTheOrderOfTheirFacts(t *testing.T) {
	first, second := &fact{seq: 1, claim: Claim{Network: "b"}}, &fact{seq: 2, claim: Claim{Network: "a"}}
	third := &fact{seq: 3, claim: Claim{Network: "b"}}
	for name, test := range map[string]struct {
		f, g, one, other *fact
	}{
		"the earlier one first":   {first, third, first, third},
		"the later one first":     {third, first, first, third},
		"networks in turn":        {first, second, second, first},
		"networks in their order": {second, third, second, third},
	} {
		p := pairOfFacts(test.f, test.g)
		if p.first.seq >= p.second.seq {
			t.Errorf("%s: fact %d comes before fact %d", name, p.first.seq, p.second.seq)
		}
		if a, b := p.inOrder(); a != test.one || b != test.other {
			t.Errorf("%s: the parties are facts %d and %d", name, a.seq, b.seq)
		}
	}
}
