package provider

import (
	"strings"
	"testing"
)

// A /24 of AWS has 251 addresses for Pods, not 254.
func TestPodSubnetsOfAWSLackFiveAddresses(t *testing.T) {
	for pods, want := range map[int64]int{251: 0, 252: 1, 254: 1} {
		found, findings := planStory(inSubnets("aws", given{"pods": "192.168.0.0/24"}, given{
			"shop": given{
				"profile":       "eks",
				"max_nodes":     int64(1),
				"pods_per_node": pods,
				"pod_subnets":   []string{"pods"},
				"service_cidr":  "172.20.0.0/20",
			},
		}))
		if len(findings) != want || len(found) != want {
			t.Errorf("%d Pods in a /24:\n%s", pods, all(found))
		}
		if want > 0 && (findings[0].Code != "pod_subnets_too_small" || !strings.Contains(found[0].Detail, "The subnets have 251")) {
			t.Errorf("%d Pods in a /24:\n%s", pods, all(found))
		}
	}
}

// Nodes of a self-managed network take addresses of its subnets, of which none is kept.
func TestNodeSubnetsOfASelfManagedNetworkHaveAllAddresses(t *testing.T) {
	for nodes, want := range map[int64]int{256: 0, 257: 1} {
		found, findings := planStory(inSubnets("generic", given{"web": "192.168.0.0/24"}, given{
			"shop": given{
				"profile":      "kubernetes-overlay",
				"max_nodes":    nodes,
				"node_subnets": []string{"web"},
				"service_cidr": "172.20.0.0/20",
			},
		}))
		if len(findings) != want || len(found) != want || want > 0 && findings[0].Code != "node_subnets_too_small" {
			t.Errorf("%d nodes in a /24:\n%s", nodes, all(found))
		}
	}
}
