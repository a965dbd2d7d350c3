package cidr

import (
	"math/big"
	"net/netip"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
)

func TestFit(t *testing.T) {
	room := []string{"10.0.0.0/8", "12.1.0.0/16", "12.3.0.0/16", "12.5.0.0/20", "2001:db8::/32", "fd00::/64"}
	tests := map[string]struct {
		bits   int
		family Family
		want   string // "" when nothing fits
	}{
		"an exact block":                       {20, V4, "12.5.0.0/20"},
		"the smallest that holds it":           {24, V4, "12.5.0.0/24"},
		"the lowest of two equals":             {18, V4, "12.1.0.0/18"},
		"the lowest of two that are exact":     {16, V4, "12.1.0.0/16"},
		"only the largest holds it":            {9, V4, "10.0.0.0/9"},
		"the largest whole":                    {8, V4, "10.0.0.0/8"},
		"nothing is that large":                {7, V4, ""},
		"a single address":                     {32, V4, "12.5.0.0/32"},
		"no such IPv4 length":                  {33, V4, ""},
		"no such length":                       {-1, V4, ""},
		"IPv6 from IPv6":                       {64, V6, "fd00::/64"},
		"IPv6, smaller":                        {108, V6, "fd00::/108"},
		"IPv6, larger":                         {63, V6, "2001:db8::/63"},
		"a length that only IPv4 has room for": {16, V6, ""},
		"no such IPv6 length":                  {129, V6, ""},
		"no family":                            {0, 0, ""},
		"no family with a length":              {16, 0, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := spaceOf(room...)
			got, ok := s.Fit(test.bits, test.family)
			wantPrefix(t, got, ok, prefix(test.want), test.want != "", "Fit")
			wantPrefixes(t, s.Blocks(), prefixes(room...), "the room after")
		})
	}
}

func TestFitWithin(t *testing.T) {
	tests := map[string]struct {
		within string
		bits   int
		want   string // "" when nothing fits
	}{
		"a free block inside":                       {"12.0.0.0/8", 24, "12.5.0.0/24"},
		"not the better one outside":                {"12.0.0.0/14", 24, "12.1.0.0/24"},
		"a block around counts as the part inside":  {"10.64.0.0/10", 16, "10.64.0.0/16"},
		"the part inside, whole":                    {"10.64.0.0/10", 10, "10.64.0.0/10"},
		"more than the part inside":                 {"10.64.0.0/10", 9, ""},
		"a block that is within itself":             {"12.5.0.0/20", 20, "12.5.0.0/20"},
		"where nothing is free":                     {"11.0.0.0/8", 24, ""},
		"both a large and a small block":            {"8.0.0.0/5", 9, "10.0.0.0/9"},
		"all of the family":                         {"0.0.0.0/0", 24, "12.5.0.0/24"},
		"no larger block inside":                    {"12.0.0.0/8", 15, ""},
		"host bits in within mean the block around": {"10.64.9.9/10", 16, "10.64.0.0/16"},
		"IPv6":               {"2001:db8:1::/48", 64, "2001:db8:1::/64"},
		"IPv6 in everything": {"::/0", 64, "fd00::/64"},
		"an IPv4 length does not leave the family":   {"10.0.0.0/8", 33, ""},
		"nor does one with the part inside":          {"10.64.0.0/10", 33, ""},
		"a negative length":                          {"0.0.0.0/0", -1, ""},
		"an invalid within":                          {"", 24, ""},
		"an invalid within with the length of none":  {"", -1, ""},
		"IPv4 inside IPv6 is not the free IPv4 room": {"::ffff:10.0.0.0/104", 120, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := spaceOf("10.0.0.0/8", "12.1.0.0/16", "12.3.0.0/16", "12.5.0.0/20", "2001:db8::/32", "fd00::/64")
			got, ok := s.FitWithin(prefix(test.within), test.bits)
			wantPrefix(t, got, ok, prefix(test.want), test.want != "", "FitWithin")
		})
	}
}

