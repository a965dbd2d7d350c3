package conflict_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The VPC home keeps two addresses of its subnet a, a /27, so 30 are left without reserved ranges.
func TestReservedPartsOfASubnetHoldNoNodesAndNoPods(t *testing.T) {
	const nodesAt, podsAt = `warn node_subnets_too_small clusters["x"].node_subnets: `, `warn pod_subnets_too_small ` +
		`clusters["x"].pod_subnets: `
	nodes, pods := clusterIn("two-routes", 22, 0, "a", ""), clusterIn("any-subnets", 11, 2, "", "a")
	more, morePods := clusterIn("two-routes", 23, 0, "a", ""), clusterIn("any-subnets", 23, 1, "", "a")
	tests := map[string]struct {
		cluster  topology.Cluster
		reserved []string
		want     []string
	}{
		"as many nodes as are left": {nodes, []string{"10.0.0.8/29"}, nil},
		"one node more":             {more, []string{"10.0.0.8/29"}, []string{nodesAt + `23 nodes of "x" = 23 of 22`}},
		"as many Pods as are left":  {pods, []string{"10.0.0.8/29"}, nil},
		"one Pod more":              {morePods, []string{"10.0.0.8/29"}, []string{podsAt + `23 Pods of "x" = 23 of 22`}},
		"two ranges": {
			nodes,
			[]string{"10.0.0.8/29", "10.0.0.16/31"},
			[]string{nodesAt + `22 nodes of "x" = 22 of 20`},
		},
		"a range within a range counts once": {nodes, []string{"10.0.0.8/29", "10.0.0.8/30"}, nil},
		"half of the subnet twice is all": {
			nodes,
			[]string{"10.0.0.0/28", "10.0.0.16/28"},
			[]string{nodesAt + `22 nodes of "x" = 22 of 0`},
		},
		"the whole subnet takes nothing":      {nodes, []string{"10.0.0.0/27"}, nil},
		"nor does a range around the subnet":  {nodes, []string{"10.0.0.0/24"}, nil},
		"nor a range of another subnet":       {more, []string{"10.0.0.32/29"}, nil},
		"nor one of the other family":         {more, []string{"fd00::/120"}, nil},
		"nor one that is known only at apply": {more, []string{""}, nil},
		"one address is one of 30":            {more, []string{"10.0.0.31/32"}, nil},
		"many reserved addresses are added up": {
			more,
			[]string{
				"10.0.0.1/32",
				"10.0.0.2/32",
				"10.0.0.3/32",
				"10.0.0.4/32",
				"10.0.0.5/32",
				"10.0.0.6/32",
				"10.0.0.7/32",
				"10.0.0.9/32",
			},
			[]string{nodesAt + `23 nodes of "x" = 23 of 22`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := topology.Facts{
				VPCs: map[string]topology.VPC{
					"home": {Platform: "strict", RouteQuota: 1000, Subnets: map[string]netip.Prefix{"a": prefix("10.0.0.0/27")}},
				},
				Clusters: map[string]topology.Cluster{"x": test.cluster}, Reserved: map[string]topology.Reserved{},
			}
			for _, text := range test.reserved {
				var r topology.Reserved
				if text != "" {
					r.CIDR = prefix(text)
				}
				f.Reserved[text] = r
			}
			if got := countedSubnets(f, fixturePlatforms(t)); !slices.Equal(got, test.want) {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

// The VPC home keeps two addresses of each of its subnets.
func TestAddressesThatNodesAndPodsCanUse(t *testing.T) {
	f := topology.Facts{
		VPCs: map[string]topology.VPC{"home": {Platform: "strict", Subnets: map[string]netip.Prefix{
			"a": prefix("10.0.0.0/27"), "six": prefix("fd00::/64"), "unknown": {},
		}}},
		Reserved: map[string]topology.Reserved{"later": {CIDR: prefix("10.0.0.8/29")}},
	}
	w := conflict.NewWorld(f, fixturePlatforms(t))
	for name, test := range map[string]struct {
		vpc, subnet string
		want        int64
		ok          bool
	}{
		"a subnet with a reserved part": {"home", "a", 22, true},
		"a subnet of IPv6":              {"home", "six", 0, false},
		"a subnet that is not known":    {"home", "unknown", 0, false},
		"a subnet that is not declared": {"home", "b", 0, false},
		"a VPC that is not declared":    {"other", "a", 0, false},
	} {
		if got, ok := w.UsableInSubnet(f, test.vpc, test.subnet, 0); got != test.want || ok != test.ok {
			t.Errorf("%s: got %d, %t, want %d, %t", name, got, ok, test.want, test.ok)
		}
	}
}
