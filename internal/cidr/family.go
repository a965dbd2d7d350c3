package cidr

import "net/netip"

// Family is an address family. The zero value is the family of an invalid prefix: it has no
// addresses and equals neither V4 nor V6.
type Family int

// The two families, numbered as in the IP header's version field.
const (
	V4 Family = 4
	V6 Family = 6
)

// FamilyOf returns the family of p, or the zero Family when p is invalid. An IPv4-mapped IPv6
// prefix is V6.
func FamilyOf(p netip.Prefix) Family {
	switch {
	case !p.IsValid():
		return 0
	case p.Addr().Is4():
		return V4
	default:
		return V6
	}
}

// Bits returns the length of an address in bits: 32, 128, or 0 for the zero Family.
func (f Family) Bits() int {
	switch f {
	case V4:
		return 32
	case V6:
		return 128
	default:
		return 0
	}
}

// String returns "IPv4" or "IPv6".
func (f Family) String() string {
	switch f {
	case V4:
		return "IPv4"
	case V6:
		return "IPv6"
	default:
		return "no address family"
	}
}
