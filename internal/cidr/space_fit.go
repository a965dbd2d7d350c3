package cidr

import "net/netip"

// Fit returns the lowest /bits of the smallest free block of family f that holds one, and of the
// lowest such block when several are that small. Nothing is removed. ok is false when no block is
// large enough and when bits is not a prefix length of f.
func (s *Space) Fit(bits int, f Family) (fit netip.Prefix, ok bool) {
	return s.free.of(f).fit(bits)
}

// FitWithin is Fit among the free blocks inside within. A free block larger than within counts as
// within itself. ok is also false when within is invalid.
func (s *Space) FitWithin(within netip.Prefix, bits int) (fit netip.Prefix, ok bool) {
	if s.free.contains(within) {
		return First(within, bits)
	}
	from, to := s.free.inside(within)
	return s.free[from:to].fit(bits)
}

// fit is Fit among blocks of one family.
func (bs blocks) fit(bits int) (netip.Prefix, bool) {
	var smallest netip.Prefix
	for _, b := range bs {
		holds := b.Bits() <= bits
		if holds && (!smallest.IsValid() || b.Bits() > smallest.Bits()) {
			smallest = b
		}
		if smallest.Bits() == bits {
			break // nothing smaller holds it, and what follows is higher
		}
	}
	return First(smallest, bits)
}

// Nearest returns the free aligned /bits of to's family whose first address is nearest to to's
// first address, the lower one on a tie. Nothing is removed. ok is false when no free block is
// large enough, when bits is not a prefix length of that family, and when to is invalid.
func (s *Space) Nearest(to netip.Prefix, bits int) (nearest netip.Prefix, ok bool) {
	f := FamilyOf(to)
	if bits > f.Bits() { // a negative length and an invalid prefix find no block below
		return netip.Prefix{}, false
	}
	target := placeOf(to.Masked().Addr())
	free := s.free.of(f)

	// The blocks are disjoint and sorted: going outwards from the target, the first block that is
	// large enough on each side has the nearest place of that side.
	split := free.firstAfter(to)
	below, above := split-1, split
	for below >= 0 && free[below].Bits() > bits {
		below--
	}
	for above < len(free) && free[above].Bits() > bits {
		above++
	}

	var best uint128
	if below >= 0 {
		best, ok = nearestIn(free[below], target, bits), true
	}
	if above < len(free) {
		candidate := nearestIn(free[above], target, bits)
		if !ok || distance(candidate, target).less(distance(best, target)) {
			best, ok = candidate, true
		}
	}
	if !ok {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(best.addr(f), bits), true
}

// nearestIn returns the first address of the /bits in block that is nearest to target, the lower
// one on a tie. The block is large enough.
func nearestIn(block netip.Prefix, target uint128, bits int) uint128 {
	step := block.Addr().BitLen() - bits
	lowest := placeOf(block.Addr())
	highest := lowest.plus(ones(hostBits(block))).aligned(step)
	switch {
	case target.less(lowest):
		return lowest
	case highest.less(target):
		return highest
	}
	down := target.aligned(step)
	if down == target {
		return down
	}
	up := down.plus(uint128{lo: 1}.shifted(step)) // at most highest, which is aligned too
	if distance(up, target).less(distance(down, target)) {
		return up
	}
	return down
}

func distance(a, b uint128) uint128 {
	if a.less(b) {
		return b.minus(a)
	}
	return a.minus(b)
}
