package placement

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

const (
	// maxRepairWork bounds the searches and repairs of one plan together, as maxWork bounds the searches. A step of
	// a repair costs a small part of one of a search.
	maxRepairWork = 6 * maxWork
	// maxPlaces bounds the places that a repair considers for one range.
	maxPlaces = 512
)

// repair looks for a placement where a search was cut short. It gives each range a place, also where that overlaps
// others that it must be disjoint from, and then moves one range at a time so that the fewest pairs overlap. A range
// does not return for some steps to a place that it has left, so that those hard to place push others away. What
// it finds is a placement; that it finds none proves nothing. Nothing in it depends on chance or on time.
type repair struct {
	items []item
	// overlaps counts the pairs that overlap, fewest is the lowest value that it ever had.
	overlaps, fewest int
	// overlapping are the items in such pairs, in no particular order.
	overlapping []int
	steps       int
	work        int
	// sequence is the state of a generator of numbers.
	sequence uint32
}

// item is one range of a group that is to be placed.
type item struct {
	group  int
	places []netip.Prefix
	// disjoint are the items that this one must be disjoint from and can overlap.
	disjoint []int
	// overlaps counts by place the items that overlap it; closedUntil is the step until which the item may not return there.
	overlaps, closedUntil []int
	// at is the index of the item's place, listed its index in overlapping; -1 where there is none.
	at, listed int
}

// repair places all that is left of a fresh search, and says whether it could.
func (s *search) repair() bool {
	r := &repair{work: s.work, sequence: 1}
	r.addItems(s)
	if !r.start(s) || !r.run() {
		s.work = r.work
		return false
	}
	s.work = r.work
	for _, it := range r.items {
		group := &s.groups[it.group]
		group.placed = append(group.placed, it.places[it.at])
	}
	return true
}

// addItems adds an item for each range that is wanted.
func (r *repair) addItems(s *search) {
	for i, group := range s.groups {
		for range group.missing {
			r.items = append(r.items, item{group: i, at: -1, listed: -1})
		}
	}
}

// start links the items, and gives each a place that overlaps the fewest others. It says whether all have one.
func (r *repair) start(s *search) bool {
	blocks := make([][]netip.Prefix, len(s.groups))
	for i, group := range s.groups {
		blocks[i] = s.usable(group)
		slices.SortStableFunc(blocks[i], func(a, b netip.Prefix) int {
			return slices.IndexFunc(group.Supernets, a.Overlaps) - slices.IndexFunc(group.Supernets, b.Overlaps)
		})
	}
	meet := meeting(s, blocks)
	r.work += len(r.items)*len(r.items) + len(s.groups)*len(s.groups)
	if r.work > maxRepairWork {
		return false
	}
	for i := range r.items {
		it := &r.items[i]
		for j, other := range r.items {
			if i != j && meet[it.group][other.group] {
				it.disjoint = append(it.disjoint, j)
			}
		}
		it.places = places(blocks[it.group], s.groups[it.group].Length, r.enough(s, *it))
		it.overlaps, it.closedUntil = make([]int, len(it.places)), make([]int, len(it.places))
		if r.work += len(it.places); len(it.places) == 0 || r.work > maxRepairWork {
			return false
		}
	}
	for i, it := range r.items {
		r.move(i, slices.Index(it.overlaps, slices.Min(it.overlaps)))
	}
	r.fewest = r.overlaps
	return true
}

// meeting says by groups which must be disjoint and have blocks that overlap.
func meeting(s *search, blocks [][]netip.Prefix) [][]bool {
	meet := make([][]bool, len(blocks))
	for i := range blocks {
		meet[i] = make([]bool, len(blocks))
		for j := range blocks {
			meet[i][j] = (s.disjoint(i, j) || s.disjoint(j, i)) && slices.ContainsFunc(blocks[i], func(b netip.Prefix) bool {
				return slices.ContainsFunc(blocks[j], b.Overlaps)
			})
		}
	}
	return meet
}

// enough is a number of places of which the others cannot take all, up to maxPlaces: where an item has as many,
// more would not help.
func (r *repair) enough(s *search, it item) int {
	count := 1
	for _, j := range it.disjoint {
		longer := s.groups[it.group].Length - s.groups[r.items[j].group].Length
		count += 1 << min(max(longer, 0), 10)
	}
	return min(count, maxPlaces)
}

// places are the first so many places of a length in blocks.
func places(blocks []netip.Prefix, length, most int) []netip.Prefix {
	var list []netip.Prefix
	for _, block := range blocks {
		for n := uint64(0); len(list) < most; n++ {
			place, ok := cidr.Nth(block, length, n)
			if !ok {
				break
			}
			list = append(list, place)
		}
	}
	return list
}

// run moves items until no pair overlaps, and says whether it came to that.
func (r *repair) run() bool {
	for r.overlaps > 0 && r.work <= maxRepairWork {
		r.steps++
		if i, place := r.best(); place >= 0 {
			it := &r.items[i]
			it.closedUntil[it.at] = r.steps + len(r.overlapping)/2 + r.number(10)
			r.move(i, place)
			r.fewest = min(r.fewest, r.overlaps)
		}
	}
	return r.overlaps == 0
}

// best is the move of an overlapping item that leaves the fewest overlaps, one of several equal moves; place is -1 where each is closed.
func (r *repair) best() (of, place int) {
	place = -1
	lowest, equal := 0, 0
	for _, i := range r.overlapping {
		it := &r.items[i]
		r.work += len(it.places)
		for k, overlaps := range it.overlaps {
			change := overlaps - it.overlaps[it.at]
			if k == it.at || it.closedUntil[k] >= r.steps && r.overlaps+change >= r.fewest || place >= 0 && change > lowest {
				continue
			}
			if place < 0 || change < lowest {
				lowest, equal = change, 0
			}
			if equal++; r.number(equal) == 0 {
				of, place = i, k
			}
		}
	}
	r.work++
	return of, place
}

// move gives an item a place, and counts overlaps anew.
func (r *repair) move(i, place int) {
	it := &r.items[i]
	to, from := it.places[place], netip.Prefix{}
	if it.at >= 0 {
		from = it.places[it.at]
		r.overlaps -= it.overlaps[it.at]
	}
	it.at = place
	r.overlaps += it.overlaps[place]
	for _, j := range it.disjoint {
		other := &r.items[j]
		for k, p := range other.places {
			if p.Overlaps(from) {
				other.overlaps[k]--
			}
			if p.Overlaps(to) {
				other.overlaps[k]++
			}
		}
		r.work += len(other.places)
		r.list(j)
	}
	r.list(i)
}

// list adds an item to those that overlap others, or takes it out.
func (r *repair) list(i int) {
	it := &r.items[i]
	switch overlaps := it.at >= 0 && it.overlaps[it.at] > 0; {
	case overlaps && it.listed < 0:
		it.listed = len(r.overlapping)
		r.overlapping = append(r.overlapping, i)
	case !overlaps && it.listed >= 0:
		last := r.overlapping[len(r.overlapping)-1]
		r.overlapping[it.listed], r.items[last].listed = last, it.listed
		r.overlapping, it.listed = r.overlapping[:len(r.overlapping)-1], -1
	}
}

// number is the next of a fixed sequence of numbers below a bound, by Marsaglia's xorshift.
func (r *repair) number(below int) int {
	r.sequence ^= r.sequence << 13
	r.sequence ^= r.sequence >> 17
	r.sequence ^= r.sequence << 5
	return int(r.sequence % uint32(below))
}
