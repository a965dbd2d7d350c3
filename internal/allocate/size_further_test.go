package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A further Pod range is for the nodes that the first one does not serve. The fault of too many of them counts all nodes.
func TestFurtherPodRangeOfACluster(t *testing.T) {
	limited := *shipped(t, "cce-vpc-router") // its platform has no shortest Pod range
	uncapped := limited
	uncapped.Nodes.Caps = nil
	held := profile.Ranges{Pods: prefixes("10.0.0.0/19"), NodeMask: 25} // 64 nodes
	for name, test := range map[string]struct {
		profile profile.Profile
		nodes   int64
		length  int
		most    int64
	}{
		"as many nodes as the range serves": {limited, 64, 0, 0},
		"one more":                          {limited, 65, 25, 0},
		"as many as two ranges can serve":   {uncapped, 64 + 1<<24, 1, 0},
		"more than two ranges can serve":    {uncapped, 64 + 1<<24 + 1, 0, 64 + 1<<24},
		"more than the platform allows":     {limited, 64 + 1<<24 + 1, 0, limited.MaxNodes().Max},
	} {
		node, fault := test.profile.NodeSize(profile.Need{NodeMask: 25})
		if fault != nil {
			t.Fatal(fault)
		}
		length, fault := furtherPods(topology.Cluster{Need: profile.Need{MaxNodes: test.nodes}}, &test.profile, held, node)
		if length != test.length || (fault == nil) != (test.most == 0) {
			t.Errorf("%s: got /%d and the fault %v, want /%d", name, length, fault, test.length)
		}
		if fault != nil && (fault.Value != test.nodes || fault.Max != test.most) {
			t.Errorf("%s: the fault has %d of at most %d nodes, want %d of %d", name, fault.Value, fault.Max, test.nodes, test.most)
		}
	}
}

func TestNodesOfThePodRangesOfACluster(t *testing.T) {
	pinned := topology.Cluster{PodCIDRs: prefixes("10.0.0.0/20")}
	prof := shipped(t, "ack-flannel")
	node := prof.NodeOf(26)
	for name, test := range map[string]struct {
		held profile.Ranges
		size sizes
		want int64
	}{
		"of a range that it needs": {profile.Ranges{}, sizes{pod: 22, node: node}, 16},
		"of what it holds":         {profile.Ranges{Pods: prefixes("10.0.0.0/21")}, sizes{node: node}, 32},
		"of what it is pinned to":  {profile.Ranges{}, sizes{node: node}, 64},
	} {
		if got := nodesOf(pinned, prof, test.held, test.size); got != test.want {
			t.Errorf("%s: got %d, want %d", name, got, test.want)
		}
	}
}
