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
		"Pods alone": {clusters{"x": clusterIn("limited-subnets", 1, 1, "", "c d")}, nil},
		"beside nodes of their own": {
			clusters{"x": clusterIn("limited-subnets", 1, 1, "d c", "c")},
			[]string{with("error", "nodes", "x", 0, "x", "node", 1, c)},
		},
		"beside nodes of others": {
			clusters{"x": clusterIn("limited-subnets", 1, 1, "", "d c"), "y": clusterIn("two-routes", 1, 0, "c", "")},
			[]string{with("error", "nodes", "x", 1, "y", "node", 0, c)},
		},
		"where nodes come first by name": {
			clusters{"x": clusterIn("two-routes", 1, 0, "c", ""), "y": clusterIn("limited-subnets", 1, 1, "", "d c")},
			[]string{with("error", "nodes", "y", 1, "x", "node", 0, c)},
		},
		"nodes in subnets of their own":   {clusters{"x": clusterIn("limited-subnets", 1, 1, "d", "c")}, nil},
		"a mode that does not mind nodes": {clusters{"x": clusterIn("any-subnets", 1, 1, "c", "c")}, nil},
		"nodes beside nodes": {
			clusters{"x": clusterIn("limited-subnets", 1, 1, "d", "c"), "y": clusterIn("two-routes", 1, 0, "d", "")},
			nil,
		},
		"beside Pods of others": {
			clusters{"x": clusterIn("limited-subnets", 1, 1, "", "c"), "y": clusterIn("limited-subnets", 1, 1, "", "d c")},
			[]string{with("warn", "pods", "y", 1, "x", "pod", 0, c)},
		},
		"of a mode that does not mind, but they do": {
			clusters{"x": clusterIn("any-subnets", 1, 1, "", "c"), "y": clusterIn("limited-subnets", 1, 1, "", "c")},
			[]string{with("warn", "pods", "y", 0, "x", "pod", 0, c)},
		},
		"the other way round": {
			clusters{"x": clusterIn("limited-subnets", 1, 1, "", "c"), "y": clusterIn("any-subnets", 1, 1, "", "c")},
			[]string{with("warn", "pods", "y", 0, "x", "pod", 0, c)},
		},
		"two that do not mind": {
			clusters{"x": clusterIn("any-subnets", 1, 1, "", "c"), "y": clusterIn("any-subnets", 1, 1, "", "c")},
			nil,
		},
		"two subnets are reported one by one": {
			clusters{"x": clusterIn("limited-subnets", 1, 1, "", "c d"), "y": clusterIn("any-subnets", 1, 1, "", "d c")},
			[]string{with("warn", "pods", "y", 1, "x", "pod", 0, c), with("warn", "pods", "y", 0, "x", "pod", 1, d)},
		},
		"three share one, each pair is reported": {
			clusters{
				"x": clusterIn("limited-subnets", 1, 1, "", "c"),
				"y": clusterIn("any-subnets", 1, 1, "", "c"),
				"z": clusterIn("limited-subnets", 1, 1, "", "c"),
			},
			[]string{
				with("warn", "pods", "y", 0, "x", "pod", 0, c),
				with("warn", "pods", "z", 0, "x", "pod", 0, c),
				with("warn", "pods", "z", 0, "y", "pod", 0, c),
			},
		},
		"a subnet that is to come is not reported": {clusters{"x": clusterIn("limited-subnets", 1, 1, "gone", "gone")}, nil},
		"a Pod subnet of Pods of their own is no one": {
			clusters{"x": clusterIn("two-routes", 1, 0, "", "c"), "y": clusterIn("limited-subnets", 1, 1, "", "c")},
			nil,
		},
		"subnets of one name in two VPCs are two": {
			clusters{
				"x": clusterIn("limited-subnets", 1, 1, "", "c"),
				"y": {VPC: "other", Profile: "limited-subnets", PodSubnets: []string{"c"}},
			},
			nil,
		},
	}
	catalog := fixturePlatforms(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			home := topology.VPC{
				Platform: "strict",
				Subnets:  map[string]netip.Prefix{"c": prefix("10.0.1.0/24"), "d": prefix("10.0.2.0/24"), "gone": {}},
			}
			f := topology.Facts{VPCs: map[string]topology.VPC{"home": home, "other": home}, Clusters: test.clusters}
			if got := countedSubnets(f, catalog); !slices.Equal(got, test.want) {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

// The parties of a shared subnet are the subnet, for the one and for the other.
func TestASharedSubnetIsTheRangeOfBothParties(t *testing.T) {
	f := topology.Facts{
		VPCs: map[string]topology.VPC{"home": {Platform: "strict", Subnets: map[string]netip.Prefix{"c": prefix("10.0.1.0/24")}}},
		Clusters: map[string]topology.Cluster{
			"x": clusterIn("limited-subnets", 1, 1, "", "c"),
			"y": clusterIn("two-routes", 1, 0, "c", ""),
		},
	}
	findings := conflict.NewWorld(f, fixturePlatforms(t)).Counts(f, nil)
	if len(findings) != 1 {
		t.Fatalf("%d findings", len(findings))
	}
	a, b := findings[0].A, *findings[0].B
	for owner, c := range map[string]conflict.Claim{"x": a, "y": b} {
		if c.Owner != owner || c.Part != "c" || c.Range != prefix("10.0.1.0/24") || c.Source != conflict.Pinned || c.Network != "home" {
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
		"a subnet as small as is advised":    {"limited-subnets", "", "p25", nil},
		"one bit smaller is advised against": {"limited-subnets", "", "p26", []string{advised(0, "p26 10.0.1.0/26")}},
		"two bits smaller is refused, too": {
			"limited-subnets",
			"",
			"p27",
			[]string{refused(0, "p27 10.0.2.0/27"), advised(0, "p27 10.0.2.0/27")},
		},
		"of several the one that is too small": {"limited-subnets", "", "p25 p26", []string{advised(1, "p26 10.0.1.0/26")}},
		"nodes may be in any":                  {"limited-subnets", "p27", "p25", nil},
		"a mode without limits":                {"any-subnets", "", "p27", nil},
		"a subnet of IPv6":                     {"limited-subnets", "", "v6", nil},
		"one that is to come":                  {"limited-subnets", "", "unknown", nil},
		"Pods of their own take none":          {"two-routes", "", "p27", nil},
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
			if _, shipped := catalog.Profile(test.profile); !shipped {
				catalog = fixturePlatforms(t)
			}
			f := topology.Facts{
				VPCs: map[string]topology.VPC{"home": {Subnets: map[string]netip.Prefix{
					"p19": prefix("10.64.0.0/19"), "p20": prefix("10.32.0.0/20"), "p25": prefix("10.0.0.0/25"),
					"p26": prefix("10.0.1.0/26"), "p27": prefix("10.0.2.0/27"), "v6": prefix("fd00::/64"), "unknown": {},
				}}},
				Clusters: map[string]topology.Cluster{"x": clusterIn(test.profile, 1, 1, test.nodes, test.pods)},
			}
			if got := countedSubnets(f, catalog); !slices.Equal(got, test.want) {
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
		"alicloud": {
			"ack-terway", 124}, "huaweicloud": {"cce-turbo", 123}, "tencentcloud": {"tke-vpc-cni", 125}, "ctyun": {"ccse-cubecni",
			125}, "generic": {"cce-turbo", 128},
	} {
		for _, pods := range []int64{test.usable, test.usable + 1} {
			f := topology.Facts{
				VPCs: map[string]topology.VPC{
					"home": {Platform: platform, Subnets: map[string]netip.Prefix{"a": prefix("10.0.0.0/25")}},
				},
				Clusters: map[string]topology.Cluster{"x": clusterIn(test.profile, 1, pods, "", "a")},
			}
			var want []string
			if pods > test.usable {
				want = []string{
					fmt.Sprintf(`warn pod_subnets_too_small clusters["x"].pod_subnets: %d Pods of "x" = %d of %d`, pods, pods, test.usable),
				}
			}
			got := slices.DeleteFunc(
				countedSubnets(f, profile.Default()),
				func(line string) bool { return strings.Contains(line, "prefix_out_of_range") },
			)
			if !slices.Equal(got, want) {
				t.Errorf("%s with %d Pods: got %q, want %q", platform, pods, got, want)
			}
		}
	}
}
