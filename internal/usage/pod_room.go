package usage

import (
	"cmp"
	"fmt"
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
	// further is the index of the IPv4 Pod ranges that it can demand. A mirror cluster has those of its original.
	further int
	// networks are the indexes of the same ranges in the network of each cluster that has them: of an original and its mirror clusters.
	networks []int
	original string
	held     profile.Ranges
}

// drain is what the cluster takes of free addresses.
func (w grower) drain() drain { return drain{w.full, scaled(w.rate, w.node.Addresses)} }

// MonthsOfAddresses is the number of months until a cluster that grows needs a further IPv4 Pod range, and some supernets have none for
// it; ok is false where no such cluster can have one of them. Ranges are as large as possible, and each counts as many nodes as fit into
// it. Clusters that must be disjoint share what is free. Further ranges are as in Spans.
func (s *Survey) MonthsOfAddresses(g Growth, observed Observed, supernets []netip.Prefix, pools ...string) (months *big.Rat, ok bool) {
	r := podRoom{Survey: s, supernets: outermost(supernets), free: map[string]cidr.Set{}}
	for name := range g {
		if w, appends := s.grower(name, g, observed); appends && r.has(w, pools) {
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
	w.original = s.originalOf(name)
	w.further = s.furtherPods(w.original)
	for other := range s.request.Facts.Clusters {
		if s.originalOf(other) == w.original {
			w.networks = append(w.networks, s.furtherPods(other))
		}
	}
	return w, w.ranges > 0 && w.further >= 0
}

// originalOf is the cluster that has the ranges of a mirror cluster, for others the cluster itself.
func (s *Survey) originalOf(name string) string {
	return cmp.Or(s.request.Facts.Clusters[name].SameAs, name)
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

// podRoom is where further Pod ranges of growing clusters can come from.
type podRoom struct {
	*Survey
	supernets []netip.Prefix
	growing   []grower
	// pods are the indexes of the claims to the Pod ranges that growing clusters hold.
	pods map[string][]int
	// free is what is free for further ranges, by what they are.
	free map[string]cidr.Set
}

// podsOf are the indexes of the claims to the Pod ranges that clusters hold.
func (s *Survey) podsOf(clusters []grower) map[string][]int {
	of := map[string][]int{}
	for _, w := range clusters {
		of[w.name] = nil
	}
	for i, c := range s.claims {
		if _, asked := of[c.Owner]; asked && c.Kind == conflict.Pod && !c.Foreign() {
			of[c.Owner] = append(of[c.Owner], i)
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
		if other.name == w.name || r.compete(w, other) {
			competing = append(competing, other.drain())
		}
	}
	total, largest := r.count(w)
	limits := []*big.Rat{exhausted(total, competing), exhausted(largest, []drain{w.drain()})}
	return slices.MaxFunc([]*big.Rat{w.full, slices.MinFunc(limits, (*big.Rat).Cmp)}, (*big.Rat).Cmp)
}

// compete says whether a further range of a cluster can come from where those of another one can, and must be disjoint from its Pods.
func (r podRoom) compete(w, other grower) bool {
	a, b := r.further[w.further], r.further[other.further]
	return w.original != other.original && (a.origin == b.origin || !a.area.Intersect(b.area).IsEmpty()) &&
		slices.ContainsFunc(r.pods[other.name], func(claim int) bool { return r.avoids(w, claim) })
}

// avoids says whether a further range of a cluster must be disjoint from a claim, in one of the networks that it is for.
func (r podRoom) avoids(w grower, claim int) bool {
	return slices.ContainsFunc(w.networks, func(i int) bool { return r.avoided[i][claim] })
}

// freeFor is what is free for further ranges of a cluster.
func (r podRoom) freeFor(w grower) cidr.Set {
	slices.Sort(w.networks)
	key := fmt.Sprint(w.further, w.networks)
	free, known := r.free[key]
	if !known {
		var taken []netip.Prefix
		for i, c := range r.claims {
			if r.avoids(w, i) {
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
