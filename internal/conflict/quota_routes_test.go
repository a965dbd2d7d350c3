package conflict_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

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
		"one cluster that fills the quota":      {nodes("ack-flannel", 200), nil, nil},
		"one node more":                         {nodes("ack-flannel", 201), nil, over(201, 200)},
		"two clusters that fill it":             {nodes("ack-flannel", 150, 50), nil, nil},
		"two that go over it are reported once": {nodes("ack-flannel", 150, 51), nil, over(201, 200)},
		"neither alone goes over it":            {nodes("ack-flannel", 100, 60, 60), nil, over(220, 200)},
		"declared routes count":                 {nodes("ack-flannel", 198), func(v *topology.VPC) { v.Routes = routes(2) }, nil},
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

// Clusters of two-routes use two routes for each node and have 60, those of one-route use one and have 80: in one VPC the
// smaller number holds for all, and the finding is of who has it. The sum says what it is made of.
func TestCountsRoutesOfSeveralProfilesAsASum(t *testing.T) {
	type clusters = map[string]topology.Cluster
	in := func(profileName string, nodes int64) topology.Cluster {
		return clusterIn(profileName, nodes, 0, "", "")
	}
	tests := map[string]struct {
		clusters clusters
		routes   int
		quota    int64
		want     []string
	}{
		"two routes for each node": {clusters{"a": in("two-routes", 30)}, 0, 0, nil},
		"one node more": {
			clusters{"a": in("two-routes", 31)},
			0,
			0,
			[]string{`error a: 62 nodes of "a" + 0 declared routes = 62 of 60`},
		},
		"one route for each": {clusters{"a": in("one-route", 80)}, 0, 0, nil},
		"one more": {
			clusters{"a": in("one-route", 81)},
			0,
			0,
			[]string{`warn a: 81 nodes of "a" + 0 declared routes = 81 of 80`},
		},
		"both fill the smaller quota": {clusters{"a": in("one-route", 20), "b": in("two-routes", 20)}, 0, 0, nil},
		"both go over it": {
			clusters{"a": in("one-route", 21), "b": in("two-routes", 20)},
			0,
			0,
			[]string{`error b: 21 nodes of "a" + 40 nodes of "b" + 0 declared routes = 61 of 60`},
		},
		"declared routes are a term": {
			clusters{"a": in("one-route", 20), "b": in("two-routes", 20)},
			1,
			0,
			[]string{`error b: 20 nodes of "a" + 40 nodes of "b" + 1 declared routes = 61 of 60`},
		},
		"one quota for both is reported by name": {
			clusters{"b": in("one-route", 20), "a": in("two-routes", 20), "c": in("one-route", 11)},
			0,
			70,
			[]string{`error a: 40 nodes of "a" + 20 nodes of "b" + 11 nodes of "c" + 0 declared routes = 71 of 70`},
		},
		"other modes take none": {clusters{"a": in("two-routes", 30), "b": in("any-subnets", 1000)}, 0, 0, nil},
		"who takes none is not the one at all": {
			clusters{"a": in("any-subnets", 1), "b": in("two-routes", 31)},
			0,
			0,
			[]string{`error b: 62 nodes of "b" + 0 declared routes = 62 of 60`},
		},
	}
	catalog := fixturePlatforms(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := topology.Facts{
				VPCs:     map[string]topology.VPC{"home": {RouteQuota: test.quota, Routes: routes(test.routes)}},
				Clusters: test.clusters,
			}
			var got []string
			for _, finding := range conflict.NewWorld(f, catalog).Counts(f, nil) {
				got = append(got, fmt.Sprintf("%v %s: %s of %d", finding.Level(), finding.A.Owner, terms(finding), finding.Limit.Value))
				if finding.Code != "route_quota_exceeded" || finding.A.At.String() != `vpcs["home"].route_quota` ||
					finding.A.Network != "home" {
					t.Errorf("%s at %v of %q", finding.Code, finding.A.At, finding.A.Network)
				}
			}
			if !slices.Equal(got, test.want) {
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
