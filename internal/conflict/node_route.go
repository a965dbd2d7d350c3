package conflict

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// isNodeRoute says whether a route is the way to a node of the cluster that has a Pod range: the
// entries that a cluster writes into the route table of its VPC are its own use of its range.
//
// Between does not know of them, since it must not depend on which range a cluster has: for a range
// that is still to be chosen every route is one of another owner.
func isNodeRoute(route, pods Claim) bool {
	return route.Kind == Route && route.NextHop.Node && pods.Kind == Pod && route.Network == pods.Network &&
		cidr.Contains(pods.Range, route.Range)
}

// nodeRoutes counts the routes of a VPC that are inside the Pod ranges of some of its clusters and
// lead to their nodes.
func nodeRoutes(v topology.VPC, pods []netip.Prefix) int64 {
	var count int64
	for _, route := range v.Routes {
		within := func(p netip.Prefix) bool { return cidr.Contains(p, route.Destination) }
		if route.Occupies() && route.LeadsToInstance() && slices.ContainsFunc(pods, within) {
			count++
		}
	}
	return count
}

// podRanges are the Pod ranges of each cluster among the claims.
func podRanges(claims []Claim) map[string][]netip.Prefix {
	ranges := map[string][]netip.Prefix{}
	for _, c := range claims {
		if c.Kind == Pod && c.Range.IsValid() {
			ranges[c.Owner] = append(ranges[c.Owner], c.Range)
		}
	}
	return ranges
}
