package cidr

import (
	"net/netip"
	"slices"
)

// Sizes is the room of a space by the size of its blocks: for placing many ranges, one after the other, beside many pieces of free room.
// It is for one goroutine.
type Sizes struct {
	// of are the maximal free blocks of each prefix length, ascending.
	of [129]blocks
	// longest is the prefix length of the smallest blocks that are kept.
	longest int
}

// NewSizes returns the room of s for ranges of prefix lengths up to longest, in which smaller blocks have no place. It shares nothing
// with s.
func NewSizes(s *Space, longest int) *Sizes {
	var counts [129]int
	for _, b := range s.free {
		counts[b.Bits()]++
	}
	n := &Sizes{longest: min(longest, len(counts)-1)}
	for length := range n.longest + 1 {
		n.of[length] = make(blocks, 0, counts[length])
	}
	for _, b := range s.free {
		n.add(b, len(n.of[b.Bits()]))
	}
	return n
}

// add adds a free block at a place of those of its length, unless it is too small.
func (s *Sizes) add(b netip.Prefix, at int) {
	if b.Bits() <= s.longest {
		s.of[b.Bits()] = slices.Insert(s.of[b.Bits()], at, b)
	}
}

// FitWithin is that of the space, for a length up to longest.
func (s *Sizes) FitWithin(within netip.Prefix, bits int) (fit netip.Prefix, ok bool) {
	if _, _, ok := s.around(within); ok {
		return First(within, bits)
	}
	for length := min(bits, s.longest); length >= within.Bits() && length >= 0; length-- {
		if from, to := s.of[length].inside(within); from < to {
			return First(s.of[length][from], bits)
		}
	}
	return netip.Prefix{}, false
}

// around returns the free block that p is in, and its place among those of its length.
func (s *Sizes) around(p netip.Prefix) (block netip.Prefix, at int, ok bool) {
	for length := range min(p.Bits(), s.longest) + 1 {
		block = netip.PrefixFrom(p.Addr(), length).Masked()
		if at, ok = slices.BinarySearchFunc(s.of[length], block, Compare); ok {
			return block, at, true
		}
	}
	return netip.Prefix{}, 0, false
}

// Remove is that of the space. It costs what it moves among the blocks of the lengths that change: nothing at their front, from where
// ranges are taken first.
func (s *Sizes) Remove(p netip.Prefix) {
	p = p.Masked()
	if block, at, ok := s.around(p); ok {
		s.delete(block.Bits(), at, at+1)
		for _, rest := range remainder(block, p) {
			s.add(rest, s.of[rest.Bits()].firstAfter(rest))
		}
		return
	}
	for length := p.Bits() + 1; length <= s.longest; length++ {
		from, to := s.of[length].inside(p)
		s.delete(length, from, to)
	}
}

func (s *Sizes) delete(length, from, to int) {
	if from == 0 {
		s.of[length] = s.of[length][to:]
		return
	}
	s.of[length] = slices.Delete(s.of[length], from, to)
}
