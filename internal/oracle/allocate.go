package oracle

import "net/netip"

// Item is a range to be placed somewhere in a universe.
type Item struct {
	Length int
	// Allowed holds the range in one of its prefixes; Forbidden shares no address with it.
	Allowed, Forbidden []netip.Prefix
}

// Place looks for a range for every item such that no two that must be apart share addresses, by
// trying every place of every item. The ranges come in the order of the items.
func (u Universe) Place(items []Item, apart func(i, j int) bool) (places []netip.Prefix, ok bool) {
	possible := make([][]netip.Prefix, len(items))
	for i, item := range items {
		for _, p := range u.OfLength(item.Length) {
			if item.takes(p) {
				possible[i] = append(possible[i], p)
			}
		}
	}
	var next func() bool
	next = func() bool {
		i := len(places)
		if i == len(items) {
			return true
		}
		for _, p := range possible[i] {
			free := true
			for j, earlier := range places {
				if apart(i, j) && earlier.Overlaps(p) {
					free = false
					break
				}
			}
			if free {
				places = append(places, p)
				if next() {
					return true
				}
				places = places[:i]
			}
		}
		return false
	}
	return places, next()
}

func (item Item) takes(p netip.Prefix) bool {
	for _, f := range item.Forbidden {
		if f.Overlaps(p) {
			return false
		}
	}
	for _, a := range item.Allowed {
		if a.Bits() <= p.Bits() && a.Contains(p.Addr()) {
			return true
		}
	}
	return false
}
