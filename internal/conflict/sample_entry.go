package conflict

import "net/netip"

// entry is a claim with the number of its comparison key, 0 if few claims have the key. It is sampled if more claims to its
// range have the key than are compared pair by pair.
type entry struct {
	*Claim
	holder     string
	comparison int
	sampled    bool
	// at is its place among all entries.
	at int
}

// entriesOf are the entries of claims without comparison keys, so that none is sampled.
func entriesOf(claims []Claim) []*entry {
	list, entries := make([]entry, len(claims)), make([]*entry, len(claims))
	for i := range claims {
		list[i].Claim, entries[i] = &claims[i], &list[i]
	}
	return entries
}

// mayHaveSamples says whether more than size claims that may be sampled have one range. Only then do their comparison keys matter.
func mayHaveSamples(entries []*entry, size int) bool {
	counts := map[netip.Prefix]int{}
	for _, e := range entries {
		if e.mayBeSampled() {
			counts[e.Range]++
			if counts[e.Range] > size {
				return true
			}
		}
	}
	return false
}

// findSamples sets the holders and comparison keys of entries, and which of them are sampled: more than size to one range with one key.
// Claims with different traits have different keys.
func (w World) findSamples(entries []*entry, traits Traits, size int) {
	type key struct{ claim, network, traits string }
	type networks struct{ in, growsIn string }
	type place struct {
		held       netip.Prefix
		comparison int
	}
	numbers, signatures := map[key]int{}, map[networks]string{}
	counts, sizes := map[place]int{}, map[int]int{}
	for _, e := range entries {
		e.holder = e.Claim.holder()
		if !e.mayBeSampled() {
			continue
		}
		in := networks{e.Network, e.GrowsIn}
		if _, known := signatures[in]; !known {
			signatures[in] = e.networkSignature(w.Reach)
		}
		k := key{e.comparisonKey(), signatures[in], traits.OfClaim(*e.Claim)}
		if numbers[k] == 0 {
			numbers[k] = len(numbers) + 1
		}
		e.comparison = numbers[k]
		counts[place{e.Range, e.comparison}]++
		sizes[e.comparison]++
	}
	for _, e := range entries {
		if sizes[e.comparison] <= size {
			e.comparison = 0
		}
		e.sampled = e.comparison != 0 && counts[place{e.Range, e.comparison}] > size
	}
}
