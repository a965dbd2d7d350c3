package allocate

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/drift"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A cloud is compared with the ranges that clusters use beside Pods and Services by their declaration, by existing and by default.
func TestDriftOfOtherRanges(t *testing.T) {
	held := existing("a", Existing{PodCIDRs: prefixes("10.1.0.0/16")})
	seen := func(use string, ranges ...string) drift.Observed {
		return drift.Observed{
			Clusters: map[string]profile.Ranges{"a": {Pods: prefixes("10.1.0.0/16")}},
			Others:   map[string]map[string][]netip.Prefix{"a": {use: prefixes(ranges...)}},
		}
	}
	plane := func(uses ...func(*topology.Cluster)) func(*Request) {
		return cluster("a", "other-unique", lengths(16, 20, 24), uses...)
	}
	for name, test := range map[string]struct {
		edits    []func(*Request)
		observed drift.Observed
		want     []string
	}{
		"declared": {[]func(*Request){plane(using("control_plane", "10.9.0.0/28")), held}, seen("control_plane", "10.9.0.0/28"), nil},
		"not declared": {
			[]func(*Request){plane(), held}, seen("control_plane", "10.9.0.0/28"), []string{"other_range_undeclared a 10.9.0.0/28"},
		},
		"by existing of a declared cluster": {
			[]func(*Request){plane(), existingWith("a", "control_plane", "10.9.0.0/28")},
			drift.Observed{
				Clusters: map[string]profile.Ranges{"a": {Pods: prefixes("100.80.0.0/16")}},
				Others:   map[string]map[string][]netip.Prefix{"a": {"control_plane": prefixes("10.9.0.0/28")}},
			}, nil,
		},
		"by existing of an undeclared cluster": {
			[]func(*Request){existing("a", Existing{
				PodCIDRs: prefixes("10.1.0.0/16"), OtherRanges: map[string][]netip.Prefix{"control_plane": prefixes("10.9.0.0/28")},
			})}, seen("control_plane", "10.9.0.0/28"), nil,
		},
		"the default": {[]func(*Request){cluster("a", "other-default", lengths(16, 20, 24)), held}, seen("join", "100.64.0.0/16"), nil},
		"not the default": {
			[]func(*Request){cluster("a", "other-default", lengths(16, 20, 24)), held}, seen("join", "10.9.0.0/16"),
			[]string{"other_range_undeclared a 10.9.0.0/16"},
		},
		"a route to hybrid nodes": {
			[]func(*Request){plane(using("remote_nodes", "10.9.0.0/24")), held},
			drift.Observed{VPCs: map[string]topology.VPC{
				"own": {
					CIDRBlocks: prefixes("192.168.2.0/24"),
					Routes:     map[string]topology.Route{"r": {Destination: prefix("10.9.0.0/25")}},
				},
				"far": {CIDRBlocks: prefixes("192.168.3.0/24")}, "apart": {CIDRBlocks: prefixes("192.168.4.0/24")},
			}}, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, d := range besides(test.edits...).Drift(test.observed, otherCatalog(t)) {
				got = append(got, fmt.Sprintf("%s %s %s", d.Code, d.Name, d.Range))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A cloud is compared with what existing and pins give, by the name that a cluster has now, and with the routes that these ranges need.
func TestDriftOfRequest(t *testing.T) {
	of := func(text string) profile.Ranges { return profile.Ranges{Pods: prefixes(text)} }
	given := func(key, text string) func(*Request) { return existing(key, Existing{PodCIDRs: prefixes(text)}) }
	pinnedTo := func(texts ...string) func(*Request) {
		return cluster(
			"shop",
			"ack-flannel",
			profile.Need{},
			pins("", texts...),
			func(cl *topology.Cluster) { cl.PreviousNames = []string{"store"} },
		)
	}
	peers := func(r *Request) {
		peered("hua", "ali")(r)
		vpc("hua", route("idc", topology.Route{Destination: prefix("172.31.0.0/16"), NextHop: "vpn"}))(r)
		r.Facts.Sites["idc"] = topology.Site{CIDRBlocks: prefixes("10.250.0.0/16"), Peers: []string{"ali"}}
	}
	for name, test := range map[string]struct {
		edits    []func(*Request)
		clusters map[string]profile.Ranges
		want     []string
	}{
		"an undeclared cluster": {
			[]func(*Request){given("old", "10.1.0.0/16")}, map[string]profile.Ranges{"old": of("10.1.0.0/16")}, nil,
		},
		"an undeclared cluster that is gone": {
			[]func(*Request){given("old", "10.1.0.0/16")}, map[string]profile.Ranges{"x": of("10.2.0.0/16")},
			[]string{"cluster_undeclared x 10.2.0.0/16", "cluster_gone old 10.1.0.0/16"},
		},
		"released ranges that are not in use": {
			[]func(*Request){existing("web~2", Existing{Cluster: "web", PodCIDRs: prefixes("10.1.0.0/16")})},
			map[string]profile.Ranges{"x": of("10.2.0.0/16")},
			[]string{"cluster_undeclared x 10.2.0.0/16", "released_cluster_gone web 10.1.0.0/16"},
		},
		"a pinned cluster": {[]func(*Request){pinnedTo("10.0.0.0/20")}, map[string]profile.Ranges{"shop": of("10.0.0.0/20")}, nil},
		"a pinned cluster with other ranges": {
			[]func(*Request){pinnedTo("10.0.0.0/20")}, map[string]profile.Ranges{"shop": of("10.0.16.0/20")},
			[]string{"cluster_range_differs shop 10.0.16.0/20"},
		},
		"a pin that could not be read": {
			[]func(*Request){pinnedTo("10.0.0.0/20", "")}, map[string]profile.Ranges{"shop": of("10.0.0.0/20")}, nil,
		},
		"existing has the new name": {
			[]func(*Request){pinnedTo(), given("shop", "10.0.0.0/20")}, map[string]profile.Ranges{"shop": of("10.0.0.0/20")}, nil,
		},
		"existing has the previous name": {
			[]func(*Request){pinnedTo(), given("store", "10.0.0.0/20")}, map[string]profile.Ranges{"shop": of("10.0.0.0/20")}, nil,
		},
		"existing goes before pins": {
			[]func(*Request){pinnedTo("10.0.16.0/20"), given("shop", "10.0.0.0/20")},
			map[string]profile.Ranges{"shop": of("10.0.0.0/20")}, nil,
		},
		"a peer without a route to the Pods": {
			[]func(*Request){pinnedTo("10.0.0.0/20"), peers}, map[string]profile.Ranges{"shop": of("10.0.0.0/20")},
			[]string{"required_route_missing hua 10.0.0.0/20"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := request(test.edits...)
			var got []string
			observed := drift.Observed{VPCs: r.Facts.VPCs, Sites: r.Facts.Sites, Clusters: test.clusters}
			for _, d := range r.Drift(observed, profile.Default()) {
				got = append(got, fmt.Sprintf("%s %s %s", d.Code, d.Name, d.Range))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
