package conflict

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// ofCluster is an argument of a cluster.
func ofCluster(name, attr string) topology.Path {
	return topology.Path{}.Attr("clusters").Key(name).Attr(attr)
}

// fewerNodes is the option to ask for no more nodes than a bound on nodes or Pods allows. perNode is how many of them a node
// counts for.
func fewerNodes(cluster string, bound, perNode int64) []Option {
	if most := bound / max(perNode, 1); most > 0 {
		return option(Smaller, Edit{At: ofCluster(cluster, "max_nodes"), Do: AtMost{most}})
	}
	return nil
}

// routeOffers are the options where a VPC needs more routes than its table holds: the quota, or fewer nodes in the cluster
// with the most of them.
func (w World) routeOffers(f topology.Facts, vpc string, clusters []string, needed, quota int64) []Option {
	offers := option(Larger, Edit{At: topology.Path{}.Attr("vpcs").Key(vpc).Attr("route_quota"), Do: AtLeast{needed}})
	largest, perNode := "", int64(1)
	for _, name := range clusters {
		p, known := w.Catalog.Profile(f.Clusters[name].Profile)
		if known && p.Nodes.RoutesPerNode > 0 && f.Clusters[name].Need.MaxNodes > f.Clusters[largest].Need.MaxNodes {
			largest, perNode = name, p.Nodes.RoutesPerNode
		}
	}
	excess := (needed - quota + perNode - 1) / perNode
	return append(offers, fewerNodes(largest, f.Clusters[largest].Need.MaxNodes-excess, 1)...)
}

// maskOffers are the options where node blocks are too long for a Pod range: shorter blocks, or a part of the range.
func maskOffers(c Claim, argument string, largest, mask int) []Option {
	offers := option(Smaller, Edit{At: ofCluster(c.Owner, argument), Do: AtMost{int64(c.Range.Bits() + largest)}})
	if !c.Fixed() {
		return offers
	}
	part := netip.PrefixFrom(c.Range.Addr(), mask-largest)
	return append(offers, option(OtherRange, Edit{At: c.At, Do: Set{[]any{part.String()}}})...)
}
