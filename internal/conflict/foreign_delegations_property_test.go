package conflict_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A supernet is delegated by each other owner that has a block or reservation around it, and by nobody else.
func TestDelegationsAreThoseOfEveryPair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		claims := []conflict.Claim{{Owner: "k8s", Kind: conflict.Pod, Source: conflict.OtherWorkspace, Holder: "z"}}
		for i := range rapid.IntRange(0, 12).Draw(t, "claims") {
			kind := rapid.SampledFrom([]conflict.Kind{
				conflict.Block, conflict.Reserved, conflict.GrowthReserve, conflict.Supernet, conflict.Pod,
			}).Draw(t, "kind")
			c := conflict.Claim{Owner: fmt.Sprint("o", i), Kind: kind, Range: overlappingRange(t, "range")}
			if rapid.Bool().Draw(t, "of another workspace") {
				c.Source = conflict.OtherWorkspace
				c.Holder = rapid.SampledFrom([]string{"a", "b", ""}).Draw(t, "holder")
			}
			claims = append(claims, c)
		}
		got := conflict.WithSupernets(slices.Clone(claims), "k8s", prefixes("10.0.0.0/16"), topology.Facts{})
		want := make([][]string, len(got))
		for i, s := range got {
			for k, b := range got {
				delegates := b.Kind == conflict.Block || b.Kind == conflict.Reserved
				around := delegates && b.Range.Overlaps(s.Range) && b.Range.Bits() <= s.Range.Bits()
				if one, other := s.ID().Holder, b.ID().Holder; s.Kind == conflict.Supernet && around && one != other {
					want[i], want[k] = append(want[i], other), append(want[k], one)
				}
			}
		}
		for i, c := range got {
			slices.Sort(want[i])
			if sorted := slices.Sorted(slices.Values(c.Delegations)); !slices.Equal(sorted, slices.Compact(want[i])) {
				t.Fatalf("%v of %q is delegated by or to %q, want %q", c.Range, c.Owner, sorted, want[i])
			}
		}
	})
}
