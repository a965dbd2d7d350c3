package placement

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Result is what Place found, by the index of the demand.
type Result struct {
	// Chosen are the ranges, the zero Prefix where there is none.
	Chosen []netip.Prefix
	// CutShort says, for each demand, that it has no range because the search was cut short, so that a placement may exist.
	CutShort []bool

	demands []*group
	left    *remainders
}

// Group is a number that equal demands have in common.
func (r Result) Group(demand int) int { return r.demands[demand].index }

// Left is the space that one pass over all demands leaves to the group of a demand.
func (r Result) Left(demand int) *cidr.Space { return r.left.of(r.demands[demand]) }

// Place chooses a range for each demand, in their order: in the first supernet with room, there in the smallest free block, and
// there the lowest range. Where that leaves a demand without a range, a search looks for a placement of all demands that the
// choice depends on, and where one exists it replaces what the pass chose for these.
func Place(p Problem) Result { return place(p, 0) }

// place is Place after so much work.
func place(p Problem, work int) Result {
	s := newSolver(p)
	s.work = work
	chosen, left := s.onePass()
	cutShort := s.search(chosen)
	return Result{Chosen: chosen, CutShort: cutShort, demands: s.demands, left: left}
}

// onePass places the demands in order, those that find nothing at the zero Prefix.
func (s *solver) onePass() (chosen []netip.Prefix, left *remainders) {
	chosen, left = make([]netip.Prefix, len(s.demands)), newRemainders(s.groups)
	for i, g := range s.demands {
		chosen[i] = left.fit(g)
		left.take(g, chosen[i])
	}
	return chosen, left
}
