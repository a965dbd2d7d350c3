package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// countedSubnets writes what Counts reports of subnets: figures with their terms, or the parties that share one.
func countedSubnets(f topology.Facts, catalog *profile.Catalog) []string {
	findings := conflict.NewWorld(f, catalog).Counts(f, nil)
	conflict.Sort(findings)
	var out []string
	for _, f := range findings {
		line := fmt.Sprintf("%v %s %s:", f.Level(), f.Code, f.A.At)
		if f.B != nil {
			line += fmt.Sprintf(" beside %s %s", f.B.Owner, f.B.At)
		}
		if f.Number.Unit != "" {
			line += fmt.Sprintf(" %s of %d", terms(f), f.Limit.Value)
		} else {
			line += fmt.Sprintf(" %s %s", f.A.Part, f.Shared)
		}
		out = append(out, line)
	}
	return out
}

// terms writes the sum that a number is.
func terms(f conflict.Finding) string {
	var terms []string
	for _, t := range f.Terms {
		terms = append(terms, fmt.Sprintf("%d %s", t.Value, termText(t)))
	}
	return fmt.Sprintf("%s = %d", strings.Join(terms, " + "), f.Number.Value)
}

// clusterIn makes a cluster in the VPC home. The names of subnets are separated by spaces.
func clusterIn(profileName string, nodes, podsPerNode int64, nodeSubnets, podSubnets string) topology.Cluster {
	return topology.Cluster{
		VPC: "home", Profile: profileName, Need: profile.Need{MaxNodes: nodes, PodsPerNode: podsPerNode},
		NodeSubnets: strings.Fields(nodeSubnets), PodSubnets: strings.Fields(podSubnets),
	}
}

