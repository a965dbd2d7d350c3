package conflict

import (
	"maps"
	"math"
	"math/bits"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Counts checks the rules that count: nodes and Pods against the platform's bounds, node blocks
// against what can be numbered, routes against the quota of each VPC, and Pods in subnets
// against their addresses. The claims say which Pod ranges the clusters have.
func (w World) Counts(f topology.Facts, claims []Claim) []Finding {
	var findings []Finding
	for _, name := range slices.Sorted(maps.Keys(f.Clusters)) {
		cl := f.Clusters[name]
		p, ok := w.Catalog.Profile(cl.Profile)
		if !ok || cl.SameAs != "" { // the needs of a mirror are those of another
			continue
		}
		claim := func() Claim { return ClusterClaimant(name, cl, p).Claim(Pod, first(cl.PodCIDRs)) } // few clusters break a rule
		findings = append(findings, maskDifference(cl, claim, p)...)
		findings = append(findings, over(Nodes, cl.Need.MaxNodes, 1, claim, p.Nodes.Caps)...)
		if node, fault := p.NodeSize(cl.Need); fault == nil {
			findings = append(findings, over(Pods, times(cl.Need.MaxNodes, node.Pods), node.Pods, claim, p.Pods.Max)...)
		}
	}
	in := clustersIn(f)
	return slices.Concat(findings, maskDifference6(claims), w.routes(f, in, podRanges(claims)), w.subnets(f, in))
}

// clustersIn are the clusters of each network, sorted.
func clustersIn(f topology.Facts) map[string][]string {
	in := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(f.Clusters)) {
		in[f.Clusters[name].VPC] = append(in[f.Clusters[name].VPC], name)
	}
	return in
}

// over checks a number of something that a cluster asks for, so many for each node, against bounds.
func over(what Unit, number, perNode int64, claim func() Claim, caps []profile.Cap) []Finding {
	var findings []Finding
	for _, limit := range caps {
		if number > limit.Max {
			of := claim()
			of.At = of.At.Attr("max_nodes")
			findings = append(findings, Finding{
				Code: string(what) + "_over_cap", Rule: limit.Rule, A: of,
				Number: Figure{what, number}, Limit: Figure{what, limit.Max}, ExtraOptions: fewerNodes(of.Owner, limit.Max, perNode),
			})
		}
	}
	return findings
}

// routes checks the nodes of all clusters of a VPC that take a route each, together with the
// routes that the VPC declares, against the quota of its route table.
func (w World) routes(f topology.Facts, in map[string][]string, pods map[string][]netip.Prefix) []Finding {
	var findings []Finding
	for _, name := range slices.Sorted(maps.Keys(f.VPCs)) {
		finding, counted := w.routeUse(f, name, in[name], pods)
		if counted && finding.Number.Value > finding.Limit.Value {
			finding.ExtraOptions = w.routeOffers(f, name, in[name], finding.Number.Value, finding.Limit.Value)
			findings = append(findings, finding)
		}
	}
	return findings
}

// routeUse counts the routes of a VPC that has some clusters, as a finding with number and limit. Among the routes that the VPC
// declares, those to nodes that are counted already are not counted again. counted is false where no cluster takes routes.
func (w World) routeUse(f topology.Facts, name string, clusters []string, pods map[string][]netip.Prefix) (finding Finding, counted bool) {
	vpc := f.VPCs[name]
	var of []netip.Prefix
	for _, cluster := range clusters {
		cl := f.Clusters[cluster]
		p, ok := w.Catalog.Profile(cl.Profile)
		if !ok || cl.Need.MaxNodes == 0 || p.Nodes.RoutesPerNode == 0 || !p.Nodes.RouteQuotaRule.Broken() {
			continue
		}
		limit := Figure{Routes, quota(vpc, p)}
		if finding.A.Profile == nil || limit.Value < finding.Limit.Value {
			finding.Code, finding.Rule, finding.Limit = "route_quota_exceeded", p.Nodes.RouteQuotaRule, limit
			finding.A = ClusterClaimant(cluster, cl, p).Claim(Pod, first(cl.PodCIDRs))
			finding.A.At = topology.Path{}.Attr("vpcs").Key(name).Attr("route_quota")
		}
		of = append(of, pods[cluster]...)
		finding.Terms = append(finding.Terms, Term{NodesOfCluster, cluster, cl.Need.MaxNodes * p.Nodes.RoutesPerNode})
	}
	if len(finding.Terms) == 0 {
		return Finding{}, false
	}
	finding.Terms = append(finding.Terms, Term{Of: DeclaredRoutes, Value: int64(len(vpc.Routes)) - nodeRoutes(vpc, of)})
	finding.Number = Figure{Routes, sum(finding.Terms)}
	return finding, true
}

