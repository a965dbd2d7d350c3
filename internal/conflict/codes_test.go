package conflict_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// everyKind are claims of all kinds to one range, that may meet in a planner of clusters or of blocks.
func everyKind(f topology.Facts, ofBlocks bool) []conflict.Claim {
	claims := conflict.FactClaims(f, profile.Default()) // of others
	add := func(kind conflict.Kind, owner string, edit func(*conflict.Claim)) {
		c := conflict.Claim{Owner: owner, Kind: kind, Range: prefix("10.0.0.0/24")}
		edit(&c)
		claims = append(claims, c)
	}
	for _, owner := range []string{"a", "b"} {
		if ofBlocks {
			add(conflict.Block, owner, func(*conflict.Claim) {})
			continue
		}
		for _, kind := range []conflict.Kind{conflict.Pod, conflict.Service} {
			add(kind, owner, func(c *conflict.Claim) { c.Network, c.Profile = "home", shipped("cce-vpc-router") })
		}
		add(conflict.GrowthReserve, owner, func(c *conflict.Claim) { c.GrowsIn = "home" })
		for _, kind := range []conflict.Kind{conflict.Subnet, conflict.VPC, conflict.Site, conflict.Route} {
			add(kind, owner, func(c *conflict.Claim) { c.Network = owner })
		}
	}
	add(conflict.Reserved, "later", func(*conflict.Claim) {})
	for kind, owner := range map[conflict.Kind]string{conflict.Released: "old", conflict.Existing: "gone"} {
		add(kind, owner, func(c *conflict.Claim) {
			if ofBlocks {
				c.OwnerKind = conflict.BlockOwner
			}
		})
	}
	add(conflict.Supernet, "own", func(c *conflict.Claim) { c.VRFs = []string{""} })
	return claims
}

// Whatever meets whatever, an allocator and an audit find no rule on blocks broken but those that they can
// set levels for, and all of these; and blocks find all rules on pairs of theirs. Who is asked about first does not matter.
func TestWhoFindsWhichRulesOnBlocks(t *testing.T) {
	every := rules.Codes(profile.Default())
	onBlocks := func(codes []string) []string {
		return slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return !strings.HasPrefix(code, "block") })
	}
	pairs := slices.DeleteFunc(onBlocks(every), func(code string) bool { return !strings.Contains(code, "_overlaps_") })
	for name, test := range map[string]struct {
		ofBlocks, amongForeign bool
		want                   []string
	}{
		"an allocator":    {false, false, onBlocks(rules.FoundBy(rules.Allocator, profile.Default()))},
		"an audit":        {false, true, onBlocks(rules.FoundBy(rules.Audit, profile.Default()))},
		"cidrplan_blocks": {true, false, pairs},
	} {
		t.Run(name, func(t *testing.T) {
			var others []topology.Foreign
			for _, kind := range topology.ForeignKinds {
				others = append(
					others, foreign(kind, kind, "10.0.0.0/24"), foreign(kind, kind, "10.0.0.0/24", ofTeamB),
					foreign(kind, kind+" far", "10.0.0.0/24", in("theirs")),
				)
			}
			f := foreignFacts(others...)
			if test.ofBlocks {
				f.Blocks = map[string]topology.Block{"a": {}}
			}
			world, claims, found := conflict.NewWorld(f, profile.Default()), everyKind(f, test.ofBlocks), map[string]bool{}
			world.AmongForeign = test.amongForeign
			for i, a := range claims {
				for _, b := range claims[:i] {
					v, broken := world.Check(a, b)
					if broken {
						found[v.Code] = true
					}
					if u, also := world.Check(b, a); also != broken || broken && u.Code != v.Code {
						t.Errorf(
							"%s %q of %q and %s %q of %q: %q, and the other way round %q",
							a.Kind, a.Owner, a.Holder, b.Kind, b.Owner, b.Holder, verdict(v, broken), verdict(u, also),
						)
					}
				}
			}
			if got := onBlocks(slices.Sorted(maps.Keys(found))); !slices.Equal(got, test.want) {
				t.Errorf("finds %v, want %v", got, test.want)
			}
		})
	}
	if allocator := rules.FoundBy(rules.Allocator, profile.Default()); len(allocator) < 50 || len(every)-len(allocator) != 10 {
		t.Errorf("%d rules, of which an allocator finds %d", len(every), len(allocator))
	}
}
