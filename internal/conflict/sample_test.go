package conflict_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// verdictOf is what findings of one cause have in common.
func verdictOf(f conflict.Finding) string {
	return fmt.Sprint(f.Code, f.Rule.Text, f.Hub, f.Third, f.Mesh)
}

// variedClaim draws a claim that may be of another workspace, or of what a cluster keeps or released.
func variedClaim(t *rapid.T) conflict.Claim {
	c := rangedClaim(t)
	switch rapid.IntRange(0, 5).Draw(t, "as") {
	case 0:
		c = conflict.Claim{
			Owner:        c.Owner,
			Kind:         conflict.GrowthReserve,
			Range:        c.Range,
			ClusterRange: conflict.ClusterRange{GrowsIn: c.Network, Meshes: c.Meshes},
		}
	case 1:
		c = conflict.Claim{Owner: c.Owner, Kind: conflict.Released, Range: c.Range}
	case 2:
		c = conflict.Claim{Owner: c.Owner, Kind: conflict.Block, Range: c.Range, Network: c.Network, Source: conflict.OtherWorkspace}
	case 3:
		c = conflict.Claim{
			Owner: c.Owner,
			Kind:  conflict.Supernet,
			Range: c.Range,
			VRFs:  []string{rapid.SampledFrom([]string{"", "blue"}).Draw(t, "VRF")},
		}
	}
	mayBeForeign := c.OfCluster() || c.Kind.Reservation() || c.Kind == conflict.Supernet
	if mayBeForeign && rapid.Bool().Draw(t, "of another workspace") {
		c.Source, c.Unplaced = conflict.OtherWorkspace, true
	}
	if c.Foreign() {
		c.Holder = rapid.SampledFrom([]string{"", "one", "two", c.Owner}).Draw(t, "allocator")
	}
	return c
}

// What is found of samples is found pair by pair, and of each pair both parties are found under the same
// violation, and so are the addresses that they share.
func TestSamplesNameEveryParty(t *testing.T) {
	left := 0
	rapid.Check(t, func(t *rapid.T) {
		claims := rapid.SliceOfN(rapid.Custom(variedClaim), 0, 30).Draw(t, "claims")
		w := world()
		w.AmongForeign = rapid.Bool().Draw(t, "among foreign")
		for i := range claims { // many alike
			if like := rapid.IntRange(0, i).Draw(t, "like"); like < i && rapid.Bool().Draw(t, "alike") {
				owner, network, holder := claims[i].Owner, claims[i].Network, claims[i].Holder
				claims[i] = claims[like]
				claims[i].Owner = fmt.Sprint(owner, i)
				if rapid.Bool().Draw(t, "in another network") && claims[i].Network != "" {
					claims[i].Network = cmp.Or(network, "home")
				}
				if rapid.Bool().Draw(t, "of another allocator") && claims[i].Foreign() {
					claims[i].Holder = holder
				}
			}
		}
		if rapid.Bool().Draw(t, "few owners") {
			for i := range claims {
				claims[i].Owner = fmt.Sprint("o", rapid.IntRange(0, 5).Draw(t, "owner"))
			}
		}
		odd := rapid.Bool().Draw(t, "marked")
		mark := func(c conflict.Claim) string { return fmt.Sprint(odd && c.Owner[len(c.Owner)-1]%2 == 1) }
		marks := conflict.Traits{OfClaim: mark, OfPair: func(a, b conflict.Claim) string { return fmt.Sprint(mark(a) == mark(b)) }}
		verdictOf := func(f conflict.Finding) string { return verdictOf(f) + marks.OfPair(f.A, *f.B) }
		all, some := w.Overlaps(claims), w.SmallSamples(claims, marks)
		left += len(all) - len(some)
		pairs, parties, shared := map[string]bool{}, map[string]bool{}, map[string]bool{}
		for _, f := range some {
			pairs[verdictOf(f)+fmt.Sprint(f.A.ID(), f.B.ID())] = true
			parties[verdictOf(f)+fmt.Sprint(f.A.ID())], parties[verdictOf(f)+fmt.Sprint(f.B.ID())] = true, true
			shared[verdictOf(f)+f.Shared.String()] = true
		}
		for _, f := range all {
			if !parties[verdictOf(f)+fmt.Sprint(f.A.ID())] || !parties[verdictOf(f)+fmt.Sprint(f.B.ID())] ||
				!shared[verdictOf(f)+f.Shared.String()] {
				t.Fatalf("%s of %v and %v, which share %v, is not among %d findings", f.Code, f.A.ID(), f.B.ID(), f.Shared, len(some))
			}
			delete(pairs, verdictOf(f)+fmt.Sprint(f.A.ID(), f.B.ID()))
		}
		if len(pairs) > 0 {
			t.Fatalf("these break no rule: %v", pairs)
		}
	})
	if left == 0 && !testing.Short() { // a short run draws too few to be sure of one
		t.Error("no pair was ever left out")
	}
}

