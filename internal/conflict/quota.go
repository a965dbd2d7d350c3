package conflict

import (
	"fmt"
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Counts checks the rules that count: nodes against the platform's advice, and the nodes of all
// clusters of a VPC, each with a route of its own, against the VPC's route quota.
func (w World) Counts(f topology.Facts) []Finding {
	var findings []Finding
	routes := map[string]int64{}
	var routed []Finding
	for _, name := range slices.Sorted(maps.Keys(f.Clusters)) {
		cl := f.Clusters[name]
		p, ok := w.Catalog.Profile(cl.Profile)
		if !ok {
			continue
		}
		claim := ClusterClaim(name, cl, p, Pod, first(cl.PodCIDRs))
		claim.At = claim.At.Attr("max_nodes")
		findings = append(findings, maskDifference(cl, claim, p)...)
		for _, limit := range p.Nodes.Caps {
			if cl.Need.MaxNodes > limit.Max {
				findings = append(findings, Finding{
					Code: "nodes_over_cap", Rule: limit.Rule, A: claim,
					Number: Figure{"nodes", cl.Need.MaxNodes}, Limit: Figure{"nodes", limit.Max},
				})
			}
		}
		if vpc, ok := f.VPCs[cl.VPC]; ok && p.Nodes.RoutesPerNode > 0 && p.Nodes.RouteQuotaRule.Level > profile.Allow {
			if _, counted := routes[cl.VPC]; !counted {
				routes[cl.VPC] = int64(len(vpc.Routes))
			}
			routes[cl.VPC] += cl.Need.MaxNodes * p.Nodes.RoutesPerNode
			counted := claim
			counted.At = topology.Path{}.Attr("vpcs").Key(cl.VPC).Attr("route_quota")
			routed = append(routed, Finding{
				Code: "route_quota_exceeded", Rule: p.Nodes.RouteQuotaRule, A: counted,
				Limit: Figure{"routes", quota(vpc, p)},
			})
		}
	}
	told := map[string]bool{}
	for _, finding := range routed {
		vpc := finding.A.Network
		if total := routes[vpc]; total > finding.Limit.Value && !told[vpc] {
			told[vpc] = true
			finding.Number = Figure{"routes", total}
			findings = append(findings, finding)
		}
	}
	return findings
}

// maskDifference checks pinned Pod ranges against the largest number of node blocks that the
// platform can count.
func maskDifference(cl topology.Cluster, claim Claim, p *profile.Profile) []Finding {
	largest := p.Nodes.MaxDifference
	mask, _, fault := p.NodeSize(cl.Need)
	if largest == 0 || fault != nil {
		return nil
	}
	var findings []Finding
	for i, pods := range cl.PodCIDRs {
		if !pods.IsValid() || mask-pods.Bits() <= largest {
			continue
		}
		claim.Range, claim.Pinned = pods, true
		claim.At = topology.Path{}.Attr("clusters").Key(claim.Owner).Attr("pod_cidrs").At(i)
		findings = append(findings, Finding{
			Code: fmt.Sprintf("node_mask_difference_over_%d", largest), Rule: p.Nodes.MaxDifferenceRule, A: claim,
			Number: Figure{"bits", int64(mask - pods.Bits())}, Limit: Figure{"bits", int64(largest)},
		})
	}
	return findings
}

func quota(v topology.VPC, p *profile.Profile) int64 {
	if v.RouteQuota > 0 {
		return v.RouteQuota
	}
	return p.Nodes.RouteQuota
}

func first[T any](list []T) (zero T) {
	if len(list) == 0 {
		return zero
	}
	return list[0]
}
