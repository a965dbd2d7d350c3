package cidr

import "net/netip"

// hostBits returns how many bits of an address p leaves open, for a valid p.
func hostBits(p netip.Prefix) int { return p.Addr().BitLen() - p.Bits() }

// Last returns the highest address of p, or the zero Addr when p is invalid.
func Last(p netip.Prefix) netip.Addr {
	if !p.IsValid() {
		return netip.Addr{}
	}
	return placeOf(p.Masked().Addr()).plus(ones(hostBits(p))).addr(FamilyOf(p))
}

// Halves splits p into its lower and upper half. ok is false for a single address and for an
// invalid prefix.
func Halves(p netip.Prefix) (lo, hi netip.Prefix, ok bool) {
	if !p.IsValid() || hostBits(p) == 0 {
		return netip.Prefix{}, netip.Prefix{}, false
	}
	bits, first := p.Bits()+1, p.Masked().Addr()
	middle := placeOf(first).plus(uint128{lo: 1}.shifted(hostBits(p) - 1)).addr(FamilyOf(p))
	return netip.PrefixFrom(first, bits), netip.PrefixFrom(middle, bits), true
}

// Parent returns the block of twice the size around p. ok is false for a whole family (/0) and
// for an invalid prefix.
func Parent(p netip.Prefix) (parent netip.Prefix, ok bool) {
	if p.Bits() <= 0 {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(p.Addr(), p.Bits()-1).Masked(), true
}

// Sibling returns the other half of p's parent. ok is false where Parent's is.
func Sibling(p netip.Prefix) (sibling netip.Prefix, ok bool) {
	if p.Bits() <= 0 {
		return netip.Prefix{}, false
	}
	place, bit := placeOf(p.Masked().Addr()), uint128{lo: 1}.shifted(hostBits(p))
	flipped := uint128{place.hi ^ bit.hi, place.lo ^ bit.lo}
	return netip.PrefixFrom(flipped.addr(FamilyOf(p)), p.Bits()), true
}

// First returns the lowest sub-prefix of p with the given length; p itself for its own length.
// ok is false when that length is shorter than p's or longer than an address.
func First(p netip.Prefix, bits int) (first netip.Prefix, ok bool) {
	return Nth(p, bits, 0)
}

// Nth returns the n-th sub-prefix of p with the given length, counted from 0. ok is false when p
// has no more than n of them, when that length is shorter than p's or longer than an address, and
// when p is invalid.
func Nth(p netip.Prefix, bits int, n uint64) (sub netip.Prefix, ok bool) {
	if !p.IsValid() || bits < p.Bits() || bits > p.Addr().BitLen() {
		return netip.Prefix{}, false
	}
	// Shifting by 64 and more gives 0: n cannot be past the end of so many sub-prefixes.
	if n>>(bits-p.Bits()) != 0 {
		return netip.Prefix{}, false
	}
	step := p.Addr().BitLen() - bits
	place := placeOf(p.Masked().Addr()).plus(uint128{lo: n}.shifted(step))
	return netip.PrefixFrom(place.addr(FamilyOf(p)), bits), true
}

// NthAddr returns the address n places above the lowest of p. ok is false when that is outside p
// and when p is invalid.
func NthAddr(p netip.Prefix, n uint64) (addr netip.Addr, ok bool) {
	single, ok := Nth(p, p.Addr().BitLen(), n)
	return single.Addr(), ok
}
