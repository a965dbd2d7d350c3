package allocate

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// RequiredRoute is what a network must carry so that Pods of a cluster are reached over one of the
// ways into the network of the cluster. The platform brings the traffic from there to the nodes.
type RequiredRoute struct {
	topology.RouteStep
	Cluster string
	// Destination is the zero Prefix where it is not known yet.
	Destination netip.Prefix
	// Declared says that the VPC declares a route that does it already; DeclaredUnknown that it may yet.
	Declared, DeclaredUnknown bool
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
	for i, to := range has.PodsIPv6() {
		d := destination{nth: ipv6Suffix, to: to}
		if i > 0 {
			d.nth += fmt.Sprintf("#%d", i+1)
		}
		all = append(all, d)
	}
	return all
}

// ipv6Suffix ends the keys of routes to IPv6 ranges.
const ipv6Suffix = "#ipv6"

// required collects what networks must carry.
type required struct {
	facts topology.Facts
	reach *topology.Reach
	// steps are the route steps into each network that was asked for.
	steps  map[string][]topology.RouteStep
	routes map[string]RequiredRoute
}

func newRequired(f topology.Facts, reach *topology.Reach) *required {
	return &required{facts: f, reach: reach, steps: map[string][]topology.RouteStep{}, routes: map[string]RequiredRoute{}}
}

// add is for a cluster of which others know the Pods.
func (all *required) add(cluster string, to []destination) {
	network := all.facts.Clusters[cluster].VPC
	steps, asked := all.steps[network]
	if !asked {
		steps = all.reach.RouteSteps(all.facts, network)
		all.steps[network] = steps
	}
	for _, step := range steps {
		for _, d := range to {
			r := RequiredRoute{RouteStep: step, Cluster: cluster, Destination: d.to, nth: d.nth}
			if step.Action == topology.SendToPeer {
				r.Declared, r.DeclaredUnknown = declares(all.facts.VPCs[step.Network], d.to, step.Alone)
			}
			all.routes[r.Key()] = r
		}
	}
}

// declares says whether a VPC declares a route over a peering that leads to the destination: one to
// it exactly, which can lead nowhere else, or a wider one where the VPC has one peer alone. unknown says
// that this is not known yet.
func declares(v topology.VPC, to netip.Prefix, alone bool) (declared, unknown bool) {
	unknown = v.Unknown.Has("routes")
	for _, r := range v.Routes {
		hop := r.Unknown.Has("next_hop")
		switch {
		case r.NextHop != "peering" && !hop:
		case hop || r.Unknown.Has("destination") || !to.IsValid():
			unknown = true
		case r.Destination == to || alone && cidr.Contains(r.Destination, to):
			return true, false
		}
	}
	return false, unknown
}