func TestNearest(t *testing.T) {
	tests := map[string]struct {
		room []string
		to   string
		bits int
		want string // "" when nothing fits
	}{
		"the place itself":                {[]string{"10.0.0.0/8"}, "10.9.0.0/16", 16, "10.9.0.0/16"},
		"the place itself, smaller":       {[]string{"10.0.0.0/8"}, "10.9.0.0/16", 24, "10.9.0.0/24"},
		"the place itself, larger":        {[]string{"10.0.0.0/8"}, "10.8.0.0/16", 13, "10.8.0.0/13"},
		"rounded down":                    {[]string{"10.0.0.0/8"}, "10.9.0.0/16", 14, "10.8.0.0/14"},
		"rounded up":                      {[]string{"10.0.0.0/8"}, "10.11.0.0/16", 14, "10.12.0.0/14"},
		"the lower when it lies half way": {[]string{"10.0.0.0/8"}, "10.10.0.0/16", 14, "10.8.0.0/14"},
		"not up and out of the block":     {[]string{"10.0.0.0/8"}, "10.255.0.0/16", 14, "10.252.0.0/14"},
		"the first above":                 {[]string{"10.0.0.0/8"}, "9.255.0.0/16", 16, "10.0.0.0/16"},
		"the last below":                  {[]string{"10.0.0.0/8"}, "12.0.0.0/16", 16, "10.255.0.0/16"},
		"the neighbour above":             {[]string{"10.1.0.0/16", "10.7.0.0/16"}, "10.5.0.0/16", 16, "10.7.0.0/16"},
		"the neighbour below":             {[]string{"10.1.0.0/16", "10.7.0.0/16"}, "10.3.0.0/16", 16, "10.1.0.0/16"},
		"the lower of two as far":         {[]string{"10.1.0.0/16", "10.7.0.0/16"}, "10.4.0.0/16", 16, "10.1.0.0/16"},
		"first addresses count, not gaps": {[]string{"10.0.0.0/16", "10.3.0.0/16"}, "10.1.128.0/17", 16, "10.0.0.0/16"},
		"past blocks too small, below": {
			[]string{"10.1.0.0/16", "10.3.0.0/24", "10.9.0.0/16"},
			"10.4.0.0/16",
			16,
			"10.1.0.0/16",
		},
		"past blocks too small, above": {
			[]string{"10.1.0.0/16", "10.6.0.0/24", "10.8.0.0/16"},
			"10.5.0.0/16",
			16,
			"10.8.0.0/16",
		},
		"to a prefix around the block":     {[]string{"10.1.0.0/16"}, "0.0.0.0/0", 24, "10.1.0.0/24"},
		"host bits of to do not count":     {[]string{"10.0.0.0/8"}, "10.9.255.255/16", 24, "10.9.0.0/24"},
		"nothing large enough":             {[]string{"10.1.0.0/16"}, "10.1.0.0/16", 15, ""},
		"the other family only":            {[]string{"::/0"}, "10.1.0.0/16", 16, ""},
		"IPv4 only":                        {[]string{"0.0.0.0/0"}, "2001:db8::/32", 32, ""},
		"no such IPv4 length":              {[]string{"0.0.0.0/0", "::/0"}, "10.1.0.0/16", 33, ""},
		"no such length":                   {[]string{"0.0.0.0/0", "::/0"}, "10.1.0.0/16", -1, ""},
		"an invalid to":                    {[]string{"0.0.0.0/0", "::/0"}, "", 0, ""},
		"both families free, the IPv4 one": {[]string{"9.0.0.0/8", "::/0"}, "10.1.0.0/16", 16, "9.255.0.0/16"},
		"both families free, the IPv6 one": {[]string{"0.0.0.0/0", "fd00::/8"}, "::/64", 64, "fd00::/64"},
		"all of IPv4":                      {[]string{"0.0.0.0/0"}, "10.1.0.0/16", 0, "0.0.0.0/0"},
		"all of IPv6":                      {[]string{"::/0"}, "2001:db8::/32", 0, "::/0"},
		"the last address": {
			[]string{"::/0"},
			"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
			128,
			"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
		},
		"across 127 bits, the lower":               {[]string{"::/128", "ffff::/16"}, "7fff::/16", 128, "::/128"},
		"across 127 bits, the upper":               {[]string{"::/128", "ffff::/16"}, "8000::/16", 128, "ffff::/128"},
		"apart by one address in 2^127":            {[]string{"::/128", "fffe::/128"}, "7fff::/128", 128, "::/128"},
		"apart by one address in 2^127, upwards":   {[]string{"::/128", "fffe::/128"}, "7fff::1/128", 128, "fffe::/128"},
		"apart by one address in 2^127, downwards": {[]string{"::/128", "fffe::2/128"}, "7fff::2/128", 128, "fffe::2/128"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, ok := spaceOf(test.room...).Nearest(prefix(test.to), test.bits)
			wantPrefix(t, got, ok, prefix(test.want), test.want != "", "Nearest")
		})
	}
}

