package conflict_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// leading makes the VPC home with one route, and Pods in networks.
func leading(r topology.Route, pods ...conflict.Claim) (topology.Facts, []conflict.Claim) {
	f := around()
	v := f.VPCs["home"]
	v.Routes = map[string]topology.Route{"r": r}
	f.VPCs["home"] = v
	return f, append(conflict.FactClaims(f, profile.Default()), pods...)
}

func TestRoutesToNodesAreNoConflictWithTheirCluster(t *testing.T) {
	to := func(text, hop string) topology.Route { return topology.Route{Destination: prefix(text), NextHop: hop} }
	hopUnknown := to("10.0.1.0/24", "")
	hopUnknown.Unknown = topology.Unknown{"next_hop"}
	pods := func(owner, network, text string) conflict.Claim {
		return at(claim("pod", owner, network, "ack-flannel"), text)
	}
	services := at(claim("service", "a", "home", "ack-flannel"), "10.0.0.0/16")
	here, over := pods("a", "home", "10.0.0.0/16"), "error pod_overlaps_route: a 10.0.0.0/16 and home 10.0.1.0/24 share 10.0.1.0/24"
	tests := map[string]struct {
		route topology.Route
		pods  []conflict.Claim
		want  []string
	}{
		"inside the Pod range":             {to("10.0.1.0/24", "instance"), []conflict.Claim{here}, nil},
		"the Pod range itself":             {to("10.0.0.0/16", "instance"), []conflict.Claim{here}, nil},
		"a single address":                 {to("10.0.1.1/32", "instance"), []conflict.Claim{here}, nil},
		"a further Pod range":              {to("10.9.1.0/24", "instance"), []conflict.Claim{here, pods("a", "home", "10.9.0.0/16")}, nil},
		"an IPv6 Pod range":                {to("fd00:0:0:1::/64", "instance"), []conflict.Claim{pods("a", "home", "fd00::/56")}, nil},
		"a next hop that is still to come": {hopUnknown, []conflict.Claim{here}, nil},
		"another next hop":                 {to("10.0.1.0/24", "vpn"), []conflict.Claim{here}, []string{over}},
		"no next hop":                      {to("10.0.1.0/24", ""), []conflict.Claim{here}, []string{over}},
		"wider than the Pod range": {
			to("10.0.0.0/15", "instance"),
			[]conflict.Claim{here},
			[]string{"error pod_overlaps_route: a 10.0.0.0/16 and home 10.0.0.0/15 share 10.0.0.0/16"},
		},
		"over a Service range": {
			to("10.0.1.0/24", "instance"),
			[]conflict.Claim{services},
			[]string{"warn service_overlaps_route: a 10.0.0.0/16 and home 10.0.1.0/24 share 10.0.1.0/24"},
		},
		"Pods of a joined VPC": {
			to("10.0.1.0/24", "instance"),
			[]conflict.Claim{pods("a", "hub", "10.0.0.0/16")},
			[]string{"error pod_overlaps_peer_route: a 10.0.0.0/16 and home 10.0.1.0/24 share 10.0.1.0/24"},
		},
		"beside Pods of a joined VPC": {to("10.0.1.0/24", "instance"), []conflict.Claim{here, pods("b", "hub", "10.0.1.0/25")}, []string{
			"error pod_overlaps_peer_pod: a 10.0.0.0/16 and b 10.0.1.0/25 share 10.0.1.0/25",
			"error pod_overlaps_peer_route: b 10.0.1.0/25 and home 10.0.1.0/24 share 10.0.1.0/25",
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f, claims := leading(test.route, test.pods...)
			w := conflict.NewWorld(f, profile.Default())
			wantLines(t, w.Overlaps(claims), test.want...)
			slices.Reverse(claims)
			wantLines(t, w.Overlaps(claims), test.want...)
			for _, c := range test.pods { // a range still to be chosen avoids every route
				for _, route := range conflict.FactClaims(f, profile.Default()) {
					if _, broken := w.Check(c, route); route.Kind == conflict.Route && !broken {
						t.Errorf("%v may be put on %v", c.Kind, route.Range)
					}
				}
			}
		})
	}
}

// Nodes are counted by max_nodes, and their routes not once more.
func TestCountsRoutesToNodesOnce(t *testing.T) {
	f := around()
	v := f.VPCs["home"]
	v.RouteQuota = 12
	v.Routes = map[string]topology.Route{
		"idc":      {Destination: prefix("10.200.0.0/16"), NextHop: "idc"},
		"node":     {Destination: prefix("10.0.1.0/24"), NextHop: "instance"},
		"next":     {Destination: prefix("10.9.1.0/24"), NextHop: "instance"},
		"gone":     {Destination: prefix("10.7.1.0/24"), NextHop: "instance"},
		"own":      {Destination: prefix("10.5.1.0/24"), NextHop: "instance"},
		"unsized":  {Destination: prefix("10.6.1.0/24"), NextHop: "instance"},
		"firewall": {Destination: prefix("10.0.2.0/24"), NextHop: "other"},
		"default":  {Destination: prefix("0.0.0.0/0"), NextHop: "instance"},
	}
	f.VPCs["home"] = v
	f.Clusters = nodes("ack-flannel", 10)
	f.Clusters["unsized"] = topology.Cluster{VPC: "home", Profile: "ack-flannel"}
	f.Clusters["own"] = topology.Cluster{VPC: "home", Profile: "kubernetes-routed", Need: profile.Need{MaxNodes: 10}}
	var claims []conflict.Claim
	for name, text := range map[string]string{"c0": "10.0.0.0/16", "own": "10.5.0.0/16", "unsized": "10.6.0.0/16"} {
		claims = append(claims, at(claim("pod", name, "home", f.Clusters[name].Profile), text))
	}
	claims = append(claims, at(claim("pod", "c0", "home", "ack-flannel"), "10.9.0.0/16"))
	findings := conflict.NewWorld(f, profile.Default()).Counts(f, claims)
	// eight routes, of which two are those of counted nodes
	want := []conflict.Term{{Of: conflict.NodesOfCluster, Cluster: "c0", Value: 10}, {Of: conflict.DeclaredRoutes, Value: 6}}
	if len(findings) != 1 || !slices.Equal(findings[0].Terms, want) {
		t.Errorf("got %+v, want one finding with %v", findings, want)
	}
}
