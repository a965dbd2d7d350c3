package cidr

import (
	"net/netip"
	"slices"
)

// Space is free room that shrinks as blocks are taken out: the maximal aligned blocks of a set of
// addresses. The zero value has no room. It is for one goroutine.
type Space struct{ free blocks }

// NewSpace returns the room of s, which it shares nothing with.
func NewSpace(s Set) *Space { return &Space{slices.Clone(s.blocks)} }

// Clone returns a copy that shares nothing with s.
func (s *Space) Clone() *Space { return &Space{slices.Clone(s.free)} }

// Remove takes p out, free or not. The blocks inside p vanish; the block around p is replaced by
// its maximal blocks beside p. An invalid p takes nothing out. Finding the place is a binary
// search; what comes after it moves up or down.
func (s *Space) Remove(p netip.Prefix) {
	p = p.Masked()
	if i, ok := s.free.around(p); ok {
		s.free = slices.Replace(s.free, i, i+1, remainder(s.free[i], p)...)
		return
	}
	from, to := s.free.inside(p)
	s.free = slices.Delete(s.free, from, to)
}

// remainder returns the maximal aligned blocks of block without p, ascending. p is in block.
//
//	block  |---------------|---|---|-------|
//	        stays            p   stay
//
// Each step towards p leaves one half behind: below p they shrink, above p they grow.
func remainder(block, p netip.Prefix) blocks {
	rest := make(blocks, p.Bits()-block.Bits())
	below, above := 0, len(rest)
	for block != p {
		lo, hi, _ := Halves(block)
		if Contains(lo, p) {
			above--
			rest[above] = hi
			block = lo
		} else {
			rest[below] = lo
			below++
			block = hi
		}
	}
	return rest
}

// Blocks returns the maximal free blocks, ascending by Compare. The caller must not change the
// slice, which the next Remove overwrites.
func (s *Space) Blocks() []netip.Prefix { return s.free }

// Contains reports whether all of p is free; false when p is invalid.
func (s *Space) Contains(p netip.Prefix) bool { return s.free.contains(p) }

// CountBySize counts the maximal free blocks of family f by prefix length, shortest length first.
func (s *Space) CountBySize(f Family) []SizeCount { return s.free.bySize(f) }
