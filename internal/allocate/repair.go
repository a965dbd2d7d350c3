package allocate

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
// others that it must be apart from, and then moves one range at a time so that the fewest pairs overlap. A range
// does not return for some steps to a place that it has left, so that those hard to place push others away. What
// it finds is a placement; that it finds none says nothing. Nothing in it depends on chance or on time.
type repair struct {
	items []item
	// overlaps counts the pairs that overlap, fewest is the least that it ever was.
	overlaps, fewest int
	// crossed are the items in such pairs, in no particular order.
	crossed []int
	steps   int
	work    int
	// dice is the state of a generator of numbers.
	dice uint32
}

// item is one range of a row that is to be placed.
type item struct {
	row    int
	places []netip.Prefix
	// apart are the items that this one must be apart from and can overlap.
	apart []int
	// overlaps counts by place the items that overlap it; closed is until which step the item may not return there.
	overlaps, closed []int
	// at is the place, and in the position among crossed; -1 where there is none.
	at, in int
}

// repair places all that is left of a fresh search, and says whether it could.
func (s *search) repair() bool {
	r := &repair{work: s.work, dice: 1}
	r.addItems(s)
	if !r.start(s) || !r.run() {
		s.work = r.work
		return false
	}
	s.work = r.work
	for _, it := range r.items {
		row := &s.rows[it.row]
		row.left--
		row.got = append(row.got, it.places[it.at])
	}
	return true
}

// addItems adds an item for each range that is wanted.
func (r *repair) addItems(s *search) {
	for i, row := range s.rows {
		for range row.left {
			r.items = append(r.items, item{row: i, at: -1, in: -1})
		}
	}
}

// start links the items, and gives each a place that overlaps the fewest others. It says whether all have one.
func (r *repair) start(s *search) bool {
	blocks := make([][]netip.Prefix, len(s.rows))
	for i, row := range s.rows {
		blocks[i] = s.usable(row)
		slices.SortStableFunc(blocks[i], func(a, b netip.Prefix) int {
			return slices.IndexFunc(row.supernets, a.Overlaps) - slices.IndexFunc(row.supernets, b.Overlaps)
		})
	}
	meet := meeting(s, blocks)
	r.work += len(r.items)*len(r.items) + len(s.rows)*len(s.rows)
	if r.work > maxRepairWork {
		return false
	}
	for i := range r.items {
		it := &r.items[i]
		for j, other := range r.items {
			if i != j && meet[it.row][other.row] {
				it.apart = append(it.apart, j)
			}
		}
		it.places = places(blocks[it.row], s.rows[it.row].length, r.enough(s, *it))
		it.overlaps, it.closed = make([]int, len(it.places)), make([]int, len(it.places))
		if r.work += len(it.places); len(it.places) == 0 || r.work > maxRepairWork {
			return false
		}
	}
	for i, it := range r.items {
		least := slices.Index(it.overlaps, slices.Min(it.overlaps))
		r.move(i, least)
	}
	r.fewest = r.overlaps
	return true
}

// meeting says by rows which must be apart and have blocks that overlap.
func meeting(s *search, blocks [][]netip.Prefix) [][]bool {
	meet := make([][]bool, len(blocks))
	for i := range blocks {
		meet[i] = make([]bool, len(blocks))
		for j := range blocks {
			meet[i][j] = (s.apart(i, j) || s.apart(j, i)) && slices.ContainsFunc(blocks[i], func(b netip.Prefix) bool {
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
	for _, j := range it.apart {
		longer := s.rows[it.row].length - s.rows[r.items[j].row].length
		count += 1 << min(max(longer, 0), 10)
		if count >= maxPlaces {
			return maxPlaces
		}
	}
	return count
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
			it.closed[it.at] = r.steps + len(r.crossed)/2 + r.number(10)
			r.move(i, place)
			r.fewest = min(r.fewest, r.overlaps)
		}
	}
	return r.overlaps == 0
}

// best is the move of an item in an overlap that leaves the fewest, one of several alike; place is -1 where each is closed.
func (r *repair) best() (of, place int) {
	place = -1
	least, alike := 0, 0
	for _, i := range r.crossed {
		it := &r.items[i]
		r.work += len(it.places)
		for k, overlaps := range it.overlaps {
			change := overlaps - it.overlaps[it.at]
			if k == it.at || it.closed[k] >= r.steps && r.overlaps+change >= r.fewest || place >= 0 && change > least {
				continue
			}
			if place < 0 || change < least {
				least, alike = change, 0
			}
			if alike++; r.number(alike) == 0 {
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
	for _, j := range it.apart {
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
		r.cross(j)
	}
	r.cross(i)
}

// cross notes whether an item overlaps others.
func (r *repair) cross(i int) {
	it := &r.items[i]
	switch crosses := it.at >= 0 && it.overlaps[it.at] > 0; {
	case crosses && it.in < 0:
		it.in = len(r.crossed)
		r.crossed = append(r.crossed, i)
	case !crosses && it.in >= 0:
		last := r.crossed[len(r.crossed)-1]
		r.crossed[it.in], r.items[last].in = last, it.in
		r.crossed, it.in = r.crossed[:len(r.crossed)-1], -1
	}
}

// number is the next of a fixed sequence of numbers below a bound, by Marsaglia's xorshift.
func (r *repair) number(below int) int {
	r.dice ^= r.dice << 13
	r.dice ^= r.dice >> 17
	r.dice ^= r.dice << 5
	return int(r.dice % uint32(below))
}
