package conflict

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// scope is what a planner allocates from, and the ranges that it avoids itself.
type scope struct {
	supernets []netip.Prefix
	// vrfs are those of its networks. vrfsUnknown and supernetsUnknown say that some are not known yet.
	vrfs                          []string
	vrfsUnknown, supernetsUnknown bool
	// used are the blocks and subnets of the networks that it was given, reserved what else it avoids.
	used, reserved []netip.Prefix
	// foreign are the claims of others that it was given.
	foreign map[string]topology.Foreign
}

func scopeOf(given Registration) scope {
	s := scope{supernets: given.Supernets, supernetsUnknown: given.SupernetsUnknown, foreign: given.Facts.Foreign}
	s.vrfs, s.vrfsUnknown = given.Facts.VRFs()
	for _, v := range given.Facts.VPCs {
		s.used = append(s.used, slices.Concat(v.CIDRBlocks, v.IPv6CIDRBlocks)...)
		for _, subnet := range v.Subnets {
			s.used = append(s.used, subnet)
		}
	}
	for _, site := range given.Facts.Sites {
		s.used = append(s.used, site.CIDRBlocks...)
	}
	for _, r := range given.Facts.Reserved {
		s.reserved = append(s.reserved, r.CIDR)
	}
	return s
}

// given says whether the planner was given a claim of another one, and so compares it by itself.
func (s scope) given(allocator string, r netip.Prefix) bool {
	for _, c := range s.foreign {
		if c.Allocator == allocator && c.CIDR == r {
			return true
		}
	}
	return false
}

var acrossRule = rules.Everywhere("other_planner")

// blocks counts the blocks of a pair.
func (p pair) blocks() int {
	n := 0
	for _, f := range []*fact{p.first, p.second} {
		if f.source != nil {
			n++
		}
	}
	return n
}

// acrossKinds checks a block against a range of a cluster that an allocator holds. It is not known where a block is used, so
// it is compared with all ranges of its VRF. The two may share addresses if the block was given to the allocator: as a
// supernet, as a network, or among the ranges that it avoids.
func (p pair) acrossKinds(without *planner) (Violation, bool) {
	block, ranged := p.first, p.second
	if block.source == nil {
		block, ranged = ranged, block
	}
	mustNot := func(a *planner) bool { return a != without && !block.mayShareWith(ranged, a) }
	if block.source.vrfUnknown || !slices.ContainsFunc(ranged.allocators(), mustNot) {
		return Violation{}, false
	}
	kind, released, existing := ranged.claim.Kind.String(), block.claim.Kind == Released, block.claim.Kind == Existing
	switch {
	case released && ranged.claim.Occupies():
		return Violation{Code: kind + "_overlaps_released", Rule: releasedRule}, true
	case existing && ranged.claim.Occupies():
		return Violation{Code: kind + "_overlaps_existing", Rule: existingBlockRule}, true
	case released || existing:
		return Violation{}, false
	case ranged.claim.Kind == Existing:
		return Violation{Code: "block_overlaps_existing", Rule: existingClusterRule}, true
	case ranged.claim.Kind == Released:
		return Violation{Code: "block_overlaps_released", Rule: releasedRule}, true
	case ranged.claim.Kind == GrowthReserve:
		return Violation{Code: "block_overlaps_aggregate", Rule: growthReserveRule}, true
	}
	return Violation{Code: kind + "_overlaps_foreign_block", Rule: acrossRule}, true
}

// allocators are those that chose the range; where the configuration gives it, all that have it.
func (f *fact) allocators() []*planner {
	return slices.DeleteFunc(slices.Clone(f.planners), func(p *planner) bool {
		return p.Kind != Allocator || len(f.holders) > 0 && !slices.Contains(f.holders, p.Name)
	})
}

// mayShareWith says whether a block and a range of a cluster may share addresses, by what one allocator that has the range
// was given. What is not known yet counts as given.
func (f *fact) mayShareWith(ranged *fact, a *planner) bool {
	block, held := f.claim.Range, ranged.claim.Range
	shared, _ := cidr.Overlap(block, held)
	divides := cidr.Contains(held, block) && slices.Contains(f.source.supernets, held) && !slices.Contains(a.supernets, held)
	switch {
	case a.vrfsUnknown, !slices.Contains(ranged.vrfsIn(a), f.source.vrf):
		return true
	case slices.ContainsFunc(a.supernets, func(s netip.Prefix) bool { return cidr.Contains(block, s) }):
		return true // the block was delegated to the allocator
	case divides:
		return true // the block is a part of the range of the cluster, which was given to its planner
	case a.supernetsUnknown && cidr.Contains(block, held), f.source.supernetsUnknown && cidr.Contains(held, block):
		return true
	case cidr.AnyContains(a.used, shared):
		return true // the allocator compares the network
	case block == held && len(ranged.holders) == 0:
		return true // the configuration gives the block to the cluster
	}
	return a.given(f.claim.Holder, block) || cidr.AnyContains(a.reserved, block) ||
		f.source.given(a.Name, held) || cidr.AnyContains(f.source.reserved, held)
}

// vrfsIn are the VRFs in which an allocator has the range: that of its network, or all where it has none any more.
func (f *fact) vrfsIn(a *planner) []string {
	if f.home != nil && f.claim.Kind != Released {
		return []string{f.home.vrf}
	}
	return a.vrfs
}
