package conflict

import (
	"net/netip"
	"sync"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// ConfigCheck is the configuration-wide check: it finds conflicts between facts that no single allocator receives, and between
// blocks of different planners. Facts are registered as they are planned, in any order and from any goroutine, and are never
// removed. Only messages may depend on its answers: in an apply, it only receives what changes.
//
// Blocks are compared with other blocks and with allocations of allocators, not with networks and routes: these are what
// blocks are for.
//
// A name means one thing in the whole configuration: facts of several origins about one network add up, and a range of one
// owner is the same range, whichever resource registers it. The owner of a range that an allocator chose is the cluster and the
// allocator: see fact.holders.
type ConfigCheck struct {
	mu          sync.Mutex
	now, before *snapshot
	// ranges are those of all facts but blocks.
	ranges tree
	blocks ranges
	// byNetwork and byOwner are all facts but blocks, by the name of their network and by their owner. Networks that are
	// registered later may connect those of byNetwork.
	byNetwork, byOwner map[string][]*fact
	// comparisonKeys are all keys so far. With onlyPairs, which tests compare with, no two facts have the same key.
	comparisonKeys map[comparisonKey]*comparisonKey
	// places return where the configurations of origins give what is at a path of their facts.
	places    map[topology.Origin]func(topology.Path) topology.Path
	onlyPairs bool
	// priorStates are all states that origins registered. renames and parties are the current names of networks, hubs and parties of
	// conflicts by their previous names.
	priorStates []priorState
	renames     topology.Renames
	parties     map[string]string
}

// NewConfigCheck returns a check without facts.
func NewConfigCheck(catalog *profile.Catalog) *ConfigCheck {
	return &ConfigCheck{
		now: newSnapshot(catalog), before: newPriorSnapshot(catalog),
		byNetwork: map[string][]*fact{}, byOwner: map[string][]*fact{}, comparisonKeys: map[comparisonKey]*comparisonKey{},
		places:  map[topology.Origin]func(topology.Path) topology.Path{},
		renames: topology.Renames{Networks: map[string]string{}, Hubs: map[string]string{}}, parties: map[string]string{},
	}
}

// The kinds of a topology.Origin that allocates ranges: those of clusters around facts that it is given by value,
// and blocks.
const (
	Allocator = "allocator"
	Blocks    = "blocks"
)

// isPlanner says whether the origin is a planner and not a declaration.
func isPlanner(o topology.Origin) bool { return o.Kind == Allocator || o.Kind == Blocks }

// Registration is all that an origin registers.
type Registration struct {
	Facts topology.Facts
	// Claims are the ranges that clusters or blocks of a planner hold, reserve and released. Claims that follow from Facts may
	// be among them.
	Claims []Claim
	// Supernets are what a planner allocates from; SupernetsUnknown says that they are not all known yet.
	Supernets        []netip.Prefix
	SupernetsUnknown bool
	// Adopted are the clusters of an allocator whose ranges the configuration gives in existing.
	Adopted map[string]bool
	// Place returns the path at which the configuration has what is at a path of the facts; nil where both are the same. A path
	// of the configuration is its own place.
	Place func(topology.Path) topology.Path
}

// Unwired is what ConfigCheck adds to a finding: no allocator receives both parties.
type Unwired struct {
	// A and B are the origins of the parties: the declaration where there is one.
	A, B topology.Origin
	// At is the place in the configuration of the origin that brought the finding.
	At topology.Path
	Severity
	// Options are those of Finding.UnwiredOptions, with the paths that the configuration has.
	Options []topology.Option
	// ABlocks and BBlocks are those of two networks of one name.
	ABlocks, BBlocks []netip.Prefix
	// APlanner and BPlanner are planners that have the parties, AHome and BHome the origins of the networks that these are
	// in. Each is the zero Origin where there is none.
	APlanner, BPlanner, AHome, BHome topology.Origin
	// Before is the severity that the finding was reported with before, the zero Severity if it was not.
	Before Severity
	// LeftOut is the number of further findings of the same cause: those are left out.
	LeftOut int
	cause   *reportedCause
}

// Severity is how serious a finding is by the facts that are registered so far.
type Severity struct {
	// Level is that of the rule, or a lower one if the finding is pre-existing.
	Level profile.Level
	// Allocated says that each party is known to a planner, but no planner knows both. Once all facts are registered, it does not
	// depend on their order.
	Allocated bool
}

// adds says whether the severity exceeds the one that was reported before.
func (t Severity) adds(before Severity) bool {
	return t.Level > before.Level || t.Allocated && !before.Allocated && t.Level == profile.Error
}

// Register adds the facts that an origin has now and had in prior state, and returns the findings that they bring: each pair
// once, and again when it becomes more serious. Facts that were registered before, such as those of a replacement that is
// planned twice, bring nothing. Of many pairs with one cause some are returned and the others counted; accepted pairs are
// neither.
//
// A pair that one planner knows completely is left to that planner. Declarations are planned before the allocators that
// receive them, so it is not known whether an allocator will receive both: such pairs are returned when they are new, and
// otherwise left to an allocator.
func (n *ConfigCheck) Register(by topology.Origin, now, before Registration, lenient Settings) []Finding {
	n.mu.Lock()
	defer n.mu.Unlock()
	source := sourceOf(by, now).text()
	if now.Place != nil {
		n.places[by] = now.Place
	}
	past := n.addBefore(by, source, now, before)
	was := n.now.lastWorld
	added := n.now.add(by, source, now)
	added.worldBefore = was
	for _, f := range added.fresh {
		if f.source != nil {
			n.blocks.add(f)
			continue
		}
		n.byNetwork[f.claim.Network] = append(n.byNetwork[f.claim.Network], f)
		n.byOwner[f.claim.Owner] = append(n.byOwner[f.claim.Owner], f)
	}
	restated := n.prepare(added, past)
	results := &report{accepted: lenient.acceptedByParty(n.parties), byCause: map[causeKey]*reportedCause{}}
	n.names(added, results)
	n.compare(added, results)
	n.affected(added, func(f *fact, g similar) {
		n.considerAll(f, g, added, results)
	})
	n.index(added, restated)
	Sort(results.findings)
	return results.findings
}

// compare considers the pairs of the registered facts with all facts that may have to be kept apart from them: with blocks
// only if the fact is a block or a range of a cluster.
func (n *ConfigCheck) compare(added *additions, results *report) {
	again, among := added.fresh, ranges{}
	if isPlanner(added.by) {
		again = added.all // one planner has all of them, so that it compares them with each other by itself
	}
	for _, f := range again {
		look := func(g *fact) {
			if f != g && rulesCompare(f, g) {
				n.consider(pairOfFacts(f, g), f, added, results)
			}
		}
		for _, p := range heldTwice(f, added.by) {
			n.consider(p, f, added, results)
		}
		if f.source != nil || f.claim.isOfCluster() || f.claim.Routed() {
			n.blocks.touching(f.claim.Range, look)
		}
		if f.source != nil {
			n.ranges.touching(f.claim.Range, func(b *equalFacts) {
				for _, g := range b.facts {
					look(g)
				}
			})
			continue
		}
		among.touching(f.claim.Range, look)
		n.groups(f, every, func(g similar) {
			n.considerAll(f, g, added, results)
		})
		if !isPlanner(added.by) {
			among.add(f)
		}
	}
}

// consider evaluates a pair that a fact brings, and reports it if it is more serious than before.
func (n *ConfigCheck) consider(p pair, of *fact, added *additions, results *report) {
	if j, more := n.evaluate(p, added); more {
		results.add(causeOf(p, j), of, func() Finding { return n.found(p, j, added) })
	}
}

// considerAll is consider for the pairs that a fact makes with each of some similar ones.
func (n *ConfigCheck) considerAll(f *fact, g similar, added *additions, results *report) {
	if !rulesCompare(f, g.first) {
		return
	}
	p := pairOfFacts(f, g.first)
	if j, more := n.evaluate(p, added); more {
		results.addAll(causeOf(p, j), f, g, func(other *fact) Finding { return n.found(pairOfFacts(f, other), j, added) })
	}
}

// evaluated is what is reported about a pair that breaks a rule.
type evaluated struct {
	Violation
	now, before Severity
	preExisting bool
}

// evaluate returns the rule that a pair breaks; more says whether it is more serious than what was reported before.
func (n *ConfigCheck) evaluate(p pair, added *additions) (j evaluated, more bool) {
	if !p.heldTwice() && sharePlanner(p.first, p.second) {
		return j, false
	}
	v, broken := n.now.violation(p, n.now.currentWorld(), nil)
	if !broken {
		return j, false
	}
	preExisting := n.preExisted(p, v)
	switch {
	case preExisting && len(p.first.planners)+len(p.second.planners) == 0:
		return j, false // the allocator that receives them reports it
	case preExisting && (p.first.claim.Kind == Released || p.second.claim.Kind == Released):
		return j, false
	}
	now := Severity{v.Rule.Level, len(p.first.planners) > 0 && len(p.second.planners) > 0}
	if preExisting {
		now.Level = min(now.Level, profile.Warn)
	}
	before := n.severityBefore(p, added)
	return evaluated{v, now, before, preExisting}, now.adds(before)
}

func causeOf(p pair, j evaluated) causeKey {
	a, b := p.first.from.Kind, p.second.from.Kind
	return causeKey{
		verdictKey{j.Code, j.Rule.Text, j.Rule.Level, j.Hub, j.Third, j.Mesh, ""}, j.now, j.before, j.preExisting,
		[2]string{min(a, b), max(a, b)}, p.first.claim.Owner == p.second.claim.Owner,
	}
}

// found is the finding of a pair.
func (n *ConfigCheck) found(p pair, j evaluated, added *additions) Finding {
	found := p.finding(j.Violation)
	found.PreExisting = j.preExisting
	n.addOptions(&found, p)
	found.Unwired.At, found.Unwired.Severity, found.Unwired.Before = added.place(p.inOrder()), j.now, j.before
	found.Unwired.Options = n.placed(found.UnwiredOptions())
	return found
}

// preExisted says whether both parties existed before and broke a rule at least as serious.
func (n *ConfigCheck) preExisted(p pair, v Violation) bool {
	a, b := n.before.facts[p.first.key], n.before.facts[p.second.key]
	if p.first.claim.Kind == Existing && b != nil || p.second.claim.Kind == Existing && a != nil {
		return true // existing names a conflict with a range that was allocated before
	}
	blocks := p.first.source != nil || p.second.source != nil
	if blocks && (p.first.claim.Kind == Released && b != nil || p.second.claim.Kind == Released && a != nil) {
		return true // a block that was held before the other one gave it up, as one inside of it
	}
	if a == nil || b == nil {
		return false
	}
	was, broken := n.before.violation(pair{a, b, p.holders}, n.before.currentWorld(), nil)
	return broken && was.Rule.Level >= v.Rule.Level
}
