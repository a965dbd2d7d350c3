package allocate

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Audited is what an audit found.
type Audited struct {
	// Findings are all broken rules, accepted ones among them, the serious ones first.
	Findings []conflict.Finding
	// Hypothetical are the keys of those that come only with what is tried out.
	Hypothetical map[string]bool
	// Faults are what is wrong with what was declared. The rest is audited all the same.
	Faults []topology.Fault
}

// Audit looks for broken rules among the facts of a request, the ranges that clusters are pinned to and
// those that existing gives, and chooses nothing. Of Prior it takes no notice.
func Audit(r Request, what topology.WhatIf, catalog *profile.Catalog) Audited {
	r = r.auditedWithoutOwnClaims()
	c := checker{faults: topology.Check(r.Facts, catalog)}
	c.leniency(r, catalog, rules.Audit)
	c.faults = topology.GatherUnset(c.faults, r.existsWithIPv6)
	for name, e := range r.Existing {
		c.existing(topology.Path{}.Attr("existing").Key(name), name, e)
	}
	c.faults = append(c.faults, topology.CheckWhatIf(topology.Path{}.Attr("what_if"), what, r.Facts)...)
	topology.SortFaults(c.faults)

	p := audit(r, catalog, nil)
	var earlier *conflict.PriorClaims
	before := map[string]bool{}
	if !what.Empty() {
		for _, f := range p.result.Findings {
			before[f.Key().String()] = true
		}
		was := conflict.NewPriorClaims(p.world, p.claims, nil)
		earlier = &was
		r.Facts = r.Facts.Try(what)
		p = audit(r, catalog, earlier)
	}
	p.suggest()
	out := Audited{Findings: p.result.Findings, Faults: append(c.faults, r.oneOfAKind(p.result.Faults)...), Hypothetical: map[string]bool{}}
	for _, f := range out.Findings {
		key := f.Key().String()
		if earlier != nil && !before[key] && (f.B == nil || !earlier.BrokeSameRule(f)) {
			out.Hypothetical[key] = true
		}
	}
	return out
}

// audit judges everything that is known of the clusters; earlier is what is known without what is tried out,
// nil where nothing is.
func audit(r Request, catalog *profile.Catalog, earlier *conflict.PriorClaims) *planner {
	r.Prior = nil
	catalog = r.allowing(catalog)
	p := newPlanner(r, catalog)
	p.earlier = earlier
	p.remember()
	p.world.AmongForeign = true
	p.claims = append(conflict.FactClaims(r.Facts, catalog), r.undeclaredClaims()...)
	for _, mirrors := range []bool{false, true} { // these have what the others have
		for _, name := range slices.Sorted(maps.Keys(r.Facts.Clusters)) {
			if cl := r.Facts.Clusters[name]; p.isMirror(cl) == mirrors {
				p.known(name, cl)
			}
		}
	}
	p.claims = p.withSupernets(append(p.claims, releasedClaims(p.released)...))
	p.judge()
	return p
}

// known claims what is said that a cluster has. What it would still want is no matter.
func (p *planner) known(name string, cl topology.Cluster) {
	prof, known := p.catalog.Profile(cl.Profile)
	if !known {
		return
	}
	has, from := p.request.ExistingOf(name).ranges(), p.existingAt(name)
	if p.isMirror(cl) && !has.Held() {
		p.claim(p.claimant(name, prof).mirrorClaims(p.ranges[cl.SameAs], true)...)
		return
	}
	has.Pods = p.pods(name, cl, prof, has.Pods, from, 0)
	if prof.Pods.From != profile.Shared || has.Service.IsValid() {
		has.Service = p.service(name, cl, prof, has, from, 0)
	}
	p.claimGrowthReserve(name, has.Aggregate)
	if cl.Dual() || has.Dual() {
		size := profile.Size6{}
		if !cl.Unknown.Has("node_ipv6_cidr_mask") {
			size.NodeMask, _ = prof.NodeMask6(cl.Need) // a mask that does not do is no matter here
		}
		has = p.six(name, cl, prof, has, from, size)
	}
	p.ranges[name] = has
}
