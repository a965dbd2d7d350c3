package cidr

import (
	"net/netip"
	"slices"
)

// Compare orders prefixes as a plan lists them: IPv4 before IPv6, then by address, then the
// shorter length (the larger block) first. Invalid prefixes come before all others.
func Compare(a, b netip.Prefix) int { return a.Compare(b) }

// Contains reports whether inner lies wholly in outer; a prefix contains itself. It is false
// across families and when either is invalid.
func Contains(outer, inner netip.Prefix) bool {
	return outer.IsValid() && inner.IsValid() &&
		outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

// AnyContains reports whether one of the outer prefixes contains inner. It is false where there are none.
func AnyContains(outer []netip.Prefix, inner netip.Prefix) bool {
	return slices.ContainsFunc(outer, func(o netip.Prefix) bool { return Contains(o, inner) })
}

// Overlap returns the addresses that a and b share. Two prefixes are either disjoint or one is
// in the other, so the shared part is the longer of the two. ok is false when they are disjoint,
// of two families, or invalid.
func Overlap(a, b netip.Prefix) (shared netip.Prefix, ok bool) {
	switch {
	case Contains(a, b):
		return b.Masked(), true
	case Contains(b, a):
		return a.Masked(), true
	default:
		return netip.Prefix{}, false
	}
}
