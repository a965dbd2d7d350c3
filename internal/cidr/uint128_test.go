package cidr

import (
	"math/big"
	"net/netip"
	"testing"

	"pgregory.net/rapid"
)

var modulus = powerOfTwo(128)

func (n uint128) big() *big.Int {
	b := new(big.Int).SetUint64(n.hi)
	return b.Lsh(b, 64).Or(b, new(big.Int).SetUint64(n.lo))
}

// halfWord draws the words where carries happen as often as all others together.
var halfWord = rapid.OneOf(rapid.SampledFrom([]uint64{0, 1, 1 << 63, 1<<64 - 1}), rapid.Uint64())

var anyUint128 = rapid.Custom(func(t *rapid.T) uint128 {
	return uint128{halfWord.Draw(t, "hi"), halfWord.Draw(t, "lo")}
})

func TestUint128AgreesWithBigInt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, m := anyUint128.Draw(t, "n"), anyUint128.Draw(t, "m")
		k := rapid.IntRange(0, 128).Draw(t, "k")
		x, y, power := n.big(), m.big(), powerOfTwo(k)

		agree := func(what string, got uint128, want *big.Int) {
			t.Helper()
			if want.Mod(want, modulus); got.big().Cmp(want) != 0 {
				t.Fatalf("%s: got %v, want %v", what, got.big(), want)
			}
		}
		agree("n+m", n.plus(m), new(big.Int).Add(x, y))
		agree("n-m", n.minus(m), new(big.Int).Sub(x, y))
		agree("n*2^k", n.shifted(k), new(big.Int).Mul(x, power))
		agree("2^k-1", ones(k), new(big.Int).Sub(power, big.NewInt(1)))
		agree("n rounded down to 2^k", n.aligned(k), new(big.Int).Sub(x, new(big.Int).Mod(x, power)))
		agree("distance", distance(n, m), new(big.Int).Abs(new(big.Int).Sub(x, y)))
		zeros := 128
		if x.Sign() > 0 {
			zeros = int(x.TrailingZeroBits())
		}
		if got := n.zeros(); got != zeros {
			t.Fatalf("zeros: got %d, want %d", got, zeros)
		}
		if got, want := n.less(m), x.Cmp(y) < 0; got != want {
			t.Fatalf("n<m: got %v, want %v", got, want)
		}
	})
}

func TestUint128IsThePlaceOfAnAddress(t *testing.T) {
	tests := map[string]struct {
		addr  string
		place uint128
	}{
		"the lowest IPv4":  {"0.0.0.0", uint128{0, 0}},
		"an IPv4":          {"10.1.2.3", uint128{0, 0x0a010203}},
		"the highest IPv4": {"255.255.255.255", uint128{0, 0xffffffff}},
		"the lowest IPv6":  {"::", uint128{0, 0}},
		"an IPv6":          {"2001:db8:1:2:3:4:5:6", uint128{0x20010db800010002, 0x0003000400050006}},
		"the highest IPv6": {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", uint128{1<<64 - 1, 1<<64 - 1}},
		"IPv4 inside IPv6": {"::ffff:10.1.2.3", uint128{0, 0xffff0a010203}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			addr := netip.MustParseAddr(test.addr)
			if got := placeOf(addr); got != test.place {
				t.Errorf("place: got %x, want %x", got, test.place)
			}
			family := V6
			if addr.Is4() {
				family = V4
			}
			if got := test.place.addr(family); got != addr {
				t.Errorf("address: got %v, want %v", got, addr)
			}
		})
	}
}
