package conflict_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// countsOf are the codes, levels and limits of the rules that a cluster alone in its VPC breaks by its numbers.
func countsOf(p *profile.Profile, nodes, podsPerNode int64) []string {
	f := topology.Facts{
		VPCs: map[string]topology.VPC{"v": {Platform: p.Platform}},
		Clusters: map[string]topology.Cluster{
			"c": {VPC: "v", Profile: p.Name, Need: profile.Need{MaxNodes: nodes, PodsPerNode: podsPerNode}},
		},
	}
	var out []string
	for _, finding := range conflict.NewWorld(f, profile.Default()).Counts(f, nil) {
		out = append(out, fmt.Sprintf("%s %v %d", finding.Code, finding.Level(), finding.Limit.Value))
	}
	return out
}

// Both sides of each number of each platform: as many nodes as it bounds, with as few Pods each as it accepts, break no rule, and one
// node more breaks it.
func TestEveryNumberOfAPlatformHasTwoSides(t *testing.T) {
	seen := map[string]int{}
	for _, name := range profile.Default().Names() {
		p, _ := profile.Default().Profile(name)
		pods := max(p.Nodes.PodsPerNode.Min, 1)
		sides := func(code string, c profile.Cap, most int64) {
			seen[code]++
			rule := fmt.Sprintf("%s %v %d", code, c.Level, c.Max)
			if got := countsOf(p, most, pods); slices.Contains(got, rule) {
				t.Errorf("%s with %d nodes: %q", name, most, got)
			}
			if got := countsOf(p, most+1, pods); !slices.Contains(got, rule) {
				t.Errorf("%s with %d nodes lacks %q: %q", name, most+1, rule, got)
			}
		}
		for _, c := range p.Nodes.Caps {
			sides("nodes_over_cap", c, c.Max)
		}
		for _, c := range p.Pods.Max {
			sides("pods_over_cap", c, c.Max/pods)
		}
		if n := p.Nodes; n.RoutesPerNode > 0 {
			sides("route_quota_exceeded", profile.Cap{Max: n.RouteQuota, Rule: n.RouteQuotaRule}, n.RouteQuota/n.RoutesPerNode)
		}
	}
	for _, code := range []string{"nodes_over_cap", "pods_over_cap", "route_quota_exceeded"} {
		if seen[code] < 3 {
			t.Errorf("only %d platforms have %s", seen[code], code)
		}
	}
}
