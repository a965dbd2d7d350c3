package conflict

import (
	"cmp"
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// snapshot is all that is registered at one time: as planned, or as in prior state.
type snapshot struct {
	catalog *profile.Catalog
	hubs    map[string]topology.Hub
	// networks are those of a name: more than one where they contradict each other.
	networks map[string][]*network
	facts    map[factKey]*fact
	planners []*planner
	// peered are the names of networks that another network declares as its peer.
	peered map[string]bool
	// prior says that the snapshot is that of prior states.
	prior bool
	// world is nil if it has to be made anew; lastWorld is the one that was returned last.
	world, lastWorld *World
}

func newSnapshot(catalog *profile.Catalog) *snapshot {
	return &snapshot{
		catalog:  catalog,
		hubs:     map[string]topology.Hub{},
		networks: map[string][]*network{},
		facts:    map[factKey]*fact{},
		peered:   map[string]bool{},
	}
}

// newPriorSnapshot returns one for prior states, in which all ranges of an allocator count as chosen: it does not matter any
// more whether the configuration pinned them.
func newPriorSnapshot(catalog *profile.Catalog) *snapshot {
	s := newSnapshot(catalog)
	s.prior = true
	return s
}

// fact is a registered claim.
type fact struct {
	key   factKey
	claim Claim
	// from is the declaration that registers it, or else the first planner by name.
	from topology.Origin
	// home is the network that the claim belongs to, nil where that is known by name only.
	home *network
	// shown says that the fact is a block that its network advertises as it is.
	shown bool
	// source is what a block was allocated from, nil for other facts.
	source *source
	// planners are those that were given the fact, or allocated it.
	planners []*planner
	// holders are the allocators that chose the range, sorted: two for clusters of one name that each of them has.
	holders []string
	seq     int
	// comparedBy is the key by which the fact is indexed, nil if it is not.
	comparedBy *comparisonKey
}

// factKey distinguishes facts: clusters of one name in different networks are different ones, and so are blocks of planners
// with different names or supernets.
type factKey struct {
	ID
	network string
	// source is the text of what a block is allocated from now.
	source string
}

// planner is one of a name, with the networks that it was given. Two that differ in what they
// have are two, whatever their name.
type planner struct {
	topology.Origin
	scope
	networks []*network
	facts    map[*fact]bool
	id       int
}

// sharePlanner says whether some planner has both facts.
func sharePlanner(f, g *fact) bool {
	return slices.ContainsFunc(f.planners, func(p *planner) bool { return slices.Contains(g.planners, p) })
}

// additions are what a registration brings.
type additions struct {
	by topology.Origin
	// scope is that of a planner, adopted are the clusters of which existing gives the ranges.
	scope   scope
	adopted map[string]bool
	// source is what its blocks are allocated from; now distinguishes that from others.
	source *source
	now    string
	// first is the least seq of the facts in fresh.
	first int
	// all are the facts that it registers, fresh those that nobody given before.
	all, fresh []*fact
	at         map[*fact]topology.Path
	// networks are those that it registers, changed those whose reach it may change.
	networks, changed []*network
	// reconsidered are the names of networks of which anything is new but the kinds of their hubs.
	reconsidered map[string]bool
	// planner is the registered one if it is new. altered are the facts, and platforms the networks, of which more is known than
	// before; held are the facts that the planner did not hold before, created the networks that are new. worldBefore is the
	// world before the registration, nil if nothing was evaluated in it.
	planner     *planner
	altered     map[*fact]bool
	held        map[*fact]bool
	platforms   map[*network]bool
	created     map[*network]bool
	worldBefore *World
}

// place is where the configuration of the registered origin gives one of two facts, its name where
// it gives neither.
func (n *additions) place(a, b *fact) topology.Path {
	for _, f := range []*fact{a, b} {
		if at, given := n.at[f]; given {
			return at
		}
	}
	return topology.Path{}.Attr("name")
}

// placeOf is the place where the registered origin gives the blocks of a network.
func (n *additions) placeOf(w *network) topology.Path {
	if w.site {
		return blocksAt(n.by, "sites", w.name)
	}
	return blocksAt(n.by, "vpcs", w.name)
}

// add registers the facts of an origin; now is the text of the source of its blocks.
func (s *snapshot) add(by topology.Origin, now string, given Registration) *additions {
	n := &additions{
		by:           by,
		scope:        scopeOf(given),
		adopted:      given.Adopted,
		source:       sourceOf(by, given),
		now:          now,
		first:        len(s.facts),
		at:           map[*fact]topology.Path{},
		altered:      map[*fact]bool{},
		held:         map[*fact]bool{},
		platforms:    map[*network]bool{},
		created:      map[*network]bool{},
		reconsidered: map[string]bool{},
	}
	s.addHubs(given.Facts, n)
	homes := map[string]*network{}
	s.addNetworks(by, given.Facts, homes, n)
	for _, c := range slices.Concat(claimsOf(given.Facts, s.catalog), given.Claims) {
		if c.Foreign() || c.Kind == Supernet {
			continue // for the planner that was reported of them
		}
		if !isPlanner(by) {
			c.At = c.At[min(2, len(c.At)):] // a declaration registers itself alone
		}
		if given.Place != nil {
			c.At = given.Place(c.At)
		}
		if n.source != nil {
			c.Holder = topology.OfBlocks(by.Name)
		}
		if c.Kind == GrowthReserve {
			cl := given.Facts.Clusters[c.Owner]
			c.Network, c.Meshes = cl.VPC, cl.Meshes
			c.Profile, _ = s.catalog.Profile(cl.Profile)
		}
		if c.Range.IsValid() && (c.Kind != GrowthReserve || c.Profile != nil) && c.isOwned() {
			s.addFact(c, homes[c.Network], n)
		}
	}
	if isPlanner(by) && len(n.all)+len(n.networks) > 0 {
		s.notePlanner(n)
	}
	s.updateWorld(n)
	return n
}

func (s *snapshot) addFact(c Claim, home *network, n *additions) {
	k := factKey{c.ID(), c.Network, n.now}
	f, known := s.facts[k]
	if !known {
		f = &fact{key: k, claim: c, from: n.by, home: home, source: n.source, seq: len(s.facts)}
		s.facts[k] = f
		n.fresh = append(n.fresh, f)
	}
	s.holds(f, c, n)
	if _, twice := n.at[f]; twice {
		shown := c.Visibility == SeenOutside
		n.altered[f] = n.altered[f] || shown && !f.shown
		if f.shown = f.shown || shown; c.Fixed() && !f.claim.Fixed() {
			f.claim.Source = c.Source
		}
		return
	}
	if rank(n.by) < rank(f.from) || rank(n.by) == rank(f.from) && n.by.Name < f.from.Name {
		f.claim, f.from = c, n.by
	}
	f.home = cmp.Or(f.home, home)
	n.at[f] = c.At
	n.all = append(n.all, f)
}

// rank puts declarations before planners.
func rank(o topology.Origin) int {
	if isPlanner(o) {
		return 1
	}
	return 0
}

// notePlanner notes which planner has the facts: the one that was registered before if it has the same.
func (s *snapshot) notePlanner(n *additions) {
	facts := map[*fact]bool{}
	for _, f := range n.all {
		facts[f] = true
	}
	for _, p := range s.planners {
		if p.Origin == n.by && maps.Equal(p.facts, facts) {
			return
		}
	}
	p := &planner{Origin: n.by, scope: n.scope, networks: n.networks, facts: facts, id: len(s.planners)}
	s.planners, n.planner = append(s.planners, p), p
	for _, f := range n.all {
		f.planners = append(f.planners, p)
	}
	for _, w := range n.networks {
		w.planners = append(w.planners, p)
	}
}

// claimsOf are the claims that follow from facts: all blocks, subnets and routes of networks, and what
// is pinned.
func claimsOf(f topology.Facts, catalog *profile.Catalog) []Claim {
	sites := topology.Facts{Sites: f.Sites}
	claims := FactClaims(sites, catalog)
	for _, name := range slices.Sorted(maps.Keys(f.VPCs)) {
		claims = append(claims, vpcClaims(name, f.VPCs[name])...)
	}
	claims = append(claims, pinnedClaims(f, catalog)...)
	return slices.DeleteFunc(claims, func(c Claim) bool { return c.Owner == "" || !c.Range.IsValid() })
}
