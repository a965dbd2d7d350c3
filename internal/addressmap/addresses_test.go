package addressmap

import (
	"math/big"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

func run(first, last string) interval {
	return interval{netip.MustParseAddr(first), netip.MustParseAddr(last)}
}

func TestIntervals(t *testing.T) {
	for text, test := range map[string]struct {
		run   interval
		count string
		size  float64
	}{
		"10.0.0.0/8":          {run("10.0.0.0", "10.255.255.255"), "16777216", 1 << 24},
		"10.0.0.0 – 10.0.0.2": {run("10.0.0.0", "10.0.0.2"), "3", 3},
		"0.0.0.0/0":           {run("0.0.0.0", "255.255.255.255"), "4294967296", 1 << 32},
		"::/0": {
			run("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), "340282366920938463463374607431768211456", 1 << 128,
		},
		"::ffff:ffff:ffff:ffff – 0:0:0:1::": {run("::ffff:ffff:ffff:ffff", "0:0:0:1::"), "2", 2},
		"fd00::1 – fd00:0:0:1::ff":          {run("fd00::1", "fd00::1:0:0:0:ff"), "18446744073709551871", 18446744073709551871},
	} {
		if got := test.run.Count().String(); got != test.count || test.run.size() != test.size {
			t.Errorf("%s has %s addresses, to draw %v", text, got, test.run.size())
		}
		if got := test.run.String(); got != text {
			t.Errorf("got %s, want %s", got, text)
		}
	}
}

// Prefixes of a run are disjoint, in order, and make up the run.
func TestPrefixesOfAnInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		addr := func(label string) netip.Addr {
			return netip.AddrFrom4([4]byte(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, label)))
		}
		a, b := addr("first"), addr("last")
		if b.Less(a) {
			a, b = b, a
		}
		all := interval{a, b}.Prefixes()
		sum := new(big.Int)
		for i, p := range all {
			if i == 0 && p.Addr() != a || i > 0 && cidr.Last(all[i-1]).Next() != p.Addr() {
				t.Fatalf("%v do not make up %s to %s", all, a, b)
			}
			sum.Add(sum, cidr.Count(p))
		}
		if sum.Cmp(interval{a, b}.Count()) != 0 || !slices.Equal(all, cidr.NewSet(all...).Prefixes()) {
			t.Fatalf("%v are not the fewest prefixes of %s to %s", all, a, b)
		}
	})
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 16777216: "16,777,216"} {
		if got := number(big.NewInt(n)); got != want {
			t.Errorf("%d is written %s", n, got)
		}
	}
	power := func(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }
	for want, n := range map[string]*big.Int{
		"140,737,488,355,328": power(47), "2^64": power(64), "2^128": power(128), "≈2^84": new(big.Int).Sub(power(84), big.NewInt(5)),
	} {
		if got := brief(n); got != want {
			t.Errorf("%s is written %s, want %s", n, got, want)
		}
	}
	large := power(128)
	for _, c := range []struct {
		part, whole *big.Int
		want        string
	}{
		{big.NewInt(0), big.NewInt(0), "0.0 %"},
		{big.NewInt(0), big.NewInt(4), "0.0 %"},
		{big.NewInt(1), big.NewInt(1001), "<0.1 %"},
		{big.NewInt(1), big.NewInt(1000), "0.1 %"},
		{big.NewInt(1), big.NewInt(4), "25.0 %"},
		{big.NewInt(1), big.NewInt(16), "6.3 %"},
		{big.NewInt(999), big.NewInt(1000), "99.9 %"},
		{big.NewInt(1000), big.NewInt(1001), ">99.9 %"},
		{big.NewInt(7), big.NewInt(7), "100.0 %"},
		{big.NewInt(2), large, "<0.1 %"},
		{new(big.Int).Sub(large, big.NewInt(2)), large, ">99.9 %"},
	} {
		if got := percent(c.part, c.whole); got != c.want {
			t.Errorf("%v of %v is written %s, want %s", c.part, c.whole, got, c.want)
		}
	}
	for n, want := range map[int64]string{0: "0 addresses", 1: "1 address", 2: "2 addresses", 1 << 40: "1,099,511,627,776 addresses"} {
		if got, brief := english.count(big.NewInt(n)), english.briefCount(big.NewInt(n)); got != want || brief != want {
			t.Errorf("%d is written %s and %s", n, got, brief)
		}
	}
	if got := english.briefCount(large); got != "2^128 addresses" {
		t.Errorf("2^128 is written %s", got)
	}
}
