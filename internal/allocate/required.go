package allocate

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// RequiredRoute is what a network must carry so that Pods of a cluster are reached over one of the
// ways into the network of the cluster. The platform brings the traffic from there to the nodes.
type RequiredRoute struct {
	topology.Leg
	Cluster string
	// Destination is the zero Prefix where it is not known yet.
	Destination netip.Prefix
	// Declared says that the VPC declares a route that does it already; LateDeclared that it may yet.
	Declared, LateDeclared bool
	// nth numbers the destinations of a cluster that are more than one.
	nth string
}

// Key is the same as long as the way and the cluster are, whatever else there is. Names have no
// colon and no number sign.
func (r RequiredRoute) Key() string {
	other := r.Hub()
	if other == "" {
		other = r.To
	}
	return strings.Join([]string{r.Network, string(r.Action), string(r.Via), other, r.Cluster + r.nth}, ":")
}

// RequiredRoutes are what all networks must carry, by key, where everything is known.
func RequiredRoutes(f topology.Facts, catalog *profile.Catalog, held map[string]Allocation) map[string]RequiredRoute {
	all := newRequired(f, topology.NewReach(f))
	for name, a := range held {
		if prof, known := catalog.Profile(f.Clusters[name].Profile); known && prof.PodsSeenOutside() {
			all.add(name, destinations(a.Ranges))
		}
	}
	return all.routes
}

// destination is a range by which other networks know Pods of a cluster.
type destination struct {
	nth string
	to  netip.Prefix
}

// destinations are one aggregate for IPv4 where one covers nothing but the cluster's own, else one
// for each range in the order in which the cluster got them, and the range of IPv6.
func destinations(has profile.Ranges) []destination {
	var four []netip.Prefix
	if has.Aggregate.IsValid() {
		four = append(four, has.Aggregate)
	}
	for _, pods := range has.Pods {
		if !cidr.Contains(has.Aggregate, pods) {
			four = append(four, pods)
		}
	}
	if merged := cidr.NewSet(four...).Prefixes(); len(merged) == 1 {
		four = merged
	}
	var all []destination
	for i, to := range four {
		d := destination{to: to}
		if i > 0 {
			d.nth = fmt.Sprintf("#%d", i+1)
		}
		all = append(all, d)
	}
	if has.PodIPv6.IsValid() {
		all = append(all, destination{nth: six, to: has.PodIPv6})
	}
	return all
}

// six stands in the keys of routes to IPv6 ranges.
const six = "#ipv6"

// required collects what networks must carry.
type required struct {
	facts topology.Facts
	reach *topology.Reach
	// legs are those into each network that has been asked for.
	legs   map[string][]topology.Leg
	routes map[string]RequiredRoute
}

func newRequired(f topology.Facts, reach *topology.Reach) *required {
	return &required{facts: f, reach: reach, legs: map[string][]topology.Leg{}, routes: map[string]RequiredRoute{}}
}

// add is for a cluster of which others know the Pods.
func (all *required) add(cluster string, to []destination) {
	network := all.facts.Clusters[cluster].VPC
	legs, asked := all.legs[network]
	if !asked {
		legs = all.reach.Legs(all.facts, network)
		all.legs[network] = legs
	}
	for _, leg := range legs {
		for _, d := range to {
			r := RequiredRoute{Leg: leg, Cluster: cluster, Destination: d.to, nth: d.nth}
			if leg.Action == topology.SendToPeer {
				r.Declared, r.LateDeclared = declares(all.facts.VPCs[leg.Network], d.to, leg.Alone)
			}
			all.routes[r.Key()] = r
		}
	}
}

// declares says whether a VPC declares a route over a peering that leads to the destination: one to
// it exactly, which can lead nowhere else, or a wider one where the VPC has one peer alone. late says
// that this is not known yet.
func declares(v topology.VPC, to netip.Prefix, alone bool) (declared, late bool) {
	late = v.Unknown.Has("routes")
	for _, r := range v.Routes {
		hop := r.Unknown.Has("next_hop")
		switch {
		case r.NextHop != "peering" && !hop:
		case hop || r.Unknown.Has("destination") || !to.IsValid():
			late = true
		case r.Destination == to || alone && cidr.Contains(r.Destination, to):
			return true, false
		}
	}
	return false, late
}

// require finds out what networks must carry once clusters have what they get. Where clusters wait
// for their ranges the keys are known all the same, unless they depend on what is waited for.
func (p *planner) require() {
	all := newRequired(p.request.Facts, p.world.Reach)
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
		case p.lateWays(cl) || p.lateCount(name, cl, prof, deferred):
			p.result.LateRequired = true
		case deferred:
			all.add(name, p.lateDestinations(name, cl, prof))
		default:
			all.add(name, destinations(p.result.Allocations[name].Ranges))
		}
	}
	p.result.Required = all.routes
}

// lateWays says whether it is not known yet which ways lead into the network of a cluster.
func (p *planner) lateWays(cl topology.Cluster) bool {
	f := p.request.Facts
	if f.Unknown.Has("vpcs") || f.Unknown.Has("sites") || unknownAny(cl, "vpc") || f.VPCs[cl.VPC].Unknown.Has("hubs") {
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
		return false
	case several && (p.open(name, cl) || len(p.ranges[name].Pods) > 0 && slices.ContainsFunc(cl.Unknown, matters)):
		return true // it may grow as well
	}
	return prof.IPv6.Pods == "own" && (cl.Unknown.Has("ip_families") || !cl.Dual() && p.open(name, cl))
}

// open says of a cluster without ranges that it may turn out to hold some.
func (p *planner) open(name string, cl topology.Cluster) bool {
	return p.existingUnknown(name) || cl.Unknown.Has("previous_names") || p.back[name] && p.request.Unknown.Has("reclaim")
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
