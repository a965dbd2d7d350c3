package cidr

import (
	"math/big"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
)

func TestSetOperations(t *testing.T) {
	set := func(texts ...string) Set { return NewSet(prefixes(texts...)...) }
	tests := map[string]struct {
		got    Set
		want   []string
		v4, v6 string // counts
	}{
		"the zero value is empty":              {Set{}, nil, "0", "0"},
		"nothing makes an empty set":           {set(), nil, "0", "0"},
		"invalid prefixes are ignored":         {set("", "10.0.0.0/8", ""), []string{"10.0.0.0/8"}, "16777216", "0"},
		"so are lengths out of range":          {NewSet(netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), 33)), nil, "0", "0"},
		"host bits are read as the block":      {set("10.9.9.9/8"), []string{"10.0.0.0/8"}, "16777216", "0"},
		"halves join":                          {set("10.128.0.0/9", "10.0.0.0/9"), []string{"10.0.0.0/8"}, "16777216", "0"},
		"neighbours that are no halves do not": {set("10.1.0.0/16", "10.2.0.0/16"), []string{"10.1.0.0/16", "10.2.0.0/16"}, "131072", "0"},
		"a part adds nothing":                  {set("10.0.0.0/8", "10.1.0.0/16", "10.0.0.0/8"), []string{"10.0.0.0/8"}, "16777216", "0"},
		"both families, IPv4 first": {
			set("2001:db8::/32", "10.0.0.0/8"),
			[]string{"10.0.0.0/8", "2001:db8::/32"},
			"16777216",
			"79228162514264337593543950336",
		},
		"everything": {
			set("0.0.0.0/0", "::/0"),
			[]string{"0.0.0.0/0", "::/0"},
			"4294967296",
			"340282366920938463463374607431768211456",
		},
		"IPv4 inside IPv6 is IPv6": {set("::ffff:10.0.0.0/104"), []string{"::ffff:10.0.0.0/104"}, "0", "16777216"},
		"union": {
			set("10.0.0.0/9").Union(set("10.128.0.0/9", "::/128")),
			[]string{"10.0.0.0/8", "::/128"},
			"16777216",
			"1",
		},
		"union with the zero value": {set("10.0.0.0/9").Union(Set{}), []string{"10.0.0.0/9"}, "8388608", "0"},
		"union of the zero value":   {Set{}.Union(set("10.0.0.0/9")), []string{"10.0.0.0/9"}, "8388608", "0"},
		"union of nothing":          {Set{}.Union(Set{}), nil, "0", "0"},
		"minus cuts a hole": {
			set("10.0.0.0/14").Minus(set("10.1.0.0/16")),
			[]string{"10.0.0.0/16", "10.2.0.0/15"},
			"196608",
			"0",
		},
		"minus the last address of IPv4": {
			set("255.255.255.252/30").Minus(set("255.255.255.255/32")),
			[]string{"255.255.255.252/31", "255.255.255.254/32"},
			"3",
			"0",
		},
		"minus the last address of IPv6": {
			set("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffc/126").Minus(set("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128")),
			[]string{"ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffc/127", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/128"},
			"0",
			"3",
		},
		"minus everything":               {set("10.0.0.0/14").Minus(set("0.0.0.0/0")), nil, "0", "0"},
		"minus the other family":         {set("10.0.0.0/14").Minus(set("::/0")), []string{"10.0.0.0/14"}, "262144", "0"},
		"minus the zero value":           {set("10.0.0.0/14").Minus(Set{}), []string{"10.0.0.0/14"}, "262144", "0"},
		"the zero value minus something": {Set{}.Minus(set("10.0.0.0/14")), nil, "0", "0"},
		"intersect": {
			set("10.0.0.0/14", "::/0").Intersect(set("10.3.0.0/16", "10.4.0.0/16", "::/64")),
			[]string{"10.3.0.0/16", "::/64"},
			"65536",
			"18446744073709551616",
		},
		"intersect with the other family":    {set("10.0.0.0/14").Intersect(set("::/0")), nil, "0", "0"},
		"intersect with the zero value":      {set("10.0.0.0/14").Intersect(Set{}), nil, "0", "0"},
		"the zero value intersect something": {Set{}.Intersect(set("10.0.0.0/14")), nil, "0", "0"},
		"intersect with everything": {
			set("10.0.0.0/14", "::1/128").Intersect(set("0.0.0.0/0", "::/0")),
			[]string{"10.0.0.0/14", "::1/128"},
			"262144",
			"1",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantPrefixes(t, test.got.Prefixes(), prefixes(test.want...), "Prefixes")
			wantNumber(t, "IPv4 count", test.got.Count(V4), number(test.v4))
			wantNumber(t, "IPv6 count", test.got.Count(V6), number(test.v6))
			wantNumber(t, "count of no family", test.got.Count(0), new(big.Int))
			if got, want := test.got.IsEmpty(), len(test.want) == 0; got != want {
				t.Errorf("IsEmpty: got %v, want %v", got, want)
			}
		})
	}
}

func TestSetIsImmutable(t *testing.T) {
	given := prefixes("10.0.0.0/8", "10.1.0.0/16")
	s := NewSet(given...)
	wantPrefixes(t, given, prefixes("10.0.0.0/8", "10.1.0.0/16"), "the argument")

	s.Prefixes()[0] = prefix("11.0.0.0/8")
	NewSpace(s).Remove(prefix("10.0.0.0/24"))
	s.Union(NewSet(prefix("11.0.0.0/8")))
	s.Minus(NewSet(prefix("10.0.0.0/9")))
	s.Intersect(NewSet(prefix("10.0.0.0/9")))
	wantPrefixes(t, s.Prefixes(), prefixes("10.0.0.0/8"), "the set")
	wantPrefixes(t, s.Minus(Set{}).Prefixes(), prefixes("10.0.0.0/8"), "what its ranges hold")
}

