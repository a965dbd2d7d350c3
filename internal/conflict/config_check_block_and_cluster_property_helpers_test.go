package conflict_test

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// of returns the registrants of a kind.
func (e configuration) of(kind string) []registrant {
	return slices.DeleteFunc(slices.Clone(e.registrants), func(by registrant) bool { return by.by.Kind != kind })
}

// ownedBy is the claim of a cluster as the finding on two clusters of one name shows it.
func ownedBy(allocator registrant, c conflict.Claim) conflict.Claim {
	c.Holder = allocator.by.Name
	return c
}

// brokenNames are the pairs of ranges that two allocators chose for clusters of one name.
func (e configuration) brokenNames(world conflict.World) map[string]brokenPair {
	out := map[string]brokenPair{}
	for i, one := range e.of(conflict.Allocator) {
		for _, other := range e.of(conflict.Allocator)[:i] {
			for _, a := range one.now.Claims {
				for _, b := range other.now.Claims {
					stranger := b
					stranger.Owner = "another"
					if v, broken := world.Check(a, stranger); broken && a.Owner == b.Owner && a.Range.Overlaps(b.Range) {
						a, b := ownedBy(one, a), ownedBy(other, b)
						out[pairText(a, b)] = brokenPair{a.ID(), b.ID(), v.Rule.Level}
					}
				}
			}
		}
	}
	return out
}

// brokenAcross are all pairs of a block and a range of a cluster that an allocator has in the same VRF, less those where the
// block was given to the allocator.
func (e configuration) brokenAcross() map[string]brokenPair {
	out := map[string]brokenPair{}
	for _, blocks := range e.of(conflict.Blocks) {
		for _, block := range blocks.now.Claims {
			block.Holder = topology.OfBlocks(blocks.by.Name)
			for _, allocator := range e.of(conflict.Allocator) {
				for _, c := range claimsOf(allocator.now, e.facts) {
					relevant := e.choose(c)
					mustNot := slices.ContainsFunc(
						relevant,
						func(a registrant) bool {
							return !e.mayShare(block, blocks.now, c, a.now, len(relevant) > 0 && e.chosen(c))
						},
					)
					if c.OfCluster() && c.Range.Overlaps(block.Range) && mustNot {
						out[pairText(block, c)] = brokenPair{block.ID(), c.ID(), profile.Error}
					}
				}
			}
		}
	}
	return out
}

// chosen says whether an allocator chose the range.
func (e configuration) chosen(c conflict.Claim) bool {
	return slices.ContainsFunc(e.of(conflict.Allocator), func(a registrant) bool { return isAmong(a.now.Claims, c) })
}

// choose are the allocators that chose a range, or all that have it where none did.
func (e configuration) choose(c conflict.Claim) []registrant {
	return slices.DeleteFunc(e.of(conflict.Allocator), func(a registrant) bool {
		return !isAmong(a.now.Claims, c) && (e.chosen(c) || !isAmong(claimsOf(a.now, e.facts), c))
	})
}

func isAmong(claims []conflict.Claim, c conflict.Claim) bool {
	return slices.ContainsFunc(claims, func(o conflict.Claim) bool { return o.ID() == c.ID() && o.Network == c.Network })
}

// mayShare says whether an allocator was given a block, by one way or another.
func (e configuration) mayShare(
	block conflict.Claim,
	blocks conflict.Registration,
	c conflict.Claim,
	allocator conflict.Registration,
	chosen bool,
) bool {
	holds := func(outer, inner netip.Prefix) bool { return outer.Bits() <= inner.Bits() && outer.Overlaps(inner) }
	shared := block.Range
	if holds(block.Range, c.Range) {
		shared = c.Range
	}
	used := slices.Clone(allocator.Supernets[:0:0])
	for _, v := range allocator.Facts.VPCs {
		used = append(used, v.CIDRBlocks...)
		for _, subnet := range v.Subnets {
			used = append(used, subnet)
		}
	}
	for _, site := range allocator.Facts.Sites {
		used = append(used, site.CIDRBlocks...)
	}
	vrf := e.facts.VPCs[c.Network].VRF + e.facts.Sites[c.Network].VRF // it is one of the two
	return vrf != blocks.Facts.VRF ||
		slices.ContainsFunc(allocator.Supernets, func(s netip.Prefix) bool { return holds(block.Range, s) }) ||
		slices.ContainsFunc(blocks.Supernets, func(s netip.Prefix) bool {
			return s == c.Range && holds(s, block.Range) && !slices.Contains(allocator.Supernets, s)
		}) ||
		slices.ContainsFunc(used, func(u netip.Prefix) bool { return holds(u, shared) }) ||
		block.Range == c.Range && !chosen ||
		slices.ContainsFunc(blocksReserved(allocator), func(r netip.Prefix) bool { return holds(r, block.Range) })
}

// blocksReserved are the ranges that an allocator keeps free.
func blocksReserved(g conflict.Registration) []netip.Prefix {
	var all []netip.Prefix
	for _, r := range g.Facts.Reserved {
		all = append(all, r.CIDR)
	}
	return all
}
