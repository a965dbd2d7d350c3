package allocate

import (
	"net/netip"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// unsure is a request with a cluster that holds ranges, one that is pinned and one that is new.
func unsure(t *testing.T) (Request, Allocation) {
	t.Helper()
	r := request(shop())
	was := planned(t, r)
	r = edited(after(r, was), cluster("pinned", "ack-flannel", profile.Need{}, pins("172.20.200.0/24", "10.0.200.0/24")), pods("new", 24))
	r.Existing["gone"] = Existing{ServiceCIDR: prefix("172.20.9.0/24")}
	return r, was.Allocations["shop"]
}

// A fact that matters and is not known yet: what is held and what is pinned stays known, what is
// new waits for the apply.
func TestUnknownFacts(t *testing.T) {
	type edit = func(*Request)
	u := func(attributes ...string) topology.Unknown { return attributes }
	onCluster := func(name string, unknown topology.Unknown) edit {
		return func(r *Request) {
			cl := r.Facts.Clusters[name]
			cl.Unknown = unknown
			r.Facts.Clusters[name] = cl
		}
	}
	onRoute := func(r topology.Route) edit { return vpc("own", route("r", r)) }
	yes, no := true, false
	everything := u(topology.Everything)
	tests := map[string]struct {
		edits    []edit
		unknown  []string
		deferred []string
	}{
		"all is known": {},
		"the blocks of a VPC": {
			[]edit{vpc("hua", func(v *topology.VPC) { v.CIDRBlocks, v.Unknown = nil, u("cidr_blocks") })},
			[]string{`vpcs["hua"].cidr_blocks`},
			[]string{"new"},
		},
		"one of several blocks, reported once": {
			[]edit{vpc("hua", func(v *topology.VPC) { v.Unknown = u("cidr_blocks", "cidr_blocks") })},
			[]string{`vpcs["hua"].cidr_blocks`},
			[]string{"new"},
		},
		"all of a VPC": {
			[]edit{vpc("hua", func(v *topology.VPC) { v.Unknown = everything })},
			[]string{`vpcs["hua"]`},
			[]string{"new"},
		},
		"all VPCs": {
			[]edit{func(r *Request) { r.Facts.VPCs, r.Facts.Unknown = nil, u("vpcs") }},
			[]string{"vpcs"},
			[]string{"new"},
		},
		"a site's blocks and its hubs": {
			[]edit{func(r *Request) { r.Facts.Sites["idc"] = topology.Site{Unknown: u("hubs", "cidr_blocks")} }},
			[]string{`sites["idc"].cidr_blocks`, `sites["idc"].hubs`},
			[]string{"new"},
		},
		"a hub's VRF": {
			[]edit{func(r *Request) { r.Facts.Hubs["h"] = topology.Hub{Unknown: u("vrf")} }},
			[]string{`hubs["h"].vrf`},
			[]string{"new"},
		},
		"a route's destination": {
			[]edit{onRoute(topology.Route{Unknown: u("destination")})},
			[]string{`vpcs["own"].routes["r"].destination`},
			[]string{"new"},
		},
		"whether a route is a summary": {
			[]edit{onRoute(topology.Route{Destination: prefix("9.0.0.0/16"), Unknown: u("summary")})},
			[]string{`vpcs["own"].routes["r"].summary`},
			[]string{"new"},
		},
		"where a route leads": {
			[]edit{onRoute(topology.Route{Destination: prefix("9.0.0.0/16"), Summary: &no, Unknown: u("next_hop")})},
			[]string{`vpcs["own"].routes["r"].next_hop`},
			[]string{"new"},
		},
		"all of a route": {
			[]edit{onRoute(topology.Route{Unknown: everything})},
			[]string{`vpcs["own"].routes["r"]`},
			[]string{"new"},
		},
		"what is reserved": {
			[]edit{func(r *Request) { r.Facts.Reserved["x"] = topology.Reserved{Unknown: u("cidr")} }},
			[]string{`reserved["x"].cidr`},
			[]string{"new"},
		},
		"the supernets": {
			[]edit{func(r *Request) { r.Supernets, r.Unknown = nil, u("supernets") }},
			[]string{"supernets"},
			[]string{"new"},
		},
		"a flag": {
			[]edit{func(r *Request) { r.Unknown = u("unique_pod_cidrs") }},
			[]string{"unique_pod_cidrs"},
			[]string{"new"},
		},
		"a pool": {
			[]edit{func(r *Request) { r.Pools["far"] = Pool{Unknown: u("supernets")} }},
			[]string{`pools["far"].supernets`},
			[]string{"new"},
		},
		"what exists": {
			[]edit{func(r *Request) { r.Existing, r.Unknown = nil, u("existing") }},
			[]string{"existing"},
			[]string{"new", "pinned"},
		},
		"what the pinned one has": {
			[]edit{existing("pinned", Existing{PodCIDRs: prefixes("10.0.200.0/24"), Unknown: u("node_cidr_mask")})},
			[]string{`existing["pinned"].node_cidr_mask`},
			[]string{"new", "pinned"},
		},
		"more Pods of the new one": {
			[]edit{
				pods("new", 24, func(cl *topology.Cluster) { cl.Need.MaxNodes = 16 }),
				existing("new", Existing{PodCIDRs: prefixes("10.0.99.0/28", ""), Unknown: u("pod_cidrs")}),
			},
			[]string{`existing["new"].pod_cidrs`},
			[]string{"new"},
		},
		"what another has": {
			[]edit{existing("gone", Existing{Unknown: u("pod_cidrs")})},
			[]string{`existing["gone"].pod_cidrs`},
			[]string{"new"},
		},
		"the need of the new one": {
			[]edit{onCluster("new", u("max_nodes"))},
			[]string{`clusters["new"].max_nodes`},
			[]string{"new"},
		},
		"the pins of the new one": {
			[]edit{onCluster("new", u("service_cidr", "pod_cidrs"))},
			[]string{`clusters["new"].pod_cidrs`, `clusters["new"].service_cidr`},
			[]string{"new"},
		},
		"all of the new one": {
			[]edit{func(r *Request) { r.Facts.Clusters["new"] = topology.Cluster{Unknown: everything} }},
			[]string{`clusters["new"]`},
			[]string{"new"},
		},
		"the mesh of the pinned one": {
			[]edit{onCluster("pinned", u("meshes"))},
			[]string{`clusters["pinned"].meshes`},
			[]string{"new", "pinned"},
		},
		"the need of the one that holds": {
			[]edit{onCluster("shop", u("max_nodes"))},
			[]string{`clusters["shop"].max_nodes`},
			[]string{"new"},
		},
		"the profile of the one that holds": {
			[]edit{shop(func(cl *topology.Cluster) { cl.Profile, cl.Unknown = "", u("profile") })},
			[]string{`clusters["shop"].profile`},
			[]string{"new"},
		},
		"all of the one that holds": {
			[]edit{func(r *Request) { r.Facts.Clusters["shop"] = topology.Cluster{Unknown: everything} }},
			[]string{`clusters["shop"]`},
			[]string{"new"},
		},
		"several, in order of their places": {
			[]edit{
				func(r *Request) { r.Unknown = u("unique_pod_cidrs", "existing") },
				onCluster("new", u("max_nodes")),
				vpc("own", func(v *topology.VPC) { v.Unknown = u("vrf", "hubs") }),
			},
			[]string{`clusters["new"].max_nodes`, "existing", "unique_pod_cidrs", `vpcs["own"].hubs`, `vpcs["own"].vrf`},
			[]string{"new", "pinned"},
		},
		"words about a VPC": {
			edits: []edit{vpc("own", func(v *topology.VPC) { v.Unknown = u("description", "labels", "region") })},
		},
		"the route quota": {edits: []edit{vpc("own", func(v *topology.VPC) { v.Unknown = u("route_quota") })}},
		"IPv6 blocks":     {edits: []edit{vpc("own", func(v *topology.VPC) { v.Unknown = u("ipv6_cidr_blocks") })}},
		"subnets of known blocks": {
			edits: []edit{vpc("own", func(v *topology.VPC) { v.Subnets, v.Unknown = map[string]netip.Prefix{"a": {}}, u("subnets") })},
		},
		"the destination of a summary": {edits: []edit{onRoute(topology.Route{Summary: &yes, Unknown: u("destination", "next_hop")})}},
		"where a default route leads": {
			edits: []edit{onRoute(topology.Route{Destination: prefix("0.0.0.0/0"), Unknown: u("next_hop", "summary")})},
		},
		"the kind of a hub":       {edits: []edit{func(r *Request) { r.Facts.Hubs["h"] = topology.Hub{Unknown: u("kind")} }}},
		"words about the new one": {edits: []edit{onCluster("new", u("labels"))}},
		"words about what is reserved": {edits: []edit{func(r *Request) {
			r.Facts.Reserved["x"] = topology.Reserved{CIDR: prefix("9.0.0.0/16"), Unknown: u("description")}
		}}},
		"words, beside something that counts": {
			[]edit{
				onCluster("pinned", u("description")),
				onCluster("new", u("description")),
				vpc("own", func(v *topology.VPC) { v.Unknown = u("hubs") }),
			},
			[]string{`vpcs["own"].hubs`},
			[]string{"new"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r, held := unsure(t)
			r = edited(r, test.edits...)
			result := Plan(r, profile.Default())
			wantFaults(t, result.Faults)
			if result.Failed() {
				t.Errorf("the plan fails:\n%s", allReports(result))
			}
			var unknown []string
			for _, at := range result.Unknown {
				unknown = append(unknown, at.String())
			}
			if !slices.Equal(unknown, test.unknown) || !slices.Equal(result.Deferred, test.deferred) {
				t.Errorf("unknown %q, deferred %q; want %q, %q", unknown, result.Deferred, test.unknown, test.deferred)
			}
			if got := result.Allocations["shop"]; !reflect.DeepEqual(got, held) {
				t.Errorf("shop: got %+v, want %+v", got, held)
			}
			for name := range r.Facts.Clusters {
				_, known := result.Allocations[name]
				if known == slices.Contains(test.deferred, name) {
					t.Errorf("%s has an allocation: %t, deferred %q", name, known, result.Deferred)
				}
			}
		})
	}
}

// What the plan gives out beside something unknown is what the apply gives out when that is known.
func TestKnownBesideUnknownStaysTheSame(t *testing.T) {
	r, _ := unsure(t)
	before := Plan(
		edited(r, vpc("hua", func(v *topology.VPC) { v.CIDRBlocks, v.Unknown = nil, topology.Unknown{"cidr_blocks"} })),
		profile.Default(),
	)
	apply := planned(t, r)
	if len(before.Allocations) != 2 || len(apply.Allocations) != 3 {
		t.Fatalf("%d allocations in the plan and %d in the apply, want 2 and 3", len(before.Allocations), len(apply.Allocations))
	}
	for name, a := range before.Allocations {
		if got := apply.Allocations[name]; !reflect.DeepEqual(got, a) {
			t.Errorf("%s: %+v in the plan, %+v in the apply", name, a, got)
		}
	}
}

// A conflict that can be seen fails the plan, whatever else is not known.
func TestConflictsBesideUnknown(t *testing.T) {
	r := request(onVPC("a"), pods("b", 24), vpc("hua", func(v *topology.VPC) { v.Unknown = topology.Unknown{"cidr_blocks"} }))
	result := Plan(r, profile.Default())
	wantFindings(t, result, "error pod_overlaps_vpc a 192.168.0.0/25 ali 192.168.0.0/24")
	if !result.Failed() || !slices.Equal(result.Deferred, []string{"b"}) {
		t.Errorf("failed %t, deferred %q; want true and b", result.Failed(), result.Deferred)
	}
}

// A need that cannot be served fails the plan, whatever else is not known.
func TestFaultsBesideUnknown(t *testing.T) {
	r := request(
		cluster("a", "ack-flannel", profile.Need{MaxNodes: 2, PodsPerNode: 257}),
		vpc("hua", func(v *topology.VPC) { v.Unknown = topology.Unknown{"cidr_blocks"} }),
	)
	result := Plan(r, profile.Default())
	if len(result.Faults) != 1 || !result.Failed() || result.Faults[0].At.String() != `clusters["a"].pods_per_node` {
		t.Errorf("faults %v, failed %t; want one at pods_per_node", result.Faults, result.Failed())
	}
}
