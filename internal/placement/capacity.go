package placement

import (
	"cmp"
	"encoding/binary"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// findCliques finds sets of groups of which every two must be disjoint, so that each group is in one.
func (s *search) findCliques() [][]int {
	var cliques [][]int
	covered := make([]bool, len(s.groups))
	for i := range s.groups {
		if covered[i] {
			continue
		}
		clique := []int{i}
		for j := range s.groups {
			if j != i && !slices.ContainsFunc(clique, func(k int) bool { return !s.disjoint(j, k) }) {
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

// lacksAddresses says that some clique needs more addresses than it can get. It counts the addresses of
// the blocks that are large enough, and divides them as if they could be cut anywhere: so true is
// certain, and where all ranges are of one size nothing else can prevent a placement. IPv6
// addresses, which need more than 63 bits, are not counted.
func (s *search) lacksAddresses() bool {
	return slices.ContainsFunc(s.cliques, func(clique []int) bool {
		if s.groups[clique[0]].Family != cidr.V4 {
			return false
		}
		c := s.capacity(clique)
		for group := range c.needed {
			if !c.serve(group) {
				return true
			}
		}
		return false
	})
}

// capacity divides areas among groups. An area is all addresses that the same groups can use.
type capacity struct {
	// needed counts the addresses that each group still needs, free those left of each area.
	needed, free []int64
	// uses says by group and area whether the group can use it, has how much of it the group got.
	uses [][]bool
	has  [][]int64
}

func (s *search) capacity(clique []int) *capacity {
	type turn struct {
		at    int64
		group int
	}
	var turns []turn // where the addresses that a group can use begin or end
	c := &capacity{}
	for _, i := range clique {
		g := s.groups[i]
		if g.missing == 0 {
			continue
		}
		for _, block := range s.usable(g) {
			begin := addressNumber(block.Addr())
			turns = append(turns, turn{begin, len(c.needed)}, turn{begin + addresses(block.Bits()), len(c.needed)})
		}
		c.needed = append(c.needed, int64(g.missing)*addresses(g.Length))
	}
	slices.SortFunc(turns, func(a, b turn) int { return cmp.Compare(a.at, b.at) })

	area, users, using, last := map[string]int{}, make([]byte, len(c.needed)), 0, int64(0)
	for _, t := range turns {
		if t.at > last && using > 0 {
			k, known := area[string(users)]
			if !known {
				k = len(c.free)
				area[string(users)] = k
				c.free = append(c.free, 0)
			}
			c.free[k] += t.at - last
		}
		last = t.at
		users[t.group] ^= 1
		using += 2*int(users[t.group]) - 1
	}
	for group := range c.needed {
		uses := make([]bool, len(c.free))
		for users, k := range area {
			uses[k] = users[group] == 1
		}
		c.uses, c.has = append(c.uses, uses), append(c.has, make([]int64, len(c.free)))
	}
	s.work += len(turns) + len(c.needed)*len(c.free)
	return c
}

// addressNumber is an IPv4 address as a number.
func addressNumber(a netip.Addr) int64 {
	four := a.As4()
	return int64(binary.BigEndian.Uint32(four[:]))
}

// addresses is the number of addresses of an IPv4 range of a prefix length.
func addresses(length int) int64 { return 1 << (32 - length) }

// serve gives a group all that it needs, and lets other groups move to areas that it cannot use. It
// walks from the group to the areas it can use, from these to the groups that have a share, and so
// on to an area with something left. It returns false where there is no such area.
func (c *capacity) serve(group int) bool {
	for area, free := range c.free {
		if share := min(c.needed[group], free); c.uses[group][area] {
			c.needed[group] -= share
			c.free[area] -= share
			c.has[group][area] += share
		}
	}
	for c.needed[group] > 0 {
		const none = -1
		by, through := filled(len(c.free), none), filled(len(c.needed), none) // how area and group were reached
		end := none
		for queue := []int{group}; end == none && len(queue) > 0; queue = queue[1:] {
			for area := range c.free {
				if by[area] != none || !c.uses[queue[0]][area] {
					continue
				}
				by[area] = queue[0]
				if c.free[area] > 0 {
					end = area
					break
				}
				for other := range c.needed {
					if c.has[other][area] > 0 && through[other] == none && other != group {
						through[other] = area
						queue = append(queue, other)
					}
				}
			}
		}
		if end == none {
			return false
		}
		c.move(group, end, by, through)
	}
	return true
}

// move moves as many addresses as it can along the way from a group to the area at its end.
func (c *capacity) move(group, end int, by, through []int) {
	share := min(c.needed[group], c.free[end])
	for at := by[end]; at != group; at = by[through[at]] {
		share = min(share, c.has[at][through[at]])
	}
	c.needed[group] -= share
	c.free[end] -= share
	for area := end; ; {
		at := by[area]
		c.has[at][area] += share
		if at == group {
			return
		}
		area = through[at]
		c.has[at][area] -= share
	}
}

// filled is a list of n times one value.
func filled(n, value int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = value
	}
	return list
}
