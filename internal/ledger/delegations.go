package ledger

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// KeptFrom are the ranges, by VRF, that blocks of others keep an owner from. Of blocks inside of each other, the innermost one decides.
func KeptFrom(owner string, others []Other) map[string]cidr.Set {
	blocks := slices.DeleteFunc(slices.Clone(others), func(o Other) bool {
		return o.Kind != kindBlock || o.Class != Unique || o.Expired
	})
	slices.SortStableFunc(blocks, func(a, b Other) int { return a.Range.Bits() - b.Range.Bits() })
	kept := map[string]cidr.Set{}
	for _, b := range blocks {
		if r := cidr.NewSet(b.Range); b.Delegate == "" || b.Delegate == owner {
			kept[b.VRF] = kept[b.VRF].Minus(r)
		} else {
			kept[b.VRF] = kept[b.VRF].Union(r)
		}
	}
	return kept
}

// heedsDelegation says whether the ledger lets an entry overlap with ranges that others have, but not with blocks for another owner. Facts
// that each workspace may declare use no addresses themselves.
func (e Entry) heedsDelegation() bool {
	return e.Class != Unique && e.Kind != kindReserved && e.Kind != kindExisting
}