// pinnedAlike are clusters of one network that are pinned to one range.
func pinnedAlike(clusters int) []conflict.Claim {
	var claims []conflict.Claim
	for i := range clusters {
		c := at(claim("service", fmt.Sprintf("c%05d", i), "home", "ack-flannel"), "172.19.0.0/20")
		c.Source = conflict.Pinned
		claims = append(claims, c)
	}
	return claims
}

// The number of findings grows with that of the clusters, not with its square; few are reported pair by pair.
func TestFindingsOfOneRangeAreAsManyAsItsClusters(t *testing.T) {
	for clusters, want := range map[int]int{2: 1, 32: 32 * 31 / 2, 33: 32, 100: 99, 3200: 3199} {
		findings := world().SampledOverlaps(pinnedAlike(clusters))
		if len(findings) != want {
			t.Errorf("%d clusters have %d findings, want %d", clusters, len(findings), want)
		}
		groups := conflict.Groups(findings)
		if len(groups) != 1 || len(groups[0].Members()) != clusters || groups[0].Common != nil && clusters > 2 {
			t.Errorf("%d clusters are %d groups", clusters, len(groups))
		}
		if key := groups[0].Keys()[0]; len(key.Parties) != clusters ||
			slices.ContainsFunc(findings, func(f conflict.Finding) bool { return !key.Covers(f.Key()) }) {
			t.Errorf("the key of %d clusters covers %d", clusters, len(key.Parties))
		}
	}
}

// Only claims to a range that more claims have than are compared pair by pair are sampled, though others are equal to them.
func TestRangesOfFewClaimsAreNotSampled(t *testing.T) {
	for clusters, want := range map[int]int{32: 32 * 31 / 2, 33: 32} {
		claims := pinnedAlike(clusters)
		other := at(claims[0], "172.20.0.0/20")
		other.Owner = "other"
		if findings := world().SampledOverlaps(append(claims, other)); len(findings) != want {
			t.Errorf("%d clusters of a range, and one beside it: %d findings, want %d", clusters, len(findings), want)
		}
	}
}

// Of claims that are compared pair by pair, as many pairs are kept for a range as 32 claims have, and one for each further party.
func TestPairsOfFewClaimsAreKeptUpToALimit(t *testing.T) {
	for each, want := range map[int]int{20: 20 * 20, 25: conflict.PairwiseLimit*(conflict.PairwiseLimit-1)/2 + 5} {
		var claims []conflict.Claim
		for i := range each {
			claims = append(claims, at(claim("pod", fmt.Sprintf("c%05d", i), "home", "ack-flannel"), fmt.Sprintf("172.20.%d.0/24", i)))
			claims = append(claims, part(at(claim("route", "", "home", ""), "172.16.0.0/12"), fmt.Sprint("r", i)))
		}
		if findings := world().SampledOverlaps(claims); len(findings) != want {
			t.Errorf("%d routes around %d clusters: %d findings, want %d", each, each, len(findings), want)
		}
	}
}

