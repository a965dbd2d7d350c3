package cidr

import (
	"math/big"
	"net/netip"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
)

func TestSplit(t *testing.T) {
	tests := map[string]struct {
		prefix, last, lo, hi, parent, sibling string // "" where there is none
	}{
		"an IPv4 block": {
			"10.0.0.0/8", "10.255.255.255", "10.0.0.0/9", "10.128.0.0/9", "10.0.0.0/7", "11.0.0.0/8"},
		"an upper half": {
			"11.0.0.0/8", "11.255.255.255", "11.0.0.0/9", "11.128.0.0/9", "10.0.0.0/7", "10.0.0.0/8"},
		"host bits are read as the block around": {
			"10.9.9.9/8", "10.255.255.255", "10.0.0.0/9", "10.128.0.0/9", "10.0.0.0/7", "11.0.0.0/8"},
		"all of IPv4": {
			"0.0.0.0/0", "255.255.255.255", "0.0.0.0/1", "128.0.0.0/1", "", ""},
		"a half of IPv4": {
			"128.0.0.0/1", "255.255.255.255", "128.0.0.0/2", "192.0.0.0/2", "0.0.0.0/0", "0.0.0.0/1"},
		"a pair of addresses": {
			"10.0.0.2/31", "10.0.0.3", "10.0.0.2/32", "10.0.0.3/32", "10.0.0.0/30", "10.0.0.0/31"},
		"a single IPv4 address": {
			"10.0.0.3/32", "10.0.0.3", "", "", "10.0.0.2/31", "10.0.0.2/32"},
		"an IPv6 block": {
			"2001:db8::/32", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8::/33", "2001:db8:8000::/33",
			"2001:db8::/31", "2001:db9::/32"},
		"just above bit 64": {
			"2001:db8::/63", "2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8::/64", "2001:db8:0:1::/64",
			"2001:db8::/62", "2001:db8:0:2::/63"},
		"at bit 64": {
			"2001:db8::/64", "2001:db8::ffff:ffff:ffff:ffff", "2001:db8::/65", "2001:db8:0:0:8000::/65",
			"2001:db8::/63", "2001:db8:0:1::/64"},
		"just below bit 64": {
			"2001:db8::/65", "2001:db8::7fff:ffff:ffff:ffff", "2001:db8::/66", "2001:db8:0:0:4000::/66",
			"2001:db8::/64", "2001:db8:0:0:8000::/65"},
		"all of IPv6": {
			"::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/1", "8000::/1", "", ""},
		"a single IPv6 address": {
			"2001:db8::/128", "2001:db8::", "", "", "2001:db8::/127", "2001:db8::1/128"},
		"IPv4 inside IPv6 stays IPv6": {
			"::ffff:10.0.0.0/104", "::ffff:10.255.255.255", "::ffff:10.0.0.0/105", "::ffff:10.128.0.0/105",
			"::ffff:10.0.0.0/103", "::ffff:11.0.0.0/104"},
		"an invalid prefix has nothing": {"", "", "", "", "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := prefix(test.prefix)
			var last netip.Addr
			if test.last != "" {
				last = netip.MustParseAddr(test.last)
			}
			if got := Last(p); got != last {
				t.Errorf("Last: got %v, want %v", got, last)
			}
			lo, hi, ok := Halves(p)
			wantPrefix(t, lo, ok, prefix(test.lo), test.lo != "", "lower half")
			wantPrefix(t, hi, ok, prefix(test.hi), test.hi != "", "upper half")
			parent, ok := Parent(p)
			wantPrefix(t, parent, ok, prefix(test.parent), test.parent != "", "Parent")
			sibling, ok := Sibling(p)
			wantPrefix(t, sibling, ok, prefix(test.sibling), test.sibling != "", "Sibling")
		})
	}
}

