package conflict_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// verdictOf is what findings of one cause have in common.
func verdictOf(f conflict.Finding) string {
	return fmt.Sprint(f.Code, f.Rule.Text, f.Hub, f.Third, f.Mesh)
}

// What is found of crowds is found pair by pair, and of each pair both parties are found under the same
// verdict, and so are the addresses that they share.
func TestCrowdsNameEveryParty(t *testing.T) {
	w := world()
	left := 0
	rapid.Check(t, func(t *rapid.T) {
		claims := rapid.SliceOfN(rapid.Custom(rangedClaim), 0, 30).Draw(t, "claims")
		for i := range claims { // many alike
			if like := rapid.IntRange(0, i).Draw(t, "like"); like < i && rapid.Bool().Draw(t, "alike") {
				owner, network := claims[i].Owner, claims[i].Network
				claims[i] = claims[like]
				claims[i].Owner = fmt.Sprint(owner, i)
				if rapid.Bool().Draw(t, "elsewhere") {
					claims[i].Network = network
				}
			}
		}
		odd := rapid.Bool().Draw(t, "marked")
		mark := func(c conflict.Claim) string { return fmt.Sprint(odd && len(c.Owner)%2 == 1) }
		all, some := w.Overlaps(claims), w.SmallCrowds(claims, mark)
		left += len(all) - len(some)
		pairs, parties, shared := map[string]bool{}, map[string]bool{}, map[string]bool{}
		for _, f := range some {
			pairs[verdictOf(f)+fmt.Sprint(f.A.ID(), f.B.ID())] = true
			parties[verdictOf(f)+fmt.Sprint(f.A.ID())], parties[verdictOf(f)+fmt.Sprint(f.B.ID())] = true, true
			shared[verdictOf(f)+f.Shared.String()] = true
		}
		for _, f := range all {
			if !parties[verdictOf(f)+fmt.Sprint(f.A.ID())] || !parties[verdictOf(f)+fmt.Sprint(f.B.ID())] || !shared[verdictOf(f)+f.Shared.String()] {
				t.Fatalf("%s of %v and %v, which share %v, is not among %d findings", f.Code, f.A.ID(), f.B.ID(), f.Shared, len(some))
			}
			delete(pairs, verdictOf(f)+fmt.Sprint(f.A.ID(), f.B.ID()))
		}
		if len(pairs) > 0 {
			t.Fatalf("these break no rule: %v", pairs)
		}
	})
	if left == 0 {
		t.Error("no pair was ever left out")
	}
}

// pinnedAlike are clusters of one network that are pinned to one range.
func pinnedAlike(clusters int) []conflict.Claim {
	var claims []conflict.Claim
	for i := range clusters {
		c := at(claim("service", fmt.Sprintf("c%05d", i), "home", "ack-flannel"), "172.19.0.0/20")
		c.Pinned = true
		claims = append(claims, c)
	}
	return claims
}

// The number of findings grows with that of the clusters, not with its square; few are told pair by pair.
func TestFindingsOfOneRangeAreAsManyAsItsClusters(t *testing.T) {
	none := func(conflict.Claim) string { return "" }
	for clusters, want := range map[int]int{2: 1, 32: 32 * 31 / 2, 33: 32, 100: 99, 3200: 3199} {
		findings := world().OverlapsOfCrowds(pinnedAlike(clusters), none)
		if len(findings) != want {
			t.Errorf("%d clusters have %d findings, want %d", clusters, len(findings), want)
		}
		groups := conflict.Groups(findings)
		if len(groups) != 1 || len(groups[0].Members()) != clusters || groups[0].Common != nil && clusters > 2 {
			t.Errorf("%d clusters are %d groups", clusters, len(groups))
		}
		if key := groups[0].Key(); len(key.Parties) != clusters || slices.ContainsFunc(findings, func(f conflict.Finding) bool { return !key.Covers(f.Key()) }) {
			t.Errorf("the key of %d clusters covers %d", clusters, len(key.Parties))
		}
	}
}
