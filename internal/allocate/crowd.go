package allocate

import (
	"cmp"
	"encoding/binary"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// findCliques finds sets of rows of which every two must be apart, so that each row is in one.
func (s *search) findCliques() [][]int {
	var cliques [][]int
	covered := make([]bool, len(s.rows))
	for i := range s.rows {
		if covered[i] {
			continue
		}
		clique := []int{i}
		for j := range s.rows {
			if j != i && !slices.ContainsFunc(clique, func(k int) bool { return !s.apart(j, k) }) {
				clique = append(clique, j)
			}
		}
		for _, k := range clique {
			covered[k] = true
		}
		cliques = append(cliques, clique)
	}
	return cliques
}

// crowded says that some clique wants more addresses than it can get. It counts the addresses of
// the blocks that are large enough, and shares them out as if they could be cut at will: so what
// it says is certain, and where all ranges are of one size nothing else can be in the way. IPv6
// space is never crowded, so its addresses, which need more than 63 bits, are not counted.
func (s *search) crowded() bool {
	return slices.ContainsFunc(s.cliques, func(clique []int) bool {
		if s.rows[clique[0]].family != cidr.V4 {
			return false
		}
		m := s.market(clique)
		for row := range m.wanted {
			if !m.serve(row) {
				return true
			}
		}
		return false
	})
}

// market shares areas out among rows. An area is all addresses that the same rows can use.
type market struct {
	// wanted counts the addresses that each row still wants, free those left of each area.
	wanted, free []int64
	// uses says by row and area whether the row can use it, has how much of it the row got.
	uses [][]bool
	has  [][]int64
}

func (s *search) market(clique []int) *market {
	type turn struct {
		at  int64
		row int
	}
	var turns []turn // where a row's use of addresses begins or ends
	m := &market{}
	for _, i := range clique {
		r := s.rows[i]
		if r.left == 0 {
			continue
		}
		for _, block := range s.usable(r) {
			begin := number(block.Addr())
			turns = append(turns, turn{begin, len(m.wanted)}, turn{begin + size(block.Bits()), len(m.wanted)})
		}
		m.wanted = append(m.wanted, int64(r.left)*size(r.length))
	}
	slices.SortFunc(turns, func(a, b turn) int { return cmp.Compare(a.at, b.at) })

	area, users, using, last := map[string]int{}, make([]byte, len(m.wanted)), 0, int64(0)
	for _, t := range turns {
		if t.at > last && using > 0 {
			k, known := area[string(users)]
			if !known {
				k = len(m.free)
				area[string(users)] = k
				m.free = append(m.free, 0)
			}
			m.free[k] += t.at - last
		}
		last = t.at
		users[t.row] ^= 1
		using += 2*int(users[t.row]) - 1
	}
	for row := range m.wanted {
		uses := make([]bool, len(m.free))
		for users, k := range area {
			uses[k] = users[row] == 1
		}
		m.uses, m.has = append(m.uses, uses), append(m.has, make([]int64, len(m.free)))
	}
	s.work += len(turns) + len(m.wanted)*len(m.free)
	return m
}

func number(a netip.Addr) int64 {
	four := a.As4()
	return int64(binary.BigEndian.Uint32(four[:]))
}

func size(length int) int64 { return 1 << (32 - length) }

// serve gives a row all that it wants, and lets others move to areas that it cannot use. It
// walks from the row to the areas it can use, from these to the rows that have a share, and so
// on to an area with something left.
func (m *market) serve(row int) bool {
	for area, free := range m.free {
		if share := min(m.wanted[row], free); m.uses[row][area] {
			m.wanted[row] -= share
			m.free[area] -= share
			m.has[row][area] += share
		}
	}
	for m.wanted[row] > 0 {
		const none = -1
		by, through := fill(len(m.free), none), fill(len(m.wanted), none) // how area and row were reached
		end := none
		for queue := []int{row}; end == none && len(queue) > 0; queue = queue[1:] {
			for area := range m.free {
				if by[area] != none || !m.uses[queue[0]][area] {
					continue
				}
				by[area] = queue[0]
				if m.free[area] > 0 {
					end = area
					break
				}
				for other := range m.wanted {
					if m.has[other][area] > 0 && through[other] == none && other != row {
						through[other] = area
						queue = append(queue, other)
					}
				}
			}
		}
		if end == none {
			return false
		}
		m.pass(row, end, by, through)
	}
	return true
}

// pass moves as much as it can along the way from a row to the area at its end.
func (m *market) pass(row, end int, by, through []int) {
	share := min(m.wanted[row], m.free[end])
	for at := by[end]; at != row; at = by[through[at]] {
		share = min(share, m.has[at][through[at]])
	}
	m.wanted[row] -= share
	m.free[end] -= share
	for area := end; ; {
		at := by[area]
		m.has[at][area] += share
		if at == row {
			return
		}
		area = through[at]
		m.has[at][area] -= share
	}
}

func fill(n, value int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = value
	}
	return list
}
