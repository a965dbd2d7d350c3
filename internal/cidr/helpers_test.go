package cidr

import (
	"fmt"
	"math/big"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
)

// prefix reads a prefix without Parse, host bits and all; "" is the invalid prefix.
func prefix(text string) netip.Prefix {
	if text == "" {
		return netip.Prefix{}
	}
	return netip.MustParsePrefix(text)
}

func prefixes(texts ...string) []netip.Prefix {
	ps := make([]netip.Prefix, 0, len(texts))
	for _, text := range texts {
		ps = append(ps, prefix(text))
	}
	return ps
}

func number(text string) *big.Int {
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		panic("not a number: " + text)
	}
	return n
}

// places are where the geometry could go wrong: both families, both ends of each, the middle of an
// IPv6 address, a whole family, and IPv4 written inside IPv6. A test cuts the block into as many
// cells as it can afford.
var places = []struct{ name, block string }{
	{"IPv4", "10.0.0.0/26"},
	{"the lowest IPv4", "0.0.0.0/26"},
	{"the highest IPv4", "255.255.255.192/26"},
	{"all of IPv4", "0.0.0.0/0"},
	{"IPv6", "2001:db8::/122"},
	{"the highest IPv6", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffc0/122"},
	{"across bit 64", "2001:db8::/61"},
	{"all of IPv6", "::/0"},
	{"IPv4 inside IPv6", "::ffff:10.0.0.0/122"},
}

// everywhere runs a test in the universe of 2^bits cells at every place.
func everywhere(t *testing.T, bits int, test func(t *testing.T, u oracle.Universe)) {
	t.Helper()
	for _, place := range places {
		block := prefix(place.block)
		t.Run(place.name, func(t *testing.T) { test(t, oracle.NewUniverse(block, block.Bits()+bits)) })
	}
}

// everyMarks returns all subsets of a universe of up to eight cells, as marks and as blocks.
func everyMarks(u oracle.Universe) (marks []oracle.Marks, maximal [][]netip.Prefix) {
	for subset := range 1 << len(u.Cells) {
		m := make(oracle.Marks, len(u.Cells))
		for i := range m {
			m[i] = subset>>i&1 == 1
		}
		marks = append(marks, m)
		maximal = append(maximal, u.Maximal(m))
	}
	return marks, maximal
}

// around returns prefixes that are not in the universe: its neighbour, what surrounds both, the
// other family, and the invalid prefix.
func around(u oracle.Universe) []netip.Prefix {
	ps := []netip.Prefix{{}}
	if sibling, ok := Sibling(u.Block); ok {
		parent, _ := Parent(u.Block)
		ps = append(ps, sibling, parent, netip.PrefixFrom(parent.Addr(), 0).Masked())
	}
	if u.Block.Addr().Is4() {
		return append(ps, prefix("::/0"), prefix("2001:db8::/32"))
	}
	return append(ps, prefix("0.0.0.0/0"), prefix("10.0.0.0/8"))
}

// wantPrefix compares a prefix; format and args say what it is. They are written only where it differs.
func wantPrefix(t *testing.T, got netip.Prefix, ok bool, want netip.Prefix, wantOK bool, format string, args ...any) {
	t.Helper()
	if got != want || ok != wantOK {
		t.Errorf("%s: got %v %v, want %v %v", fmt.Sprintf(format, args...), got, ok, want, wantOK)
	}
}

// wantPrefixes is wantPrefix for a list.
func wantPrefixes(t *testing.T, got, want []netip.Prefix, format string, args ...any) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", fmt.Sprintf(format, args...), got, want)
	}
}

func wantNumber(t *testing.T, what string, got, want *big.Int) {
	t.Helper()
	if got.Cmp(want) != 0 {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// wantPanic runs f and checks the text that it panics with.
func wantPanic(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := fmt.Sprint(recover()); got != want {
			t.Errorf("panic:\n got %s\nwant %s", got, want)
		}
	}()
	f()
}
