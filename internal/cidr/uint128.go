package cidr

import (
	"encoding/binary"
	"math/bits"
	"net/netip"
)

// uint128 is the place of an address on the number line of its family, or a distance on it.
// An IPv4 address takes the low 32 bits. Arithmetic wraps; callers stay inside a prefix.
type uint128 struct{ hi, lo uint64 }

// placeOf returns the place of a valid address.
func placeOf(a netip.Addr) uint128 {
	if a.Is4() {
		b := a.As4()
		return uint128{lo: uint64(binary.BigEndian.Uint32(b[:]))}
	}
	b := a.As16()
	return uint128{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}
}

// addr returns the address of family f at place n.
func (n uint128) addr(f Family) netip.Addr {
	if f == V4 {
		var b [4]byte
		binary.BigEndian.PutUint32(b[:], uint32(n.lo))
		return netip.AddrFrom4(b)
	}
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], n.hi)
	binary.BigEndian.PutUint64(b[8:], n.lo)
	return netip.AddrFrom16(b)
}

func (n uint128) plus(m uint128) uint128 {
	lo, carry := bits.Add64(n.lo, m.lo, 0)
	hi, _ := bits.Add64(n.hi, m.hi, carry)
	return uint128{hi, lo}
}

func (n uint128) minus(m uint128) uint128 {
	lo, borrow := bits.Sub64(n.lo, m.lo, 0)
	hi, _ := bits.Sub64(n.hi, m.hi, borrow)
	return uint128{hi, lo}
}

func (n uint128) less(m uint128) bool {
	return n.hi < m.hi || n.hi == m.hi && n.lo < m.lo
}

// shifted returns n times 2^k; what passes bit 127 is lost, so k=128 gives 0.
func (n uint128) shifted(k int) uint128 {
	if k >= 64 {
		return uint128{hi: n.lo << (k - 64)}
	}
	return uint128{n.hi<<k | n.lo>>(64-k), n.lo << k}
}

// zeros returns how many low bits of n are 0.
func (n uint128) zeros() int {
	if n.lo == 0 {
		return 64 + bits.TrailingZeros64(n.hi)
	}
	return bits.TrailingZeros64(n.lo)
}

// aligned returns n rounded down to a multiple of 2^k.
func (n uint128) aligned(k int) uint128 {
	low := ones(k)
	return uint128{n.hi &^ low.hi, n.lo &^ low.lo}
}

// ones returns 2^k-1, for k up to 128.
func ones(k int) uint128 {
	return uint128{lo: 1}.shifted(k).minus(uint128{lo: 1})
}