// RouteUse counts the entries that the nodes of all clusters of a VPC and its declared routes take in its route table, and how many the
// table has. counted is false where no cluster that says how many nodes it has takes any.
func (w World) RouteUse(f topology.Facts, claims []Claim, vpc string) (used, quota int64, counted bool) {
	finding, counted := w.routeUse(f, vpc, clustersIn(f)[vpc], podRanges(claims))
	return finding.Number.Value, finding.Limit.Value, counted
}

func quota(v topology.VPC, p *profile.Profile) int64 {
	if v.RouteQuota > 0 {
		return v.RouteQuota
	}
	return p.Nodes.RouteQuota
}

// maskDifference checks pinned Pod ranges against the largest number of node blocks that the
// platform can count.
func maskDifference(cl topology.Cluster, claim func() Claim, p *profile.Profile) []Finding {
	largest := p.Nodes.MaxDifference
	node, fault := p.NodeSize(cl.Need)
	if largest == 0 || fault != nil {
		return nil
	}
	var findings []Finding
	for i, pods := range cl.PodCIDRs {
		if !pods.IsValid() || node.Mask-pods.Bits() <= largest {
			continue
		}
		pinned := claim()
		pinned.Range, pinned.Source, pinned.At = pods, Pinned, pinned.At.Attr("pod_cidrs").At(i)
		findings = append(findings, Finding{
			Code: maskDifferenceOver(largest), Rule: p.Nodes.MaxDifferenceRule, A: pinned,
			Number: Figure{MaskBits, int64(node.Mask - pods.Bits())}, Limit: Figure{MaskBits, int64(largest)},
			ExtraOptions: maskOffers(pinned, "node_cidr_mask", largest, node.Mask),
		})
	}
	return findings
}

// maskDifference6 is maskDifference for IPv6 Pod ranges, held ones included: their claims know the node blocks.
func maskDifference6(claims []Claim) []Finding {
	var findings []Finding
	for i := range claims {
		c := &claims[i]
		if c.NodeIPv6Mask == 0 || c.Profile == nil || c.SameAs != "" || !c.Range.IsValid() {
			continue
		}
		largest, bits := c.Profile.IPv6.MaxDifference, c.NodeIPv6Mask-c.Range.Bits()
		if largest != 0 && bits > largest {
			findings = append(findings, Finding{
				Code: mask6DifferenceOver(largest), Rule: c.Profile.IPv6.MaxDifferenceRule, A: *c,
				Number: Figure{MaskBits, int64(bits)}, Limit: Figure{MaskBits, int64(largest)},
				ExtraOptions: maskOffers(*c, "node_ipv6_cidr_mask", largest, c.NodeIPv6Mask),
			})
		}
	}
	return findings
}

// times is the product of two counts, or the largest number where that is larger still.
func times(a, b int64) int64 {
	high, low := bits.Mul64(uint64(max(a, 0)), uint64(max(b, 0)))
	if high != 0 {
		return math.MaxInt64
	}
	return int64(min(low, math.MaxInt64))
}

func first[T any](list []T) (zero T) {
	if len(list) == 0 {
		return zero
	}
	return list[0]
}
