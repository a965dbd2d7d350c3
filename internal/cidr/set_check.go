package cidr

import (
	"fmt"
	"math/big"

	"go4.org/netipx"
)

// This file holds netipx to its word. netipx.IPSet.RemoveFreePrefix has returned an invalid
// prefix with ok=true, and its builder reports errors that it collected on the way with stack
// lines in them. The functions used here are not known to be wrong; but what they return is
// allocated as free, so each result is proved. That the blocks are canonical and disjoint, that
// the smaller set is in the larger, and that the numbers of addresses add up, together leave room
// for one answer only. The price is a few binary searches.

// built finishes b and checks that the result is well formed.
func built(operation string, b *netipx.IPSetBuilder) Set {
	ips, err := b.IPSet()
	if err != nil {
		broken(operation, "the builder was given an invalid prefix or range")
	}
	s := Set{ips, ips.Prefixes()}
	mustBeBlocks(operation, s.blocks)
	return s
}

// mustBeBlocks checks that every block is valid and masked, starts after the one before ends, and
// does not make up a larger block with it.
func mustBeBlocks(operation string, bs blocks) {
	for i, b := range bs {
		if !b.IsValid() || b != b.Masked() {
			broken(operation, "block %d is %v, which is not a canonical prefix", i, b)
		}
		if i == 0 {
			continue
		}
		before := bs[i-1]
		if Last(before).Compare(b.Addr()) >= 0 {
			broken(operation, "%v comes after %v", b, before)
		}
		if sibling, ok := Sibling(before); ok && sibling == b {
			broken(operation, "%v and %v are halves of one block", before, b)
		}
	}
}

// mustHold checks that all of parts is in whole.
func mustHold(operation string, whole Set, parts blocks) {
	for _, p := range parts {
		if !whole.Contains(p) {
			broken(operation, "%v is not wholly in the larger set", p)
		}
	}
}

// mustAvoid checks that none of parts is in taken.
func mustAvoid(operation string, taken Set, parts blocks) {
	for _, p := range parts {
		if taken.Overlaps(p) {
			broken(operation, "%v is not wholly outside the set taken away", p)
		}
	}
}

// mustAddUp checks that left and right have as many addresses of each family.
func mustAddUp(operation string, left, right []blocks) {
	for _, f := range []Family{V4, V6} {
		if l, r := total(left, f), total(right, f); l.Cmp(r) != 0 {
			broken(operation, "%v addresses do not add up: %v and %v", f, l, r)
		}
	}
}

// total returns the number of addresses of one family in all of sets, counting twice what is in two.
func total(sets []blocks, f Family) *big.Int {
	sum := new(big.Int)
	for _, bs := range sets {
		sum.Add(sum, bs.count(f))
	}
	return sum
}

// broken panics: a wrong answer here would allocate addresses that are in use.
func broken(operation, format string, args ...any) {
	panic(fmt.Sprintf("cidr: netipx broke its promise in %s: %s", operation, fmt.Sprintf(format, args...)))
}
