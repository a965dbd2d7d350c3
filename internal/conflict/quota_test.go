package conflict_test

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// counted writes the findings of Counts: level, code, place, figures.
func counted(f topology.Facts) []string { return countedIn(f, profile.Default()) }

func countedIn(f topology.Facts, catalog *profile.Catalog) []string {
	findings := conflict.NewWorld(f, catalog).Counts(f, nil)
	conflict.Sort(findings)
	var out []string
	for _, f := range findings {
		out = append(
			out,
			fmt.Sprintf(
				"%v %s: %s has %d %s of %d %s", f.Level(), f.Code, f.A.At, f.Number.Value, f.Number.Unit, f.Limit.Value, f.Limit.Unit,
			),
		)
	}
	return out
}

// nodes makes clusters of a profile in the VPC home, each with a number of nodes.
func nodes(profileName string, counts ...int64) map[string]topology.Cluster {
	all := map[string]topology.Cluster{}
	for i, n := range counts {
		all[fmt.Sprintf("c%d", i)] = topology.Cluster{VPC: "home", Profile: profileName, Need: profile.Need{MaxNodes: n}}
	}
	return all
}

func TestCountsPodsOfACluster(t *testing.T) {
	over := func(level string, pods, most int) string {
		return fmt.Sprintf(`%s pods_over_cap: clusters["x"].max_nodes has %d pods of %d pods`, level, pods, most)
	}
	tests := map[string]struct {
		profile     string
		nodes, pods int64
		want        []string
	}{
		"as many Pods as are advised":        {"limited-subnets", 10, 10, nil},
		"one Pod more on each node":          {"limited-subnets", 10, 11, []string{over("warn", 110, 100)}},
		"one node more":                      {"limited-subnets", 11, 10, []string{over("warn", 110, 100)}},
		"as many as there can be":            {"limited-subnets", 20, 10, []string{over("warn", 200, 100)}},
		"one more than that":                 {"limited-subnets", 201, 1, []string{over("error", 201, 200), over("warn", 201, 100)}},
		"the default number on each":         {"limited-subnets", 26, 0, []string{over("warn", 104, 100)}},
		"nodes that are not said":            {"limited-subnets", 0, 10, nil},
		"Pods of a number that there is not": {"limited-subnets", 1000, -1, nil},
		"a mode without a bound":             {"any-subnets", 1 << 32, 1 << 32, nil},
		"more than can be counted": {
			"limited-subnets",
			1 << 32,
			1 << 32,
			[]string{over("error", 1<<63-1, 200), over("warn", 1<<63-1, 100)},
		},
		"half of that": {
			"limited-subnets",
			1 << 31,
			1 << 32,
			[]string{over("error", 1<<63-1, 200), over("warn", 1<<63-1, 100)},
		},
		"a quarter of that":          {"limited-subnets", 1 << 30, 1 << 32, []string{over("error", 1<<62, 200), over("warn", 1<<62, 100)}},
		"as many as CCE Turbo holds": {"cce-turbo", 2000, 50, nil},
		"more than it holds":         {"cce-turbo", 1961, 51, []string{over("error", 100011, 100000)}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			catalog := profile.Default()
			if _, shipped := catalog.Profile(test.profile); !shipped {
				catalog = fixturePlatforms(t)
			}
			f := topology.Facts{
				VPCs:     map[string]topology.VPC{"home": {}},
				Clusters: map[string]topology.Cluster{"x": clusterIn(test.profile, test.nodes, test.pods, "", "")},
			}
			if got := countedIn(f, catalog); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestCountsNodesOfACluster(t *testing.T) {
	advised := func(n int) string {
		return fmt.Sprintf(`warn nodes_over_cap: clusters["c0"].max_nodes has %d nodes of 1000 nodes`, n)
	}
	tests := map[string]struct {
		profile string
		nodes   int64
		want    []string
	}{
		"as many as CCE advises": {"cce-vpc-router", 1000, nil},
		"more than CCE advises":  {"cce-vpc-router", 1001, []string{advised(1001)}},
		"as many as CCE has":     {"cce-vpc-router", 2000, []string{advised(2000)}},
		"more than CCE has": {
			"cce-vpc-router",
			2001,
			[]string{`error nodes_over_cap: clusters["c0"].max_nodes has 2001 nodes of 2000 nodes`, advised(2001)},
		},
		"fewer than Turbo has": {"cce-turbo", 900, nil},
		"more than Turbo has": {
			"cce-turbo",
			2001,
			[]string{
				`error nodes_over_cap: clusters["c0"].max_nodes has 2001 nodes of 2000 nodes`,
				`error pods_over_cap: clusters["c0"].max_nodes has 220110 pods of 100000 pods`,
			},
		},
		"as many as ACK has": {"ack-flannel", 5000, nil},
		"more than ACK has": {
			"ack-flannel",
			5001,
			[]string{`warn nodes_over_cap: clusters["c0"].max_nodes has 5001 nodes of 5000 nodes`},
		},
		"self-managed has no caps": {"kubernetes-overlay", 1 << 32, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := around()
			f.Clusters = nodes(test.profile, test.nodes)
			v := f.VPCs["home"]
			v.RouteQuota = 1_000_000
			f.VPCs["home"] = v
			if got := counted(f); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestCountsBitsBetweenPodRangeAndNodeMask(t *testing.T) {
	over := func(at string, bits int) string {
		return fmt.Sprintf(`error node_mask_difference_over_16: clusters["shop"].pod_cidrs[%s] has %d bits of 16 bits`, at, bits)
	}
	tests := map[string]struct {
		profile string
		mask    int
		pods    []string
		want    []string
	}{
		"16 bits":                     {"kubernetes-overlay", 26, []string{"10.64.0.0/10"}, nil},
		"17 bits":                     {"kubernetes-overlay", 26, []string{"10.0.0.0/9"}, []string{over("0", 17)}},
		"17 bits of the default mask": {"kubernetes-routed", 0, []string{"10.0.0.0/8"}, []string{over("0", 17)}},
		"the second range":            {"kubernetes-overlay", 26, []string{"10.64.0.0/10", "11.0.0.0/8"}, []string{over("1", 18)}},
		"a range that was not read":   {"kubernetes-overlay", 26, []string{""}, nil},
		"a mask that there is not":    {"kubernetes-overlay", 31, []string{"10.0.0.0/8"}, nil},
		"dynamic blocks have no mask": {"cce-overlay", 0, []string{"10.0.0.0/8"}, nil},
		"ACK counts them all":         {"ack-flannel", 28, []string{"10.0.0.0/8"}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := topology.Cluster{VPC: "home", Profile: test.profile, Need: profile.Need{NodeMask: test.mask}}
			for _, text := range test.pods {
				c.PodCIDRs = append(c.PodCIDRs, netip.Prefix{})
				if text != "" {
					c.PodCIDRs[len(c.PodCIDRs)-1] = prefix(text)
				}
			}
			f := around()
			f.Clusters = map[string]topology.Cluster{"shop": c}
			if got := counted(f); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// The finding is the same whatever the order of the maps is.
func TestCountsDoNotShowTheOrderOfMaps(t *testing.T) {
	f := around()
	f.Clusters = nodes("cce-vpc-router", 1500, 1500, 1500, 1500, 1500, 1500)
	want := world().Counts(f, nil)
	if len(want) != 7 {
		t.Fatalf("%d findings, want 7", len(want))
	}
	for range 20 {
		if got := world().Counts(f, nil); !reflect.DeepEqual(got, want) {
			t.Fatalf("counted again:\n got %+v\nwant %+v", got, want)
		}
	}
}
