package conflict

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Keys accept all findings of the group and nothing beside them: one key for each of the largest shared ranges, in
// the order of the ranges. Each names the parties of the findings whose shared range is in its own. In a sample, all
// parties that have addresses of the range are named, since every two of them break the rule. A rule that counts has
// one key, with the largest number.
func (g Group) Keys() []Key {
	keys := g.largestShared()
	for _, f := range g.Findings {
		i := keyFor(keys, f.Shared)
		keys[i].Number.Value = max(keys[i].Number.Value, f.Number.Value)
		keys[i].Parties = append(keys[i].Parties, f.Key().Parties...)
	}
	if g.Sampled() {
		for _, c := range g.Members() {
			for i := range keys {
				if keys[i].Shared.Overlaps(c.Range) {
					keys[i].Parties = append(keys[i].Parties, c.party())
				}
			}
		}
	}
	for i := range keys {
		keys[i].Parties = eachOnce(keys[i].Parties)
	}
	return keys
}

// largestShared are keys without parties, one for each shared range that is in no other one.
func (g Group) largestShared() []Key {
	first := g.Findings[0].Key()
	if first.Number.Unit != "" {
		first.Parties = nil
		return []Key{first}
	}
	var keys []Key
	for _, f := range slices.SortedFunc(slices.Values(g.Findings), func(a, b Finding) int { return cidr.Compare(a.Shared, b.Shared) }) {
		if last := len(keys) - 1; last < 0 || !cidr.Contains(keys[last].Shared, f.Shared) { // a range follows those that contain it
			keys = append(keys, Key{Code: f.Code, Shared: f.Shared})
		}
	}
	return keys
}

// keyFor is the index of the key whose range contains a shared range; 0 for rules that count, which have one key.
func keyFor(keys []Key, shared netip.Prefix) int {
	if len(keys) == 1 {
		return 0
	}
	i, exact := slices.BinarySearchFunc(keys, shared, func(k Key, shared netip.Prefix) int { return cidr.Compare(k.Shared, shared) })
	if exact {
		return i
	}
	return i - 1
}

// Under returns the findings of the group that one of its keys covers.
func (g Group) Under(k Key) []Finding {
	return slices.DeleteFunc(slices.Clone(g.Findings), func(f Finding) bool { return !k.Covers(f.Key()) })
}
