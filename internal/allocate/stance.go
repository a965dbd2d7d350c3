package allocate

import "github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"

// stances answers which claims must be kept apart. Of claims that are alike (conflict.World.AlikeToOthers) it asks once,
// for those in one network and for those in two: so a plan of many clusters compares kinds of claims, not claims.
type stances struct {
	*planner
	numbers map[string]int
	// known are by the number of what is chosen.
	known []stance
}

// stance is what is known of how claims that are alike stand to others in their own network and elsewhere, by the numbers of
// these.
type stance struct{ near, far []answer }

// answer is one that may not be known yet.
type answer int8

const (
	unasked answer = iota
	no
	yes
)

// unlike is the number of claims that are like no others.
const unlike = -1

func (p *planner) stances() *stances {
	return &stances{planner: p, numbers: map[string]int{}}
}

// number is the same for claims that are alike to claims of another owner.
func (s *stances) number(c conflict.Claim) int {
	if len(c.Delegations) > 0 || c.Kind == conflict.Supernet || len(c.Mirrors) > 0 {
		return unlike
	}
	text := s.world.ComparisonKeyToOthers(c)
	number, known := s.numbers[text]
	if !known {
		number = len(s.numbers)
		s.numbers[text] = number
		s.known = append(s.known, stance{})
	}
	return number
}

// avoid is avoids for a claim that is nobody's own, with the numbers of both.
func (s *stances) avoid(chosen conflict.Claim, of int, other *conflict.Claim, like int) bool {
	if of == unlike || like == unlike {
		return s.avoids(chosen, *other)
	}
	answers := &s.known[of].far
	if chosen.Network == other.ComparedIn() {
		answers = &s.known[of].near
	}
	if like >= len(*answers) {
		*answers = append(*answers, make([]answer, len(s.numbers)-len(*answers))...)
	}
	known := &(*answers)[like]
	if *known == unasked {
		*known = no
		if s.avoids(chosen, *other) {
			*known = yes
		}
	}
	return *known == yes
}
