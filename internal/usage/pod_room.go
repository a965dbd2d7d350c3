package usage

import (
	"math/big"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// grower is a cluster whose platform appends Pod ranges, and which can have more of them.
type grower struct {
	name string
	// full is the month in which its ranges are full, its growth reserve among them.
	full *big.Rat
	// rate is how many nodes it gains in a month, node is what each of them uses.
	rate *big.Rat
	node profile.NodeSize
	// ranges is how many further Pod ranges the platform accepts, beside one for the growth reserve.
	ranges int
	// further is the index of the IPv4 Pod ranges that it can demand.
	further int
	held    profile.Ranges
}

// drain is what the cluster takes of free addresses.
func (w grower) drain() drain { return drain{w.full, scaled(w.rate, w.node.Addresses)} }

// MonthsOfAddresses is the number of months until a cluster that grows needs a further IPv4 Pod range, and some supernets have none for
// it; ok is false where no such cluster can have one of them. Ranges are as large as possible, and each counts as many nodes as fit into
// it. Clusters that must be disjoint share what is free. Further ranges are as in Spans.
func (s *Survey) MonthsOfAddresses(g Growth, observed Observed, supernets []netip.Prefix, pools ...string) (months *big.Rat, ok bool) {
	var all []grower
	for name := range g {
		if w, appends := s.grower(name, g, observed); appends && s.demandsFrom(w, supernets, pools) {
			all = append(all, w)
		}
	}
	if len(all) == 0 {
		return nil, false
	}
	var each []*big.Rat
	for _, w := range all {
		each = append(each, s.addressesLast(w, all, supernets))
	}
	return slices.MinFunc(each, (*big.Rat).Cmp), true
}

// grower finds out when and how fast a cluster needs further Pod ranges.
func (s *Survey) grower(name string, g Growth, observed Observed) (w grower, appends bool) {
	_, prof, known := s.inUse.Cluster(name)
	full := s.nodesLast(name, g, observed)
	w = grower{name: name, rate: g[name], node: s.inUse.NodeSize(name), held: s.request.Prior.Allocations[name].Ranges}
	if !known || full == nil || w.node.Addresses == 0 || prof.Growth.Pods != "append" {
		return w, false
	}
	reserve := cidr.NewSet(w.held.Aggregate).Minus(cidr.NewSet(w.held.Pods...)).Count(cidr.V4)
	if w.ranges = prof.MaxPodRanges() - len(w.held.Pods); reserve.Sign() > 0 {
		w.ranges--
	}
	nodes := new(big.Rat).SetInt(reserve.Quo(reserve, big.NewInt(w.node.Addresses)))
	w.full = new(big.Rat).Add(full, nodes.Quo(nodes, w.rate))
	w.further = s.furtherPods(name)
	return w, w.ranges > 0 && w.further >= 0
}

// furtherPods is the index of the IPv4 Pod ranges that a cluster can demand, -1 where it can demand none.
func (s *Survey) furtherPods(name string) int {
	cl, _, _ := s.inUse.Cluster(name)
	like := s.inUse.FurtherOf(name, conflict.Pod)
	return slices.IndexFunc(s.further, func(f further) bool {
		return f.pool == cl.Pool && f.family == cidr.V4 && f.claim.Kind == conflict.Pod && f.claim.Network == like.Network &&
			f.claim.Profile.Name == like.Profile.Name && slices.Equal(f.claim.Meshes, like.Meshes)
	})
}

// demandsFrom says whether further Pod ranges of a cluster can come from some supernets, for some pools or for all where none is named.
func (s *Survey) demandsFrom(w grower, supernets []netip.Prefix, pools []string) bool {
	f := s.further[w.further]
	return (len(pools) == 0 || slices.Contains(pools, f.pool)) && slices.ContainsFunc(supernets, f.area.Overlaps)
}

// addressesLast is the month in which a cluster needs a Pod range and there is none for it.
func (s *Survey) addressesLast(w grower, all []grower, supernets []netip.Prefix) *big.Rat {
	var competing []drain
	for _, other := range all {
		if other.name == w.name || s.compete(w, other) {
			competing = append(competing, other.drain())
		}
	}
	total, largest := s.podRoom(w, supernets)
	limits := []*big.Rat{exhausted(total, competing), exhausted(largest, []drain{w.drain()})}
	return slices.MaxFunc([]*big.Rat{w.full, slices.MinFunc(limits, (*big.Rat).Cmp)}, (*big.Rat).Cmp)
}

// compete says whether a further range of a cluster can come from where those of another one can, and must be disjoint from its Pods.
func (s *Survey) compete(w, other grower) bool {
	if s.further[w.further].area.Intersect(s.further[other.further].area).IsEmpty() {
		return false
	}
	for i, c := range s.claims {
		if c.Owner == other.name && c.Kind == conflict.Pod && !c.Foreign() && s.avoided[w.further][i] {
			return true
		}
	}
	return false
}

// podRoom counts the addresses of nodes for which a cluster can have further ranges: in all of them, and in as many of the largest as
// the platform accepts.
func (s *Survey) podRoom(w grower, supernets []netip.Prefix) (total, largest *big.Rat) {
	d := division{survey: s, further: []int{w.further}}
	outer := outermost(supernets)
	for _, supernet := range outer {
		d.divide(supernet, s.everyClaim())
	}
	var free []netip.Prefix
	for _, span := range d.spans {
		if len(span.FreeIn) > 0 {
			free = append(free, span.Range)
		}
	}
	free = cidr.NewSet(free...).Minus(cidr.NewSet(w.held.Pods...)).Prefixes()
	total, largest = new(big.Rat), new(big.Rat)
	spaces, left := room(outer, free), big.NewInt(int64(w.ranges))
	for length := range cidr.LongestFor(uint64(w.node.Addresses), cidr.V4) + 1 {
		nodes := big.NewInt((int64(1) << (cidr.V4.Bits() - length)) / w.node.Addresses)
		each := new(big.Rat).SetInt(nodes.Mul(nodes, big.NewInt(w.node.Addresses)))
		number := takeRanges(spaces, length, s.further[w.further].refused[length])
		total.Add(total, new(big.Rat).Mul(each, new(big.Rat).SetInt(number)))
		number = slices.MinFunc([]*big.Int{number, left}, (*big.Int).Cmp)
		largest.Add(largest, new(big.Rat).Mul(each, new(big.Rat).SetInt(number)))
		left = new(big.Int).Sub(left, number)
	}
	return total, largest
}

// takeRanges takes all ranges of a length out of spaces, without those that are refused, and counts them.
func takeRanges(spaces []*cidr.Space, length int, refused cidr.Set) *big.Int {
	number := new(big.Int)
	for _, space := range spaces {
		for _, block := range slices.Clone(accepted(space, refused).Blocks()) {
			if block.Bits() <= length {
				number.Add(number, cidr.Blocks(block, length))
				space.Remove(block)
			}
		}
	}
	return number
}
