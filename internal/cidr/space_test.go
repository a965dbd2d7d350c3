package cidr

import (
	"math/big"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
)

func spaceOf(texts ...string) *Space { return NewSpace(NewSet(prefixes(texts...)...)) }

func TestRemove(t *testing.T) {
	tests := map[string]struct {
		room    []string
		removed []string
		want    []string
	}{
		"the lower end": {[]string{"10.0.0.0/14"}, []string{"10.0.0.0/16"},
			[]string{"10.1.0.0/16", "10.2.0.0/15"}},
		"the upper end": {[]string{"10.0.0.0/14"}, []string{"10.3.0.0/16"},
			[]string{"10.0.0.0/15", "10.2.0.0/16"}},
		"the middle": {[]string{"10.0.0.0/13"}, []string{"10.3.0.0/16"},
			[]string{"10.0.0.0/15", "10.2.0.0/16", "10.4.0.0/14"}},
		"the block itself": {[]string{"10.0.0.0/14", "10.8.0.0/14"}, []string{"10.0.0.0/14"},
			[]string{"10.8.0.0/14"}},
		"the blocks inside": {[]string{"10.0.0.0/16", "10.2.0.0/16", "10.7.0.0/16", "10.8.0.0/16"}, []string{"10.0.0.0/13"},
			[]string{"10.8.0.0/16"}},
		"what is not free": {[]string{"10.0.0.0/16", "10.2.0.0/16"}, []string{"10.1.0.0/16", "9.0.0.0/8", "11.0.0.0/8"},
			[]string{"10.0.0.0/16", "10.2.0.0/16"}},
		"twice": {[]string{"10.0.0.0/14"}, []string{"10.0.0.0/16", "10.0.0.0/16"},
			[]string{"10.1.0.0/16", "10.2.0.0/15"}},
		"one family of two": {[]string{"10.0.0.0/8", "2001:db8::/32"}, []string{"0.0.0.0/0"},
			[]string{"2001:db8::/32"}},
		"the other family of two": {[]string{"10.0.0.0/8", "2001:db8::/32"}, []string{"::/0"},
			[]string{"10.0.0.0/8"}},
		"the same bits of the other family": {[]string{"0.0.0.0/0"}, []string{"::/0", "::ffff:0:0/96"},
			[]string{"0.0.0.0/0"}},
		"an invalid prefix": {[]string{"0.0.0.0/0", "::/0"}, []string{""},
			[]string{"0.0.0.0/0", "::/0"}},
		"host bits mean the block around": {[]string{"10.0.0.0/14"}, []string{"10.0.7.7/16"},
			[]string{"10.1.0.0/16", "10.2.0.0/15"}},
		"from the zero value": {nil, []string{"10.0.0.0/16"}, nil},
		"all there is": {[]string{"0.0.0.0/0", "::/0"}, []string{"0.0.0.0/0", "::/0"},
			nil},
		"one address of a small block": {[]string{"255.255.255.252/30"}, []string{"255.255.255.254/32"},
			[]string{"255.255.255.252/31", "255.255.255.255/32"}},
		"across bit 64": {[]string{"2001:db8::/62"}, []string{"2001:db8:0:1:8000::/65"},
			[]string{"2001:db8::/64", "2001:db8:0:1::/65", "2001:db8:0:2::/63"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := spaceOf(test.room...)
			for _, text := range test.removed {
				s.Remove(prefix(text))
			}
			wantPrefixes(t, s.Blocks(), prefixes(test.want...), "Blocks")
		})
	}
}

func TestRemoveOneAddressFromAFamily(t *testing.T) {
	for _, test := range []struct {
		all, one string
		left     int
	}{{"0.0.0.0/0", "10.1.2.3/32", 32}, {"::/0", "2001:db8::1/128", 128}} {
		s := spaceOf(test.all)
		s.Remove(prefix(test.one))
		want := NewSet(prefix(test.all)).Minus(NewSet(prefix(test.one)))
		wantPrefixes(t, s.Blocks(), want.Prefixes(), "Blocks")
		if len(s.Blocks()) != test.left {
			t.Errorf("%s without %s: got %d blocks, want %d", test.all, test.one, len(s.Blocks()), test.left)
		}
	}
}

func TestTheZeroSpaceHasNoRoom(t *testing.T) {
	var s Space
	s.Remove(prefix("10.0.0.0/8"))
	if s.Contains(prefix("10.0.0.0/8")) || len(s.Blocks()) != 0 || len(s.Clone().Blocks()) != 0 || s.CountBySize(V4) != nil {
		t.Errorf("got room: %v", s.Blocks())
	}
	_, fit := s.Fit(32, V4)
	_, within := s.FitWithin(prefix("10.0.0.0/8"), 32)
	_, nearest := s.Nearest(prefix("10.0.0.0/8"), 32)
	if fit || within || nearest {
		t.Errorf("found a place: Fit %v, FitWithin %v, Nearest %v", fit, within, nearest)
	}
}

func TestSpacesShareNothing(t *testing.T) {
	set := NewSet(prefix("10.0.0.0/15"), prefix("10.4.0.0/16"))
	s := NewSpace(set)
	c := s.Clone()
	s.Remove(prefix("10.0.0.0/16"))
	c.Remove(prefix("10.4.0.0/16"))
	wantPrefixes(t, s.Blocks(), prefixes("10.1.0.0/16", "10.4.0.0/16"), "the space")
	wantPrefixes(t, c.Blocks(), prefixes("10.0.0.0/15"), "the clone")
	wantPrefixes(t, set.Prefixes(), prefixes("10.0.0.0/15", "10.4.0.0/16"), "the set")
}

