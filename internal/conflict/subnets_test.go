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

// lived writes what Counts says of subnets: figures with their terms, or the parties that share one.
func lived(f topology.Facts, catalog *profile.Catalog) []string {
	findings := conflict.NewWorld(f, catalog).Counts(f, nil)
	conflict.Sort(findings)
	var out []string
	for _, f := range findings {
		line := fmt.Sprintf("%v %s %s:", f.Level(), f.Code, f.A.At)
		if f.B != nil {
			line += fmt.Sprintf(" beside %s %s", f.B.Owner, f.B.At)
		}
		if f.Number.Name != "" {
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
		terms = append(terms, fmt.Sprintf("%d %s", t.Value, t.Name))
	}
	return fmt.Sprintf("%s = %d", strings.Join(terms, " + "), f.Number.Value)
}

// living makes a cluster in the VPC sea; subnets are names parted by spaces.
func living(profileName string, nodes, podsPerNode int64, nodeSubnets, podSubnets string) topology.Cluster {
	return topology.Cluster{
		VPC: "sea", Profile: profileName, Need: profile.Need{MaxNodes: nodes, PodsPerNode: podsPerNode},
		NodeSubnets: strings.Fields(nodeSubnets), PodSubnets: strings.Fields(podSubnets),
	}
}

// The VPC sea keeps two addresses of each of its subnets: of a and b, both /27, 30 are left, of c,
// a /26, 62, and of d, a /25, 126.
func TestSubnetsHaveTheAddresses(t *testing.T) {
	type clusters = map[string]topology.Cluster
	const nodesAt, podsAt = `clusters["%s"].node_subnets: %s`, `clusters["%s"].pod_subnets: %s`
	nodes := func(cluster, sum string) string {
		return "warn node_subnets_too_small " + fmt.Sprintf(nodesAt, cluster, sum)
	}
	crabs := func(cluster, sum string) string {
		return "warn pod_subnets_too_small " + fmt.Sprintf(podsAt, cluster, sum)
	}
	tests := map[string]struct {
		clusters clusters
		change   func(*topology.VPC)
		want     []string
	}{
		"as many nodes as a subnet has addresses": {clusters{"x": living("sub-palm", 30, 0, "a", "")}, nil, nil},
		"one node more": {
			clusters{"x": living("sub-palm", 31, 0, "a", "")},
			nil,
			[]string{nodes("x", `31 nodes of "x" = 31 of 30`)},
		},
		"two subnets have as many as both": {clusters{"x": living("sub-palm", 60, 0, "a b", "")}, nil, nil},
		"one more than both": {
			clusters{"x": living("sub-palm", 61, 0, "b a", "")},
			nil,
			[]string{nodes("x", `61 nodes of "x" = 61 of 60`)},
		},
		"one subnet named twice is one": {
			clusters{"x": living("sub-palm", 31, 0, "a a", "")},
			nil,
			[]string{nodes("x", `31 nodes of "x" = 31 of 30`)},
		},
		"nodes that are not counted yet":         {clusters{"x": living("sub-palm", 0, 0, "a", "")}, nil, nil},
		"no subnets":                             {clusters{"x": living("sub-palm", 4000, 0, "", "")}, nil, nil},
		"as many Pods as a subnet has addresses": {clusters{"x": living("sub-crab", 6, 5, "", "a")}, nil, nil},
		"one Pod more on each node": {
			clusters{"x": living("sub-crab", 6, 6, "", "a")},
			nil,
			[]string{crabs("x", `36 Pods of "x" = 36 of 30`)},
		},
		"the default number of Pods": {
			clusters{"x": living("sub-crab", 8, 0, "", "a")},
			nil,
			[]string{crabs("x", `32 Pods of "x" = 32 of 30`)},
		},
		"Pods of a size that there is not": {clusters{"x": living("sub-crab", 8, -1, "", "a")}, nil, nil},
		"the level is that of the profile": {
			clusters{"x": living("sub-fish", 13, 5, "", "c")},
			nil,
			[]string{
				`error pod_subnets_too_small clusters["x"].pod_subnets: 65 Pods of "x" = 65 of 62`,
				`warn pod_subnet_prefix_out_of_range clusters["x"].pod_subnets[0]: c 10.0.0.64/26`,
			},
		},
		"Pods of their own take none":     {clusters{"x": living("sub-palm", 20, 10, "a", "a")}, nil, nil},
		"a subnet of IPv6 is not counted": {clusters{"x": living("sub-palm", 31, 0, "a v6", "")}, nil, nil},
		"nor one that is to come": {
			clusters{"x": living("sub-palm", 31, 0, "a", "")},
			func(v *topology.VPC) { v.Subnets["a"] = netip.Prefix{} },
			nil,
		},
		"nor one that is not declared":      {clusters{"x": living("sub-palm", 31, 0, "a gone", "")}, nil, nil},
		"nodes and Pods that fill a subnet": {clusters{"x": living("sub-crab", 6, 4, "a", "a")}, nil, nil},
		"and one more, told at the Pods": {
			clusters{"x": living("sub-crab", 5, 5, "a", "a"), "y": living("sub-palm", 1, 0, "a", "")},
			nil,
			[]string{crabs("x", `5 nodes of "x" + 1 nodes of "y" + 25 Pods of "x" = 31 of 30`)},
		},
		"two clusters that fill a subnet": {
			clusters{"x": living("sub-palm", 20, 0, "a", ""), "y": living("sub-palm", 10, 0, "a", "")},
			nil,
			nil,
		},
		"neither of which is too many": {
			clusters{"x": living("sub-palm", 20, 0, "a", ""), "y": living("sub-palm", 11, 0, "a", "")},
			nil,
			[]string{nodes("y", `20 nodes of "x" + 11 nodes of "y" = 31 of 30`)},
		},
		"one that is too many alone is told alone": {
			clusters{"x": living("sub-palm", 40, 0, "a", ""), "y": living("sub-palm", 11, 0, "a", "")},
			nil,
			[]string{nodes("x", `40 nodes of "x" = 40 of 30`)},
		},
		"and two, each of its own": {
			clusters{"x": living("sub-palm", 40, 0, "a", ""), "y": living("sub-palm", 41, 0, "a", "")},
			nil,
			[]string{nodes("x", `40 nodes of "x" = 40 of 30`), nodes("y", `41 nodes of "y" = 41 of 30`)},
		},
		"three in a row that fill all": {
			clusters{
				"x": living("sub-palm", 30, 0, "a", ""),
				"y": living("sub-palm", 20, 0, "a b", ""),
				"z": living("sub-palm", 10, 0, "b", ""),
			},
			nil,
			nil,
		},
		"three in a row and one too many": {
			clusters{
				"x": living("sub-palm", 30, 0, "a", ""),
				"y": living("sub-palm", 20, 0, "a b", ""),
				"z": living("sub-palm", 11, 0, "b", ""),
			},
			nil,
			[]string{nodes("z", `30 nodes of "x" + 20 nodes of "y" + 11 nodes of "z" = 61 of 60`)},
		},
		"whoever can moves over, and who is asked asks on": {
			clusters{
				"u": living("sub-palm", 30, 0, "a b", ""),
				"x": living("sub-palm", 60, 0, "b c", ""),
				"y": living("sub-palm", 30, 0, "a", ""),
				"z": living("sub-palm", 2, 0, "c", ""),
			},
			nil,
			nil,
		},
		"until nobody can": {
			clusters{
				"u": living("sub-palm", 30, 0, "a b", ""),
				"x": living("sub-palm", 60, 0, "b c", ""),
				"y": living("sub-palm", 30, 0, "a", ""),
				"z": living("sub-palm", 3, 0, "c", ""),
			},
			nil,
			[]string{nodes("z", `30 nodes of "u" + 60 nodes of "x" + 30 nodes of "y" + 3 nodes of "z" = 123 of 122`)},
		},
		"two crowds are told apart": {
			clusters{
				"x": living("sub-palm", 16, 0, "a", ""),
				"y": living("sub-palm", 16, 0, "a", ""),
				"z": living("sub-palm", 17, 0, "b", ""),
				"u": living("sub-palm", 17, 0, "b", ""),
			},
			nil,
			[]string{
				nodes("y", `16 nodes of "x" + 16 nodes of "y" = 32 of 30`),
				nodes("z", `17 nodes of "u" + 17 nodes of "z" = 34 of 30`),
			},
		},
		"two that share none are not counted together": {
			clusters{"x": living("sub-palm", 30, 0, "a", ""), "y": living("sub-palm", 30, 0, "b", "")},
			nil,
			nil,
		},
		"a third with room elsewhere does not help two": {
			clusters{
				"x": living("sub-palm", 20, 0, "a", ""),
				"y": living("sub-palm", 20, 0, "a", ""),
				"z": living("sub-palm", 5, 0, "a d", ""),
			},
			nil,
			[]string{nodes("y", `20 nodes of "x" + 20 nodes of "y" = 40 of 30`)},
		},
		"nor does one whose subnet is to come": {
			clusters{
				"x": living("sub-palm", 20, 0, "a", ""),
				"y": living("sub-palm", 20, 0, "a", ""),
				"z": living("sub-palm", 5, 0, "a gone", ""),
			},
			nil,
			[]string{nodes("y", `20 nodes of "x" + 20 nodes of "y" = 40 of 30`)},
		},
		"one that may go elsewhere is not in the way": {
			clusters{"x": living("sub-palm", 30, 0, "a", ""), "y": living("sub-palm", 20, 0, "a gone", "")},
			nil,
			nil,
		},
		"a cluster that is not counted is not in a sum": {
			clusters{"x": living("sub-palm", 30, 0, "a", ""), "y": living("sub-palm", 0, 0, "a", "")},
			nil,
			nil,
		},
		"clusters of other VPCs live elsewhere": {
			clusters{
				"x": living("sub-palm", 30, 0, "a", ""),
				"y": {VPC: "lake", Profile: "sub-palm", NodeSubnets: []string{"a"}, Need: profile.Need{MaxNodes: 20}},
			},
			nil,
			nil,
		},
		"profiles that there are not do not count": {clusters{"x": living("sub-whale", 31, 0, "a", "")}, nil, nil},
		"a platform that says nothing keeps nothing": {
			clusters{"x": living("sub-palm", 32, 0, "a", "")},
			func(v *topology.VPC) { v.Platform = "calm" },
			nil,
		},
		"and its nodes are warned of all the same": {
			clusters{"x": living("sub-palm", 33, 0, "a", "")},
			func(v *topology.VPC) { v.Platform = "" },
			[]string{nodes("x", `33 nodes of "x" = 33 of 32`)},
		},
		"numbers beyond all counting stay large": {
			clusters{"x": living("sub-crab", 1<<32, 1<<32, "", "a"), "y": living("sub-crab", 1<<31, 1<<32, "", "b")},
			nil,
			[]string{
				crabs("x", `9223372036854775807 Pods of "x" = 9223372036854775807 of 30`),
				crabs("y", `9223372036854775807 Pods of "y" = 9223372036854775807 of 30`),
			},
		},
	}
	catalog := subsea(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := topology.VPC{Platform: "subsea", RouteQuota: 1_000_000, Subnets: map[string]netip.Prefix{
				"a": prefix(
					"10.0.0.0/27",
				), "b": prefix("10.0.0.32/27"), "c": prefix("10.0.0.64/26"), "d": prefix("10.0.0.128/25"), "v6": prefix("fd00::/64"),
			}}
			if test.change != nil {
				test.change(&v)
			}
			f := topology.Facts{
				VPCs:     map[string]topology.VPC{"sea": v, "lake": {Subnets: map[string]netip.Prefix{"a": prefix("10.9.0.0/27")}}},
				Clusters: test.clusters,
			}
			if got := lived(f, catalog); !slices.Equal(got, test.want) {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

// Nodes of a platform that says what it keeps are told by its rule, others by that of routing.
func TestSubnetsCiteThePlatformWhereItSaysSomething(t *testing.T) {
	catalog := subsea(t)
	for platform, want := range map[string]string{"subsea": "two addresses of each subnet are kept", "calm": "each node uses an address of its node subnets"} {
		f := topology.Facts{
			VPCs: map[string]topology.VPC{
				"sea": {Platform: platform, RouteQuota: 1000, Subnets: map[string]netip.Prefix{"a": prefix("10.0.0.0/27")}},
			},
			Clusters: map[string]topology.Cluster{"x": living("sub-palm", 99, 0, "a", "")},
		}
		findings := conflict.NewWorld(f, catalog).Counts(f, nil)
		if len(findings) != 1 || findings[0].Rule.Text != want {
			t.Errorf("%s: got %+v, want the rule %q", platform, findings, want)
		}
	}
}

func TestSubnetsThatPodsShare(t *testing.T) {
	type clusters = map[string]topology.Cluster
	const at = `clusters["%s"].%s_subnets[%d]`
	with := func(level, code, a string, i int, b, kind string, k int, subnet string) string {
		return fmt.Sprintf(
			"%s pod_subnet_shared_with_%s %s: beside %s %s %s", level, code, fmt.Sprintf(at, a, "pod", i), b, fmt.Sprintf(at, b, kind, k),
			subnet,
		)
	}
	const c, d = "c 10.0.1.0/24", "d 10.0.2.0/24"
	tests := map[string]struct {
		clusters clusters
		want     []string
	}{
		"Pods alone": {clusters{"x": living("sub-fish", 1, 1, "", "c d")}, nil},
		"beside nodes of their own": {
			clusters{"x": living("sub-fish", 1, 1, "d c", "c")},
			[]string{with("error", "nodes", "x", 0, "x", "node", 1, c)},
		},
		"beside nodes of others": {
			clusters{"x": living("sub-fish", 1, 1, "", "d c"), "y": living("sub-palm", 1, 0, "c", "")},
			[]string{with("error", "nodes", "x", 1, "y", "node", 0, c)},
		},
		"where nodes come first by name": {
			clusters{"x": living("sub-palm", 1, 0, "c", ""), "y": living("sub-fish", 1, 1, "", "d c")},
			[]string{with("error", "nodes", "y", 1, "x", "node", 0, c)},
		},
		"nodes in subnets of their own":   {clusters{"x": living("sub-fish", 1, 1, "d", "c")}, nil},
		"a mode that does not mind nodes": {clusters{"x": living("sub-crab", 1, 1, "c", "c")}, nil},
		"nodes beside nodes": {
			clusters{"x": living("sub-fish", 1, 1, "d", "c"), "y": living("sub-palm", 1, 0, "d", "")},
			nil,
		},
		"beside Pods of others": {
			clusters{"x": living("sub-fish", 1, 1, "", "c"), "y": living("sub-fish", 1, 1, "", "d c")},
			[]string{with("warn", "pods", "y", 1, "x", "pod", 0, c)},
		},
		"of a mode that does not mind, but they do": {
			clusters{"x": living("sub-crab", 1, 1, "", "c"), "y": living("sub-fish", 1, 1, "", "c")},
			[]string{with("warn", "pods", "y", 0, "x", "pod", 0, c)},
		},
		"the other way round": {
			clusters{"x": living("sub-fish", 1, 1, "", "c"), "y": living("sub-crab", 1, 1, "", "c")},
			[]string{with("warn", "pods", "y", 0, "x", "pod", 0, c)},
		},
		"two that do not mind": {
			clusters{"x": living("sub-crab", 1, 1, "", "c"), "y": living("sub-crab", 1, 1, "", "c")},
			nil,
		},
		"two subnets are told one by one": {
			clusters{"x": living("sub-fish", 1, 1, "", "c d"), "y": living("sub-crab", 1, 1, "", "d c")},
			[]string{with("warn", "pods", "y", 1, "x", "pod", 0, c), with("warn", "pods", "y", 0, "x", "pod", 1, d)},
		},
		"three share one, each pair is told": {
			clusters{
				"x": living("sub-fish", 1, 1, "", "c"),
				"y": living("sub-crab", 1, 1, "", "c"),
				"z": living("sub-fish", 1, 1, "", "c"),
			},
			[]string{
				with("warn", "pods", "y", 0, "x", "pod", 0, c),
				with("warn", "pods", "z", 0, "x", "pod", 0, c),
				with("warn", "pods", "z", 0, "y", "pod", 0, c),
			},
		},
		"a subnet that is to come is not told": {clusters{"x": living("sub-fish", 1, 1, "gone", "gone")}, nil},
		"a Pod subnet of Pods of their own is no one": {
			clusters{"x": living("sub-palm", 1, 0, "", "c"), "y": living("sub-fish", 1, 1, "", "c")},
			nil,
		},
		"subnets of one name in two VPCs are two": {
			clusters{"x": living("sub-fish", 1, 1, "", "c"), "y": {VPC: "lake", Profile: "sub-fish", PodSubnets: []string{"c"}}},
			nil,
		},
	}
	catalog := subsea(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			sea := topology.VPC{
				Platform: "subsea",
				Subnets:  map[string]netip.Prefix{"c": prefix("10.0.1.0/24"), "d": prefix("10.0.2.0/24"), "gone": {}},
			}
			f := topology.Facts{VPCs: map[string]topology.VPC{"sea": sea, "lake": sea}, Clusters: test.clusters}
			if got := lived(f, catalog); !slices.Equal(got, test.want) {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

// The parties of a shared subnet are the subnet, for the one and for the other.
func TestASharedSubnetIsTheRangeOfBothParties(t *testing.T) {
	f := topology.Facts{
		VPCs:     map[string]topology.VPC{"sea": {Platform: "subsea", Subnets: map[string]netip.Prefix{"c": prefix("10.0.1.0/24")}}},
		Clusters: map[string]topology.Cluster{"x": living("sub-fish", 1, 1, "", "c"), "y": living("sub-palm", 1, 0, "c", "")},
	}
	findings := conflict.NewWorld(f, subsea(t)).Counts(f, nil)
	if len(findings) != 1 {
		t.Fatalf("%d findings", len(findings))
	}
	a, b := findings[0].A, *findings[0].B
	for owner, c := range map[string]conflict.Claim{"x": a, "y": b} {
		if c.Owner != owner || c.Part != "c" || c.Range != prefix("10.0.1.0/24") || c.Source != conflict.Pinned || c.Network != "sea" {
			t.Errorf("party %s: %+v", owner, c)
		}
	}
}

func TestPrefixLengthsOfPodSubnets(t *testing.T) {
	refused, advised := func(i int, subnet string) string {
		return fmt.Sprintf(`error pod_subnet_prefix_out_of_range clusters["x"].pod_subnets[%d]: %s`, i, subnet)
	}, func(i int, subnet string) string {
		return fmt.Sprintf(`warn pod_subnet_prefix_out_of_range clusters["x"].pod_subnets[%d]: %s`, i, subnet)
	}
	tests := map[string]struct {
		profile, nodes, pods string
		want                 []string
	}{
		"a subnet as small as is advised":    {"sub-fish", "", "p25", nil},
		"one bit smaller is advised against": {"sub-fish", "", "p26", []string{advised(0, "p26 10.0.1.0/26")}},
		"two bits smaller is refused, too": {
			"sub-fish",
			"",
			"p27",
			[]string{refused(0, "p27 10.0.2.0/27"), advised(0, "p27 10.0.2.0/27")},
		},
		"of several the one that is too small": {"sub-fish", "", "p25 p26", []string{advised(1, "p26 10.0.1.0/26")}},
		"nodes may stand in any":               {"sub-fish", "p27", "p25", nil},
		"a mode without limits":                {"sub-crab", "", "p27", nil},
		"a subnet of IPv6":                     {"sub-fish", "", "v6", nil},
		"one that is to come":                  {"sub-fish", "", "late", nil},
		"Pods of their own take none":          {"sub-palm", "", "p27", nil},
		"Terway as small as is recommended":    {"ack-terway", "", "p19", nil},
		"Terway smaller than that":             {"ack-terway", "", "p20", []string{advised(0, "p20 10.32.0.0/20")}},
		"Terway as small as it takes":          {"ack-terway", "", "p25", []string{advised(0, "p25 10.0.0.0/25")}},
		"Terway smaller still": {
			"ack-terway",
			"",
			"p26",
			[]string{refused(0, "p26 10.0.1.0/26"), advised(0, "p26 10.0.1.0/26")},
		},
		"container subnets of CCE Turbo may be any": {"cce-turbo", "", "p27", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			catalog := profile.Default()
			if strings.HasPrefix(test.profile, "sub-") {
				catalog = subsea(t)
			}
			f := topology.Facts{
				VPCs: map[string]topology.VPC{"sea": {Subnets: map[string]netip.Prefix{
					"p19": prefix(
						"10.64.0.0/19",
					), "p20": prefix("10.32.0.0/20"), "p25": prefix("10.0.0.0/25"), "p26": prefix("10.0.1.0/26"), "p27": prefix("10.0.2.0/27"), "v6": prefix("fd00::/64"), "late": {},
				}}},
				Clusters: map[string]topology.Cluster{"x": living(test.profile, 1, 1, test.nodes, test.pods)},
			}
			if got := lived(f, catalog); !slices.Equal(got, test.want) {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

// What the platforms keep of each subnet, at the last Pod that fits into a /25.
func TestPodSubnetsOfShippedPlatforms(t *testing.T) {
	for platform, test := range map[string]struct {
		profile string
		usable  int64
	}{
		"alicloud": {"ack-terway", 124}, "huaweicloud": {"cce-turbo", 123}, "tencentcloud": {"tke-vpc-cni", 125}, "ctyun": {"ccse-cubecni", 125}, "generic": {"cce-turbo", 128},
	} {
		for _, pods := range []int64{test.usable, test.usable + 1} {
			f := topology.Facts{
				VPCs: map[string]topology.VPC{
					"sea": {Platform: platform, Subnets: map[string]netip.Prefix{"a": prefix("10.0.0.0/25")}},
				},
				Clusters: map[string]topology.Cluster{"x": living(test.profile, 1, pods, "", "a")},
			}
			var want []string
			if pods > test.usable {
				want = []string{
					fmt.Sprintf(`warn pod_subnets_too_small clusters["x"].pod_subnets: %d Pods of "x" = %d of %d`, pods, pods, test.usable),
				}
			}
			got := slices.DeleteFunc(
				lived(f, profile.Default()),
				func(line string) bool { return strings.Contains(line, "prefix_out_of_range") },
			)
			if !slices.Equal(got, want) {
				t.Errorf("%s with %d Pods: got %q, want %q", platform, pods, got, want)
			}
		}
	}
}
