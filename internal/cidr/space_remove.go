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
		sortAscending(ps)
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
func (bs blocks) cut(block netip.Prefix, ps []netip.Prefix) (with blocks, rest []netip.Prefix) {
	family, next, last := FamilyOf(block), placeOf(block.Addr()), placeOf(Last(block))
	for ; len(ps) > 0; ps = ps[1:] {
		p := ps[0].Masked()
		if !p.Overlaps(block) {
			if endsBefore(p, block) {
				continue
			}
			break
		}
		if Contains(p, block) {
			return bs, ps
		}
		first := placeOf(p.Addr())
		if next.less(first) {
			bs = bs.fill(next, first.minus(uint128{lo: 1}), family)
		}
		after := first.plus(uint128{lo: 1}.shifted(hostBits(p)))
		if last.minus(first).less(after.minus(first)) { // p ends where block does
			return bs, ps[1:]
		}
		if next.less(after) {
			next = after
		}
	}
	return bs.fill(next, last, family), ps
}

// fill adds the maximal blocks from one place of a family to another one. They are not all of the family.
func (bs blocks) fill(first, last uint128, f Family) blocks {
	for {
		open := min(first.zeros(), f.Bits())
		for last.minus(first).less(ones(open)) {
			open--
		}
		bs = append(bs, netip.PrefixFrom(first.addr(f), f.Bits()-open))
		if end := first.plus(ones(open)); end == last {
			return bs
		}
		first = first.plus(uint128{lo: 1}.shifted(open))
	}
}
