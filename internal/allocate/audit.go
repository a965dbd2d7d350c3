package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// AuditResult is what an audit found.
type AuditResult struct {
	// Findings are all broken rules, accepted ones among them, the serious ones first.
	Findings []conflict.Finding
	// Hypothetical are the keys of those that come only with what is tried out.
	Hypothetical map[string]bool
	// Faults are what is wrong with what was declared. All else is audited as well.
	Faults []topology.Fault
}

// Audit looks for broken rules among the facts of a request, the ranges that clusters are pinned to and
// those that existing gives, and chooses nothing. Of Prior it takes no notice.
func Audit(r Request, what topology.WhatIf, catalog *profile.Catalog) AuditResult {
	r = r.withOtherExisting().auditedWithoutOwnClaims()
	c := checker{faults: topology.Check(r.Facts, catalog)}
	c.leniency(r, catalog, rules.Audit)
	c.faults = topology.GatherUnset(c.faults, r.existsWithIPv6)
	declared := r.existingOwners()
	for name, e := range r.Existing {
		at := topology.Path{}.Attr("existing").Key(name)
		source := r.existingSource(declared[name], catalog)
		source.known = true // an audit allocates no other ranges
		c.existing(at, name, e)
		c.existingGives(at, e, source)
		c.existingOthers(at, e, catalog)
	}
	c.faults = append(c.faults, topology.CheckWhatIf(topology.Path{}.Attr("what_if"), what, r.Facts)...)
	topology.SortFaults(c.faults)

	p := newAudit(r, catalog, nil)
	var tried *conflict.PriorClaims
	before := map[string]bool{}
	if !what.Empty() {
		for _, f := range p.report.findings {
			before[f.Key().String()] = true
		}
		was := conflict.NewPriorClaims(p.world, p.collected.claims, nil)
		tried = &was
		r.Facts = r.Facts.Try(what)
		p = newAudit(r, catalog, tried)
	}
	findings := withFreeRanges(&p.inputs, p.collected.claims, p.report.findings)
	out := AuditResult{Faults: append(c.faults, r.combined(p.faults)...), Hypothetical: map[string]bool{}}
	for _, f := range findings {
		f.Holder = r.Holder()
		out.Findings = append(out.Findings, f)
		key := f.Key().String()
		if tried != nil && !before[key] && (f.B == nil || !tried.BrokeSameRule(f)) {
			out.Hypothetical[key] = true
		}
	}
	return out
}

// audit is what the stages of an audit found.
type audit struct {
	*situation
	collected collected
	report    conflictReport
	faults    []topology.Fault
}

// newAudit checks everything that is known of the clusters; tried is what is known without what is tried out,
// nil where nothing is.
func newAudit(r Request, catalog *profile.Catalog, tried *conflict.PriorClaims) audit {
	r.Prior = nil
	in := newInputs(r, r.allowing(catalog))
	in.world.AmongForeign = true
	s, faults := readPrior(in, nil)
	c := collectKnown(s)
	report := newConflictCheck(s, c, tried, false).report()
	return audit{situation: s, collected: c, report: report, faults: slices.Concat(faults, c.faults, report.faults)}
}

// collectKnown finds out what the configuration says that clusters have. What they would still need does not matter.
func collectKnown(s *situation) collected {
	facts := s.given.Facts
	all := newCollecting(s, s.given)
	for _, mirrors := range []bool{false, true} { // mirrors have what the others have
		for _, name := range slices.Sorted(maps.Keys(facts.Clusters)) {
			if cl := facts.Clusters[name]; s.isMirror(name) == mirrors {
				all.add(name, s.known(name, cl, all.members[cl.SameAs]))
			}
		}
	}
	return all.done(s)
}

// known is what the configuration says that a cluster has; original is the same for the cluster that it mirrors.
func (s *situation) known(name string, cl topology.Cluster, original member) member {
	prof, known := s.catalog.Profile(cl.Profile)
	if !known {
		return member{}
	}
	c := newClusterCollector(s, name, cl, prof)
	has := s.existingRanges(name)
	c.claim(c.owner.Others()...)
	if s.isMirror(name) && !has.Held() {
		original.ranges.Aggregate = netip.Prefix{}
		c.claim(mirrorClaims(*c.owner, original.ranges, true)...)
		return *c.found
	}
	held := has
	c.warnOfAssumedPods(held)
	has.Pods = c.pods(has, 0)
	if prof.Pods.From != profile.Shared || has.Service.IsValid() {
		has.Service = c.services(has, 0)
	}
	has.Further = grownFurther(has.Further, cl, prof)
	if cl.Dual() || has.Dual() {
		size := profile.Size6{}
		if !cl.Unknown.Has("node_ipv6_cidr_mask") {
			size.NodeMask, _ = prof.NodeMask6(cl.Need) // a mask that the platform does not accept does not matter here
		}
		has = c.ipv6(has, size)
	}
	c.found.ranges = has
	c.claim(c.owner.Claims(has, c.givenBy(held, true))...)
	return *c.found
}
