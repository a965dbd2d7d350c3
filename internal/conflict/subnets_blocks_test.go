package conflict_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// factsOfHome are clusters in the VPC home of a platform, with subnets by name.
func factsOfHome(platform string, subnets map[string]string, clusters map[string]topology.Cluster) topology.Facts {
	vpc := topology.VPC{Platform: platform, Subnets: map[string]netip.Prefix{}}
	for name, r := range subnets {
		vpc.Subnets[name] = prefix(r)
	}
	return topology.Facts{VPCs: map[string]topology.VPC{"home": vpc}, Clusters: clusters}
}

// On AWS and Azure a /24 has 251 addresses, of which 224 are in whole blocks of /28, a /26 has 59 and 32.
func TestSubnetsHaveTheBlocks(t *testing.T) {
	type clusters = map[string]topology.Cluster
	const prefixes, static = "eks-prefix-delegation", "aks-pod-subnet-static"
	short := func(argument, sum string) string {
		return fmt.Sprintf(`warn pod_subnets_too_small clusters["x"].%s: %s`, argument, sum)
	}
	for name, test := range map[string]struct {
		platform string
		clusters clusters
		want     []string
	}{
		"as many prefixes as a subnet has": {"aws", clusters{"x": clusterIn(prefixes, 7, 16, "", "a")}, nil},
		"the prefixes of one node more": {
			"aws", clusters{"x": clusterIn(prefixes, 8, 16, "", "a")}, []string{short("pod_subnets", `256 Pods of "x" = 256 of 224`)},
		},
		"one Pod more on each node is a prefix more": {
			"aws", clusters{"x": clusterIn(prefixes, 7, 17, "", "a")}, []string{short("pod_subnets", `336 Pods of "x" = 336 of 224`)},
		},
		"two subnets have the prefixes of both": {"aws", clusters{"x": clusterIn(prefixes, 8, 16, "", "a b")}, nil},
		"one node more than both": {
			"aws", clusters{"x": clusterIn(prefixes, 9, 16, "", "a b")}, []string{short("pod_subnets", `288 Pods of "x" = 288 of 256`)},
		},
		"with single addresses there is room for more":            {"aws", clusters{"x": clusterIn("eks", 15, 16, "", "a")}, nil},
		"and for one node less than those, with it in the subnet": {"aws", clusters{"x": clusterIn("eks", 14, 16, "a", "")}, nil},
		"one node more with its Pods": {
			"aws",
			clusters{"x": clusterIn("eks", 15, 16, "a", "")},
			[]string{short("node_subnets", `15 nodes of "x" + 240 Pods of "x" = 255 of 251`)},
		},
		"nodes beside their prefixes": {"aws", clusters{"x": clusterIn(prefixes, 7, 16, "a", "")}, nil},
		"one node more beside them": {
			"aws", clusters{"x": clusterIn(prefixes, 8, 16, "a", "")}, []string{short("node_subnets", `256 Pods of "x" = 256 of 224`)},
		},
		"other nodes use what is in no whole block": {
			"aws", clusters{"x": clusterIn(prefixes, 7, 16, "", "a"), "y": clusterIn("eks", 27, 1, "a", "b")}, nil,
		},
		"one more of them breaks up a block": {
			"aws",
			clusters{"x": clusterIn(prefixes, 7, 16, "", "a"), "y": clusterIn("eks", 28, 1, "a", "b")},
			[]string{short("pod_subnets", `28 nodes of "y" + 224 Pods of "x" = 252 of 251`)},
		},
		"a block less leaves room for 16 of them": {
			"aws", clusters{"x": clusterIn(prefixes, 6, 16, "", "a"), "y": clusterIn("eks", 32, 1, "a", "b")}, nil,
		},
		"static blocks of AKS":         {"azure", clusters{"x": clusterIn(static, 7, 31, "", "a")}, nil},
		"one Pod more is a block more": {"azure", clusters{"x": clusterIn(static, 4, 32, "", "a")}, nil},
		"where the subnet has no block": {
			"azure", clusters{"x": clusterIn(static, 5, 32, "", "a")}, []string{short("pod_subnets", `240 Pods of "x" = 240 of 224`)},
		},
		"each Pod of dynamic allocation": {"azure", clusters{"x": clusterIn("aks-pod-subnet", 8, 31, "", "a")}, nil},
		"a subnet without any whole block": {
			"aws", clusters{"x": clusterIn(prefixes, 1, 1, "", "c")}, []string{short("pod_subnets", `32 Pods of "x" = 32 of 0`)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := factsOfHome(test.platform, map[string]string{"a": "10.0.1.0/24", "b": "10.0.2.0/26", "c": "10.0.3.0/27"}, test.clusters)
			got := countedSubnets(f, profile.Default())
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

// A shortage of blocks is counted in them, so that the option adds a subnet with enough of them; one of single addresses is not.
func TestAShortageSaysWhatItCounts(t *testing.T) {
	f := factsOfHome("aws", map[string]string{"a": "10.0.1.0/24"}, map[string]topology.Cluster{
		"x": clusterIn("eks-prefix-delegation", 8, 16, "", "a"),
	})
	findings := conflict.NewWorld(f, profile.Default()).Counts(f, nil)
	if len(findings) != 1 || findings[0].Block != 28 {
		t.Errorf("got %+v", findings)
	}
	f.Clusters["x"] = clusterIn("eks", 20, 16, "", "a")
	if findings = conflict.NewWorld(f, profile.Default()).Counts(f, nil); len(findings) != 1 || findings[0].Block != 0 {
		t.Errorf("got %+v", findings)
	}
}

// For any group of clusters, all that they need is at most what they can take of their subnets: then, and only then, nothing is short.
func TestShortagesOfBlocksAgreeWithTheOracle(t *testing.T) {
	draw, shortages := rand.New(rand.NewPCG(3, 4)), 0
	ranges := map[string]string{"a": "10.0.1.0/26", "b": "10.0.1.64/26", "c": "10.0.1.128/27"}
	usable, whole := map[string]int64{"a": 59, "b": 59, "c": 27}, map[string]int64{"a": 32, "b": 32, "c": 0}
	names := []string{"a", "b", "c", "a b", "b c", "a c", "a b c"}
	for range 2000 {
		clusters := map[string]topology.Cluster{}
		for _, name := range []string{"x", "y", "z"} {
			profileName, nodes, pods := "eks", 1+draw.Int64N(40), int64(1)
			if draw.IntN(2) == 0 {
				profileName, nodes = "eks-prefix-delegation", 1+draw.Int64N(2)
			}
			clusters[name] = clusterIn(profileName, nodes, pods, "", names[draw.IntN(len(names))])
		}
		f := factsOfHome("aws", ranges, clusters)
		short := slices.ContainsFunc(conflict.NewWorld(f, profile.Default()).Counts(f, nil), func(f conflict.Finding) bool {
			return f.Code == "pod_subnets_too_small"
		})
		if want := shortByGroups(clusters, usable, whole); short != want {
			t.Fatalf("got %v, want %v: %+v", short, want, clusters)
		}
		if short {
			shortages++
		}
	}
	if shortages < 200 || shortages > 1800 {
		t.Errorf("%d shortages of 2000", shortages)
	}
}

// shortByGroups looks at each group of clusters: a subnet has all its addresses for a group in which a cluster takes single ones of it.
func shortByGroups(clusters map[string]topology.Cluster, usable, whole map[string]int64) bool {
	names := []string{"x", "y", "z"}
	for group := 1; group < 1<<len(names); group++ {
		need, room := int64(0), map[string]int64{}
		for i, name := range names {
			if group&(1<<i) == 0 {
				continue
			}
			cl := clusters[name]
			prefixes := cl.Profile == "eks-prefix-delegation"
			if prefixes {
				need += 32 * cl.Need.MaxNodes
			} else {
				need += cl.Need.MaxNodes
			}
			for _, subnet := range cl.PodSubnets {
				if prefixes {
					room[subnet] = max(room[subnet], whole[subnet])
				} else {
					room[subnet] = usable[subnet]
				}
			}
		}
		var total int64
		for _, addresses := range room {
			total += addresses
		}
		if need > total {
			return true
		}
	}
	return false
}

// AKS accepts one cluster in the subnet of a cluster with kubenet.
func TestNodesOfTwoClustersInASubnet(t *testing.T) {
	shared := func(a, b string) []string {
		return []string{fmt.Sprintf(
			`error node_subnet_shared clusters[%q].node_subnets[0]: beside %s clusters[%q].node_subnets[0] a 10.0.1.0/24`, a, b, b,
		)}
	}
	for name, test := range map[string]struct {
		x, y, subnet string
		want         []string
	}{
		"two with kubenet":        {"aks-kubenet", "aks-kubenet", "a", shared("y", "x")},
		"one of them":             {"aks-kubenet", "aks-overlay", "a", shared("y", "x")},
		"with Pods in the subnet": {"aks-kubenet", "aks-node-subnet", "a", shared("y", "x")},
		"in two subnets":          {"aks-kubenet", "aks-kubenet", "b", nil},
		"neither":                 {"aks-overlay", "aks-node-subnet", "a", nil},
		"two with Pods in it":     {"aks-node-subnet", "aks-node-subnet", "a", nil},
	} {
		t.Run(name, func(t *testing.T) {
			f := factsOfHome("azure", map[string]string{"a": "10.0.1.0/24", "b": "10.0.2.0/24"}, map[string]topology.Cluster{
				"x": clusterIn(test.x, 1, 30, "a", ""), "y": clusterIn(test.y, 1, 30, test.subnet, ""),
			})
			if got := countedSubnets(f, profile.Default()); !slices.Equal(got, test.want) {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}
