package conflict_test

import (
	"net/netip"
	"slices"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// anyBlocks are planners of blocks in two VRFs, some of them with a block of another one as supernet. Their
// blocks have the same few names, and may overlap those of their own planner.
func anyBlocks(t *rapid.T) []registrant {
	var registrants []registrant
	var blocks []netip.Prefix
	for _, name := range []string{"east", "vpcs", "zones", "kinds"} {
		g := conflict.Registration{Facts: topology.Facts{VRF: rapid.SampledFrom([]string{"", "", "blue"}).Draw(t, "vrf of "+name)}}
		g.Supernets = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) netip.Prefix { return overlappingRange(t, "supernet") }), 0, 2).
			Draw(t, "supernets of "+name)
		if len(blocks) > 0 && rapid.Bool().Draw(t, "chained") {
			g.Supernets = append(g.Supernets, rapid.SampledFrom(blocks).Draw(t, "outer"))
		}
		for range rapid.IntRange(0, 3).Draw(t, "blocks of "+name) {
			c := blockClaim(rapid.SampledFrom([]string{"x", "y"}).Draw(t, "owner"), overlappingRange(t, "block"))
			if rapid.IntRange(0, 3).Draw(t, "released") == 0 {
				c.Kind, c.OwnerKind = conflict.Released, conflict.BlockOwner
			}
			g.Claims = append(g.Claims, c)
			blocks = append(blocks, c.Range)
		}
		registrants = append(registrants, registrant{topology.Origin{Kind: conflict.Blocks, Name: name}, g})
	}
	return registrants
}

// brokenBlocks are all pairs of blocks of two planners that share addresses of one VRF, less those of which
// one was allocated inside the other.
func brokenBlocks(registrants []registrant) map[string]brokenPair {
	out := map[string]brokenPair{}
	of := func(by registrant, c conflict.Claim) conflict.Claim {
		c.Holder = topology.OfBlocks(by.by.Name)
		return c
	}
	holds := func(outer, inner netip.Prefix) bool { return outer.Bits() <= inner.Bits() && outer.Overlaps(inner) }
	inside := func(outer, inner conflict.Claim, supernets []netip.Prefix) bool {
		return slices.ContainsFunc(supernets, func(s netip.Prefix) bool { return holds(outer.Range, s) && holds(s, inner.Range) })
	}
	for i, one := range registrants {
		for _, other := range registrants[:i] {
			if one.by.Kind != conflict.Blocks || other.by.Kind != conflict.Blocks || one.now.Facts.VRF != other.now.Facts.VRF {
				continue
			}
			for _, a := range one.now.Claims {
				for _, b := range other.now.Claims {
					if a.Range.Overlaps(b.Range) && !(a.Kind == conflict.Released && b.Kind == conflict.Released) &&
						!inside(a, b, other.now.Supernets) &&
						!inside(b, a, one.now.Supernets) {
						a, b := of(one, a), of(other, b)
						out[pairText(a, b)] = brokenPair{a.ID(), b.ID(), profile.Error}
					}
				}
			}
		}
	}
	return out
}
