package allocate

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/placement"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// tried says whether a request that differs from this one in the profile of one cluster has a plan without new faults and without
// new or more serious findings.
func (p *stages) tried(r Request, name string, worse func(conflict.Finding) bool) bool {
	if p.changesAlone(name) {
		if works, certain := p.triedAlone(r, name, worse); certain {
			return works
		}
	}
	trial := runStages(newInputs(r, p.catalog), nil)
	return !slices.ContainsFunc(trial.result.Findings, worse) && !failsMore(r.combined(trial.result.Faults), p.result.Faults)
}

// changesAlone says whether another profile changes only what was collected for the cluster itself. This is so if the cluster holds no
// ranges, no other cluster mirrors it, the configuration gives it no ranges, and it has no released ranges that could be allocated
// again; and if the plan uses no range that the ledger holds.
func (p *stages) changesAlone(name string) bool {
	cl := p.request.Facts.Clusters[name]
	_, _, released := p.lastReleased(name)
	shared := cl.SameAs != "" || len(p.mirrors[name]) > 0
	return !shared && !released && !p.placed.heldUsed &&
		!p.collected.members[name].takesBack && p.request.existingKey(name) == "" && len(p.reused) == 0 &&
		!slices.ContainsFunc(p.collected.claims, func(c conflict.Claim) bool { return isOf(c, name) }) &&
		!faultList(p.result.Faults).failed()
}

// triedAlone is tried where the edit changes what is collected of one cluster alone. It checks that cluster and what is
// counted in its network, and uses what this plan found for all else; certain is false where that does not show it.
func (p *stages) triedAlone(r Request, name string, worse func(conflict.Finding) bool) (works, certain bool) {
	if failsMore(Check(around(r, name), p.catalog), append(Check(around(p.given, name), p.catalog), p.result.Faults...)) {
		return false, true
	}
	s := *p.situation
	s.given = r
	s.request.Facts.Clusters = maps.Clone(p.request.Facts.Clusters)
	s.request.Facts.Clusters[name] = r.Facts.Clusters[name]
	m := collectCluster(&s, name, s.request.Facts.Clusters[name])
	if len(m.claims) > 0 {
		return false, false
	}
	near := around(s.request, name).Facts
	near.Clusters = neighbors(s.request.Facts.Clusters, near.Clusters[name].VPC)
	check := p.check
	check.situation = &s
	report := check.graded(s.world.Counts(near, p.collected.claims))
	if slices.ContainsFunc(report.findings, worse) || failsMore(append(m.faults, report.faults...), p.result.Faults) {
		return false, true
	}
	return true, p.hasRoomBeside(&s, name, m.demands)
}

// around is a request for one cluster in its network.
func around(r Request, name string) Request {
	cl := r.Facts.Clusters[name]
	near := Request{
		Name: r.Name, Supernets: r.Supernets, ServiceSupernets: r.ServiceSupernets, Pools: r.Pools,
		Unknown: r.Unknown, AllowClassE: r.AllowClassE,
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

// hasRoomBeside says whether it is certain that all demands are placed where a cluster has other ones.
func (p *stages) hasRoomBeside(s *situation, name string, demands []demand) bool {
	known, own := p.placed.problem, placementProblem(s.request, s.separation(), p.collected, demands)
	all := placement.Problem{Groups: slices.Concat(known.Groups, own.Groups)}
	for i, d := range p.placed.demands {
		if d.owner != name {
			all.Demands = append(all.Demands, known.Demands[i])
		}
	}
	for _, group := range own.Demands {
		all.Demands = append(all.Demands, len(known.Groups)+group)
	}
	return placement.CertainlyFits(all)
}
