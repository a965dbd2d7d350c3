package cidr

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSortAscending(t *testing.T) {
	unsorted := 0
	rapid.Check(t, func(t *rapid.T) {
		ps := rapid.SliceOf(anyPrefix).Draw(t, "prefixes")
		if rapid.Bool().Draw(t, "IPv4 only") {
			ps = slices.DeleteFunc(ps, func(p netip.Prefix) bool { return FamilyOf(p) != V4 })
			for i := range ps {
				ps[i] = ps[i].Masked()
			}
		}
		want := slices.Clone(ps)
		slices.SortFunc(want, Compare)
		if !slices.Equal(ps, want) {
			unsorted++
		}
		if sortAscending(ps); !slices.Equal(ps, want) {
			t.Fatalf("got %v, want %v", ps, want)
		}
	})
	if unsorted == 0 {
		t.Error("every list was sorted before")
	}
}

// Prefixes that are no IPv4 blocks are sorted as well, beside such that are.
func TestSortAscendingOfAllKinds(t *testing.T) {
	ps := prefixes(
		"fd00::/8", "10.0.0.0/8", "10.0.0.7/24", "::/0", "", "10.0.0.0/24", "9.255.255.255/32", "0.0.0.0/0", "255.255.255.255/32",
	)
	sortAscending(ps)
	want := prefixes(
		"", "0.0.0.0/0", "9.255.255.255/32", "10.0.0.0/8", "10.0.0.0/24", "10.0.0.7/24", "255.255.255.255/32", "::/0", "fd00::/8",
	)
	wantPrefixes(t, ps, want, "sorted")
}
