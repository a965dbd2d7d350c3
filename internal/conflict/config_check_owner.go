package conflict

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// rulesCompare says whether any rule compares two facts of different origins, wherever they are. A range in reserved is
// not compared, because only its allocator has to avoid it. Growth reserves, released ranges and entries of existing are compared
// with clusters and blocks only. An entry of existing and a cluster or block of the same name are one, and are not compared.
func rulesCompare(f, g *fact) bool {
	a, b := f.claim, g.claim
	switch {
	case f.source != nil || g.source != nil:
		return rulesCompareBlocks(f, g)
	case ofOneCluster(f, g):
		return false
	case a.Kind.Reservation() || b.Kind.Reservation():
		return a.isOwned() && b.Occupies() || b.isOwned() && a.Occupies()
	case a.usedByCluster() || b.usedByCluster():
		return a.Kind != Subnet && b.Kind != Subnet
	default:
		return a.ofNetwork() && b.ofNetwork() && a.Network != b.Network
	}
}

// rulesCompareBlocks is rulesCompare for two facts of which a planner of blocks has one or both.
func rulesCompareBlocks(f, g *fact) bool {
	a, b := f.claim, g.claim
	if f.source != nil && g.source != nil {
		return (a.Kind == Block || b.Kind == Block) && !(a.Owner == b.Owner && (a.Kind == Existing || b.Kind == Existing))
	}
	return a.OccupiedByCluster() || b.OccupiedByCluster() || a.isOfCluster() && b.Kind == Block || b.isOfCluster() && a.Kind == Block
}

// isOfCluster says whether a cluster uses or reserves the range, released it, or has it by existing.
func (c Claim) isOfCluster() bool {
	return c.OfCluster() || c.Kind == GrowthReserve || (c.Kind == Released || c.Kind == Existing) && !c.OfBlock()
}

// isOwned says whether a cluster, block or network has the range: the configuration does not only reserve it.
func (c Claim) isOwned() bool { return c.Kind != Reserved }

// ofOneCluster says whether one cluster uses, reserves or released both ranges. Clusters of one name in one network are one
// cluster, unless two allocators chose the ranges.
func ofOneCluster(f, g *fact) bool {
	a, b := f.claim, g.claim
	if a.Kind == Other || b.Kind == Other {
		return a.usedByCluster() && b.usedByCluster() && a.Owner == b.Owner && a.Network == b.Network
	}
	if !a.isOfCluster() || !b.isOfCluster() || a.Owner != b.Owner {
		return false
	}
	if a.Kind == Existing || b.Kind == Existing {
		return true
	}
	if a.Kind == Released || b.Kind == Released {
		return !chosenBeside(f, g) && !chosenBeside(g, f)
	}
	shared := slices.ContainsFunc(f.holders, func(h string) bool { return slices.Contains(g.holders, h) })
	apart := len(f.holders) > 0 && len(g.holders) > 0 && !shared
	return a.Network == b.Network && !apart
}

// chosenBeside says whether an allocator chose a range while another allocator keeps it reserved because a cluster of this
// name released it.
func chosenBeside(f, released *fact) bool {
	other := func(holder string) bool { return !slices.Contains(released.holders, holder) }
	return released.claim.Kind == Released && slices.ContainsFunc(f.holders, other)
}

// holds notes that an allocator holds a range that it chose: neither a pin nor existing gives it.
func (s *snapshot) holds(f *fact, c Claim, n *additions) {
	chosen := s.prior || !c.Fixed() && c.Kind != Existing && !n.adopted[c.Owner]
	if n.by.Kind == Allocator && c.isOfCluster() && chosen && !slices.Contains(f.holders, n.by.Name) {
		n.held[f] = true
		f.holders = append(f.holders, n.by.Name)
		slices.Sort(f.holders)
	}
}

// heldTwice are the pairs of a fact with itself: one for each other allocator that chose the same range for a cluster of the
// same name in the same network.
func heldTwice(f *fact, by topology.Origin) []pair {
	if by.Kind != Allocator || !f.claim.OfCluster() || !slices.Contains(f.holders, by.Name) {
		return nil
	}
	var pairs []pair
	for _, other := range f.holders {
		if other != by.Name {
			pairs = append(pairs, pair{f, f, [2]string{min(other, by.Name), max(other, by.Name)}})
		}
	}
	return pairs
}

func (p pair) heldTwice() bool { return p.first == p.second }

// stillHeldTwice says whether both allocators hold the range among these facts.
func (p pair) stillHeldTwice() bool {
	return slices.Contains(p.first.holders, p.holders[0]) && slices.Contains(p.first.holders, p.holders[1])
}

// pairParty is one side of a pair, as a finding names it.
type pairParty struct {
	claim Claim
	from  topology.Origin
	fact  *fact
}

// planner is the planner that has the party: the one that is named as its origin, else the first by name.
func (p pairParty) planner() (first topology.Origin) {
	if isPlanner(p.from) {
		return p.from
	}
	for _, planner := range p.fact.planners {
		if first.Name == "" || planner.Name < first.Name {
			first = planner.Origin
		}
	}
	return first
}

// parties are the two sides of a pair. Allocators distinguish clusters of one name.
func (p pair) parties(a, b *fact) (one, other pairParty) {
	one, other = pairParty{a.claim, a.from, a}, pairParty{b.claim, b.from, b}
	if a.source != nil || b.source != nil || a.claim.Owner != b.claim.Owner || !a.claim.isOfCluster() || !b.claim.isOfCluster() {
		return one, other
	}
	switch {
	case p.heldTwice():
		one.heldBy(p.holders[0])
		other.heldBy(p.holders[1])
	case len(a.holders) > 0 && len(b.holders) > 0:
		one.heldBy(a.holders[0])
		other.heldBy(b.holders[0])
	}
	return one, other
}

// heldBy makes an allocator the owner, beside the cluster.
func (p *pairParty) heldBy(allocator string) {
	p.claim.Holder, p.from = allocator, topology.Origin{Kind: Allocator, Name: allocator}
}
