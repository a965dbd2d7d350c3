package allocate

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// RequiredRoutes returns what networks must carry, by key, so that the Pods of each cluster are reached. It follows from
// the arguments of an allocator and from the Allocations, Deferred and ReleasedUnknown of its result. unknown says that not all
// keys are known yet; routes are then not complete. A destination that is not known yet is the zero Prefix.
func (r Request) RequiredRoutes(result Result, catalog *profile.Catalog) (routes map[string]RequiredRoute, unknown bool) {
	facts := r.Facts.WithMirrors()
	all, anyConnectionUnknown := newRequired(facts, topology.NewReach(facts)), connectionsUnknown(facts)
	unknown = facts.Unknown.Has("clusters")
	for _, name := range slices.Sorted(maps.Keys(facts.Clusters)) {
		cl := facts.Clusters[name]
		prof, known := catalog.Profile(cl.Profile)
		switch {
		case !known:
			unknown = true
			continue
		case !prof.PodsSeenOutside():
			continue
		}
		to, counted := r.destinationsOf(name, cl, prof, result)
		if anyConnectionUnknown || !counted || cl.Unknown.Has("vpc") || facts.VPCs[cl.VPC].Unknown.Has("hubs") {
			unknown = true
			continue
		}
		all.add(name, to)
	}
	return all.routes, unknown
}

// connectionsUnknown says whether it is not known yet which networks have peers and which sites have hubs. Hubs of a VPC
// matter for the clusters in it alone.
func connectionsUnknown(f topology.Facts) bool {
	vpc := func(v topology.VPC) bool { return v.Unknown.Has("peers") || v.Unknown.Has("vrf") }
	site := func(s topology.Site) bool {
		return s.Unknown.Has("peers") || s.Unknown.Has("vrf") || s.Unknown.Has("hubs")
	}
	return f.Unknown.Has("vpcs") || f.Unknown.Has("sites") ||
		slices.ContainsFunc(slices.Collect(maps.Values(f.VPCs)), vpc) || slices.ContainsFunc(slices.Collect(maps.Values(f.Sites)), site)
}

// destinationsOf returns the destinations of a cluster. counted is false where it is not known yet how many there are.
func (r Request) destinationsOf(name string, cl topology.Cluster, prof *profile.Profile, result Result) (to []destination, counted bool) {
	several := mayAcceptFurtherPods(cl, prof)
	if a, known := result.Allocations[name]; known {
		unknown := a.PodsUnknown || a.ExtensionUnknown || podRangesUnknown(cl, prof) || several && cl.Unknown.Has("pod_cidrs")
		return destinations(a.Ranges), !unknown
	}
	// A cluster that waits for its ranges may have some already, or take back what it released.
	open := result.ReleasedUnknown || cl.Unknown.HasAny("previous_names", "same_as")
	has := r.rangesBefore(name, cl, prof, result)
	ownIPv6 := prof.IPv6.Pods == "own"
	mayGrow := cl.Unknown.Has("pod_cidrs") || len(has.Pods) > 0 && slices.ContainsFunc(cl.Unknown, matters)
	switch {
	case several && (open || mayGrow):
		return nil, false
	case ownIPv6 && (cl.Unknown.Has("ip_families") || open && !cl.Dual()):
		return nil, false
	}
	if open {
		has = profile.Ranges{}
	}
	return destinationsOfAll(has, cl, ownIPv6), true
}

// destinationsOfAll returns the destinations of a cluster that has some of its ranges, with those that it waits for.
func destinationsOfAll(has profile.Ranges, cl topology.Cluster, ownIPv6 bool) []destination {
	if cl.Unknown.Has("pod_cidrs") {
		has.Pods = nil
	}
	to := destinations(has)
	if len(has.Pods) == 0 {
		to = slices.Insert(to, 0, destination{})
	}
	if ownIPv6 && cl.Dual() && !has.PodIPv6.IsValid() {
		to = append(to, destination{nth: ipv6Suffix})
	}
	return to
}

// rangesBefore returns the ranges that a cluster without an allocation certainly gets: those of the cluster that it
// mirrors, those that existing gives, and pins.
func (r Request) rangesBefore(name string, cl topology.Cluster, prof *profile.Profile, result Result) profile.Ranges {
	if first, declared := r.Facts.Clusters[cl.SameAs]; declared {
		if a, known := result.Allocations[cl.SameAs]; known {
			return a.Ranges
		}
		name, cl = cl.SameAs, first
	}
	has := r.ExistingOf(name).Ranges()
	if has.Pods = grown(has.Pods, cl, prof); len(has.Pods) == 0 {
		has.Pods = cl.PodCIDRs
	}
	if !has.PodIPv6.IsValid() {
		has.PodIPv6 = cl.PodIPv6CIDR
	}
	has.Further = grownFurther(has.Further, cl, prof)
	return has
}
