package allocate

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// maxWork bounds the searches of one plan by the number of free blocks looked at, never by time,
// so that they end the same way everywhere.
const maxWork = 5_000_000

// search looks for a placement by trying and taking back. Two things keep it small, so that it
// can nearly always say for certain that there is none. Ranges of one class are alike: where no
// placement has one of them in some block, none is looked for there again. And where no space
// begins or ends inside a block, its places are alike: one of them is tried for all.
type search struct {
	rows []row
	// cliques are rows by index of which every two must be apart; together they hold all rows.
	cliques [][]int
	// edges are all blocks at which a space can begin or end, sorted.
	edges  []netip.Prefix
	work   int
	gaveUp bool
}

// row is a class, how many ranges it still wants, and what is free for these.
type row struct {
	*class
	left  int
	space *cidr.Space
	got   []netip.Prefix
}

// search replaces the choice of greedy wherever that left a want without a range and a placement
// of all wants exists. It says for each want whether the search was cut short.
func (p *planner) search(chosen []netip.Prefix) (gaveUp []bool) {
	gaveUp = make([]bool, len(p.wants))
	done := make([]bool, len(p.wants))
	for i := range p.wants {
		if chosen[i].IsValid() || done[i] {
			continue
		}
		part := p.part(i)
		s, found := p.solve(part)
		next := map[*class]int{}
		for _, k := range part {
			done[k], gaveUp[k] = true, s.gaveUp
			if found {
				chosen[k] = s.got(p.wants[k].class, next[p.wants[k].class])
				next[p.wants[k].class]++
			}
		}
	}
	return gaveUp
}

// solve searches for a placement of a part, and repairs one where the search is cut short.
func (p *planner) solve(part []int) (s *search, found bool) {
	s = p.newSearch(part)
	found = s.next()
	p.work = s.work
	if s.gaveUp {
		s = p.newSearch(part)
		found = s.repair()
		s.gaveUp = !found
		p.work = s.work
	}
	return s, found
}

// part are the wants that the choice for one of them depends on, over however many others, in
// order.
func (p *planner) part(of int) []int {
	in := map[*class]bool{p.wants[of].class: true}
	for queue := []*class{p.wants[of].class}; len(queue) > 0; queue = queue[1:] {
		for _, c := range p.classes {
			if !in[c] && c.avoids(queue[0]) {
				in[c] = true
				queue = append(queue, c)
			}
		}
	}
	var part []int
	for i, w := range p.wants {
		if in[w.class] {
			part = append(part, i)
		}
	}
	return part
}

func (p *planner) newSearch(part []int) *search {
	s := &search{work: p.work}
	at := map[*class]int{}
	for _, i := range part {
		c := p.wants[i].class
		k, ok := at[c]
		if !ok {
			k = len(s.rows)
			at[c] = k
			s.rows = append(s.rows, row{class: c, space: c.free.space})
			s.edges = append(s.edges, c.supernets...)
			s.edges = append(s.edges, s.rows[k].space.Blocks()...)
		}
		if s.rows[k].left == 0 || s.apart(k, k) {
			s.rows[k].left++
		}
	}
	slices.SortFunc(s.edges, cidr.Compare)
	s.edges = slices.Compact(s.edges)
	s.cliques = s.findCliques()
	return s
}

// apart says whether ranges of two rows must be disjoint. Those of one row that need not can all
// be the same range.
func (s *search) apart(i, j int) bool { return s.rows[i].avoids(s.rows[j].class) }

// got is the nth range of a class.
func (s *search) got(c *class, n int) netip.Prefix {
	i := slices.IndexFunc(s.rows, func(r row) bool { return r.class == c })
	return s.rows[i].got[min(n, len(s.rows[i].got)-1)]
}

// next places all that is left. It asks of one place after another: is there a placement with a
// range of the row there? If not, there is none with a range of the row in any place alike.
func (s *search) next() bool {
	for {
		if !slices.ContainsFunc(s.rows, func(r row) bool { return r.left > 0 }) {
			return true
		}
		if s.work > maxWork {
			s.gaveUp = true
		}
		if s.gaveUp || s.crowded() {
			return false
		}
		i, best := s.tightest()
		if !best.place.IsValid() {
			return false
		}
		rows, edges := slices.Clone(s.rows), slices.Clone(s.edges)
		s.put(i, best.place)
		if s.next() {
			return true
		}
		s.rows, s.edges = rows, edges
		s.close(i, best.alike)
	}
}

// put gives a row a range and takes it from all that must be apart from it.
func (s *search) put(i int, place netip.Prefix) {
	r := &s.rows[i]
	r.left--
	r.got = append(slices.Clip(r.got), place)
	for j := range s.rows {
		if s.apart(i, j) {
			s.close(j, place)
		}
	}
}

// close takes a block from the space of a row.
func (s *search) close(i int, block netip.Prefix) {
	space := s.rows[i].space.Clone()
	space.Remove(block)
	s.rows[i].space = space
	if at, known := slices.BinarySearchFunc(s.edges, block, cidr.Compare); !known {
		s.edges = slices.Insert(s.edges, at, block)
	}
}

// spot is a place for a range, and the block around it in which all places are alike.
type spot struct {
	place, alike netip.Prefix
	// supernet and around order spots as fit does: by the place of the supernet in its list and
	// the prefix length of the free block.
	supernet, around int
}

func compareSpots(a, b spot) int {
	return cmp.Or(cmp.Compare(a.supernet, b.supernet), -cmp.Compare(a.around, b.around), cidr.Compare(a.place, b.place))
}

// tightest finds the row with the fewest spots, and the best of these, so that dead ends show
// early: at a row without any the best is the zero spot.
func (s *search) tightest() (tightest int, best spot) {
	fewest := 0
	for i, r := range s.rows {
		if r.left == 0 {
			continue
		}
		spots := s.spots(r)
		if len(spots) == 0 {
			return i, spot{}
		}
		if fewest == 0 || len(spots) < fewest {
			tightest, fewest, best = i, len(spots), slices.MinFunc(spots, compareSpots)
		}
		if fewest == 1 {
			break
		}
	}
	return tightest, best
}

// spots are the places for a range of a row, one of each set that are alike.
func (s *search) spots(r row) []spot {
	var spots []spot
	for _, block := range s.usable(r) {
		supernet := slices.IndexFunc(r.supernets, block.Overlaps)
		spots = s.descend(block, r.length, spot{supernet: supernet, around: block.Bits()}, spots)
	}
	s.work += len(spots)
	return spots
}

// usable are the free blocks that can hold a range of a row, cut to its supernets.
func (s *search) usable(r row) []netip.Prefix {
	var blocks []netip.Prefix
	for _, block := range r.space.Blocks() {
		for _, supernet := range r.supernets {
			if inside, ok := cidr.Overlap(supernet, block); ok && inside.Bits() <= r.length {
				blocks = append(blocks, inside)
			}
		}
	}
	s.work += len(r.space.Blocks())
	return blocks
}

// descend adds the spots of a free block.
func (s *search) descend(block netip.Prefix, length int, like spot, spots []spot) []spot {
	if low, high, _ := cidr.Halves(block); block.Bits() < length && s.split(block) {
		return s.descend(high, length, like, s.descend(low, length, like, spots))
	}
	like.place, _ = cidr.First(block, length)
	like.alike = block
	return append(spots, like)
}

// split says whether an edge lies inside a block.
func (s *search) split(block netip.Prefix) bool {
	i, known := slices.BinarySearchFunc(s.edges, block, cidr.Compare)
	if known {
		i++
	}
	return i < len(s.edges) && cidr.Contains(block, s.edges[i])
}
