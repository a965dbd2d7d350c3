package allocate

import (
	"maps"
	"net/netip"
	"slices"
	"sort"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Plan answers a request. It is the only planner: resource, data source and function call it.
//
// Where everything released may be used again, it uses the fewest of the oldest that make room.
func Plan(r Request, catalog *profile.Catalog) Result {
	result := plan(r, catalog, nil)
	old := oldest(r, result.Released)
	if len(old) == 0 || !result.crowded() {
		return result
	}
	enough := sort.Search(len(old), func(i int) bool { return !plan(r, catalog, old[:i+1]).crowded() })
	if enough == len(old) {
		return result
	}
	return plan(r, catalog, old[:enough+1])
}

// crowded says whether some cluster found no room.
func (r Result) crowded() bool {
	return slices.ContainsFunc(r.Faults, func(f topology.Fault) bool {
		_, noRoom := f.Problem.(NoRoom)
		return noRoom
	})
}

// plan is Plan with some released ranges used again.
func plan(r Request, catalog *profile.Catalog, reused []string) Result {
	if r.Blocks {
		catalog = catalog.OfBlocks()
	}
	p := newPlanner(r, catalog)
	p.reused = reused
	p.result = Result{Allocations: map[string]Allocation{}, Faults: Check(r, catalog), Unknown: unknownPaths(r)}
	if p.result.Failed() {
		return p.result
	}
	p.remember()
	p.restored()
	p.contradicted()
	p.gather()
	p.judge()
	if len(p.result.Unknown) > 0 {
		p.postpone()
	} else {
		p.place()
	}
	p.complete()
	p.require()
	p.rests()
	p.tellMoves()
	p.suggest()
	p.result.Claims = p.claims
	slices.SortStableFunc(p.result.Faults, func(a, b topology.Fault) int { return strings.Compare(a.At.String(), b.At.String()) })
	return p.result
}

// planner is one run of Plan.
type planner struct {
	request Request
	catalog *profile.Catalog
	world   conflict.World
	result  Result
	// claims are all ranges in use, those handed out in this run included.
	claims []conflict.Claim
	// ranges are what each cluster has so far.
	ranges map[string]profile.Ranges
	// nodes is what each node of each cluster takes, tails the prefix length of the Service range in
	// a Pod range that is shared with it.
	nodes map[string]profile.NodeSize
	tails map[string]int
	// growing are the clusters that get a further Pod range.
	growing map[string]bool
	// before is what clusters held, by the names they have now. released is what rests, reused the
	// keys of what rests no more for want of other room, renumbered what clusters gave up that get
	// other ranges, and back what clusters took back that rested.
	before     map[string]Allocation
	released   map[string]Released
	reused     []string
	renumbered map[string]Allocation
	back       map[string]profile.Ranges
	// twins are those of each cluster that has some.
	twins map[string][]string
	// wants are the ranges still to be chosen.
	wants   []want
	classes []*class
	// work counts what searches did, up to maxWork.
	work int
}

func newPlanner(r Request, catalog *profile.Catalog) *planner {
	r.Facts = r.Facts.WithTwins()
	return &planner{
		request: r, catalog: catalog, world: conflict.NewWorld(r.Facts, catalog),
		ranges: map[string]profile.Ranges{}, nodes: map[string]profile.NodeSize{}, tails: map[string]int{}, growing: map[string]bool{},
		released: map[string]Released{}, renumbered: map[string]Allocation{}, back: map[string]profile.Ranges{},
		twins: r.Facts.Twins(),
	}
}

func (p *planner) fault(at topology.Path, problem any) {
	p.result.Faults = append(p.result.Faults, topology.Fault{At: at, Problem: problem})
}

func (p *planner) warn(at topology.Path, problem any) {
	p.result.Faults = append(p.result.Faults, topology.Fault{At: at, Problem: problem, Warn: true})
}

// gather finds out all that is in use and all that is wanted.
func (p *planner) gather() {
	facts := p.request.Facts
	p.claims = append(conflict.FactClaims(facts, p.catalog), p.request.orphans()...)
	names := slices.Sorted(maps.Keys(facts.Clusters))
	for _, name := range names {
		if cl := facts.Clusters[name]; !p.isTwin(cl) {
			p.settle(name, cl)
		}
	}
	for _, name := range names {
		if cl := facts.Clusters[name]; p.isTwin(cl) {
			p.settleTwin(name, cl)
		}
	}
	p.claims = p.beside(append(p.claims, resting(p.released)...))
}

// resting are the claims to what was released.
func resting(all map[string]Released) []conflict.Claim {
	var claims []conflict.Claim
	for _, key := range slices.Sorted(maps.Keys(all)) {
		released := all[key]
		for _, held := range append(released.InUse(), released.Aggregate) {
			if held.IsValid() {
				claims = append(claims, conflict.Claim{
					Owner: released.Cluster, Kind: conflict.Reserved, Range: held, Released: true, OfBlock: released.Profile == profile.Block,
					At: topology.Path{}.Attr("released").Key(key),
				})
			}
		}
	}
	return claims
}

// orphans are the claims to what existing names for clusters that are not declared.
func (r Request) orphans() []conflict.Claim {
	known := map[string]bool{}
	for name := range r.Facts.Clusters {
		known[name], known[r.existingKey(name)] = true, true
	}
	var claims []conflict.Claim
	for _, name := range slices.Sorted(maps.Keys(r.Existing)) {
		e := r.Existing[name]
		if known[name] || e.Cluster != "" {
			continue
		}
		for _, held := range append(slices.Clone(e.PodCIDRs), e.ServiceCIDR, e.PodIPv6CIDR, e.ServiceIPv6CIDR) {
			if held.IsValid() {
				claims = append(claims, conflict.Claim{
					Owner: name, Kind: conflict.Reserved, Range: held, Undeclared: true, OfBlock: r.Blocks,
					At: topology.Path{}.Attr("existing").Key(name),
				})
			}
		}
	}
	return claims
}

// judge looks for broken rules among everything that is pinned, held or declared.
func (p *planner) judge() {
	p.result.Findings = judged(p.world, p.claims, p.request.Facts)
	if prior := p.request.Prior; prior != nil {
		p.result.Before = p.priorClaims()
		before := judged(conflict.NewWorld(prior.Facts, p.catalog), p.result.Before, prior.Facts)
		conflict.MarkStanding(p.result.Findings, before)
		p.heldBefore()
		if prior.Imported { // what was there before is not known, and a recovery is not stopped by it
			for i := range p.result.Findings {
				p.result.Findings[i].Standing = true
			}
		}
	}
	p.lenient() // before the rest is dropped: what was accepted when it was told is not accepted for nothing
	p.result.Findings = slices.DeleteFunc(p.result.Findings, func(f conflict.Finding) bool {
		return f.Late() || f.Standing && f.B != nil && f.B.Released && !f.B.Elsewhere || p.restsBeside(f)
	})
	conflict.Sort(p.result.Findings)
}

// heldBefore marks as standing what was held here, in the same VRF, before it rested in another workspace,
// which keeps others off alone: whoever withdraws a block does not stop who is in it still.
func (p *planner) heldBefore() {
	was := map[conflict.ID]string{}
	for _, c := range p.result.Before {
		was[c.ID()] = p.request.Prior.Facts.VRFOf(c.Network)
	}
	for i, f := range p.result.Findings {
		if vrf, held := was[f.A.ID()]; held && vrf == p.request.Facts.VRFOf(f.A.Network) && f.B != nil && f.B.Released && f.B.Elsewhere {
			p.result.Findings[i].Standing = true
		}
	}
}

// restsBeside says of a finding that one party rests and the other held its range all the while, by state
// or by one lock, rested beside it and is back, or has it from a cluster of which that is so: what rests is
// only kept from others.
func (p *planner) restsBeside(f conflict.Finding) bool {
	if f.B == nil || !f.B.Released || f.B.Elsewhere {
		return false
	}
	_, restored := p.request.Existing[f.B.At[1].Key]
	return slices.ContainsFunc([]string{f.A.Owner, f.A.SameAs}, func(name string) bool {
		held, complete := p.held(name)
		if complete == nil && !restored {
			held = profile.Ranges{} // existing says what is held, but not of what rests
		}
		return slices.Contains(slices.Concat(held.InUse(), p.back[name].InUse()), f.A.Range)
	})
}

func judged(w conflict.World, claims []conflict.Claim, f topology.Facts) []conflict.Finding {
	return slices.Concat(w.Overlaps(claims), conflict.Ranges(claims), w.Counts(f, claims))
}

// priorClaims are the claims that prior state held. What rests by now was claimed then, by the same
// owner; so was what existing gives for clusters that are gone.
func (p *planner) priorClaims() []conflict.Claim {
	prior := p.request.Prior
	claims := slices.Concat(conflict.FactClaims(prior.Facts, p.catalog), Request{Blocks: p.request.Blocks, Facts: prior.Facts, Existing: prior.Existing}.orphans(), resting(prior.Released), resting(p.released))
	for _, name := range slices.Sorted(maps.Keys(p.before)) {
		a := p.before[name]
		cl := prior.Facts.Clusters[name]
		prof, known := p.catalog.Profile(cl.Profile)
		if !known {
			continue
		}
		if a.Aggregate.IsValid() {
			claims = append(claims, keptClaim(name, cl.VPC, a.Aggregate))
		}
		kind := conflict.Pod
		if p.request.Blocks {
			kind = conflict.Block
		}
		for _, pods := range append(slices.Clone(a.Pods), a.PodIPv6) {
			claims = append(claims, conflict.ClusterClaim(name, cl, prof, kind, pods))
		}
		if prof.Pods.From != profile.Shared {
			claims = append(claims, conflict.ClusterClaim(name, cl, prof, conflict.Service, a.Service))
		}
		claims = append(claims, conflict.ClusterClaim(name, cl, prof, conflict.Service, a.ServiceIPv6))
	}
	claims = slices.DeleteFunc(claims, func(c conflict.Claim) bool { return !c.Range.IsValid() })
	return conflict.WithSupernets(claims, p.request.Name, prior.Supernets, prior.Facts)
}

// lenient sets the levels of findings by what the configuration says of them.
func (p *planner) lenient() {
	leniency := p.request.Leniency
	leniency.Gone = slices.Collect(maps.Keys(p.request.Existing))
	for _, released := range p.released {
		leniency.Gone = append(leniency.Gone, released.Cluster)
	}
	if prior := p.request.Prior; prior != nil {
		was := prior.Facts
		leniency.Gone = slices.Concat(leniency.Gone, slices.Collect(maps.Keys(was.Clusters)), slices.Collect(maps.Keys(was.VPCs)), slices.Collect(maps.Keys(was.Sites)))
	}
	findings, unused := leniency.Apply(p.result.Findings, p.request.Facts)
	p.result.Findings = findings
	if len(p.result.Unknown) > 0 {
		return // what an acceptance is for may not be known yet
	}
	for _, at := range unused {
		p.warn(at, NothingAccepted{Key: at[len(at)-1].Key})
	}
}

// suggest names the nearest free ranges for the first party of each finding, unless the same
// would be found there.
func (p *planner) suggest() {
	near := map[conflict.ID][]netip.Prefix{}
	for i, f := range p.result.Findings {
		if !f.A.HandedOut() || f.A.Elsewhere || !f.A.Range.IsValid() || f.Number.Name != "" || f.Accepted != nil {
			continue
		}
		if _, done := near[f.A.ID()]; !done {
			near[f.A.ID()] = p.nearest(f.A)
		}
		for _, free := range near[f.A.ID()] {
			moved := f.A
			moved.Range = free
			again := func(found conflict.Finding) bool { return found.Code == f.Code }
			if !slices.ContainsFunc(conflict.Ranges([]conflict.Claim{moved}), again) {
				p.result.Findings[i].Instead = append(p.result.Findings[i].Instead, free)
			}
		}
	}
}