func TestCountBySize(t *testing.T) {
	s := spaceOf("10.0.0.0/8", "12.1.0.0/16", "12.3.0.0/16", "13.0.0.1/32", "::/0")
	for family, want := range map[Family][]SizeCount{
		V4: {{8, 1}, {16, 2}, {32, 1}},
		V6: {{0, 1}},
		0:  nil,
	} {
		if got := s.CountBySize(family); !slices.Equal(got, want) {
			t.Errorf("%v: got %v, want %v", family, got, want)
		}
	}
	s.Remove(prefix("::1/128"))
	var want []SizeCount
	for bits := 1; bits <= 128; bits++ {
		want = append(want, SizeCount{bits, 1})
	}
	if got := s.CountBySize(V6); !slices.Equal(got, want) {
		t.Errorf("all of IPv6 without ::1: got %v, want one of each length", got)
	}
}

// Every prefix out of every one of the 256 spaces in a universe of eight cells.
func TestRemoveAgreesWithTheOracle(t *testing.T) {
	everywhere(t, 3, func(t *testing.T, u oracle.Universe) {
		marks, maximal := everyMarks(u)
		removals := append(around(u), u.Prefixes()...)
		for i, m := range marks {
			room := NewSpace(NewSet(maximal[i]...))
			for _, p := range removals {
				s := room.Clone()
				s.Remove(p)
				left := oracle.Without(m, u.Mark(p))
				wantPrefixes(t, s.Blocks(), u.Maximal(left), "%v without %v", maximal[i], p)
				for _, q := range u.Prefixes() {
					if got, want := s.Contains(q), u.Whole(left, q); got != want {
						t.Errorf("%v without %v contains %v: got %v, want %v", maximal[i], p, q, got, want)
					}
				}
			}
			wantPrefixes(t, room.Blocks(), maximal[i], "the room")
		}
	})
}

// At full size two roads have to meet: taking prefixes out one by one, and set arithmetic.
func TestRemoveAgreesWithSetArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		room := anySet.Draw(t, "room")
		taken := anySet.Draw(t, "taken")
		order := rapid.Permutation(taken.Prefixes()).Draw(t, "order")
		s := NewSpace(room)
		for _, p := range order {
			s.Remove(p)
		}
		left := room.Minus(taken)
		if want := left.Prefixes(); !slices.Equal(s.Blocks(), want) {
			t.Fatalf("got %v, want %v", s.Blocks(), want)
		}
		together := NewSpace(room)
		if together.RemoveAll(order); !slices.Equal(together.Blocks(), s.Blocks()) {
			t.Fatalf("one by one leaves %v, together %v", s.Blocks(), together.Blocks())
		}
		for _, f := range []Family{V4, V6} {
			sum := new(big.Int)
			for _, size := range s.CountBySize(f) {
				each := powerOfTwo(f.Bits() - size.Bits)
				sum.Add(sum, each.Mul(each, big.NewInt(int64(size.N))))
			}
			if sum.Cmp(left.Count(f)) != 0 {
				t.Fatalf("%v: the sizes add up to %v, want %v", f, sum, left.Count(f))
			}
		}
	})
}

// FuzzSpace plays any sequence of removals in a universe of 32 cells against the oracle, then asks
// every question. The first byte picks the place, each later one a prefix to take out.
func FuzzSpace(f *testing.F) {
	f.Add([]byte{0, 0, 1, 2, 3})
	f.Add([]byte{1, 126, 64, 32, 16, 8, 4, 2, 1})
	f.Add([]byte{4, 100, 101, 102, 3, 50, 77})
	f.Add([]byte{6, 9, 18, 27, 36, 45, 54, 63, 72, 81})
	f.Add([]byte("8 a text is as good as any other"))
	universes := make([]oracle.Universe, len(places))
	for i, place := range places {
		block := prefix(place.block)
		universes[i] = oracle.NewUniverse(block, block.Bits()+5)
	}
	f.Fuzz(func(t *testing.T, moves []byte) {
		if len(moves) == 0 {
			return
		}
		u := universes[int(moves[0])%len(universes)]
		all := u.Prefixes()
		s, left := NewSpace(NewSet(u.Block)), u.Mark(u.Block)
		together, removed := s.Clone(), []netip.Prefix(nil)
		for _, move := range moves[1:] {
			p := all[int(move)%len(all)]
			s.Remove(p)
			removed, left = append(removed, p), oracle.Without(left, u.Mark(p))
		}
		wantPrefixes(t, s.Blocks(), u.Maximal(left), "Blocks")
		given := slices.Clone(removed)
		together.RemoveAll(removed)
		wantPrefixes(t, together.Blocks(), u.Maximal(left), "Blocks without all at once")
		wantPrefixes(t, removed, given, "what was given")
		var last netip.Prefix
		if n := len(moves); n > 1 {
			last = all[int(moves[n-1])%len(all)]
		}
		checkSearches(t, s, u, left, []netip.Prefix{u.Block, all[len(all)/2], all[len(all)-1], last})
	})
}
