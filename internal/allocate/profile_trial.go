package allocate

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/placement"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// tried says whether a plan of a request, in which one cluster has another profile than in this one, has no finding that is
// worse and no further fault.
func (p *planner) tried(r Request, name string, worse func(conflict.Finding) bool) bool {
	if p.changesAlone(name) {
		if works, certain := p.triedAlone(r, name, worse); certain {
			return works
		}
	}
	trial := newPlanner(r, p.catalog)
	trial.trial = true
	trial.run()
	return !slices.ContainsFunc(trial.result.Findings, worse) && !failsMore(trial.result.Faults, p.result.Faults)
}

// changesAlone says whether another profile of a cluster that holds nothing changes what this plan gathered of that cluster
// alone: no other one has its ranges, it has none that the configuration gives, and nothing that was released may come back.
func (p *planner) changesAlone(name string) bool {
	cl := p.request.Facts.Clusters[name]
	_, _, back := p.comesBack(name)
	_, took := p.back[name]
	shared := cl.SameAs != "" || len(p.mirrors[name]) > 0
	return !shared && !back && !took && p.request.existingKey(name) == "" && len(p.reused) == 0 && p.earlier == nil &&
		!slices.ContainsFunc(p.claims[:p.gathered], func(c conflict.Claim) bool { return isOf(c, name) }) &&
		!slices.ContainsFunc(p.result.Faults, func(f topology.Fault) bool { return !f.Warn })
}

// triedAlone is tried where the edit changes what is gathered of one cluster alone. It looks at that cluster and at what is
// counted in its network, and takes the rest from this plan; certain is false where that does not tell.
func (p *planner) triedAlone(r Request, name string, worse func(conflict.Finding) bool) (works, certain bool) {
	if failsMore(Check(around(r, name), p.catalog), append(Check(around(p.given, name), p.catalog), p.result.Faults...)) {
		return false, true
	}
	t := p.without(name)
	t.given = r
	t.request.Facts.Clusters = maps.Clone(p.request.Facts.Clusters)
	t.request.Facts.Clusters[name] = r.Facts.Clusters[name]
	others := len(t.demands)
	t.settle(name, t.request.Facts.Clusters[name])
	if len(t.claims) > t.gathered {
		return false, false
	}
	near := around(t.request, name).Facts
	near.Clusters = neighbors(t.request.Facts.Clusters, near.Clusters[name].VPC)
	t.weigh(t.world.Counts(near, t.claims))
	if slices.ContainsFunc(t.result.Findings, worse) || failsMore(t.result.Faults, p.result.Faults) {
		return false, true
	}
	return true, t.hasRoomForAll(t.problem, others)
}

// around is a request for one cluster in its network.
func around(r Request, name string) Request {
	cl := r.Facts.Clusters[name]
	near := Request{
		Name: r.Name, Supernets: r.Supernets, ServiceSupernets: r.ServiceSupernets, Pools: r.Pools, Unknown: r.Unknown, AllowClassE: r.AllowClassE,
		Facts: topology.Facts{Hubs: r.Facts.Hubs, Unknown: r.Facts.Unknown, Clusters: map[string]topology.Cluster{name: cl}},
	}
	if v, vpc := r.Facts.VPCs[cl.VPC]; vpc {
		near.Facts.VPCs = map[string]topology.VPC{cl.VPC: v}
	}
	if s, site := r.Facts.Sites[cl.VPC]; site {
		near.Facts.Sites = map[string]topology.Site{cl.VPC: s}
	}
	near.Facts.Reserved = r.Facts.Reserved
	return near
}

// neighbors are the clusters in one network.
func neighbors(clusters map[string]topology.Cluster, network string) map[string]topology.Cluster {
	in := map[string]topology.Cluster{}
	for name, cl := range clusters {
		if cl.VPC == network {
			in[name] = cl
		}
	}
	return in
}

// without is the planner as it was before it placed ranges, without what it gathered of a cluster.
func (p *planner) without(name string) *planner {
	t := *p
	t.trial = true
	t.result.Faults, t.result.Findings = nil, nil
	t.ranges, t.nodes, t.tails, t.growing = maps.Clone(p.ranges), maps.Clone(p.nodes), maps.Clone(p.tails), maps.Clone(p.growing)
	delete(t.ranges, name)
	delete(t.nodes, name)
	delete(t.tails, name)
	delete(t.growing, name)
	t.claims = slices.Clip(p.claims[:p.gathered])
	t.demands, t.problem.Demands = nil, nil
	for i, d := range p.demands {
		if d.owner != name {
			t.demands, t.problem.Demands = append(t.demands, d), append(t.problem.Demands, p.problem.Demands[i])
		}
	}
	return &t
}

// hasRoomForAll says whether it is certain that all demands are placed. The first of them, as many as others, have groups in
// a problem that is given.
func (p *planner) hasRoomForAll(known placement.Problem, others int) bool {
	mine := placementProblem(p.request, p.separation(), p.claims, p.demands[others:])
	all := placement.Problem{Groups: slices.Concat(known.Groups, mine.Groups), Demands: slices.Clone(known.Demands)}
	for _, group := range mine.Demands {
		all.Demands = append(all.Demands, len(known.Groups)+group)
	}
	return placement.CertainlyFits(all)
}
