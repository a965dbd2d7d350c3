package allocate

import (
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Plan answers a request. It is the only planner: resource, data source and function call it.
func Plan(r Request, catalog *profile.Catalog) Result {
	p := &planner{
		request: r, catalog: catalog,
		world:  conflict.NewWorld(r.Facts, catalog),
		result: Result{Allocations: map[string]Allocation{}, Faults: Check(r, catalog), Unknown: unknownPaths(r)},
	}
	if p.result.Failed() {
		return p.result
	}
	p.contradicted()
	p.gather()
	p.judge()
	if len(p.result.Unknown) > 0 {
		p.postpone()
	} else {
		p.place()
	}
	p.complete()
	p.suggest()
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
	// wants are the ranges still to be chosen.
	wants   []want
	classes []*class
	// work counts what searches did, up to maxWork.
	work int
}

func (p *planner) fault(at topology.Path, problem any) {
	p.result.Faults = append(p.result.Faults, topology.Fault{At: at, Problem: problem})
}

// gather finds out all that is in use and all that is wanted.
func (p *planner) gather() {
	facts := p.request.Facts
	p.claims = append(conflict.FactClaims(facts), orphans(p.request.Existing, facts.Clusters)...)
	for _, name := range slices.Sorted(maps.Keys(facts.Clusters)) {
		p.settle(name, facts.Clusters[name])
	}
}

// orphans are the claims to what existing names for clusters that are not declared.
func orphans(existing map[string]Existing, clusters map[string]topology.Cluster) []conflict.Claim {
	var claims []conflict.Claim
	for _, name := range slices.Sorted(maps.Keys(existing)) {
		if _, ok := clusters[name]; ok {
			continue
		}
		e := existing[name]
		for _, held := range append(slices.Clone(e.PodCIDRs), e.ServiceCIDR) {
			if held.IsValid() {
				claims = append(claims, conflict.Claim{
					Owner: name, Kind: conflict.Reserved, Range: held, Undeclared: true,
					At: topology.Path{}.Attr("existing").Key(name),
				})
			}
		}
	}
	return claims
}

// settle finds out what a cluster has and what it still wants.
func (p *planner) settle(name string, cl topology.Cluster) {
	if p.ranges == nil {
		p.ranges = map[string]profile.Ranges{}
	}
	ranges, complete := p.held(name)
	prof, known := p.catalog.Profile(cl.Profile)
	if !known { // unknown until apply; what is held stays as it is
		prof, known = p.catalog.Profile(p.priorProfile(name))
	}
	if !known {
		if complete != nil {
			p.ranges[name] = ranges
		}
		return
	}
	at := topology.Path{}.Attr("clusters").Key(name)
	size := p.size(name, cl, prof, ranges)
	if ranges.NodeMask == 0 {
		ranges.NodeMask = size.NodeMask
	}
	p.keeps(name, cl, prof, ranges)
	from := at // where what is held shows
	if complete == nil {
		from = topology.Path{}.Attr("existing").Key(name)
	}
	for i, held := range ranges.Pods {
		p.claim(name, cl, prof, conflict.Pod, held, heldAt(at, from, "pod_cidrs", i, len(cl.PodCIDRs) > i), len(cl.PodCIDRs) > 0)
	}
	switch {
	case len(ranges.Pods) > 0:
	case len(cl.PodCIDRs) > 0:
		ranges.Pods = cl.PodCIDRs
		for i, pinned := range cl.PodCIDRs {
			p.claim(name, cl, prof, conflict.Pod, pinned, at.Attr("pod_cidrs").At(i), true)
		}
	case size.PodLength != 0:
		p.want(name, cl, prof, conflict.Pod, size.PodLength)
	}
	switch {
	case ranges.Service.IsValid():
		p.claim(name, cl, prof, conflict.Service, ranges.Service, heldAt(at, from, "service_cidr", -1, cl.ServiceCIDR.IsValid()), cl.ServiceCIDR.IsValid())
	case cl.ServiceCIDR.IsValid():
		ranges.Service = cl.ServiceCIDR
		p.claim(name, cl, prof, conflict.Service, cl.ServiceCIDR, at.Attr("service_cidr"), true)
	case size.ServiceLength != 0:
		p.want(name, cl, prof, conflict.Service, size.ServiceLength)
	}
	p.ranges[name] = ranges
}

// heldAt is the place of a range that is held: its own attribute where the configuration gives
// it, as a pin or in existing, else the cluster.
func heldAt(cluster, from topology.Path, attribute string, i int, pinned bool) topology.Path {
	given := from
	if pinned {
		given = cluster
	}
	switch {
	case !pinned && from[0] == cluster[0]:
		return cluster
	case i < 0:
		return given.Attr(attribute)
	default:
		return given.Attr(attribute).At(i)
	}
}

func (p *planner) claim(name string, cl topology.Cluster, prof *profile.Profile, kind conflict.Kind, held netip.Prefix, at topology.Path, pinned bool) {
	if !held.IsValid() {
		return
	}
	c := conflict.ClusterClaim(name, cl, prof, kind, held)
	c.At, c.Pinned = at, pinned
	p.claims = append(p.claims, c)
}

// judge looks for broken rules among everything that is pinned, held or declared.
func (p *planner) judge() {
	p.result.Findings = judged(p.world, p.claims, p.request.Facts)
	if prior := p.request.Prior; prior != nil {
		before := judged(conflict.NewWorld(prior.Facts, p.catalog), p.priorClaims(), prior.Facts)
		conflict.MarkStanding(p.result.Findings, before)
	}
	conflict.Sort(p.result.Findings)
}

func judged(w conflict.World, claims []conflict.Claim, f topology.Facts) []conflict.Finding {
	return slices.Concat(w.Overlaps(claims), conflict.Ranges(claims), w.Counts(f))
}

// priorClaims are the claims that prior state held.
func (p *planner) priorClaims() []conflict.Claim {
	prior := p.request.Prior
	claims := append(conflict.FactClaims(prior.Facts), orphans(prior.Existing, prior.Facts.Clusters)...)
	for name, a := range prior.Allocations {
		cl := prior.Facts.Clusters[name]
		prof, known := p.catalog.Profile(cl.Profile)
		if !known {
			continue
		}
		for _, pods := range a.Pods {
			claims = append(claims, conflict.ClusterClaim(name, cl, prof, conflict.Pod, pods))
		}
		claims = append(claims, conflict.ClusterClaim(name, cl, prof, conflict.Service, a.Service))
	}
	return claims
}

// complete makes allocations of what the clusters have. What state holds is passed on as it is.
func (p *planner) complete() {
	for name, ranges := range p.ranges {
		if _, held := p.held(name); held != nil {
			p.result.Allocations[name] = *held
			continue
		}
		prof, known := p.catalog.Profile(p.request.Facts.Clusters[name].Profile)
		if !known || len(ranges.Pods) == 0 || !ranges.Service.IsValid() || slices.Contains(p.result.Deferred, name) {
			continue
		}
		p.result.Allocations[name] = Allocation{
			Ranges: ranges, Usable: prof.Usable(ranges),
			Output: prof.Output, Values: p.catalog.Output(prof).Values(ranges),
		}
	}
}

// suggest names the nearest free range for the first party of each finding, unless the same
// would be found there.
func (p *planner) suggest() {
	for i, f := range p.result.Findings {
		if !f.A.OfCluster() || !f.A.Range.IsValid() || f.Number.Name != "" {
			continue
		}
		moved := f.A
		moved.Range = p.nearest(f.A)
		again := func(found conflict.Finding) bool { return found.Code == f.Code }
		if !slices.ContainsFunc(conflict.Ranges([]conflict.Claim{moved}), again) {
			p.result.Findings[i].Instead = moved.Range
		}
	}
}
