package conflict

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// currentWorld is the world of all networks of the snapshot. A hub that nothing declares may be of any kind.
func (s *snapshot) currentWorld() World {
	if s.world != nil {
		s.lastWorld = s.world
		return *s.world
	}
	f := topology.Facts{
		Hubs:    maps.Clone(s.hubs),
		VPCs:    map[string]topology.VPC{},
		Sites:   map[string]topology.Site{},
		Unknown: topology.Unknown{"hubs"},
	}
	for _, all := range s.networks {
		for _, w := range all {
			peers := slices.DeleteFunc(slices.Clone(w.peers), func(name string) bool { return s.networkNamed(name) == nil })
			if w.site {
				f.Sites[w.id] = topology.Site{Hubs: w.hubs, Peers: peers, VRF: w.vrf}
			} else {
				f.VPCs[w.id] = topology.VPC{Hubs: w.hubs, Peers: peers, VRF: w.vrf}
			}
		}
	}
	world := NewWorld(f, s.catalog)
	s.world, s.lastWorld = &world, &world
	return world
}

// updateWorld adds changed networks to the world. This is possible if all of them are new, have a name of their own and no
// peers; otherwise the world is made anew when it is needed next.
func (s *snapshot) updateWorld(n *additions) {
	if s.world == nil || len(n.changed) == 0 {
		return
	}
	world := *s.world
	added := map[*network]bool{}
	for _, w := range n.changed {
		if !n.created[w] || len(w.peers) > 0 || s.peered[w.name] || len(s.networks[w.name]) > 1 {
			s.world = nil
			return
		}
		if !added[w] {
			added[w] = true
			world.Reach = world.Reach.With(w.id, w.hubs, w.vrf)
		}
	}
	world.hubs = maps.Clone(s.hubs)
	s.world = &world
}

// violation returns the rule that a pair breaks in a world, if any. The facts of one planner, nil for none, are not
// considered.
func (s *snapshot) violation(p pair, w World, without *planner) (Violation, bool) {
	switch blocks := p.blocks(); {
	case blocks == 1:
		return p.acrossKinds(without)
	case blocks == 2 && p.mayShare(), p.heldTwice() && !p.stillHeldTwice():
		return Violation{}, false
	}
	a, b := s.located(p.first), s.located(p.second)
	if b.Kind < a.Kind {
		a, b = b, a
	}
	if a.Owner == b.Owner {
		b.Owner += "\x00" // clusters or blocks of one name that come here are two: see rulesCompare
	}
	switch {
	case isNodeRoute(a, b) || isNodeRoute(b, a):
		return Violation{}, false
	case (b.Kind == Released || b.Kind == Existing) && p.first.source == nil:
		released := p.second
		if p.first.claim.Kind.Reservation() {
			released = p.first
		}
		if !reachesPlannersOf(w.Reach, a.Network, released, without) {
			return Violation{}, false
		}
		return w.Check(a, b)
	case b.Kind == GrowthReserve: // as serious as if the cluster had taken it already
		taken := b
		taken.Kind = Pod
		v, broken := w.Check(a, taken)
		v.Code, v.Rule = a.Kind.String()+"_overlaps_aggregate", growthReserveRule
		return s.withNameOfThird(v), broken
	}
	v, broken := w.Check(a, b)
	return s.withNameOfThird(v), broken
}

// withNameOfThird replaces the ID of the third network of a violation by its name.
func (s *snapshot) withNameOfThird(v Violation) Violation {
	v.Third = nameOf(v.Third)
	return v
}

// located is the claim of a fact with the ID of its network among all networks.
func (s *snapshot) located(f *fact) Claim {
	c, home := f.claim, f.home
	if home == nil {
		home = s.networkNamed(c.Network)
	}
	c.Network = ""
	if home != nil {
		c.Network, c.SubnetsCompared = home.id, home.subnetted && c.Visibility != SeenOutside && !f.shown
		if c.Visibility == SeenInside && f.shown {
			c.Visibility = SeenEverywhere
		}
		if !home.site {
			c.Platform = topology.PlatformOf(topology.VPC{Platform: home.platform})
		}
	}
	return c
}

// reachesPlannersOf says whether a network reaches any network of the planners of a fact, except for one planner. A released
// range has no network of its own any more.
func reachesPlannersOf(reach *topology.Reach, network string, released *fact, without *planner) bool {
	for _, a := range released.planners {
		for _, w := range a.networks {
			if link, _ := reach.Between(network, w.id); a != without && link != topology.Apart {
				return true
			}
		}
	}
	return false
}

// affected looks at the pairs that changed networks may join, each once: their own, and those of two networks that
// are joined through them alone. Pairs of facts that are new, or that a planner was registered with, are looked at
// anyway.
func (n *ConfigCheck) affected(added *additions, look func(f *fact, g similar)) {
	own := map[string]bool{}
	for _, w := range added.changed {
		own[w.name] = true
	}
	pairs := func(name string, bound func(f, g *fact) int) {
		for _, f := range n.byNetwork[name] {
			if f.comparedBy != nil {
				n.groups(f, func(g *fact) int { return bound(f, g) }, func(g similar) { look(f, g) })
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(own)) {
		pairs(name, func(f, g *fact) int {
			if own[g.claim.Network] {
				return f.seq
			}
			return every(g)
		})
	}
	joined := n.joinedBy(added.changed)
	for i, among := range joined {
		done := func(f, g *fact) bool {
			return slices.ContainsFunc(
				joined[:i],
				func(names map[string]bool) bool { return names[f.claim.Network] && names[g.claim.Network] },
			)
		}
		for _, name := range slices.Sorted(maps.Keys(among)) {
			if own[name] {
				continue
			}
			pairs(name, func(f, g *fact) int {
				if !among[g.claim.Network] || own[g.claim.Network] || done(f, g) {
					return 0
				}
				return f.seq
			})
		}
	}
}

// joinedBy names the networks that each of some networks alone may join with each other, once for all that are joined to
// others in the same way; "" are released ranges, which are compared with all networks that their allocator knows.
func (n *ConfigCheck) joinedBy(networks []*network) []map[string]bool {
	var joined []map[string]bool
	known := map[string]bool{}
	for _, w := range networks {
		peers := len(w.peers) > 0 || n.now.peered[w.name]
		connections := fmt.Sprintf("%q %q", w.hubs, w.vrf)
		if peers {
			connections = "only " + w.id
		}
		if known[connections] || !peers && len(w.hubs) < 2 && len(n.byNetwork[""]) == 0 {
			continue // all members of one hub are joined without it
		}
		known[connections] = true
		reach, names := n.now.currentWorld().Reach, map[string]bool{}
		for _, id := range reach.Bridged(w.id) {
			names[nameOf(id)] = true
		}
		if len(n.byNetwork[""]) > 0 {
			names[""] = true
			for _, id := range reach.Connected(w.id) {
				names[nameOf(id)] = true
			}
		}
		joined = append(joined, names)
	}
	return joined
}

// nameOf is the name of a network by its id.
func nameOf(id string) string {
	name, _, _ := strings.Cut(id, "\x00")
	return name
}
