package usage

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// grower is a cluster that grows, or of which a mirror cluster does: its platform appends Pod ranges, and it can have more of them.
type grower struct {
	original string
	// members are the cluster and its mirror clusters, which have the same ranges. claims are what a further Pod range is in the network
	// of each.
	members []string
	claims  []conflict.Claim
	// drains are what the cluster takes of free addresses, once its ranges and its growth reserve are full.
	drains []drain
	// node is what each node uses.
	node profile.NodeSize
	// ranges is how many further Pod ranges the platform accepts, beside one for the growth reserve.
	ranges int
	// further is the index of the IPv4 Pod ranges that it can demand.
	further int
	held    profile.Ranges
}

// growers are the clusters that grow, each together with its mirror clusters, and which need further Pod ranges in some month.
func (s *Survey) growers(g Growth, observed Observed) []grower {
	members := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(s.request.Facts.Clusters)) {
		original := cmp.Or(s.request.Facts.Clusters[name].SameAs, name)
		members[original] = append(members[original], name)
	}
	var all []grower
	for _, original := range slices.Sorted(maps.Keys(members)) {
		if w, appends := s.grower(original, members[original]); appends {
			if w.drains = s.drainsOf(w, g, observed); len(w.drains) > 0 {
				all = append(all, w)
			}
		}
	}
	return all
}

// grower is a cluster with its mirror clusters, without drains; appends is false where it can have no further Pod range.
func (s *Survey) grower(original string, members []string) (w grower, appends bool) {
	cl, prof, known := s.inUse.Cluster(original)
	w = grower{original: original, members: members, node: s.inUse.NodeSize(original)}
	if !known || w.node.Addresses == 0 || !prof.Appends(profile.PodRanges, cl.AppendRanges) {
		return w, false
	}
	for _, name := range members {
		if _, _, known := s.inUse.Cluster(name); known {
			w.claims = append(w.claims, s.inUse.FurtherOf(name, conflict.Pod))
		}
	}
	w.held = s.request.Prior.Allocations[original].Ranges
	if w.ranges = prof.MaxPodRanges(cl.AppendRanges) - len(w.held.Pods); w.reserve().Sign() > 0 {
		w.ranges--
	}
	w.further = s.furtherPods(original)
	return w, w.ranges > 0 && w.further >= 0
}

// reserve counts the addresses of the growth reserve.
func (w grower) reserve() *big.Int {
	return cidr.NewSet(w.held.Aggregate).Minus(cidr.NewSet(w.held.Pods...)).Count(cidr.V4)
}

// drainsOf are what the cluster and its mirror clusters take together.
func (s *Survey) drainsOf(w grower, g Growth, observed Observed) []drain {
	reserved := w.reserve()
	nodes := new(big.Rat).SetInt(reserved.Quo(reserved, big.NewInt(w.node.Addresses)))
	var each []drain
	for _, name := range w.members {
		if full := s.nodesLast(name, g, observed); full != nil {
			from := new(big.Rat).Add(full, new(big.Rat).Quo(nodes, g[name]))
			each = append(each, drain{from, scaled(g[name], w.node.Addresses)})
		}
	}
	return theMost(each)
}

// theMost are drains that together take as much as the one of some drains that has taken most until then.
func theMost(drains []drain) []drain {
	if len(drains) == 0 {
		return nil
	}
	now := slices.MinFunc(drains, func(a, b drain) int { return cmp.Or(a.from.Cmp(b.from), b.each.Cmp(a.each)) })
	all := []drain{now}
	for {
		var next drain
		var overtakes *big.Rat
		for _, d := range drains {
			faster := new(big.Rat).Sub(d.each, now.each)
			if faster.Sign() <= 0 {
				continue
			}
			ahead := new(big.Rat).Sub(new(big.Rat).Mul(d.each, d.from), new(big.Rat).Mul(now.each, now.from))
			if month := ahead.Quo(ahead, faster); overtakes == nil || month.Cmp(overtakes) < 0 {
				next, overtakes = d, month
			}
		}
		if overtakes == nil {
			return all
		}
		all = append(all, drain{overtakes, new(big.Rat).Sub(next.each, now.each)})
		now = next
	}
}

// furtherPods is the index of the IPv4 Pod ranges that a cluster can demand, -1 where it can demand none.
func (s *Survey) furtherPods(name string) int {
	cl, _, _ := s.inUse.Cluster(name)
	like := s.inUse.FurtherOf(name, conflict.Pod)
	return slices.IndexFunc(s.further, func(f further) bool {
		return f.pool == cl.Pool && f.family == cidr.V4 && f.claim.Kind == conflict.Pod && f.claim.Network == like.Network &&
			f.claim.Profile.Name == like.Profile.Name && slices.Equal(f.claim.Meshes, like.Meshes) &&
			f.claim.OtherUsesKey() == like.OtherUsesKey()
	})
}
