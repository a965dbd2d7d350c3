package placement

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// maxWork bounds the searches of one problem by the number of free blocks looked at, never by time,
// so that they end the same way everywhere.
const maxWork = 5_000_000

// search looks for a placement by trying and undoing. Two things keep it small, so that it
// can nearly always say for certain that there is none. Ranges of one group are equal: where no
// placement has one of them in some block, none is looked for there again. And where no space
// begins or ends inside a block, its places are equal: one of them is tried for all.
type search struct {
	groups []searchedGroup
	// cliques are groups by index of which every two must be disjoint; together they hold all groups.
	cliques [][]int
	// edges are all blocks at which a space can begin or end, sorted.
	edges    []netip.Prefix
	work     int
	cutShort bool
}

// searchedGroup is a group, how many of its ranges are not placed, and what is free for these.
type searchedGroup struct {
	*group
	missing int
	free    *cidr.Space
	placed  []netip.Prefix
}

// search replaces the choice of one pass wherever that left a demand without a range and a placement
// of all demands exists. It says for each demand whether the search was cut short.
func (s *solver) search(chosen []netip.Prefix) (cutShort []bool) {
	cutShort = make([]bool, len(s.demands))
	done := make([]bool, len(s.demands))
	for i := range s.demands {
		if chosen[i].IsValid() || done[i] {
			continue
		}
		part := s.dependents(i)
		found, ok := s.solve(part)
		next := map[*group]int{}
		for _, k := range part {
			g := s.demands[k]
			done[k], cutShort[k] = true, found.cutShort
			if ok {
				chosen[k] = found.placedOf(g, next[g])
				next[g]++
			}
		}
	}
	return cutShort
}

// solve searches for a placement of some demands, and repairs one where the search is cut short.
func (s *solver) solve(part []int) (found *search, ok bool) {
	found = s.newSearch(part)
	ok = found.next()
	s.work = found.work
	if found.cutShort {
		found = s.newSearch(part)
		ok = found.repair()
		found.cutShort = !ok
		s.work = found.work
	}
	return found, ok
}

// dependents are the demands that the choice for one of them depends on, over however many others, in
// order.
func (s *solver) dependents(of int) []int {
	in := map[*group]bool{s.demands[of]: true}
	for queue := []*group{s.demands[of]}; len(queue) > 0; queue = queue[1:] {
		for _, g := range s.groups {
			if !in[g] && g.avoids(queue[0]) {
				in[g] = true
				queue = append(queue, g)
			}
		}
	}
	var part []int
	for i, g := range s.demands {
		if in[g] {
			part = append(part, i)
		}
	}
	return part
}

func (s *solver) newSearch(part []int) *search {
	n := &search{work: s.work}
	at := map[*group]int{}
	for _, i := range part {
		g := s.demands[i]
		k, known := at[g]
		if !known {
			k = len(n.groups)
			at[g] = k
			n.groups = append(n.groups, searchedGroup{group: g, free: g.Free})
			n.edges = append(n.edges, g.Supernets...)
			n.edges = append(n.edges, g.Free.Blocks()...)
		}
		if n.groups[k].missing == 0 || n.disjoint(k, k) {
			n.groups[k].missing++
		}
	}
	slices.SortFunc(n.edges, cidr.Compare)
	n.edges = slices.Compact(n.edges)
	n.cliques = n.findCliques()
	return n
}

// disjoint says whether ranges of two groups must be disjoint. Those of one group that need not can all
// be the same range.
func (s *search) disjoint(i, j int) bool { return s.groups[i].avoids(s.groups[j].group) }

// placedOf is the nth range of a group, the last one where it has fewer.
func (s *search) placedOf(g *group, n int) netip.Prefix {
	i := slices.IndexFunc(s.groups, func(of searchedGroup) bool { return of.group == g })
	return s.groups[i].placed[min(n, len(s.groups[i].placed)-1)]
}

