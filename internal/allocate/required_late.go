package allocate

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// require finds out what networks must carry once clusters have what they get. Where clusters wait
// for their ranges the keys are known all the same, unless they depend on what is waited for.
func (p *planner) require() {
	all, lateJoins := newRequired(p.request.Facts, p.world.Reach), p.lateJoins()
	for _, name := range slices.Sorted(maps.Keys(p.request.Facts.Clusters)) {
		cl := p.request.Facts.Clusters[name]
		prof, known := p.catalog.Profile(cl.Profile)
		deferred := slices.Contains(p.result.Deferred, name)
		switch {
		case !known:
			p.result.LateRequired = true
			continue
		case !prof.PodsSeenOutside():
			continue
		case lateJoins || cl.Unknown.Has("vpc") || p.request.Facts.VPCs[cl.VPC].Unknown.Has("hubs") || p.lateCount(name, cl, prof, deferred):
			p.result.LateRequired = true
		case deferred:
			all.add(name, p.lateDestinations(name, cl, prof))
		default:
			all.add(name, destinations(p.result.Allocations[name].Ranges))
		}
	}
	p.result.Required = all.routes
}

// lateJoins says whether it is not known yet which peers and which sites there are to be told. What
// hubs a VPC is attached to matters for clusters in it alone.
func (p *planner) lateJoins() bool {
	f := p.request.Facts
	if f.Unknown.Has("vpcs") || f.Unknown.Has("sites") {
		return true
	}
	for _, v := range f.VPCs {
		if v.Unknown.Has("peers") || v.Unknown.Has("vrf") {
			return true
		}
	}
	for _, s := range f.Sites {
		if s.Unknown.Has("peers") || s.Unknown.Has("vrf") || s.Unknown.Has("hubs") {
			return true
		}
	}
	return false
}

// lateCount says whether it is not known yet how many destinations a cluster has.
func (p *planner) lateCount(name string, cl topology.Cluster, prof *profile.Profile, deferred bool) bool {
	several := prof.MaxPodRanges() > 1
	switch {
	case several && cl.Unknown.Has("pod_cidrs"):
		return true
	case !deferred:
		return latePods(cl, prof)
	case several && (p.open(name, cl) || len(p.ranges[name].Pods) > 0 && slices.ContainsFunc(cl.Unknown, matters)):
		return true // it may grow as well
	}
	return prof.IPv6.Pods == "own" && (cl.Unknown.Has("ip_families") || !cl.Dual() && p.open(name, cl))
}

// open says of a cluster without ranges that it may turn out to hold some.
func (p *planner) open(name string, cl topology.Cluster) bool {
	late := p.request.Unknown.Has("reclaim") || slices.ContainsFunc(cl.Unknown, matters) // what rests may not be had, or not serve
	return p.existingUnknown(name) || cl.Unknown.Has("previous_names") || p.cameBack(name) && late
}

// lateDestinations are those of a cluster that waits for ranges; what it has already is known.
func (p *planner) lateDestinations(name string, cl topology.Cluster, prof *profile.Profile) []destination {
	has := p.ranges[name]
	if p.open(name, cl) {
		has = profile.Ranges{}
	}
	if cl.Unknown.Has("pod_cidrs") {
		has.Pods = nil
	}
	all := destinations(has)
	if len(has.Pods) == 0 {
		all = slices.Insert(all, 0, destination{})
	}
	if !has.PodIPv6.IsValid() && cl.Dual() && prof.IPv6.Pods == "own" {
		all = append(all, destination{nth: six})
	}
	return all
}
