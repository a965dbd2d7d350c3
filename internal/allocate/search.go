package allocate

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// maxWork bounds a search by the number of ranges looked at, never by time, so that it ends the
// same way everywhere.
const maxWork = 20_000_000

// search looks for a placement of all wants by trying and taking back. Where nothing that is
// declared or placed lies inside a block, its two halves are alike, and only the lower is tried:
// that keeps a complete search small.
type search struct {
	*planner
	// edges are all ranges at which what a want sees can change, sorted.
	edges  []netip.Prefix
	placed []conflict.Claim
	chosen []netip.Prefix
	left   []int
	work   int
	gaveUp bool
}

func (p *planner) newSearch() *search {
	s := &search{planner: p, chosen: make([]netip.Prefix, len(p.wants))}
	for i := range p.wants {
		s.left = append(s.left, i)
	}
	for _, c := range p.claims {
		s.edges = append(s.edges, c.Range)
	}
	for _, c := range p.order {
		s.edges = append(s.edges, c.supernets...)
		s.edges = append(s.edges, c.room.Prefixes()...)
	}
	slices.SortFunc(s.edges, cidr.Compare)
	s.edges = slices.Compact(s.edges)
	return s
}

// run returns a range for every want, in their order, or false.
func (s *search) run() ([]netip.Prefix, bool) {
	if s.tooLarge() {
		return nil, false
	}
	return s.chosen, s.next()
}

// tooLarge says that the wants cannot all fit because those that must be disjoint are together
// larger than all the room that any of them could use.
func (s *search) tooLarge() bool {
	apart := !s.request.SharedPods && !s.request.SharedServices && s.oneVRF()
	if !apart {
		return false
	}
	need, room := cidr.NewSet().Count(cidr.V4), cidr.NewSet()
	for _, w := range s.wants {
		need.Add(need, cidr.Count(netip.PrefixFrom(netip.IPv4Unspecified(), w.length)))
	}
	for _, c := range s.order {
		room = room.Union(cidr.NewSet(c.space.Blocks()...))
	}
	return need.Cmp(room.Count(cidr.V4)) > 0
}

func (s *search) oneVRF() bool {
	for _, w := range s.wants {
		if !s.world.Reach.SameVRF(w.claim.Network, s.wants[0].claim.Network) {
			return false
		}
	}
	return true
}

// next places one more want: the one with the fewest places left, so that dead ends show early.
func (s *search) next() bool {
	if len(s.left) == 0 {
		return true
	}
	at, places := s.tightest()
	i := s.left[at]
	s.left = slices.Delete(s.left, at, at+1)
	for _, place := range places {
		if s.work > maxWork {
			s.gaveUp = true
			break
		}
		claim := s.wants[i].claim
		claim.Range = place
		s.chosen[i], s.placed = place, append(s.placed, claim)
		if s.next() {
			return true
		}
		s.placed = s.placed[:len(s.placed)-1]
		if s.gaveUp {
			break
		}
	}
	s.left = slices.Insert(s.left, at, i)
	return false
}

// tightest finds the want with the fewest places, and these. Wants of one class and no own
// cluster's claims differ in nothing, so that only the first of each is looked at.
func (s *search) tightest() (at int, places []netip.Prefix) {
	type alike struct {
		class *class
		name  string
	}
	seen := map[alike]bool{}
	for k, i := range s.left {
		key := alike{class: s.wants[i].class}
		if s.hasOwn(s.wants[i].name) {
			key.name = s.wants[i].name
		}
		if seen[key] {
			continue
		}
		seen[key] = true
		found := s.places(s.wants[i])
		if k == 0 || len(found) < len(places) {
			at, places = k, found
		}
		if len(found) == 0 {
			return at, nil
		}
	}
	return at, places
}

// hasOwn says whether the cluster of a want has a range already, which the want must avoid.
func (s *search) hasOwn(name string) bool {
	return slices.ContainsFunc(s.placed, func(c conflict.Claim) bool { return c.Owner == name }) || s.ranges[name].Service.IsValid() || len(s.ranges[name].Pods) > 0
}

// places are the ranges that a want can take now, one of each set that are alike, in the order
// of fit.
func (s *search) places(w want) []netip.Prefix {
	space := s.free(w, w.class.space, s.claims).Clone()
	for _, c := range s.placed {
		if c.Owner == w.name {
			if _, broken := s.world.Between(w.claim, c); broken {
				space.Remove(c.Range)
			}
		} else if s.avoids(w.claim, c) {
			space.Remove(c.Range)
		}
	}
	var places []netip.Prefix
	for _, supernet := range w.class.supernets {
		from := len(places)
		s.descend(supernet, w.length, space, &places)
		slices.SortStableFunc(places[from:], func(a, b netip.Prefix) int {
			return cmp.Or(-cmp.Compare(blockAround(space, a), blockAround(space, b)), cidr.Compare(a, b))
		})
	}
	s.work += len(s.claims) + len(s.placed) + len(space.Blocks()) + len(places)
	return places
}

// descend walks down from a block to all free ranges of a length in it.
func (s *search) descend(block netip.Prefix, length int, space *cidr.Space, places *[]netip.Prefix) {
	if block.Bits() > length {
		return
	}
	if _, ok := space.FitWithin(block, length); !ok {
		return
	}
	if block.Bits() == length {
		*places = append(*places, block)
		return
	}
	low, high, _ := cidr.Halves(block)
	s.descend(low, length, space, places)
	if s.differ(block) {
		s.descend(high, length, space, places)
	}
}

// differ says whether something lies inside a block, so that its halves are not alike.
func (s *search) differ(block netip.Prefix) bool {
	inside := func(p netip.Prefix) bool { return p.Bits() > block.Bits() && cidr.Contains(block, p) }
	i, _ := slices.BinarySearchFunc(s.edges, block, cidr.Compare)
	for ; i < len(s.edges) && cidr.Contains(block, s.edges[i]); i++ {
		if inside(s.edges[i]) {
			return true
		}
	}
	return slices.ContainsFunc(s.placed, func(c conflict.Claim) bool { return inside(c.Range) })
}

// blockAround is the prefix length of the free block that a range lies in.
func blockAround(space *cidr.Space, p netip.Prefix) int {
	for parent, ok := cidr.Parent(p); ok && space.Contains(parent); parent, ok = cidr.Parent(p) {
		p = parent
	}
	return p.Bits()
}
