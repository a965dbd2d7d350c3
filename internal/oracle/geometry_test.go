package oracle

import (
	"math/big"
	"net/netip"
	"slices"
	"testing"
)

func prefixes(texts ...string) []netip.Prefix {
	var ps []netip.Prefix
	for _, t := range texts {
		ps = append(ps, netip.MustParsePrefix(t))
	}
	return ps
}

func TestUniverseListsItsCellsAndPrefixes(t *testing.T) {
	tests := map[string]struct {
		block string
		unit  int
		want  []netip.Prefix
	}{
		"addresses of an IPv4 block": {"10.0.0.4/30", 32, prefixes(
			"10.0.0.4/30", "10.0.0.4/31", "10.0.0.4/32", "10.0.0.5/32",
			"10.0.0.6/31", "10.0.0.6/32", "10.0.0.7/32")},
		"cells across bit 64": {"2001:db8::/63", 65, prefixes(
			"2001:db8::/63", "2001:db8::/64", "2001:db8::/65", "2001:db8:0:0:8000::/65",
			"2001:db8:0:1::/64", "2001:db8:0:1::/65", "2001:db8:0:1:8000::/65")},
		"a universe of one cell": {"::/0", 0, prefixes("::/0")},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := NewUniverse(netip.MustParsePrefix(test.block), test.unit)
			if got := u.Prefixes(); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// Of 10.0.0.0/29, the addresses 1 to 5 and 7 are marked.
func TestUniverseAnswers(t *testing.T) {
	u := NewUniverse(netip.MustParsePrefix("10.0.0.0/29"), 32)
	m := u.Mark(prefixes("10.0.0.1/32", "10.0.0.2/31", "10.0.0.4/31", "10.0.0.7/32", "10.9.0.0/16")...)
	if want := (Marks{false, true, true, true, true, true, false, true}); !slices.Equal(m, want) {
		t.Fatalf("marks: got %v, want %v", m, want)
	}
	if got, want := u.Maximal(m), prefixes("10.0.0.1/32", "10.0.0.2/31", "10.0.0.4/31", "10.0.0.7/32"); !slices.Equal(got, want) {
		t.Errorf("maximal: got %v, want %v", got, want)
	}
	if got := u.Addresses(m); got.Cmp(big.NewInt(6)) != 0 {
		t.Errorf("addresses: got %v, want 6", got)
	}

	for text, want := range map[string]struct{ whole, some bool }{
		"10.0.0.0/29": {false, true},
		"10.0.0.2/31": {true, true},
		"10.0.0.6/31": {false, true},
		"10.0.0.6/32": {false, false},
		"10.0.0.7/32": {true, true},
	} {
		p := netip.MustParsePrefix(text)
		if whole, some := u.Whole(m, p), u.Any(m, p); whole != want.whole || some != want.some {
			t.Errorf("%s: got whole %v and some %v, want %v and %v", text, whole, some, want.whole, want.some)
		}
	}
	left := Without(m, u.Mark(prefixes("10.0.0.4/30")...))
	if want := (Marks{false, true, true, true, false, false, false, false}); !slices.Equal(left, want) {
		t.Errorf("without the upper half: got %v, want %v", left, want)
	}

	answers := map[string]func() (netip.Prefix, bool){
		"10.0.0.1/32": func() (netip.Prefix, bool) { return u.Fit(m, 32) },
		"10.0.0.2/31": func() (netip.Prefix, bool) { return u.Fit(m, 31) },
		"10.0.0.2/32": func() (netip.Prefix, bool) { return u.FitWithin(m, netip.MustParsePrefix("10.0.0.2/31"), 32) },
		"10.0.0.7/32": func() (netip.Prefix, bool) { return u.FitWithin(m, netip.MustParsePrefix("10.0.0.4/30"), 32) },
		"10.0.0.5/32": func() (netip.Prefix, bool) { return u.Nearest(m, netip.MustParseAddr("10.0.0.6"), 32) },
		"10.0.0.4/31": func() (netip.Prefix, bool) { return u.Nearest(m, netip.MustParseAddr("10.9.9.9"), 31) },
	}
	for want, ask := range answers {
		if got, ok := ask(); !ok || got.String() != want {
			t.Errorf("got %v %v, want %s", got, ok, want)
		}
	}
	if got, ok := u.Fit(u.Mark(u.Block), 29); !ok || got != u.Block {
		t.Errorf("everything is marked: got %v %v, want %v", got, ok, u.Block)
	}
	if got, ok := u.Fit(m, 30); ok {
		t.Errorf("no /30 is wholly marked, got %v", got)
	}
	if got, ok := u.Nearest(m, u.Block.Addr(), 30); ok {
		t.Errorf("no /30 is wholly marked, got %v near", got)
	}
}

func TestUniverseThatIsNotSmallIsRefused(t *testing.T) {
	if u := NewUniverse(netip.MustParsePrefix("10.0.0.0/22"), 32); len(u.Cells) != 1024 {
		t.Errorf("a /22 has 1,024 cells: got %d", len(u.Cells))
	}
	for name, build := range map[string]func(){
		"too many cells":       func() { NewUniverse(netip.MustParsePrefix("10.0.0.0/21"), 32) },
		"host bits":            func() { NewUniverse(netip.MustParsePrefix("10.0.0.1/30"), 32) },
		"cells above it":       func() { NewUniverse(netip.MustParsePrefix("10.0.0.0/30"), 29) },
		"cells past the end":   func() { NewUniverse(netip.MustParsePrefix("10.0.0.0/30"), 33) },
		"block without length": func() { NewUniverse(netip.Prefix{}, 4) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			build()
		})
	}
}
