package conflict_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// With Azure CNI Node Subnet, each node takes an address for itself and one for each of its Pods. Azure keeps five addresses of each
// subnet, so 27 of a /27 are left and 59 of a /26.
func TestPodsInTheSubnetsOfTheirNodes(t *testing.T) {
	surging := clusterIn("aks-node-subnet", 2, 10, "a", "")
	surging.Need.SurgeNodes = 1
	for name, test := range map[string]struct {
		cluster topology.Cluster
		want    []string
		options []string
	}{
		"as many as fit": {clusterIn("aks-node-subnet", 2, 10, "a", ""), nil, nil},
		"one node more": {
			clusterIn("aks-node-subnet", 3, 10, "a", ""),
			[]string{`warn pod_subnets_too_small clusters["x"].node_subnets: 3 nodes of "x" + 30 Pods of "x" = 33 of 27`},
			[]string{`smaller: clusters["x"].max_nodes <= 2`},
		},
		"a node more for an upgrade": {
			surging,
			[]string{`warn pod_subnets_too_small clusters["x"].node_subnets: 3 nodes of "x" + 30 Pods of "x" = 33 of 27`},
			[]string{`smaller: clusters["x"].max_nodes <= 1`},
		},
		"two subnets":          {clusterIn("aks-node-subnet", 7, 10, "a b", ""), nil, nil},
		"one subnet of a size": {clusterIn("aks-node-subnet", 5, 10, "b", ""), nil, nil},
		"the nodes alone, where Pods have a subnet": {clusterIn("aks-node-subnet", 27, 10, "a", "c"), []string{
			`warn pod_subnets_too_small clusters["x"].pod_subnets: 270 Pods of "x" = 270 of 251`,
		}, []string{`smaller: clusters["x"].max_nodes <= 25`}},
	} {
		t.Run(name, func(t *testing.T) {
			f := topology.Facts{
				VPCs: map[string]topology.VPC{"home": {Platform: "azure", Subnets: map[string]netip.Prefix{
					"a": prefix("10.0.0.0/27"), "b": prefix("10.0.0.64/26"), "c": prefix("10.0.1.0/24"),
				}}},
				Clusters: map[string]topology.Cluster{"x": test.cluster},
			}
			if got := countedSubnets(f, profile.Default()); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			var options []string
			for _, finding := range conflict.NewWorld(f, profile.Default()).Counts(f, nil) {
				options = append(options, optionTexts(finding.ExtraOptions)...)
			}
			if !slices.Equal(options, test.options) {
				t.Errorf("options:\n got %q\nwant %q", options, test.options)
			}
		})
	}
}
