package conflict

import (
	"maps"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// sight is the world as the scene tells of it. A hub that nobody told of may be of any kind.
func (s *scene) sight() World {
	if s.world != nil {
		return *s.world
	}
	f := topology.Facts{Hubs: maps.Clone(s.hubs), VPCs: map[string]topology.VPC{}, Sites: map[string]topology.Site{}, Unknown: topology.Unknown{"hubs"}}
	for _, all := range s.networks {
		for _, w := range all {
			peers := slices.DeleteFunc(slices.Clone(w.peers), func(name string) bool { return s.named(name) == nil })
			if w.site {
				f.Sites[w.id] = topology.Site{Hubs: w.hubs, Peers: peers, VRF: w.vrf}
			} else {
				f.VPCs[w.id] = topology.VPC{Hubs: w.hubs, Peers: peers, VRF: w.vrf}
			}
		}
	}
	world := NewWorld(f, s.catalog)
	s.world, s.seen = &world, &world
	return world
}

// judge says which rule a pair breaks in a world, if any. What one planner has, nil for none, does not count.
func (s *scene) judge(p pair, w World, without *planner) (Verdict, bool) {
	switch blocks := p.blocks(); {
	case blocks == 1:
		return p.acrossKinds(without)
	case blocks == 2 && p.mayShare(), p.heldTwice() && !p.stillHeldTwice():
		return Verdict{}, false
	}
	a, b := s.placed(p.first), s.placed(p.second)
	if b.Kind < a.Kind {
		a, b = b, a
	}
	if a.Owner == b.Owner {
		b.Owner += "\x00" // clusters or blocks of one name that come here are two: see rulesCompare
	}
	switch {
	case isNodeRoute(a, b) || isNodeRoute(b, a):
		return Verdict{}, false
	case (b.Released || b.Undeclared) && p.first.source == nil:
		resting := p.second
		if p.first.claim.Kind == Reserved {
			resting = p.first
		}
		if !near(w.Reach, a.Network, resting, without) {
			return Verdict{}, false
		}
		return w.Between(a, b)
	case b.Kept: // as serious as if the cluster had taken it already
		taken := b
		taken.Kind, taken.Kept = Pod, false
		v, broken := w.Between(a, taken)
		v.Code, v.Rule = a.Kind.String()+"_overlaps_aggregate", keptRule
		return s.spoken(v), broken
	}
	v, broken := w.Between(a, b)
	return s.spoken(v), broken
}

// spoken names the third network of a verdict as people do.
func (s *scene) spoken(v Verdict) Verdict {
	v.Third = nameOf(v.Third)
	return v
}

// placed is the claim of a fact where it stands among all networks.
func (s *scene) placed(f *fact) Claim {
	c, home := f.claim, f.home
	if home == nil {
		home = s.named(c.Network)
	}
	c.Network = ""
	if home != nil {
		c.Network, c.Subnetted, c.Hidden = home.id, home.subnetted && !c.Advertised && !f.shown, c.Hidden && !f.shown
		if !home.site {
			c.Platform = topology.PlatformOf(topology.VPC{Platform: home.platform})
		}
	}
	return c
}

// near says whether a network reaches any of those that the planners of a fact know, but for one. What rests has
// no network of its own any more.
func near(reach *topology.Reach, network string, resting *fact, without *planner) bool {
	for _, a := range resting.planners {
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
func (n *Net) affected(news *news, look func(f, g *fact)) {
	if len(news.changed) == 0 || len(n.byNetwork) == 0 {
		return
	}
	known := func(f *fact) bool {
		_, registered := news.at[f]
		return f.seq < news.first && !(registered && news.by.plans())
	}
	pairs := func(facts []*fact, with func(f, g *fact) bool) {
		for _, f := range facts {
			n.ranges.touching(f.claim.Range, func(g *fact) {
				if f != g && known(f) && known(g) && with(f, g) && rulesCompare(f, g) {
					look(f, g)
				}
			})
		}
	}
	own := map[string]bool{}
	for _, w := range news.changed {
		if own[w.name] {
			continue
		}
		own[w.name] = true
		pairs(n.byNetwork[w.name], func(f, g *fact) bool {
			return !own[g.claim.Network] || g.claim.Network == w.name && f.seq < g.seq
		})
	}
	seen := map[pair]bool{}
	for _, w := range news.changed {
		among := n.joinedBy(w)
		for name := range among {
			if own[name] {
				continue
			}
			pairs(n.byNetwork[name], func(f, g *fact) bool {
				p := pairOfFacts(f, g)
				is := among[g.claim.Network] && !own[g.claim.Network] && !seen[p]
				seen[p] = seen[p] || is
				return is
			})
		}
	}
}

// joinedBy names the networks that a network alone may join with each other; "" is what rests, which is near to all
// that its allocator knows.
func (n *Net) joinedBy(w *network) map[string]bool {
	reach, names := n.now.sight().Reach, map[string]bool{}
	for _, id := range reach.Bridged(w.id) {
		names[nameOf(id)] = true
	}
	if len(n.byNetwork[""]) > 0 {
		names[""] = true
		for _, id := range reach.Joined(w.id) {
			names[nameOf(id)] = true
		}
	}
	return names
}

// nameOf is the name of a network by its id.
func nameOf(id string) string {
	name, _, _ := strings.Cut(id, "\x00")
	return name
}