// All pairs of sets: the 16 of four cells at every place, the 256 of eight cells across bit 64. A short run takes one of seven
// pairs of these.
func TestSetArithmeticAgreesWithTheOracle(t *testing.T) {
	test := func(t *testing.T, u oracle.Universe, oneOf int) {
		marks, maximal := everyMarks(u)
		sets := make([]Set, len(marks))
		for i := range marks {
			sets[i] = NewSet(maximal[i]...)
		}
		// A set is its subset number, so the operations on sets are those on bits.
		for a := range sets {
			for b := a % oneOf; b < len(sets); b += oneOf {
				for name, op := range map[string]struct {
					got  Set
					want int
				}{
					"Union":     {sets[a].Union(sets[b]), a | b},
					"Minus":     {sets[a].Minus(sets[b]), a &^ b},
					"Intersect": {sets[a].Intersect(sets[b]), a & b},
				} {
					if !slices.Equal(op.got.blocks, maximal[op.want]) {
						t.Errorf("%v %s %v: got %v, want %v", maximal[a], name, maximal[b], op.got.blocks, maximal[op.want])
					}
				}
			}
		}
	}
	everywhere(t, 2, func(t *testing.T, u oracle.Universe) { test(t, u, 1) })
	t.Run("eight cells", func(t *testing.T) {
		oneOf := 1
		if testing.Short() {
			oneOf = 7
		}
		test(t, oracle.NewUniverse(prefix("2001:db8::/62"), 65), oneOf)
	})
}

func TestSetQuestionsAgreeWithTheOracle(t *testing.T) {
	everywhere(t, 3, func(t *testing.T, u oracle.Universe) {
		marks, maximal := everyMarks(u)
		family := FamilyOf(u.Block)
		for i, m := range marks {
			var cells []netip.Prefix // highest first, to be put in order and joined
			for c := len(m) - 1; c >= 0; c-- {
				if m[c] {
					cells = append(cells, netip.PrefixFrom(u.Cells[c], u.Unit))
				}
			}
			s := NewSet(cells...)
			wantPrefixes(t, s.Prefixes(), maximal[i], "Prefixes")
			wantNumber(t, "Count", s.Count(family), u.Addresses(m))
			for _, p := range u.Prefixes() {
				if got, want := s.Contains(p), u.Whole(m, p); got != want {
					t.Errorf("%v contains %v: got %v, want %v", maximal[i], p, got, want)
				}
				if got, want := s.Overlaps(p), u.Any(m, p); got != want {
					t.Errorf("%v overlaps %v: got %v, want %v", maximal[i], p, got, want)
				}
			}
			for _, p := range around(u) {
				inside := Contains(p, u.Block) // then p is larger than the universe, or is it
				if got, want := s.Contains(p), p == u.Block && u.Whole(m, p); got != want {
					t.Errorf("%v contains %v: got %v, want %v", maximal[i], p, got, want)
				}
				if got, want := s.Overlaps(p), inside && u.Any(m, u.Block); got != want {
					t.Errorf("%v overlaps %v: got %v, want %v", maximal[i], p, got, want)
				}
			}
		}
	})
}

// anySet draws a set of up to a few dozen prefixes of both families, out of two blocks so that
// they meet.
var anySet = rapid.Custom(func(t *rapid.T) Set {
	part := rapid.Custom(func(t *rapid.T) netip.Prefix {
		block := rapid.SampledFrom(prefixes("10.0.0.0/16", "2001:db8::/56")).Draw(t, "block")
		bits := rapid.IntRange(block.Bits()+1, block.Addr().BitLen()).Draw(t, "bits")
		drawn, low := anyUint128.Draw(t, "place"), ones(hostBits(block))
		place := uint128{drawn.hi & low.hi, drawn.lo & low.lo}.plus(placeOf(block.Addr()))
		return netip.PrefixFrom(place.addr(FamilyOf(block)), bits)
	})
	return NewSet(rapid.SliceOfN(part, 0, 40).Draw(t, "prefixes")...)
})

func TestSetArithmeticAtFullSize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anySet.Draw(t, "a"), anySet.Draw(t, "b")
		union, minus, both := a.Union(b), a.Minus(b), a.Intersect(b)
		for _, f := range []Family{V4, V6} {
			whole := new(big.Int).Add(minus.Count(f), both.Count(f))
			if whole.Cmp(a.Count(f)) != 0 {
				t.Fatalf("%v: |a-b|+|a∩b| is %v, |a| is %v", f, whole, a.Count(f))
			}
			if whole.Add(minus.Count(f), b.Count(f)); whole.Cmp(union.Count(f)) != 0 {
				t.Fatalf("%v: |a-b|+|b| is %v, |a∪b| is %v", f, whole, union.Count(f))
			}
		}
		if again := minus.Union(both); !slices.Equal(again.blocks, a.blocks) {
			t.Fatalf("(a-b)∪(a∩b) is %v, a is %v", again.blocks, a.blocks)
		}
		for i, p := range union.blocks {
			if parent, ok := Parent(p); ok && union.Contains(parent) {
				t.Fatalf("%v is not maximal", p)
			}
			if i > 0 && Compare(union.blocks[i-1], p) >= 0 {
				t.Fatalf("%v comes before %v", union.blocks[i-1], p)
			}
			if !a.Overlaps(p) && !b.Overlaps(p) {
				t.Fatalf("%v is in neither", p)
			}
		}
	})
}
