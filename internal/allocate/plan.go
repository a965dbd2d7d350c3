package allocate

import (
	"maps"
	"net/netip"
	"slices"
	"sort"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/placement"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Plan answers a request. It is the only planner: resource, data source and function call it.
//
// Where everything released may be used again, it uses the fewest of the oldest that make room.
func Plan(r Request, catalog *profile.Catalog) Result {
	r, shared := r.withoutOwnClaims()
	result := planMakingRoom(r, catalog)
	if len(shared) > 0 {
		result.Faults = append(
			result.Faults,
			topology.Fault{
				At:      topology.Path{}.Attr("name"),
				Problem: SharedName{Name: r.Name, Claims: shared},
				Warn:    true,
				Options: r.sharedNameOptions(shared),
			},
		)
		sortByPlace(result.Faults)
	}
	return result
}

// planMakingRoom is Plan for a request whose own claims are not among those of others.
func planMakingRoom(r Request, catalog *profile.Catalog) Result {
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

// allowing is the catalog with what the request allows. Where it is not known yet whether it does, nothing is
// judged by it.
func (r Request) allowing(catalog *profile.Catalog) *profile.Catalog {
	if r.AllowClassE || r.Unknown.Has(profile.AllowClassE) {
		return catalog.AllowingClassE()
	}
	return catalog
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
	catalog = r.allowing(catalog)
	p := newPlanner(r, catalog)
	p.reused = reused
	p.run()
	return p.result
}

// run makes the plan, up to what stops it.
func (p *planner) run() {
	r := p.given
	p.result.Faults, p.result.Unknown, p.result.Unchecked = Check(r, p.catalog), unknownPaths(r), r.uncheckedNames()
	if p.result.Failed() {
		return
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
	p.rests()
	p.tellMoves()
	p.warnOfGrowth()
	p.leftSupernets()
	if !p.trial {
		p.suggest()
		p.addOptions()
	}
	p.result.Claims = p.claims
	p.result.Faults = r.oneOfAKind(p.result.Faults)
	sortByPlace(p.result.Faults)
}

func sortByPlace(faults []topology.Fault) {
	slices.SortStableFunc(faults, func(a, b topology.Fault) int { return strings.Compare(a.At.String(), b.At.String()) })
}

// planner is one run of Plan.
type planner struct {
	// given is the request as it was given, request the one with ranges of mirrors and with current names.
	given, request Request
	catalog        *profile.Catalog
	world          conflict.World
	result         Result
	// claims are all ranges in use, those allocated in this run included; the first gathered of them were there before it.
	claims   []conflict.Claim
	gathered int
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
	// carriedOver are clusters that held their ranges under a previous name, confirmed those of which a new
	// token confirms that they move to another VPC with the ranges that they are pinned to.
	carriedOver, confirmed map[string]bool
	// supernets are all that may be handed out from.
	supernets []netip.Prefix
	// mirrors are those of each cluster that has some.
	mirrors map[string][]string
	// demands are the ranges still to be chosen, problem the same for the search.
	demands []demand
	problem placement.Problem
	// stood is what prior state held, and which rules that broke.
	stood conflict.PriorClaims
	// earlier is what an audit compares with what it tries out, nil for all else.
	earlier *conflict.PriorClaims
	// trial says that nobody reads the options of the findings.
	trial bool
}

func newPlanner(r Request, catalog *profile.Catalog) *planner {
	given := r
	r.Facts = r.Facts.WithMirrors().WithForeignRenamed()
	return &planner{
		given: given, request: r, catalog: catalog, world: conflict.NewWorld(r.Facts, catalog),
		result: Result{Allocations: map[string]Allocation{}, Profiles: map[string]string{}},
		ranges: map[string]profile.Ranges{}, nodes: map[string]profile.NodeSize{}, tails: map[string]int{}, growing: map[string]bool{},
		released: map[string]Released{}, renumbered: map[string]Allocation{}, back: map[string]profile.Ranges{},
		carriedOver: map[string]bool{}, confirmed: map[string]bool{},
		supernets: r.AllSupernets(), mirrors: r.Facts.Mirrors(),
	}
}

func (p *planner) fault(at topology.Path, problem any, options ...topology.Option) {
	p.result.Faults = append(p.result.Faults, topology.Fault{At: at, Problem: problem, Options: options})
}

func (p *planner) warn(at topology.Path, problem any, options ...topology.Option) {
	p.result.Faults = append(p.result.Faults, topology.Fault{At: at, Problem: problem, Warn: true, Options: options})
}

// gather finds out all that is in use and all that is wanted.
func (p *planner) gather() {
	facts := p.request.Facts
	p.claims = append(conflict.FactClaims(facts, p.catalog), p.request.undeclaredClaims()...)
	names := slices.Sorted(maps.Keys(facts.Clusters))
	for _, name := range names {
		if cl := facts.Clusters[name]; !p.isMirror(cl) {
			p.settle(name, cl)
		}
	}
	for _, name := range names {
		if cl := facts.Clusters[name]; p.isMirror(cl) {
			p.settleMirror(name, cl)
		}
	}
	p.claims = p.withSupernets(append(p.claims, releasedClaims(p.released)...))
	p.gathered = len(p.claims)
}