// The VPC home keeps two addresses of each of its subnets: of a and b, both /27, 30 are left, of c,
// a /26, 62, and of d, a /25, 126.
func TestSubnetsHaveTheAddresses(t *testing.T) {
	type clusters = map[string]topology.Cluster
	const nodesAt, podsAt = `clusters["%s"].node_subnets: %s`, `clusters["%s"].pod_subnets: %s`
	nodes := func(cluster, sum string) string {
		return "warn node_subnets_too_small " + fmt.Sprintf(nodesAt, cluster, sum)
	}
	tooManyOf := func(cluster, sum string) string {
		return "warn pod_subnets_too_small " + fmt.Sprintf(podsAt, cluster, sum)
	}
	tests := map[string]struct {
		clusters clusters
		change   func(*topology.VPC)
		want     []string
	}{
		"as many nodes as a subnet has addresses": {clusters{"x": clusterIn("two-routes", 30, 0, "a", "")}, nil, nil},
		"one node more": {
			clusters{"x": clusterIn("two-routes", 31, 0, "a", "")},
			nil,
			[]string{nodes("x", `31 nodes of "x" = 31 of 30`)},
		},
		"two subnets have as many as both": {clusters{"x": clusterIn("two-routes", 60, 0, "a b", "")}, nil, nil},
		"one more than both": {
			clusters{"x": clusterIn("two-routes", 61, 0, "b a", "")},
			nil,
			[]string{nodes("x", `61 nodes of "x" = 61 of 60`)},
		},
		"one subnet named twice is one": {
			clusters{"x": clusterIn("two-routes", 31, 0, "a a", "")},
			nil,
			[]string{nodes("x", `31 nodes of "x" = 31 of 30`)},
		},
		"nodes that are not counted yet":         {clusters{"x": clusterIn("two-routes", 0, 0, "a", "")}, nil, nil},
		"no subnets":                             {clusters{"x": clusterIn("two-routes", 4000, 0, "", "")}, nil, nil},
		"as many Pods as a subnet has addresses": {clusters{"x": clusterIn("any-subnets", 6, 5, "", "a")}, nil, nil},
		"one Pod more on each node": {
			clusters{"x": clusterIn("any-subnets", 6, 6, "", "a")},
			nil,
			[]string{tooManyOf("x", `36 Pods of "x" = 36 of 30`)},
		},
		"the default number of Pods": {
			clusters{"x": clusterIn("any-subnets", 8, 0, "", "a")},
			nil,
			[]string{tooManyOf("x", `32 Pods of "x" = 32 of 30`)},
		},
		"Pods of a size that there is not": {clusters{"x": clusterIn("any-subnets", 8, -1, "", "a")}, nil, nil},
		"the level is that of the profile": {
			clusters{"x": clusterIn("limited-subnets", 13, 5, "", "c")},
			nil,
			[]string{
				`error pod_subnets_too_small clusters["x"].pod_subnets: 65 Pods of "x" = 65 of 62`,
				`warn pod_subnet_prefix_out_of_range clusters["x"].pod_subnets[0]: c 10.0.0.64/26`,
			},
		},
		"Pods of their own take none":     {clusters{"x": clusterIn("two-routes", 20, 10, "a", "a")}, nil, nil},
		"a subnet of IPv6 is not counted": {clusters{"x": clusterIn("two-routes", 31, 0, "a v6", "")}, nil, nil},
		"nor one that is to come": {
			clusters{"x": clusterIn("two-routes", 31, 0, "a", "")},
			func(v *topology.VPC) { v.Subnets["a"] = netip.Prefix{} },
			nil,
		},
		"nor one that is not declared":      {clusters{"x": clusterIn("two-routes", 31, 0, "a gone", "")}, nil, nil},
		"nodes and Pods that fill a subnet": {clusters{"x": clusterIn("any-subnets", 6, 4, "a", "a")}, nil, nil},
		"and one more, reported at the Pods": {
			clusters{"x": clusterIn("any-subnets", 5, 5, "a", "a"), "y": clusterIn("two-routes", 1, 0, "a", "")},
			nil,
			[]string{tooManyOf("x", `5 nodes of "x" + 1 nodes of "y" + 25 Pods of "x" = 31 of 30`)},
		},
		"two clusters that fill a subnet": {
			clusters{"x": clusterIn("two-routes", 20, 0, "a", ""), "y": clusterIn("two-routes", 10, 0, "a", "")},
			nil,
			nil,
		},
		"neither of which is too many": {
			clusters{"x": clusterIn("two-routes", 20, 0, "a", ""), "y": clusterIn("two-routes", 11, 0, "a", "")},
			nil,
			[]string{nodes("y", `20 nodes of "x" + 11 nodes of "y" = 31 of 30`)},
		},
		"one that is too many alone is reported alone": {
			clusters{"x": clusterIn("two-routes", 40, 0, "a", ""), "y": clusterIn("two-routes", 11, 0, "a", "")},
			nil,
			[]string{nodes("x", `40 nodes of "x" = 40 of 30`)},
		},
		"and two, each of its own": {
			clusters{"x": clusterIn("two-routes", 40, 0, "a", ""), "y": clusterIn("two-routes", 41, 0, "a", "")},
			nil,
			[]string{nodes("x", `40 nodes of "x" = 40 of 30`), nodes("y", `41 nodes of "y" = 41 of 30`)},
		},
		"three in a row that fill all": {
			clusters{
				"x": clusterIn("two-routes", 30, 0, "a", ""),
				"y": clusterIn("two-routes", 20, 0, "a b", ""),
				"z": clusterIn("two-routes", 10, 0, "b", ""),
			},
			nil,
			nil,
		},
		"three in a row and one too many": {
			clusters{
				"x": clusterIn("two-routes", 30, 0, "a", ""),
				"y": clusterIn("two-routes", 20, 0, "a b", ""),
				"z": clusterIn("two-routes", 11, 0, "b", ""),
			},
			nil,
			[]string{nodes("z", `30 nodes of "x" + 20 nodes of "y" + 11 nodes of "z" = 61 of 60`)},
		},
		"nodes of one cluster make room for those of another": {
			clusters{
				"u": clusterIn("two-routes", 30, 0, "a b", ""),
				"x": clusterIn("two-routes", 60, 0, "b c", ""),
				"y": clusterIn("two-routes", 30, 0, "a", ""),
				"z": clusterIn("two-routes", 2, 0, "c", ""),
			},
			nil,
			nil,
		},
		"until no node can make room": {
			clusters{
				"u": clusterIn("two-routes", 30, 0, "a b", ""),
				"x": clusterIn("two-routes", 60, 0, "b c", ""),
				"y": clusterIn("two-routes", 30, 0, "a", ""),
				"z": clusterIn("two-routes", 3, 0, "c", ""),
			},
			nil,
			[]string{nodes("z", `30 nodes of "u" + 60 nodes of "x" + 30 nodes of "y" + 3 nodes of "z" = 123 of 122`)},
		},
		"two shortages are reported apart": {
			clusters{
				"x": clusterIn("two-routes", 16, 0, "a", ""),
				"y": clusterIn("two-routes", 16, 0, "a", ""),
				"z": clusterIn("two-routes", 17, 0, "b", ""),
				"u": clusterIn("two-routes", 17, 0, "b", ""),
			},
			nil,
			[]string{
				nodes("y", `16 nodes of "x" + 16 nodes of "y" = 32 of 30`),
				nodes("z", `17 nodes of "u" + 17 nodes of "z" = 34 of 30`),
			},
		},
		"two that share none are not counted together": {
			clusters{"x": clusterIn("two-routes", 30, 0, "a", ""), "y": clusterIn("two-routes", 30, 0, "b", "")},
			nil,
			nil,
		},
		"a third with room elsewhere does not help two": {
			clusters{
				"x": clusterIn("two-routes", 20, 0, "a", ""),
				"y": clusterIn("two-routes", 20, 0, "a", ""),
				"z": clusterIn("two-routes", 5, 0, "a d", ""),
			},
			nil,
			[]string{nodes("y", `20 nodes of "x" + 20 nodes of "y" = 40 of 30`)},
		},
		"nor does one whose subnet is to come": {
			clusters{
				"x": clusterIn("two-routes", 20, 0, "a", ""),
				"y": clusterIn("two-routes", 20, 0, "a", ""),
				"z": clusterIn("two-routes", 5, 0, "a gone", ""),
			},
			nil,
			[]string{nodes("y", `20 nodes of "x" + 20 nodes of "y" = 40 of 30`)},
		},
		"one that may go elsewhere is not in the way": {
			clusters{"x": clusterIn("two-routes", 30, 0, "a", ""), "y": clusterIn("two-routes", 20, 0, "a gone", "")},
			nil,
			nil,
		},
		"a cluster that is not counted is not in a sum": {
			clusters{"x": clusterIn("two-routes", 30, 0, "a", ""), "y": clusterIn("two-routes", 0, 0, "a", "")},
			nil,
			nil,
		},
		"clusters of other VPCs live elsewhere": {
			clusters{
				"x": clusterIn("two-routes", 30, 0, "a", ""),
				"y": {VPC: "other", Profile: "two-routes", NodeSubnets: []string{"a"}, Need: profile.Need{MaxNodes: 20}},
			},
			nil,
			nil,
		},
		"profiles that there are not do not count": {clusters{"x": clusterIn("sub-whale", 31, 0, "a", "")}, nil, nil},
		"a platform that says nothing keeps nothing": {
			clusters{"x": clusterIn("two-routes", 32, 0, "a", "")},
			func(v *topology.VPC) { v.Platform = "lenient" },
			nil,
		},
		"and there is still a warning on its nodes": {
			clusters{"x": clusterIn("two-routes", 33, 0, "a", "")},
			func(v *topology.VPC) { v.Platform = "" },
			[]string{nodes("x", `33 nodes of "x" = 33 of 32`)},
		},
		"numbers beyond all counting stay large": {
			clusters{"x": clusterIn("any-subnets", 1<<32, 1<<32, "", "a"), "y": clusterIn("any-subnets", 1<<31, 1<<32, "", "b")},
			nil,
			[]string{
				tooManyOf("x", `9223372036854775807 Pods of "x" = 9223372036854775807 of 30`),
				tooManyOf("y", `9223372036854775807 Pods of "y" = 9223372036854775807 of 30`),
			},
		},
	}
	catalog := fixturePlatforms(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := topology.VPC{Platform: "strict", RouteQuota: 1_000_000, Subnets: map[string]netip.Prefix{
				"a": prefix(
					"10.0.0.0/27",
				), "b": prefix("10.0.0.32/27"), "c": prefix("10.0.0.64/26"), "d": prefix("10.0.0.128/25"), "v6": prefix("fd00::/64"),
			}}
			if test.change != nil {
				test.change(&v)
			}
			f := topology.Facts{
				VPCs:     map[string]topology.VPC{"home": v, "other": {Subnets: map[string]netip.Prefix{"a": prefix("10.9.0.0/27")}}},
				Clusters: test.clusters,
			}
			if got := countedSubnets(f, catalog); !slices.Equal(got, test.want) {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

// Nodes of a platform that says what it keeps are reported by its rule, others by that of routing.
func TestSubnetsCiteThePlatformWhereItSaysSomething(t *testing.T) {
	catalog := fixturePlatforms(t)
	for platform, want := range map[string]string{"strict": "two addresses of each subnet are kept", "lenient": "each node uses an " +
		"address of its node subnets"} {
		f := topology.Facts{
			VPCs: map[string]topology.VPC{
				"home": {Platform: platform, RouteQuota: 1000, Subnets: map[string]netip.Prefix{"a": prefix("10.0.0.0/27")}},
			},
			Clusters: map[string]topology.Cluster{"x": clusterIn("two-routes", 99, 0, "a", "")},
		}
		findings := conflict.NewWorld(f, catalog).Counts(f, nil)
		if len(findings) != 1 || findings[0].Rule.Text != want {
			t.Errorf("%s: got %+v, want the rule %q", platform, findings, want)
		}
	}
}
