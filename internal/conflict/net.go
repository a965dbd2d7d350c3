package conflict

import (
	"net/netip"
	"sync"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Net finds the conflicts between facts that no single allocator was given, and between blocks that no
// single planner hands out. It takes facts as they are planned, in any order and from any goroutine, and
// never forgets one. Nothing may depend on its answers but messages: in an apply it only gets what changes.
//
// Blocks are compared with other blocks and with what allocators allocate, not with networks and routes: these are what
// blocks are for.
//
// A name means one thing in the whole configuration: what several origins say of a network adds up, and a range of one
// owner is the same range whoever tells of it. The owner of a range that an allocator chose is the cluster and the allocator:
// see fact.holders.
type Net struct {
	mu          sync.Mutex
	now, before *scene
	// ranges are those of all facts but blocks.
	ranges, blocks ranges
	told           map[pair]Telling
	named          map[[2]*network]Telling
	waiting        waiting
	// past is all prior state. renames and parties are the current names of networks, hubs and parties of
	// conflicts by their previous ones.
	past    []past
	renames topology.Renames
	parties map[string]string
}

// NewNet returns an empty net.
func NewNet(catalog *profile.Catalog) *Net {
	return &Net{
		now: newScene(catalog), before: newPastScene(catalog), told: map[pair]Telling{}, named: map[[2]*network]Telling{}, waiting: waiting{},
		renames: topology.Renames{Networks: map[string]string{}, Hubs: map[string]string{}}, parties: map[string]string{},
	}
}

// Origin is who tells of facts: a declaration, by the word for what it declares, or a planner.
type Origin struct{ Kind, Name string }

// The kinds of an Origin that hands out ranges: those of clusters around facts that it is given by value,
// and blocks.
const (
	Allocator = "allocator"
	Blocks    = "blocks"
)

// plans says whether the origin is a planner, and no declaration.
func (o Origin) plans() bool { return o.Kind == Allocator || o.Kind == Blocks }

// Given is all that an origin tells of.
type Given struct {
	Facts topology.Facts
	// Claims are what the clusters or blocks of a planner hold, keep and gave up. Claims that follow from
	// Facts may be among them.
	Claims []Claim
	// Supernets are what a planner allocates from; LateSupernets says that they are not all known yet.
	Supernets     []netip.Prefix
	LateSupernets bool
	// Adopted are the clusters of an allocator whose ranges the configuration gives in existing.
	Adopted map[string]bool
}

// Outside is what Net adds to a finding.
type Outside struct {
	// A and B are the origins of the parties: the declaration where there is one.
	A, B Origin
	// At is the place in the configuration of the origin that brought the finding.
	At topology.Path
	Telling
	// ABlocks and BBlocks are those of two networks of one name.
	ABlocks, BBlocks []netip.Prefix
	// Before is how the finding was told before, the zero Telling where it was not.
	Before Telling
}

// Telling says how serious a finding looks by what is known so far.
type Telling struct {
	// Level is that of the rule, or less where the finding stands.
	Level profile.Level
	// Allocated says that each party is with a planner, though not both with one: however facts come,
	// it is true of the same findings in the end.
	Allocated bool
}

// adds says whether there is anything in it that was not told before.
func (t Telling) adds(before Telling) bool {
	return t.Level > before.Level || t.Allocated && !before.Allocated && t.Level == profile.Error
}

// Register takes what an origin tells of now and told in prior state, and returns the findings that
// it brings: each pair is returned once, and again when it has come to be more serious. What was
// registered before, as by a replacement that is planned twice, brings nothing.
//
// A pair that some planner has both parties of is its own business and is left out. Since
// declarations come before the allocators that take them, nobody knows of two declarations whether an
// allocator will have both: they are returned when they are new, and else left to an allocator.
func (n *Net) Register(by Origin, now, before Given) []Finding {
	n.mu.Lock()
	defer n.mu.Unlock()
	source := sourceOf(by, now).text()
	n.addBefore(by, source, now, before)
	news := n.now.add(by, source, now)
	for _, f := range news.fresh {
		n.index(f).add(f)
	}
	findings := n.names(news)
	look := func(p pair) {
		if found, ok := n.consider(p, news); ok {
			findings = append(findings, found)
		}
	}
	again := news.fresh
	if by.plans() {
		again = news.all
	}
	for _, f := range again {
		for _, p := range heldTwice(f, by) {
			look(p)
		}
		n.touching(f, func(g *fact) {
			if f == g || f.seq < g.seq && g.seq >= news.first || !rulesCompare(f, g) || wired(f, g) {
				return // the later of two fresh ones looks at both
			}
			p := pairOfFacts(f, g)
			if f.seq >= news.first && f.source == nil && g.source == nil {
				n.waiting.add(p)
			}
			look(p)
		})
	}
	n.waiting.affected(news.changed, n.now, look)
	Sort(findings)
	return findings
}

// index has the facts of the same sort: blocks, or all else.
func (n *Net) index(f *fact) *ranges {
	if f.source != nil {
		return &n.blocks
	}
	return &n.ranges
}

// touching reports the facts that share addresses with a fact and may have to be kept apart from it: blocks only where it is
// a block or of a cluster itself.
func (n *Net) touching(f *fact, report func(*fact)) {
	if f.source != nil || f.claim.ofACluster() {
		n.blocks.touching(f.claim.Range, report)
	}
	n.ranges.touching(f.claim.Range, report)
}

// pair are two facts in the order in which they came. holders are the two allocators that chose one range for clusters of
// one name, where both facts are the same.
type pair struct {
	first, second *fact
	holders       [2]string
}

func pairOfFacts(f, g *fact) pair {
	if g.seq < f.seq {
		f, g = g, f
	}
	return pair{first: f, second: g}
}

// consider judges a pair unless all of it was told already.
func (n *Net) consider(p pair, news *news) (Finding, bool) {
	if !p.heldTwice() && wired(p.first, p.second) {
		return Finding{}, false
	}
	before := n.told[p]
	if before.Allocated && before.Level == profile.Error {
		return Finding{}, false
	}
	v, broken := n.now.judge(p)
	if !broken {
		return Finding{}, false
	}
	a, b := p.first, p.second
	if b.claim.Network < a.claim.Network {
		a, b = b, a // where nothing else decides who is named first
	}
	one, other := p.parties(a, b)
	found := overlap(v, one.claim, other.claim)
	found.Standing = n.stood(p, v)
	if found.Standing && len(p.first.planners)+len(p.second.planners) == 0 {
		return Finding{}, false // the allocator that takes them tells
	}
	telling := Telling{found.byRule(), len(a.planners) > 0 && len(b.planners) > 0}
	if found.Standing && found.B.Released || !telling.adds(before) {
		return Finding{}, false
	}
	n.told[p] = telling
	if found.A.ID() != one.claim.ID() || found.A.Network != one.claim.Network {
		a, b, one, other = b, a, other, one
	}
	found.Outside = &Outside{A: one.from, B: other.from, At: news.place(a, b), Telling: telling, Before: before}
	return found, true
}

// stood says whether both parties were there before and broke a rule as serious.
func (n *Net) stood(p pair, v Verdict) bool {
	a, b := n.before.facts[p.first.key], n.before.facts[p.second.key]
	blocks := p.first.source != nil || p.second.source != nil
	if blocks && (p.first.claim.Released && b != nil || p.second.claim.Released && a != nil) {
		return true // a block that was held before the other one gave it up, as one inside of it
	}
	if a == nil || b == nil {
		return false
	}
	was, broken := n.before.judge(pair{a, b, p.holders})
	return broken && was.Rule.Level >= v.Rule.Level
}
