package cidr

import (
	"net/netip"
	"testing"
)

func TestRemoveAll(t *testing.T) {
	everyOther := func(n int) (list []netip.Prefix) {
		for i := range n {
			p, _ := Nth(prefix("10.0.0.0/20"), 24, uint64(2*i))
			list = append(list, p)
		}
		return list
	}
	tests := map[string]struct {
		room    []string
		removed []netip.Prefix
		want    []string
	}{
		"nothing":      {[]string{"10.0.0.0/8"}, nil, []string{"10.0.0.0/8"}},
		"in any order": {[]string{"10.0.0.0/22"}, prefixes("10.0.3.0/24", "10.0.0.0/24", "10.0.2.0/24"), []string{"10.0.1.0/24"}},
		"one inside one": {
			[]string{"10.0.0.0/22"},
			prefixes("10.0.0.0/23", "10.0.0.0/24", "10.0.1.0/24", "10.0.0.0/23"),
			[]string{"10.0.2.0/23"},
		},
		"one around all": {
			[]string{"10.0.0.0/24", "10.0.2.0/24", "11.0.0.0/8"},
			prefixes("10.0.0.0/8", "10.0.0.0/24", "10.9.0.0/16"),
			[]string{"11.0.0.0/8"},
		},
		"beside the room": {[]string{"10.0.0.0/24"}, prefixes("9.0.0.0/8", "10.0.1.0/24", "11.0.0.0/8"), []string{"10.0.0.0/24"}},
		"several of one": {
			[]string{"10.0.0.0/20"},
			everyOther(8),
			[]string{
				"10.0.1.0/24", "10.0.3.0/24", "10.0.5.0/24", "10.0.7.0/24",
				"10.0.9.0/24", "10.0.11.0/24", "10.0.13.0/24", "10.0.15.0/24",
			},
		},
		"of both families": {
			[]string{"10.0.0.0/23", "2001:db8::/31"},
			prefixes("2001:db8::/32", "10.0.0.0/24", "::/128"),
			[]string{"10.0.1.0/24", "2001:db9::/32"},
		},
		"an invalid one": {[]string{"10.0.0.0/23"}, prefixes("", "10.0.0.0/24", ""), []string{"10.0.1.0/24"}},
		"single addresses": {
			[]string{"10.0.0.0/30", "2001:db8::/127"},
			prefixes("10.0.0.1/32", "10.0.0.2/32", "2001:db8::/128"),
			[]string{"10.0.0.0/32", "10.0.0.3/32", "2001:db8::1/128"},
		},
		"more than there is room": {[]string{"10.0.0.0/24"}, prefixes("10.0.0.0/24", "11.0.0.0/8", "12.0.0.0/8", "::/0"), nil},
		"with host bits": {
			[]string{"10.0.0.0/22"}, prefixes("10.0.0.7/24", "10.0.1.7/24", "10.0.3.7/24"), []string{"10.0.2.0/24"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := spaceOf(test.room...)
			s.RemoveAll(test.removed)
			wantPrefixes(t, s.Blocks(), prefixes(test.want...), "Blocks")
		})
	}
}

// One or two prefixes are taken out in place: a search of the planner that removes them often does not copy the room each time.
func TestRemoveAllTakesAFewOutInPlace(t *testing.T) {
	for name, test := range map[string]struct {
		removed []netip.Prefix
		inPlace bool
	}{
		"one prefix":     {prefixes("10.0.0.0/24"), true},
		"two prefixes":   {prefixes("10.0.0.0/24", "10.0.4.0/24"), true},
		"three prefixes": {prefixes("10.0.0.0/24", "10.0.2.0/24", "10.0.4.0/24"), false},
	} {
		t.Run(name, func(t *testing.T) {
			s := spaceOf("10.0.0.0/24", "10.0.2.0/24", "10.0.4.0/24", "10.0.6.0/24")
			before := &s.Blocks()[0]
			s.RemoveAll(test.removed)
			if got := &s.Blocks()[0] == before; got != test.inPlace {
				t.Errorf("the room is in the same memory: %t, want %t", got, test.inPlace)
			}
		})
	}
}
