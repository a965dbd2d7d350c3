package placement

import (
	"fmt"
	"math/big"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Repeats counts how many times the demands of a problem can be placed together: n times means n ranges for each demand, all at
// once. It counts and does not search. known is false where counting is not exact: the spaces of groups that must be disjoint
// overlap and differ, or only some of the groups must be disjoint; or where no number is too large.
//
// Ranges are aligned, so that placing the largest first wastes nothing: they all fit if for each prefix length the free blocks hold
// as many places of that length as all ranges up to it occupy. Ranges of a group that need not be disjoint from each other can all
// be the same.
func Repeats(p Problem) (n *big.Int, known bool) {
	s := newSolver(p)
	times := map[*group]int64{}
	for _, g := range s.demands {
		times[g]++
	}
	var sets []*groupSet
	for _, g := range s.groups {
		if times[g] == 0 {
			continue
		}
		at := slices.IndexFunc(sets, func(other *groupSet) bool { return other.space == spaceOf(g) && other.belongs(g) })
		if at < 0 {
			at = len(sets)
			sets = append(sets, &groupSet{space: spaceOf(g), places: g})
		}
		sets[at].add(g, times[g])
	}
	for i, one := range sets {
		if slices.ContainsFunc(sets[:i], one.interferes) {
			return nil, false
		}
	}
	for _, one := range sets {
		if most, bounded := one.repeats(); bounded && (n == nil || most.Cmp(n) < 0) {
			n = most
		}
	}
	return n, n != nil
}

// spaceOf is the same for groups that can use the same places.
func spaceOf(g *group) string { return fmt.Sprint(g.Family, g.freeNumber, g.Supernets) }

// groupSet is groups that can use the same places and must be disjoint.
type groupSet struct {
	space  string
	places *group
	groups []*group
	// times are how many ranges of each group one repetition has.
	times []int64
}

func (s *groupSet) add(g *group, times int64) {
	s.groups, s.times = append(s.groups, g), append(s.times, times)
}

// belongs says whether a group must be disjoint from all groups of the groupSet.
func (s *groupSet) belongs(g *group) bool {
	return !slices.ContainsFunc(s.groups, func(other *group) bool { return !g.avoids(other) && !other.avoids(g) })
}

// interferes says whether a choice of the groupSet can keep one of another groupSet from a place.
func (s *groupSet) interferes(other *groupSet) bool {
	joined := slices.ContainsFunc(s.groups, func(g *group) bool {
		return slices.ContainsFunc(other.groups, func(o *group) bool { return g.avoids(o) || o.avoids(g) })
	})
	if !joined {
		return false
	}
	mine, theirs := cidr.NewSet(blocksOf(s.places)...), cidr.NewSet(blocksOf(other.places)...)
	return !mine.Intersect(theirs).IsEmpty()
}

// repeats is how often one repetition fits; bounded is false where any number does.
func (s *groupSet) repeats() (most *big.Int, bounded bool) {
	for _, at := range s.groups {
		places, once, each := s.placesOf(at.Length), new(big.Int), new(big.Int)
		for i, g := range s.groups {
			if g.Length > at.Length {
				continue
			}
			occupied := new(big.Int).Lsh(big.NewInt(1), uint(at.Length-g.Length))
			if g.avoids(g) {
				each.Add(each, occupied.Mul(occupied, big.NewInt(s.times[i])))
			} else {
				once.Add(once, occupied)
			}
		}
		left := places.Sub(places, once)
		switch {
		case left.Sign() < 0:
			return new(big.Int), true
		case each.Sign() == 0:
			continue
		}
		if fit := left.Quo(left, each); !bounded || fit.Cmp(most) < 0 {
			most, bounded = fit, true
		}
	}
	return most, bounded
}

// blocksOf are the free blocks of a group, cut to its supernets.
func blocksOf(g *group) []netip.Prefix {
	var blocks []netip.Prefix
	for _, block := range g.Free.Blocks() {
		for _, supernet := range g.Supernets {
			if inside, ok := cidr.Overlap(supernet, block); ok {
				blocks = append(blocks, inside)
			}
		}
	}
	return blocks
}

// placesOf counts the places for ranges of a length.
func (s *groupSet) placesOf(length int) *big.Int {
	sum := new(big.Int)
	for _, block := range blocksOf(s.places) {
		sum.Add(sum, cidr.Blocks(block, length))
	}
	return sum
}