func TestNth(t *testing.T) {
	tests := map[string]struct {
		prefix string
		bits   int
		n      uint64
		want   string // "" when there is none
	}{
		"the first":                              {"10.0.0.0/8", 24, 0, "10.0.0.0/24"},
		"one in the middle":                      {"10.0.0.0/8", 24, 258, "10.1.2.0/24"},
		"the last":                               {"10.0.0.0/8", 24, 65535, "10.255.255.0/24"},
		"past the end":                           {"10.0.0.0/8", 24, 65536, ""},
		"far past the end":                       {"10.0.0.0/8", 24, 1<<64 - 1, ""},
		"the block itself":                       {"10.0.0.0/8", 8, 0, "10.0.0.0/8"},
		"the block has no second self":           {"10.0.0.0/8", 8, 1, ""},
		"a shorter length":                       {"10.0.0.0/8", 7, 0, ""},
		"longer than an address":                 {"10.0.0.0/8", 33, 0, ""},
		"a negative length":                      {"0.0.0.0/0", -1, 0, ""},
		"host bits are read as the block":        {"10.9.9.9/8", 16, 1, "10.1.0.0/16"},
		"the last address of IPv4":               {"0.0.0.0/0", 32, 1<<32 - 1, "255.255.255.255/32"},
		"one past IPv4":                          {"0.0.0.0/0", 32, 1 << 32, ""},
		"63 new bits, the last":                  {"2001:db8::/32", 95, 1<<63 - 1, "2001:db8:ffff:ffff:ffff:fffe::/95"},
		"63 new bits, past the end":              {"2001:db8::/32", 95, 1 << 63, ""},
		"64 new bits, the last":                  {"2001:db8::/32", 96, 1<<64 - 1, "2001:db8:ffff:ffff:ffff:ffff::/96"},
		"68 new bits, as far as n goes":          {"2001:db8::/32", 100, 1<<64 - 1, "2001:db8:fff:ffff:ffff:ffff:f000:0/100"},
		"68 new bits, the second":                {"2001:db8::/32", 100, 1, "2001:db8::1000:0/100"},
		"all of IPv6 by address":                 {"::/0", 128, 1<<64 - 1, "::ffff:ffff:ffff:ffff/128"},
		"all of IPv6 is its own first":           {"::/0", 0, 0, "::/0"},
		"the invalid prefix has no sub-prefix":   {"", 0, 0, ""},
		"a single address is its own first":      {"2001:db8::1/128", 128, 0, "2001:db8::1/128"},
		"a single address has no second":         {"2001:db8::1/128", 128, 1, ""},
		"longer than an IPv6 address":            {"2001:db8::1/128", 129, 0, ""},
		"IPv4 inside IPv6 stays IPv6":            {"::ffff:10.0.0.0/104", 128, 1, "::ffff:10.0.0.1/128"},
		"IPv4 inside IPv6 does not leave either": {"::ffff:10.0.0.0/104", 128, 1 << 24, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, ok := Nth(prefix(test.prefix), test.bits, test.n)
			wantPrefix(t, got, ok, prefix(test.want), test.want != "", "Nth")
			if test.n == 0 {
				got, ok := First(prefix(test.prefix), test.bits)
				wantPrefix(t, got, ok, prefix(test.want), test.want != "", "First")
			}
		})
	}
}

func TestNthAddr(t *testing.T) {
	tests := map[string]struct {
		prefix string
		n      uint64
		want   string // "" when there is none
	}{
		"the network address":             {"10.96.0.0/12", 0, "10.96.0.0"},
		"the tenth, where DNS often is":   {"10.96.0.0/12", 10, "10.96.0.10"},
		"the last":                        {"10.96.0.0/12", 1<<20 - 1, "10.111.255.255"},
		"past the end":                    {"10.96.0.0/12", 1 << 20, ""},
		"host bits do not shift it":       {"10.96.0.7/12", 10, "10.96.0.10"},
		"in a single address":             {"10.0.0.1/32", 0, "10.0.0.1"},
		"beside a single address":         {"10.0.0.1/32", 1, ""},
		"carried over bit 64":             {"2001:db8::/60", 1<<64 - 1, "2001:db8::ffff:ffff:ffff:ffff"},
		"in all of IPv6":                  {"::/0", 1, "::1"},
		"the invalid prefix has no first": {"", 0, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var want netip.Addr
			if test.want != "" {
				want = netip.MustParseAddr(test.want)
			}
			got, ok := NthAddr(prefix(test.prefix), test.n)
			if got != want || ok != want.IsValid() {
				t.Errorf("got %v %v, want %v", got, ok, want)
			}
		})
	}
}

