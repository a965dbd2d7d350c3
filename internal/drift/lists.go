package drift

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
)

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// first is the first of some ranges, the zero Prefix of none.
func first(ranges []netip.Prefix) netip.Prefix {
	if len(ranges) == 0 {
		return netip.Prefix{}
	}
	return ranges[0]
}

// setOf is the ranges of a map as a set.
func setOf(ranges map[string]netip.Prefix) map[netip.Prefix]bool {
	out := make(map[netip.Prefix]bool, len(ranges))
	for _, p := range ranges {
		out[p] = true
	}
	return out
}

// text is a list of ranges in any order.
func text(ranges []netip.Prefix) string {
	sorted := slices.Clone(ranges)
	slices.SortFunc(sorted, netip.Prefix.Compare)
	if len(sorted) == 0 {
		return ""
	}
	return fmt.Sprint(sorted)
}
