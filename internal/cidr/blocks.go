package cidr

import (
	"math/big"
	"net/netip"
	"slices"
	"sort"
)

// blocks is a set of addresses as its maximal aligned blocks: canonical, disjoint, ascending by
// Compare, and no two of them are the halves of one parent. So a prefix is in the set exactly
// when it is in one block, and any question about a place is a binary search.
type blocks []netip.Prefix

// around returns the index of the block that p is in.
func (bs blocks) around(p netip.Prefix) (i int, ok bool) {
	i = bs.firstAfter(p) - 1
	return i, i >= 0 && Contains(bs[i], p)
}

// firstAfter returns the index of the first block that sorts after p. A block that p is in
// starts no higher than p and is no smaller, so it is the one before.
func (bs blocks) firstAfter(p netip.Prefix) int {
	return sort.Search(len(bs), func(i int) bool { return Compare(p, bs[i]) < 0 })
}

// inside returns the blocks that are in p as the half-open index range [from, to).
func (bs blocks) inside(p netip.Prefix) (from, to int) {
	from = sort.Search(len(bs), func(i int) bool { return Compare(p, bs[i]) <= 0 })
	rest := bs[from:]
	return from, from + sort.Search(len(rest), func(i int) bool { return !Contains(p, rest[i]) })
}

func (bs blocks) contains(p netip.Prefix) bool {
	_, ok := bs.around(p)
	return ok
}

func (bs blocks) overlaps(p netip.Prefix) bool { return len(OverlappingIn(bs, p)) > 0 }

// of returns the blocks of one family.
func (bs blocks) of(f Family) blocks {
	firstV6 := sort.Search(len(bs), func(i int) bool { return FamilyOf(bs[i]) == V6 })
	switch f {
	case V4:
		return bs[:firstV6]
	case V6:
		return bs[firstV6:]
	default:
		return nil
	}
}

// common returns the blocks of the addresses that are in both sets: where two blocks meet, one is
// in the other.
func (bs blocks) common(with blocks) blocks {
	var both blocks
	for _, b := range bs {
		if with.contains(b) {
			both = append(both, b)
			continue
		}
		from, to := with.inside(b)
		both = append(both, with[from:to]...)
	}
	return both
}

// OverlappingIn returns the part of ps that overlaps p. ps is sorted and disjoint, as Outermost returns it.
func OverlappingIn(ps []netip.Prefix, p netip.Prefix) []netip.Prefix {
	bs := blocks(ps)
	if i, ok := bs.around(p); ok {
		return ps[i : i+1]
	}
	from, to := bs.inside(p)
	return ps[from:to]
}

// Outermost returns the prefixes of ps that are in no other, once each, ascending. They are disjoint
// but need not be maximal: two may be the halves of one parent. Where that is ps, it is returned itself.
func Outermost(ps []netip.Prefix) []netip.Prefix {
	for i, p := range ps {
		if i > 0 && (Compare(ps[i-1], p) >= 0 || Contains(ps[i-1], p)) {
			return outermost(slices.Clone(ps))
		}
	}
	return slices.Clip(ps)
}

// outermost is Outermost for prefixes that it may change in place.
func outermost(ps []netip.Prefix) blocks {
	sortAscending(ps)
	n := 0
	for i, p := range ps {
		if n > 0 && Contains(ps[n-1], p) {
			continue
		}
		if n != i {
			ps[n] = p
		}
		n++
	}
	return ps[:n:n]
}

// SizeCount says how many blocks of one prefix length there are.
type SizeCount struct {
	Bits int // prefix length
	N    int // number of blocks, at least 1
}

// bySize counts the blocks of one family by prefix length, shortest length first.
func (bs blocks) bySize(f Family) []SizeCount {
	family := bs.of(f)
	if len(family) == 0 {
		return nil
	}
	tally := make([]int, f.Bits()+1)
	for _, b := range family {
		tally[b.Bits()]++
	}
	var sizes []SizeCount
	for length, n := range tally {
		if n > 0 {
			sizes = append(sizes, SizeCount{length, n})
		}
	}
	return sizes
}

// count returns the number of addresses of one family, exactly.
func (bs blocks) count(f Family) *big.Int {
	sum := new(big.Int)
	for _, size := range bs.bySize(f) {
		each := powerOfTwo(f.Bits() - size.Bits)
		sum.Add(sum, each.Mul(each, big.NewInt(int64(size.N))))
	}
	return sum
}
