package allocate

import "github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"

// comparisons answer which claims must be disjoint. Claims that no rule can distinguish
// (conflict.World.ComparisonKeyToOthers) are compared only once in one network and once in two networks, so that a plan of many
// clusters compares groups of equal claims instead of single claims.
type comparisons struct {
	*separation
	numbers map[string]int
	// known has the comparisons made so far, by the number of the claim whose range is to be chosen.
	known []comparison
}

// comparison says which other claims a group of equal claims must be disjoint from, by the numbers of the others: in its own network
// and in other networks.
type comparison struct{ near, far []answer }

// answer is yes, no or not known yet.
type answer int8

const (
	unasked answer = iota
	no
	yes
)

// unnumbered is the number of a claim that is not equal to any other one.
const unnumbered = -1

func newComparisons(s *separation) *comparisons {
	return &comparisons{separation: s, numbers: map[string]int{}}
}

// number is the same for claims that all rules treat the same way beside claims of another owner.
func (n *comparisons) number(c conflict.Claim) int {
	if len(c.Delegations) > 0 || c.Kind == conflict.Supernet || len(c.Mirrors) > 0 {
		return unnumbered
	}
	text := n.world.ComparisonKeyToOthers(c)
	number, known := n.numbers[text]
	if !known {
		number = len(n.numbers)
		n.numbers[text] = number
		n.known = append(n.known, comparison{})
	}
	return number
}

// avoidsNumbered is avoids for a claim without an owner, with the numbers of both claims.
func (n *comparisons) avoidsNumbered(chosen conflict.Claim, number int, other *conflict.Claim, otherNumber int) bool {
	if number == unnumbered || otherNumber == unnumbered {
		return n.avoids(chosen, *other)
	}
	answers := &n.known[number].far
	if chosen.Network == other.ComparedIn() {
		answers = &n.known[number].near
	}
	for otherNumber >= len(*answers) {
		*answers = append(*answers, unasked)
	}
	known := &(*answers)[otherNumber]
	if *known == unasked {
		*known = no
		if n.avoids(chosen, *other) {
			*known = yes
		}
	}
	return *known == yes
}