// next places all that is missing. It asks of one place after another: is there a placement with a
// range of the group there? If not, there is none with a range of the group in any place equal to it.
func (s *search) next() bool {
	for {
		if !slices.ContainsFunc(s.groups, func(g searchedGroup) bool { return g.missing > 0 }) {
			return true
		}
		if s.work > maxWork {
			s.cutShort = true
		}
		if s.cutShort || s.lacksAddresses() {
			return false
		}
		i, best := s.tightest()
		if !best.place.IsValid() {
			return false
		}
		groups, edges := slices.Clone(s.groups), slices.Clone(s.edges)
		s.put(i, best.place)
		if s.next() {
			return true
		}
		s.groups, s.edges = groups, edges
		s.close(i, best.equal)
	}
}

// put gives a group a range and takes it from all that must be disjoint from it.
func (s *search) put(i int, place netip.Prefix) {
	g := &s.groups[i]
	g.missing--
	g.placed = append(slices.Clip(g.placed), place)
	for j := range s.groups {
		if s.disjoint(i, j) {
			s.close(j, place)
		}
	}
}

// close takes a block from the space that is free for a group.
func (s *search) close(i int, block netip.Prefix) {
	free := s.groups[i].free.Clone()
	free.Remove(block)
	s.groups[i].free = free
	if at, known := slices.BinarySearchFunc(s.edges, block, cidr.Compare); !known {
		s.edges = slices.Insert(s.edges, at, block)
	}
}

// candidate is a place for a range, and the block around it in which all places are equal.
type candidate struct {
	place, equal netip.Prefix
	// supernet and freeBits order candidates as fit does: by the place of the supernet in its list and
	// the prefix length of the free block.
	supernet, freeBits int
}

func compareCandidates(a, b candidate) int {
	return cmp.Or(cmp.Compare(a.supernet, b.supernet), -cmp.Compare(a.freeBits, b.freeBits), cidr.Compare(a.place, b.place))
}

// tightest finds the group with the fewest candidates, and the best of these, so that dead ends show
// early: at a group without any the best is the zero candidate.
func (s *search) tightest() (tightest int, best candidate) {
	fewest := 0
	for i, g := range s.groups {
		if g.missing == 0 {
			continue
		}
		all := s.candidates(g)
		if len(all) == 0 {
			return i, candidate{}
		}
		if fewest == 0 || len(all) < fewest {
			tightest, fewest, best = i, len(all), slices.MinFunc(all, compareCandidates)
		}
		if fewest == 1 {
			break
		}
	}
	return tightest, best
}

// candidates are the places for a range of a group, one of each set of equal places.
func (s *search) candidates(g searchedGroup) []candidate {
	var all []candidate
	for _, block := range s.usable(g) {
		supernet := slices.IndexFunc(g.Supernets, block.Overlaps)
		all = s.descend(block, g.Length, candidate{supernet: supernet, freeBits: block.Bits()}, all)
	}
	s.work += len(all)
	return all
}

// usable are the free blocks that can hold a range of a group, cut to its supernets.
func (s *search) usable(g searchedGroup) []netip.Prefix {
	var blocks []netip.Prefix
	for _, block := range g.free.Blocks() {
		for _, supernet := range g.Supernets {
			if inside, ok := cidr.Overlap(supernet, block); ok && inside.Bits() <= g.Length {
				blocks = append(blocks, inside)
			}
		}
	}
	s.work += len(g.free.Blocks())
	return blocks
}

// descend adds the candidates of a free block.
func (s *search) descend(block netip.Prefix, length int, like candidate, all []candidate) []candidate {
	if low, high, _ := cidr.Halves(block); block.Bits() < length && s.split(block) {
		return s.descend(high, length, like, s.descend(low, length, like, all))
	}
	like.place, _ = cidr.First(block, length)
	like.equal = block
	return append(all, like)
}

// split says whether an edge is inside a block.
func (s *search) split(block netip.Prefix) bool {
	i, known := slices.BinarySearchFunc(s.edges, block, cidr.Compare)
	if known {
		i++
	}
	return i < len(s.edges) && cidr.Contains(block, s.edges[i])
}
