package cidr

import (
	"math/big"
	"math/bits"
	"net/netip"
)

// Count returns the number of addresses in p, exactly; 0 when p is invalid.
func Count(p netip.Prefix) *big.Int { return Blocks(p, p.Addr().BitLen()) }

// Blocks returns how many sub-prefixes of the given length p holds, exactly. It is 0 when that
// length is shorter than p's or longer than an address, and when p is invalid.
func Blocks(p netip.Prefix, bits int) *big.Int {
	if !p.IsValid() || bits < p.Bits() || bits > p.Addr().BitLen() {
		return new(big.Int)
	}
	return powerOfTwo(bits - p.Bits())
}

// Bits returns the smallest k with 2^k >= n: the bits needed to number n things. Bits(0) and
// Bits(1) are 0.
func Bits(n uint64) int {
	if n == 0 {
		return 0
	}
	return bits.Len64(n - 1)
}

// LongestFor returns the prefix length of the smallest prefix with at least addrs addresses, or
// -1 when the whole family has fewer.
func LongestFor(addrs uint64, family Family) int {
	if family.Bits() == 0 {
		return -1
	}
	return max(family.Bits()-Bits(addrs), -1)
}

// powerOfTwo returns 2^k.
func powerOfTwo(k int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(k)) }
