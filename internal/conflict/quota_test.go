package conflict_test

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"
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
				"%v %s: %s has %d %s of %d %s", f.Level(), f.Code, f.A.At, f.Number.Value, f.Number.Name, f.Limit.Value, f.Limit.Name,
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

func routes(n int) map[string]topology.Route {
	all := map[string]topology.Route{}
	for i := range n {
		all[fmt.Sprint("r", i)] = topology.Route{Destination: prefix("10.0.0.0/16"), Summary: new(bool)}
	}
	return all
}

func TestCountsRoutesOfAVPC(t *testing.T) {
	over := func(routes, quota int) []string {
		return []string{fmt.Sprintf(`warn route_quota_exceeded: vpcs["home"].route_quota has %d routes of %d routes`, routes, quota)}
	}
	tests := map[string]struct {
		clusters map[string]topology.Cluster
		change   func(*topology.VPC)
		want     []string
	}{
		"one cluster that fills the quota":  {nodes("ack-flannel", 200), nil, nil},
		"one node more":                     {nodes("ack-flannel", 201), nil, over(201, 200)},
		"two clusters that fill it":         {nodes("ack-flannel", 150, 50), nil, nil},
		"two that go over it are told once": {nodes("ack-flannel", 150, 51), nil, over(201, 200)},
		"neither alone goes over it":        {nodes("ack-flannel", 100, 60, 60), nil, over(220, 200)},
		"declared routes count":             {nodes("ack-flannel", 198), func(v *topology.VPC) { v.Routes = routes(2) }, nil},
		"one of them is one too many": {
			nodes("ack-flannel", 198),
			func(v *topology.VPC) { v.Routes = routes(3) },
			over(201, 200),
		},
		"and are counted once for two clusters": {nodes("ack-flannel", 99, 99), func(v *topology.VPC) { v.Routes = routes(2) }, nil},
		"a raised quota that is filled":         {nodes("ack-flannel", 300), func(v *topology.VPC) { v.RouteQuota = 300 }, nil},
		"a raised quota and one more": {
			nodes("ack-flannel", 301),
			func(v *topology.VPC) { v.RouteQuota = 300 },
			over(301, 300),
		},
		"a quota below the platform's":            {nodes("ack-flannel", 51), func(v *topology.VPC) { v.RouteQuota = 50 }, over(51, 50)},
		"the routes of CCE":                       {nodes("cce-vpc-router", 201), nil, over(201, 200)},
		"self-managed clusters write no routes":   {nodes("kubernetes-routed", 5000), nil, nil},
		"a cluster that does not say counts none": {nodes("ack-flannel", 0, 200), nil, nil},
		"a profile that there is not counts none": {nodes("no-such", 5000), nil, nil},
		"no clusters, however many routes":        {nil, func(v *topology.VPC) { v.Routes = routes(300) }, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := around()
			v := f.VPCs["home"]
			if test.change != nil {
				test.change(&v)
			}
			f.VPCs["home"], f.Clusters = v, test.clusters
			if got := counted(f); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Palms take two routes for each node and have 60, ferns take one and have 80: in one VPC the
// smaller number holds for all, and the finding is of who has it. The sum says what it is made of.
func TestCountsRoutesOfSeveralProfilesAsASum(t *testing.T) {
	type clusters = map[string]topology.Cluster
	in := func(profileName string, nodes int64) topology.Cluster { return living(profileName, nodes, 0, "", "") }
	tests := map[string]struct {
		clusters clusters
		routes   int
		quota    int64
		want     []string
	}{
		"two routes for each node": {clusters{"a": in("sub-palm", 30)}, 0, 0, nil},
		"one node more": {
			clusters{"a": in("sub-palm", 31)},
			0,
			0,
			[]string{`error a: 62 nodes of "a" + 0 declared routes = 62 of 60`},
		},
		"one route for each": {clusters{"a": in("sub-fern", 80)}, 0, 0, nil},
		"one more": {
			clusters{"a": in("sub-fern", 81)},
			0,
			0,
			[]string{`warn a: 81 nodes of "a" + 0 declared routes = 81 of 80`},
		},
		"both fill the smaller quota": {clusters{"a": in("sub-fern", 20), "b": in("sub-palm", 20)}, 0, 0, nil},
		"both go over it": {
			clusters{"a": in("sub-fern", 21), "b": in("sub-palm", 20)},
			0,
			0,
			[]string{`error b: 21 nodes of "a" + 40 nodes of "b" + 0 declared routes = 61 of 60`},
		},
		"declared routes are a term": {
			clusters{"a": in("sub-fern", 20), "b": in("sub-palm", 20)},
			1,
			0,
			[]string{`error b: 20 nodes of "a" + 40 nodes of "b" + 1 declared routes = 61 of 60`},
		},
		"one quota for both is told by name": {
			clusters{"b": in("sub-fern", 20), "a": in("sub-palm", 20), "c": in("sub-fern", 11)},
			0,
			70,
			[]string{`error a: 40 nodes of "a" + 20 nodes of "b" + 11 nodes of "c" + 0 declared routes = 71 of 70`},
		},
		"other modes take none": {clusters{"a": in("sub-palm", 30), "b": in("sub-crab", 1000)}, 0, 0, nil},
		"who takes none is not the one at all": {
			clusters{"a": in("sub-crab", 1), "b": in("sub-palm", 31)},
			0,
			0,
			[]string{`error b: 62 nodes of "b" + 0 declared routes = 62 of 60`},
		},
	}
	catalog := subsea(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := topology.Facts{
				VPCs:     map[string]topology.VPC{"sea": {RouteQuota: test.quota, Routes: routes(test.routes)}},
				Clusters: test.clusters,
			}
			var got []string
			for _, finding := range conflict.NewWorld(f, catalog).Counts(f, nil) {
				got = append(got, fmt.Sprintf("%v %s: %s of %d", finding.Level(), finding.A.Owner, terms(finding), finding.Limit.Value))
				if finding.Code != "route_quota_exceeded" || finding.A.At.String() != `vpcs["sea"].route_quota` ||
					finding.A.Network != "sea" {
					t.Errorf("%s at %v of %q", finding.Code, finding.A.At, finding.A.Network)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
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
		"as many Pods as are advised":        {"sub-fish", 10, 10, nil},
		"one Pod more on each node":          {"sub-fish", 10, 11, []string{over("warn", 110, 100)}},
		"one node more":                      {"sub-fish", 11, 10, []string{over("warn", 110, 100)}},
		"as many as there can be":            {"sub-fish", 20, 10, []string{over("warn", 200, 100)}},
		"one more than that":                 {"sub-fish", 201, 1, []string{over("error", 201, 200), over("warn", 201, 100)}},
		"the default number on each":         {"sub-fish", 26, 0, []string{over("warn", 104, 100)}},
		"nodes that are not said":            {"sub-fish", 0, 10, nil},
		"Pods of a number that there is not": {"sub-fish", 1000, -1, nil},
		"a mode without a bound":             {"sub-crab", 1 << 32, 1 << 32, nil},
		"more than can be counted": {
			"sub-fish",
			1 << 32,
			1 << 32,
			[]string{over("error", 1<<63-1, 200), over("warn", 1<<63-1, 100)},
		},
		"half of that": {
			"sub-fish",
			1 << 31,
			1 << 32,
			[]string{over("error", 1<<63-1, 200), over("warn", 1<<63-1, 100)},
		},
		"a quarter of that":          {"sub-fish", 1 << 30, 1 << 32, []string{over("error", 1<<62, 200), over("warn", 1<<62, 100)}},
		"as many as CCE Turbo holds": {"cce-turbo", 2000, 50, nil},
		"more than it holds":         {"cce-turbo", 1961, 51, []string{over("error", 100011, 100000)}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			catalog := profile.Default()
			if strings.HasPrefix(test.profile, "sub-") {
				catalog = subsea(t)
			}
			f := topology.Facts{
				VPCs:     map[string]topology.VPC{"sea": {}},
				Clusters: map[string]topology.Cluster{"x": living(test.profile, test.nodes, test.pods, "", "")},
			}
			if got := countedIn(f, catalog); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestCountsRoutesOfEachVPCApart(t *testing.T) {
	f := around()
	f.Clusters = nodes("ack-flannel", 150, 150, 150, 150)
	for i, network := range []string{"home", "hub", "hub", "site"} {
		name := fmt.Sprintf("c%d", i)
		c := f.Clusters[name]
		c.VPC = network
		f.Clusters[name] = c
	}
	want := []string{`warn route_quota_exceeded: vpcs["hub"].route_quota has 300 routes of 200 routes`}
	if got := counted(f); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
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
