package cidr

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
)

func TestCompareOrdersAsAPlanListsThem(t *testing.T) {
	ascending := prefixes("", "0.0.0.0/0", "0.0.0.0/32", "9.255.0.0/16", "10.0.0.0/8", "10.0.0.0/9",
		"10.0.0.0/32", "10.0.0.1/32", "10.128.0.0/9", "255.255.255.255/32",
		"::/0", "::/128", "::ffff:9.0.0.0/104", "2001:db8::/32", "2001:db8::/48", "2001:db8:1::/48")
	for i, a := range ascending {
		for j, b := range ascending {
			if got, want := Compare(a, b), cmp.Compare(i, j); got != want {
				t.Errorf("Compare(%v, %v): got %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestCompareReadsHostBitsAsTheBlockAround(t *testing.T) {
	if got := Compare(prefix("10.9.9.9/8"), prefix("10.0.0.0/9")); got != -1 {
		t.Errorf("10.9.9.9/8 is the larger block at 10.0.0.0: got %d, want -1", got)
	}
}

func TestContainsAndOverlap(t *testing.T) {
	tests := map[string]struct {
		a, b     string
		contains bool // a contains b
		shared   string
	}{
		"a block contains its lower end":          {"10.0.0.0/8", "10.0.0.0/24", true, "10.0.0.0/24"},
		"a block contains its upper end":          {"10.0.0.0/8", "10.255.255.0/24", true, "10.255.255.0/24"},
		"a block contains itself":                 {"10.0.0.0/8", "10.0.0.0/8", true, "10.0.0.0/8"},
		"the smaller does not contain the larger": {"10.1.0.0/16", "10.0.0.0/8", false, "10.1.0.0/16"},
		"neighbours share nothing":                {"10.0.0.0/9", "10.128.0.0/9", false, ""},
		"a family contains its prefixes":          {"0.0.0.0/0", "10.0.0.0/8", true, "10.0.0.0/8"},
		"the families never meet":                 {"::/0", "10.0.0.0/8", false, ""},
		"not even where their bits agree":         {"::/0", "0.0.0.0/0", false, ""},
		"IPv4 inside IPv6 is not IPv4":            {"::ffff:10.0.0.0/104", "10.0.0.0/8", false, ""},
		"IPv4 inside IPv6 is IPv6":                {"::/0", "::ffff:10.0.0.0/104", true, "::ffff:10.0.0.0/104"},
		"single addresses":                        {"2001:db8::1/128", "2001:db8::1/128", true, "2001:db8::1/128"},
		"host bits are read as the block around":  {"10.9.9.9/8", "10.1.2.3/16", true, "10.1.0.0/16"},
		"host bits in the larger, the other way":  {"10.1.2.3/16", "10.9.9.9/8", false, "10.1.0.0/16"},
		"nothing contains an invalid prefix":      {"10.0.0.0/8", "", false, ""},
		"an invalid prefix contains nothing":      {"", "10.0.0.0/8", false, ""},
		"an invalid prefix does not hold itself":  {"", "", false, ""},
		"across bit 64, inside":                   {"2001:db8::/63", "2001:db8:0:1:8000::/65", true, "2001:db8:0:1:8000::/65"},
		"across bit 64, beside":                   {"2001:db8::/63", "2001:db8:0:2::/65", false, ""},
		"a prefix whose length was out of range":  {"10.0.0.0/8", "out of range", false, ""},
		"contained in one that was out of range":  {"out of range", "10.0.0.0/8", false, ""},
		"the lowest address of the other family":  {"0.0.0.0/32", "::/128", false, ""},
		"the same bits in the other family":       {"::/96", "0.0.0.0/0", false, ""},
		"one address beside the block":            {"10.0.0.0/31", "10.0.0.2/32", false, ""},
		"the last address of everything": {
			"::/0",
			"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
			true,
			"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
		},
		"the last address of everything in itself": {"255.255.255.255/32", "255.255.255.255/32", true, "255.255.255.255/32"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			read := func(text string) netip.Prefix {
				if text == "out of range" {
					return netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), 33)
				}
				return prefix(text)
			}
			a, b := read(test.a), read(test.b)
			if got := Contains(a, b); got != test.contains {
				t.Errorf("Contains: got %v, want %v", got, test.contains)
			}
			shared, ok := Overlap(a, b)
			wantPrefix(t, shared, ok, prefix(test.shared), test.shared != "", "Overlap")
			shared, ok = Overlap(b, a)
			wantPrefix(t, shared, ok, prefix(test.shared), test.shared != "", "Overlap the other way")
		})
	}
}

func TestRelationsAgreeWithTheOracle(t *testing.T) {
	everywhere(t, 5, func(t *testing.T, u oracle.Universe) {
		all := u.Prefixes()
		named := map[string]netip.Prefix{} // by their cells; the empty set is the invalid prefix
		for _, p := range all {
			named[fmt.Sprint(u.Mark(p))] = p
		}
		for i, a := range all {
			inA := u.Mark(a)
			for j, b := range all {
				inB := u.Mark(b)
				both := oracle.Combine(inA, inB, func(x, y bool) bool { return x && y })
				if got, want := Contains(a, b), slices.Equal(both, inB); got != want {
					t.Errorf("Contains(%v, %v): got %v, want %v", a, b, got, want)
				}
				shared := named[fmt.Sprint(both)]
				got, ok := Overlap(a, b)
				wantPrefix(t, got, ok, shared, shared.IsValid(), "Overlap(%v, %v)", a, b)
				if got, want := Compare(a, b), cmp.Compare(i, j); got != want {
					t.Errorf("Compare(%v, %v): got %d, want %d", a, b, got, want)
				}
			}
		}
	})
}

func TestAnyContains(t *testing.T) {
	inner := netip.MustParsePrefix("10.0.4.0/22")
	for text, want := range map[string]bool{
		"": false, "10.1.0.0/16": false, "10.0.4.0/23": false, "10.0.4.0/22": true, "10.1.0.0/16 10.0.0.0/16": true, "fd00::/8": false,
	} {
		var outer []netip.Prefix
		for _, p := range strings.Fields(text) {
			outer = append(outer, netip.MustParsePrefix(p))
		}
		if got := AnyContains(append(outer, netip.Prefix{}), inner); got != want {
			t.Errorf("%q: got %t, want %t", text, got, want)
		}
	}
}