// joinedApart are clusters of one range, each in a network of its own that is joined to the others, and to one more
// that no other one is joined to.
func joinedApart(clusters int) (conflict.World, []conflict.Claim) {
	f := topology.Facts{Hubs: map[string]topology.Hub{"all": {}}, VPCs: map[string]topology.VPC{}}
	var claims []conflict.Claim
	for i := range clusters {
		name := fmt.Sprintf("v%05d", i)
		f.VPCs[name] = topology.VPC{Platform: "alicloud", Hubs: []string{"all", fmt.Sprint("own-", i)}}
		c := at(claim("pod", fmt.Sprintf("c%05d", i), name, "ack-flannel"), "172.20.0.0/16")
		c.Source = conflict.Pinned
		claims = append(claims, c)
	}
	return conflict.NewWorld(f, profile.Default()), claims
}

// Whatever their networks, and whichever resources register them, findings are as many as the claims, and name each of them.
func TestFindingsOfManyPartiesAreAsManyAsTheParties(t *testing.T) {
	const pairwise = conflict.PairwiseLimit * (conflict.PairwiseLimit - 1) / 2
	elsewhere := func(i int, c conflict.Claim) conflict.Claim {
		c.Owner, c.Source, c.Unplaced, c.Holder = "shop", conflict.OtherWorkspace, true, fmt.Sprint("team-", i)
		return c
	}
	apart, inNetworks := joinedApart(300)
	among := world()
	among.AmongForeign = true
	var ofTeams, againstOne, routes, mirrors, nested []conflict.Claim
	for i := range 300 {
		pods := at(claim("pod", fmt.Sprintf("c%05d", i), "home", "ack-flannel"), "172.20.0.0/16")
		ofTeams = append(ofTeams, elsewhere(i, pods))
		againstOne = append(againstOne, pods, elsewhere(0, pods))
		againstOne[len(againstOne)-1].Owner = fmt.Sprint("far-", i)
		routes = append(routes, pods, part(at(claim("route", "", "home", ""), "172.16.0.0/12"), fmt.Sprint("r", i)))
		mirror := pods
		mirror.SameAs, mirror.Mirrors = "c00000", []string{"c00000"}
		mirrors = append(mirrors, mirror)
		small := at(pods, fmt.Sprintf("172.20.%d.%d/28", i/16, i%16*16))
		nested = append(nested, small, part(at(claim("route", "", "home", ""), "172.16.0.0/12"), fmt.Sprint("r", i)))
	}
	for name, test := range map[string]struct {
		w      conflict.World
		claims []conflict.Claim
		most   int
	}{
		"networks that are all joined differently":    {apart, inNetworks, pairwise + 300},
		"claims of as many teams, in an audit":        {among, ofTeams, pairwise + 300},
		"claims of one team against clusters here":    {world(), againstOne, 2 * 600},
		"routes against clusters of one range":        {world(), routes, 2 * 600},
		"mirrors of one range":                        {world(), mirrors, 300},
		"routes to one range, and clusters inside it": {world(), nested, 2 * 600},
	} {
		t.Run(name, func(t *testing.T) {
			findings := test.w.SampledOverlaps(test.claims)
			named := map[conflict.ID]bool{}
			for _, f := range findings {
				named[f.A.ID()], named[f.B.ID()] = true, true
			}
			if len(findings) > test.most || len(named) != len(test.claims) {
				t.Errorf(
					"%d claims are in %d pairs and named by %d findings, want at most %d",
					len(named), conflict.OverlappingPairs(test.claims), len(findings), test.most,
				)
			}
			if groups := conflict.Groups(findings); len(groups) > 2 {
				t.Errorf("they are reported as %d groups", len(groups))
			}
		})
	}
}