func TestSplitAgreesWithTheOracle(t *testing.T) {
	everywhere(t, 6, func(t *testing.T, u oracle.Universe) {
		for _, p := range u.Prefixes() {
			for bits := u.Block.Bits(); bits <= u.Unit; bits++ {
				inside := inOrder(u, p, bits)
				for n := range len(u.Cells) + 1 {
					var want netip.Prefix
					if n < len(inside) {
						want = inside[n]
					}
					got, ok := Nth(p, bits, uint64(n))
					wantPrefix(t, got, ok, want, want.IsValid(), "Nth(%v, %d, %d)", p, bits, n)
				}
			}
			if p.Bits() < u.Unit {
				halves := inOrder(u, p, p.Bits()+1)
				lo, hi, ok := Halves(p)
				wantPrefix(t, lo, ok, halves[0], true, "lower half of %v", p)
				wantPrefix(t, hi, ok, halves[1], true, "upper half of %v", p)
				for _, half := range halves {
					parent, ok := Parent(half)
					wantPrefix(t, parent, ok, p, true, "Parent(%v)", half)
				}
				sibling, ok := Sibling(halves[0])
				wantPrefix(t, sibling, ok, halves[1], true, "Sibling of the lower")
				sibling, ok = Sibling(halves[1])
				wantPrefix(t, sibling, ok, halves[0], true, "Sibling of the upper")
			}
			cells := inOrder(u, p, u.Unit)
			if got, want := Last(p), Last(cells[len(cells)-1]); got != want {
				t.Errorf("Last(%v): got %v, want the last of its last cell, %v", p, got, want)
			}
		}
	})
}

// inOrder lists the prefixes of one length inside p.
func inOrder(u oracle.Universe, p netip.Prefix, bits int) []netip.Prefix {
	var inside []netip.Prefix
	for _, q := range u.OfLength(bits) {
		if p.Contains(q.Addr()) && p.Bits() <= bits {
			inside = append(inside, q)
		}
	}
	return inside
}

// anyPrefix draws a prefix of either family, host bits and all.
var anyPrefix = rapid.Custom(func(t *rapid.T) netip.Prefix {
	place, family := anyUint128.Draw(t, "place"), rapid.SampledFrom([]Family{V4, V6}).Draw(t, "family")
	return netip.PrefixFrom(place.addr(family), rapid.IntRange(0, family.Bits()).Draw(t, "bits"))
})

func TestNthIsExactWithBigInt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPrefix.Draw(t, "p")
		bits := rapid.IntRange(-1, 130).Draw(t, "bits")
		n := halfWord.Draw(t, "n")
		width := p.Addr().BitLen()

		got, ok := Nth(p, bits, n)
		fits := bits >= p.Bits() && bits <= width &&
			new(big.Int).SetUint64(n).Cmp(powerOfTwo(bits-p.Bits())) < 0
		if ok != fits {
			t.Fatalf("Nth(%v, %d, %d): got %v %v, want %v", p, bits, n, got, ok, fits)
		}
		if !ok {
			return
		}
		want := new(big.Int).SetBytes(p.Masked().Addr().AsSlice())
		want.Add(want, new(big.Int).Mul(new(big.Int).SetUint64(n), powerOfTwo(width-bits)))
		if have := new(big.Int).SetBytes(got.Addr().AsSlice()); have.Cmp(want) != 0 || got.Bits() != bits {
			t.Fatalf("Nth(%v, %d, %d): got %v, at %v, want %v", p, bits, n, got, have, want)
		}
		if got != got.Masked() || !Contains(p, got) {
			t.Fatalf("Nth(%v, %d, %d): %v is not a canonical part", p, bits, n, got)
		}
	})
}