// checkSearches asks a space everything that it can find and compares with the oracle.
func checkSearches(t *testing.T, s *Space, u oracle.Universe, left oracle.Marks, ps []netip.Prefix) {
	t.Helper()
	family := FamilyOf(u.Block)
	for bits := u.Block.Bits(); bits <= u.Unit; bits++ {
		got, ok := s.Fit(bits, family)
		want, wantOK := u.Fit(left, bits)
		wantPrefix(t, got, ok, want, wantOK, "Fit(%d) in %v", bits, s.Blocks())
		for _, p := range ps {
			got, ok := s.FitWithin(p, bits)
			want, wantOK := u.FitWithin(left, p, bits)
			wantPrefix(t, got, ok, want, wantOK, "FitWithin(%v, %d) in %v", p, bits, s.Blocks())

			want, wantOK = netip.Prefix{}, false
			if FamilyOf(p) == family {
				want, wantOK = u.Nearest(left, p.Addr(), bits)
			}
			got, ok = s.Nearest(p, bits)
			wantPrefix(t, got, ok, want, wantOK, "Nearest(%v, %d) in %v", p, bits, s.Blocks())
		}
	}
}

// Every question to every one of the 256 spaces in a universe of eight cells.
func TestSearchesAgreeWithTheOracle(t *testing.T) {
	everywhere(t, 3, func(t *testing.T, u oracle.Universe) {
		marks, maximal := everyMarks(u)
		ps := append(around(u), u.Prefixes()...)
		for i, m := range marks {
			checkSearches(t, NewSpace(NewSet(maximal[i]...)), u, m, ps)
		}
	})
}

// At full size the answer is checked against what it promises, block by block.
func TestNearestAtFullSize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := NewSpace(anySet.Draw(t, "room"))
		to := anyPrefix.Draw(t, "to").Masked()
		bits := rapid.IntRange(0, to.Addr().BitLen()).Draw(t, "bits")

		// want is the nearest of the candidates: in each block its ends and the two multiples around the target.
		var want netip.Prefix
		var best *big.Int
		for _, b := range s.Blocks() {
			if FamilyOf(b) != FamilyOf(to) || b.Bits() > bits {
				continue
			}
			rounded := netip.PrefixFrom(to.Addr(), bits).Masked()
			next := Last(rounded).Next()
			candidates := []netip.Prefix{
				netip.PrefixFrom(b.Addr(), bits), rounded, netip.PrefixFrom(next, bits),
				netip.PrefixFrom(Last(b), bits).Masked(),
			}
			for _, c := range candidates {
				if !Contains(b, c) {
					continue
				}
				far := oracle.Distance(c.Addr(), to.Addr())
				if best == nil || far.Cmp(best) < 0 || far.Cmp(best) == 0 && Compare(c, want) < 0 {
					want, best = c, far
				}
			}
		}
		if got, ok := s.Nearest(to, bits); got != want || ok != (best != nil) {
			t.Fatalf("Nearest(%v, %d) in %v: got %v %v, want %v", to, bits, s.Blocks(), got, ok, want)
		}
	})
}
