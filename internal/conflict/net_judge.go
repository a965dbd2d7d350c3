package conflict

import (
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// sight is the world as the scene tells of it. A hub that nobody told of may be of any kind.
func (s *scene) sight() World {
	if s.world != nil {
		return *s.world
	}
	f := topology.Facts{Hubs: s.hubs, VPCs: map[string]topology.VPC{}, Sites: map[string]topology.Site{}, Unknown: topology.Unknown{"hubs"}}
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
	s.world = &world
	return world
}

// judge says which rule a pair breaks, if any.
func (s *scene) judge(p pair) (Verdict, bool) {
	switch blocks := p.blocks(); {
	case blocks == 1:
		return p.acrossKinds()
	case blocks == 2 && p.mayShare(), p.heldTwice() && !p.stillHeldTwice():
		return Verdict{}, false
	}
	w := s.sight()
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
	case b.Released && p.first.source == nil:
		resting := p.second
		if p.first.claim.Released {
			resting = p.first
		}
		if !s.near(a.Network, resting) {
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
	v.Third, _, _ = strings.Cut(v.Third, "\x00")
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

// near says whether a network reaches any of those that the planners of a fact know. What rests has
// no network of its own any more.
func (s *scene) near(network string, resting *fact) bool {
	reach := s.sight().Reach
	for _, a := range resting.planners {
		for _, w := range a.networks {
			if link, _ := reach.Between(network, w.id); link != topology.Apart {
				return true
			}
		}
	}
	return false
}

// waiting are the pairs that share addresses, by the names of both networks: networks that come later
// may join them.
type waiting map[string]map[string][]pair

func (w waiting) add(p pair) {
	put := func(a, b string) {
		if w[a] == nil {
			w[a] = map[string][]pair{}
		}
		w[a][b] = append(w[a][b], p)
	}
	a, b := p.first.claim.Network, p.second.claim.Network
	put(a, b)
	if a != b {
		put(b, a)
	}
}

// affected looks at the pairs that changed networks may join: their own, and those of two networks
// that they both reach.
func (w waiting) affected(changed []*network, s *scene, look func(pair)) {
	if len(w) == 0 || len(changed) == 0 {
		return
	}
	var pairs []pair
	between := func(a, b string) {
		pairs = append(pairs, w[a][b]...)
	}
	for _, n := range changed {
		for other := range w[n.name] {
			between(n.name, other)
		}
		joined := s.joined(n)
		for i, a := range joined {
			if len(w[a]) == 0 {
				continue
			}
			between(a, "") // what rests has no network, and is near to all that its allocator knows
			for _, b := range joined[:i] {
				between(a, b)
			}
		}
	}
	for _, p := range pairs {
		look(p)
	}
}

// joined names the networks that a network is joined to directly.
func (s *scene) joined(n *network) []string {
	var names []string
	reach := s.sight().Reach
	for name, all := range s.networks {
		for _, w := range all {
			if link, _ := reach.Between(n.id, w.id); link == topology.Direct {
				names = append(names, name)
			}
		}
	}
	return names
}
