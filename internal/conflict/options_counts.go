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
func fewerNodes(cluster string, bound, perNode int64) []topology.Option {
	if most := bound / max(perNode, 1); most > 0 {
		return option(Smaller, topology.Set(ofCluster(cluster, "max_nodes"), topology.AtMost(most)))
	}
	return nil
}

// routeOffers are the options where a VPC needs more routes than its table holds: the quota, or fewer nodes in the cluster
// with the most of them.
func (w World) routeOffers(f topology.Facts, vpc string, clusters []string, needed, quota int64) []topology.Option {
	offers := option(Larger, topology.Set(topology.Path{}.Attr("vpcs").Key(vpc).Attr("route_quota"), topology.AtLeast(needed)))
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
func maskOffers(c Claim, argument string, largest, mask int) []topology.Option {
	offers := option(Smaller, topology.Set(ofCluster(c.Owner, argument), topology.AtMost(int64(c.Range.Bits()+largest))))
	if !c.Fixed() {
		return offers
	}
	part := netip.PrefixFrom(c.Range.Addr(), mask-largest)
	return append(offers, option(OtherRange, topology.Set(c.At, part.String()))...)
}
