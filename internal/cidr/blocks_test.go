package cidr

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
)

func TestBlocksAroundAndInside(t *testing.T) {
	bs := blocks(prefixes("10.0.0.0/16", "10.2.0.0/15", "10.4.0.0/32", "11.0.0.0/8", "::/64", "2001:db8::/32"))
	tests := map[string]struct {
		p        string
		around   int // -1 for none
		from, to int
	}{
		"a block lies around and inside itself":     {"10.2.0.0/15", 1, 1, 2},
		"a part at the start of a block":            {"10.2.0.0/16", 1, 2, 2},
		"a part at the end of a block":              {"10.3.255.255/32", 1, 2, 2},
		"a prefix around several":                   {"10.0.0.0/8", -1, 0, 3},
		"a prefix that starts before its blocks":    {"8.0.0.0/5", -1, 0, 4},
		"a prefix with a single block at its start": {"10.4.0.0/14", -1, 2, 3},
		"between two blocks":                        {"10.1.0.0/16", -1, 1, 1},
		"before all":                                {"9.0.0.0/8", -1, 0, 0},
		"after all":                                 {"ff00::/8", -1, 6, 6},
		"after all IPv4":                            {"12.0.0.0/8", -1, 4, 4},
		"all of IPv4":                               {"0.0.0.0/0", -1, 0, 4},
		"all of IPv6":                               {"::/0", -1, 4, 6},
		"in IPv6":                                   {"2001:db8:1::/48", 5, 6, 6},
		"an invalid prefix":                         {"", -1, 0, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			around, ok := bs.around(prefix(test.p))
			if ok != (test.around >= 0) || ok && around != test.around {
				t.Errorf("around: got %d %v, want %d", around, ok, test.around)
			}
			if from, to := bs.inside(prefix(test.p)); from != test.from || to != test.to {
				t.Errorf("inside: got [%d, %d), want [%d, %d)", from, to, test.from, test.to)
			}
		})
	}
}

func TestBlocksInCommon(t *testing.T) {
	a := blocks(prefixes("10.0.0.0/8", "12.0.0.0/16", "14.0.0.0/16", "::/64"))
	b := blocks(prefixes("10.0.0.0/16", "10.9.0.0/16", "12.0.0.0/8", "14.0.0.0/16", "15.0.0.0/8"))
	want := prefixes("10.0.0.0/16", "10.9.0.0/16", "12.0.0.0/16", "14.0.0.0/16")
	wantPrefixes(t, a.common(b), want, "a and b")
	wantPrefixes(t, b.common(a), want, "b and a")
	wantPrefixes(t, a.common(nil), nil, "a and nothing")
	wantPrefixes(t, blocks(nil).common(a), nil, "nothing and a")
}

func TestOutermost(t *testing.T) {
	given := prefixes("::/64", "10.1.0.0/16", "10.128.0.0/9", "10.0.0.0/9", "10.0.0.0/9", "::1/128", "10.0.0.0/24")
	want := prefixes("10.0.0.0/9", "10.128.0.0/9", "::/64")
	before := slices.Clone(given)
	wantPrefixes(t, Outermost(given), want, "outermost")
	wantPrefixes(t, given, before, "what was given")
	wantPrefixes(t, Outermost(nil), nil, "outermost of nothing")
	for name, given := range map[string][]netip.Prefix{
		"one inside of the one before": prefixes("10.0.0.0/8", "10.0.0.0/9", "::/64"),
		"the same twice":               prefixes("10.0.0.0/8", "10.0.0.0/8", "::/64"),
		"one inside of an earlier one": prefixes("10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "::/64"),
		"not sorted":                   prefixes("::/64", "10.0.0.0/8"),
		"outermost already":            prefixes("10.0.0.0/8", "::/64"),
	} {
		got := Outermost(given)
		wantPrefixes(t, got, prefixes("10.0.0.0/8", "::/64"), "%s", name)
		if before := slices.Clone(given); len(append(got, prefix("192.168.0.0/16"))) > 0 {
			wantPrefixes(t, given, before, "what was given, %s", name)
		}
	}
}

// OverlappingIn finds what a comparison with each of sorted, disjoint prefixes finds.
func TestOverlappingInAgreesWithEachComparison(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := oracle.NewUniverse(prefix("10.0.0.0/24"), 28).Prefixes()
		ps := Outermost(rapid.SliceOf(rapid.SampledFrom(all)).Draw(t, "ps"))
		p := rapid.SampledFrom(all).Draw(t, "p")
		want := slices.DeleteFunc(slices.Clone(ps), func(each netip.Prefix) bool { return !each.Overlaps(p) })
		if got := OverlappingIn(ps, p); !slices.Equal(got, want) {
			t.Fatalf("%v overlapping %s: got %v, want %v", ps, p, got, want)
		}
	})
}
