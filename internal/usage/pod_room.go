package usage

import (
	"fmt"
	"math/big"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// MonthsOfAddresses is the number of months until a cluster that grows needs a further IPv4 Pod range, and some supernets have none for
// it; ok is false where no such cluster can have one of them. Ranges are as large as possible, and each counts as many nodes as fit into
// it. Clusters that must be disjoint share what is free. Further ranges are as in Spans.
func (s *Survey) MonthsOfAddresses(g Growth, observed Observed, supernets []netip.Prefix, pools ...string) (months *big.Rat, ok bool) {
	r := podRoom{Survey: s, supernets: cidr.Outermost(supernets), free: map[string]cidr.Set{}}
	for _, w := range s.growers(g, observed) {
		if r.has(w, pools) {
			r.growing = append(r.growing, w)
		}
	}
	if len(r.growing) == 0 {
		return nil, false
	}
	r.pods = s.podsOf(r.growing)
	var each []*big.Rat
	for _, w := range r.growing {
		each = append(each, r.last(w))
	}
	return slices.MinFunc(each, (*big.Rat).Cmp), true
}

// podRoom is where further Pod ranges of growing clusters can come from.
type podRoom struct {
	*Survey
	supernets []netip.Prefix
	growing   []grower
	// pods are the claims to the Pod ranges of growing clusters, those of mirror clusters among them, by the original.
	pods map[string][]conflict.Claim
	// free is what is free for further ranges, by what they are.
	free map[string]cidr.Set
}

// podsOf are the claims to the Pod ranges that clusters hold.
func (s *Survey) podsOf(clusters []grower) map[string][]conflict.Claim {
	original := map[string]string{}
	for _, w := range clusters {
		for _, name := range w.members {
			original[name] = w.original
		}
	}
	of := map[string][]conflict.Claim{}
	for _, c := range s.claims {
		if name, grows := original[c.Owner]; grows && c.Kind == conflict.Pod && !c.Foreign() {
			of[name] = append(of[name], c)
		}
	}
	return of
}

// has says whether further Pod ranges of a cluster can come from the supernets, for some pools or for all where none is named.
func (r podRoom) has(w grower, pools []string) bool {
	f := r.further[w.further]
	return (len(pools) == 0 || slices.Contains(pools, f.pool)) && slices.ContainsFunc(r.supernets, f.area.Overlaps)
}

// last is the month in which a cluster needs a Pod range and there is none for it.
func (r podRoom) last(w grower) *big.Rat {
	var competing []drain
	for _, other := range r.growing {
		if other.original == w.original || r.compete(w, other) {
			competing = append(competing, other.drains...)
		}
	}
	total, largest := r.count(w)
	limits := []*big.Rat{exhausted(total, competing), exhausted(largest, w.drains)}
	return slices.MaxFunc([]*big.Rat{w.drains[0].from, slices.MinFunc(limits, (*big.Rat).Cmp)}, (*big.Rat).Cmp)
}

// compete says whether a further range of a cluster can come from where those of another one can, and must be disjoint from its Pods.
func (r podRoom) compete(w, other grower) bool {
	a, b := r.further[w.further], r.further[other.further]
	return (a.origin == b.origin || !a.area.Intersect(b.area).IsEmpty()) &&
		slices.ContainsFunc(r.pods[other.original], func(c conflict.Claim) bool { return r.avoids(w, c) })
}

// avoids says whether a further range of a cluster must be disjoint from a claim, in one of the networks that it is for.
func (r podRoom) avoids(w grower, c conflict.Claim) bool {
	return slices.ContainsFunc(w.claims, func(further conflict.Claim) bool { return r.inUse.Avoids(further, c) })
}

// freeFor is what is free for further ranges of a cluster.
func (r podRoom) freeFor(w grower) cidr.Set {
	key := fmt.Sprint(w.further)
	for _, c := range w.claims {
		key += fmt.Sprintf(" %q %q %q", c.Network, c.Profile.Name, c.Meshes)
	}
	free, known := r.free[key]
	if !known {
		var taken []netip.Prefix
		for _, c := range r.claims {
			if r.avoids(w, c) {
				taken = append(taken, c.Range)
			}
		}
		free = cidr.NewSet(r.supernets...).Intersect(r.further[w.further].area).Minus(cidr.NewSet(taken...))
		r.free[key] = free
	}
	return free.Minus(cidr.NewSet(w.held.Pods...))
}

// count counts the addresses of nodes for which a cluster can have further ranges: in all of them, and in as many of the largest as the
// platform accepts.
func (r podRoom) count(w grower) (total, largest *big.Rat) {
	total, largest = new(big.Rat), new(big.Rat)
	spaces, left := room(r.supernets, r.freeFor(w).Prefixes()), big.NewInt(int64(w.ranges))
	for length := range cidr.LongestFor(uint64(w.node.Addresses), cidr.V4) + 1 {
		nodes := big.NewInt((int64(1) << (cidr.V4.Bits() - length)) / w.node.Addresses)
		each := new(big.Rat).SetInt(nodes.Mul(nodes, big.NewInt(w.node.Addresses)))
		number := takeRanges(spaces, length, r.further[w.further].refused[length])
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
