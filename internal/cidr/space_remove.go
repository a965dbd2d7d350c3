package cidr

import (
	"net/netip"
	"slices"
	"sort"
)

// few is the number of prefixes up to which they are taken out of a space one by one.
const few = 2

// RemoveAll is Remove for each of ps, which may overlap and come in any order. It finds each place by a binary search and moves
// what lies between two places once. Sorted prefixes are not sorted again.
func (s *Space) RemoveAll(ps []netip.Prefix) {
	if len(ps) <= few {
		for _, p := range ps {
			s.Remove(p)
		}
		return
	}
	if !slices.IsSortedFunc(ps, Compare) {
		ps = slices.Clone(ps)
		slices.SortFunc(ps, Compare)
	}
	from, left := s.free, make(blocks, 0, len(s.free)+len(ps))
	for len(ps) > 0 {
		p := ps[0].Masked()
		if at := from.notBefore(p); at == len(from) || !from[at].Overlaps(p) {
			left, from, ps = append(left, from[:at]...), from[at:], ps[1:]
		} else {
			left = append(left, from[:at]...)
			left, ps = left.cut(from[at], ps)
			from = from[at+1:]
		}
	}
	left = append(left, from...)
	s.free = left
}

// notBefore returns the index of the first block that does not end before p begins.
func (bs blocks) notBefore(p netip.Prefix) int {
	return sort.Search(len(bs), func(i int) bool { return !endsBefore(bs[i], p) })
}

// endsBefore reports whether a ends before b begins: IPv4 before IPv6, and invalid prefixes before valid ones.
func endsBefore(a, b netip.Prefix) bool { return Last(a).Less(b.Masked().Addr()) }

// cut adds the maximal blocks of block without ps, which is sorted, and returns those of ps that do not end before the block.
//
// A part of the block that holds some of ps is halved, and the halves are looked at from the lower one on: pending are those
// still to be looked at, the lowest one last.
func (bs blocks) cut(block netip.Prefix, ps []netip.Prefix) (with blocks, rest []netip.Prefix) {
	var room [129]netip.Prefix
	pending := append(room[:0], block)
	for len(pending) > 0 {
		last := len(pending) - 1
		part := pending[last]
		pending = pending[:last]
		for len(ps) > 0 && endsBefore(ps[0], part) {
			ps = ps[1:]
		}
		switch {
		case len(ps) == 0 || !ps[0].Overlaps(part):
			bs = append(bs, part)
		case ps[0].Bits() > part.Bits():
			low, high, _ := Halves(part)
			pending = append(pending, high, low)
		}
	}
	return bs, ps
}
