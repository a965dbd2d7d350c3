package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Plan answers a request. It is the only planner: resource, data source and function call it.
func Plan(r Request, catalog *profile.Catalog) Result {
	p := &planner{
		request: r, catalog: catalog,
		world:   conflict.NewWorld(r.Facts, catalog),
		result:  Result{Allocations: map[string]Allocation{}, Faults: Check(r, catalog), Unknown: unknownPaths(r)},
		classes: map[string]*class{},
	}
	if p.result.Failed() {
		return p.result
	}
	p.contradicted()
	p.claims = conflict.FactClaims(r.Facts)
	p.orphans()
	for _, name := range slices.Sorted(maps.Keys(r.Facts.Clusters)) {
		p.settle(name, r.Facts.Clusters[name])
	}
	p.judge()
	if len(p.result.Unknown) > 0 {
		p.postpone()
	} else {
		p.place()
	}
	p.complete()
	p.suggest()
	topology.SortFaults(p.result.Faults)
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
	classes map[string]*class
	order   []*class
}

func (p *planner) fault(at topology.Path, problem any) {
	p.result.Faults = append(p.result.Faults, topology.Fault{At: at, Problem: problem})
}

// orphans keeps what existing names for clusters that are not in the configuration.
func (p *planner) orphans() {
	for _, name := range slices.Sorted(maps.Keys(p.request.Existing)) {
		if _, ok := p.request.Facts.Clusters[name]; ok {
			continue
		}
		e := p.request.Existing[name]
		for _, held := range append(slices.Clone(e.PodCIDRs), e.ServiceCIDR) {
			if held.IsValid() {
				p.claims = append(p.claims, conflict.Claim{
					Owner: name, Kind: conflict.Reserved, Range: held,
					About: topology.About{Description: "held by an existing cluster that is not declared"},
					At:    topology.Path{}.Attr("existing").Key(name),
				})
			}
		}
	}
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
	p.keeps(name, cl, prof, ranges)
	size := p.size(name, cl, prof, ranges)
	for i, held := range ranges.Pods {
		p.claim(name, cl, prof, conflict.Pod, held, pinAt(at, "pod_cidrs", i, len(cl.PodCIDRs) > i), len(cl.PodCIDRs) > 0)
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
		p.claim(name, cl, prof, conflict.Service, ranges.Service, pinAt(at, "service_cidr", -1, cl.ServiceCIDR.IsValid()), cl.ServiceCIDR.IsValid())
	case cl.ServiceCIDR.IsValid():
		ranges.Service = cl.ServiceCIDR
		p.claim(name, cl, prof, conflict.Service, cl.ServiceCIDR, at.Attr("service_cidr"), true)
	case size.ServiceLength != 0:
		p.want(name, cl, prof, conflict.Service, size.ServiceLength)
	}
	if ranges.NodeMask == 0 {
		ranges.NodeMask = size.NodeMask
	}
	p.ranges[name] = ranges
}

// pinAt is the place of a range: its own attribute where the configuration gives it, else the
// cluster.
func pinAt(at topology.Path, attribute string, i int, pinned bool) topology.Path {
	switch {
	case !pinned:
		return at
	case i < 0:
		return at.Attr(attribute)
	default:
		return at.Attr(attribute).At(i)
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
	findings := p.world.Overlaps(p.claims)
	findings = append(findings, conflict.Ranges(p.claims)...)
	findings = append(findings, p.world.Counts(p.request.Facts)...)
	if p.request.Prior != nil {
		conflict.MarkStanding(findings, p.priorClaims())
	}
	conflict.Sort(findings)
	p.result.Findings = findings
}

// priorClaims are the claims that prior state held.
func (p *planner) priorClaims() []conflict.Claim {
	prior := p.request.Prior
	claims := conflict.FactClaims(prior.Facts)
	for name, a := range prior.Allocations {
		for _, pods := range a.Pods {
			claims = append(claims, conflict.Claim{Owner: name, Kind: conflict.Pod, Range: pods})
		}
		claims = append(claims, conflict.Claim{Owner: name, Kind: conflict.Service, Range: a.Service})
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

// suggest names the nearest free range for the first party of each finding.
func (p *planner) suggest() {
	for i, f := range p.result.Findings {
		if f.A.OfCluster() && f.A.Range.IsValid() && f.Number.Name == "" {
			p.result.Findings[i].Instead = p.nearest(f.A)
		}
	}
}
