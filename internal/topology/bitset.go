package topology

import (
	"iter"
	"math/bits"
	"slices"
)

// bitset is a set of small numbers. A number beyond its end is not in it.
type bitset []uint64

// newBitset is an empty set with room for the numbers below n.
func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) set(i int)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) unset(i int)    { b[i/64] &^= 1 << (i % 64) }
func (b bitset) has(i int) bool { return i/64 < len(b) && b[i/64]&(1<<(i%64)) != 0 }

// with adds a number that may be beyond the end.
func (b bitset) with(i int) bitset {
	for len(b) <= i/64 {
		b = append(b, 0)
	}
	b.set(i)
	return b
}

// add adds the numbers of another set that is as long.
func (b bitset) add(o bitset) {
	for i, word := range o {
		b[i] |= word
	}
}

// members are the numbers of the set, ascending.
func (b bitset) members() []int { return slices.Collect(b.without(nil)) }

// common are the numbers that are in both sets, ascending.
func (b bitset) common(o bitset) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range min(len(b), len(o)) {
			if !eachBit(i, b[i]&o[i], yield) {
				return
			}
		}
	}
}

// without are the numbers that are in the set and not in another one, ascending.
func (b bitset) without(o bitset) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range b {
			if i < len(o) {
				word &^= o[i]
			}
			if !eachBit(i, word, yield) {
				return
			}
		}
	}
}

// eachBit yields the numbers of one word of a set. It returns false when yield does.
func eachBit(at int, word uint64, yield func(int) bool) bool {
	for ; word != 0; word &= word - 1 {
		if !yield(at*64 + bits.TrailingZeros64(word)) {
			return false
		}
	}
	return true
}
