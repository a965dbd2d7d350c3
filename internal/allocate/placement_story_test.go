package allocate

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// pods is a cluster that takes any range, with Services of its own out of the way.
func pods(name string, length int, edits ...func(*topology.Cluster)) func(*Request) {
	return cluster(name, "kubernetes-overlay", lengths(length, 28, 28), edits...)
}

func inVPC(name string) func(*topology.Cluster) {
	return func(cl *topology.Cluster) { cl.VPC = name }
}

func route(name string, r topology.Route) func(*topology.VPC) {
	return func(v *topology.VPC) { v.Routes = map[string]topology.Route{name: r} }
}

func hub(members ...string) func(*Request) {
	return func(r *Request) {
		r.Facts.Hubs["hub"] = topology.Hub{}
		for _, name := range members {
			if v, ok := r.Facts.VPCs[name]; ok {
				v.Hubs = append(v.Hubs, "hub")
				r.Facts.VPCs[name] = v
			} else {
				s := r.Facts.Sites[name]
				s.Hubs = append(s.Hubs, "hub")
				r.Facts.Sites[name] = s
			}
		}
	}
}

func site(name string, blocks ...string) func(*Request) {
	return func(r *Request) { r.Facts.Sites[name] = topology.Site{CIDRBlocks: prefixes(blocks...)} }
}

func TestWhichPlaceIsChosen(t *testing.T) {
	type edits = []func(*Request)
	far := func(p Pool) func(*Request) { return func(r *Request) { r.Pools["far"] = p } }
	inFar := func(cl *topology.Cluster) { cl.Pool = "far" }
	yes := true
	tests := map[string]struct {
		edits edits
		pods  map[string]string
	}{
		"the first place": {edits{pods("a", 24)}, map[string]string{"a": "10.0.0.0/24"}},
		"in the earlier supernet, though a later fits": {
			edits{supernets("10.9.0.0/16", "10.0.0.0/24"), pods("a", 24)},
			map[string]string{"a": "10.9.0.0/24"},
		},
		"in the later supernet when the earlier is small": {
			edits{supernets("10.9.0.0/25", "10.0.0.0/16"), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"in the later supernet when the earlier is full": {
			edits{supernets("10.9.0.0/24", "10.0.0.0/16"), pods("a", 24), pods("b", 24)},
			map[string]string{"a": "10.9.0.0/24", "b": "10.0.0.0/24"},
		},
		"in one supernet, not across two": {
			edits{supernets("10.9.0.0/25", "10.9.0.128/25", "10.0.0.0/16"), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"in the smallest free block": {
			edits{reserved("x", "10.0.64.0/24"), pods("a", 24)},
			map[string]string{"a": "10.0.65.0/24"},
		},
		"in the smallest free block that is large enough": {
			edits{reserved("x", "10.0.64.0/24"), pods("a", 23)},
			map[string]string{"a": "10.0.66.0/23"},
		},
		"in the lowest of blocks as small": {
			edits{reserved("x", "10.0.64.0/24"), reserved("y", "10.0.33.0/24"), pods("a", 24)},
			map[string]string{"a": "10.0.32.0/24"},
		},
		"the largest first": {
			edits{pods("a", 24), pods("b", 20), pods("c", 22)},
			map[string]string{"a": "10.0.20.0/24", "b": "10.0.0.0/20", "c": "10.0.16.0/22"},
		},
		"by name where sizes are equal": {
			edits{pods("b", 24), pods("a", 24), pods("c", 24)},
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.1.0/24", "c": "10.0.2.0/24"},
		},
		"in its pool": {
			edits{far(Pool{Supernets: prefixes("10.5.0.0/16")}), pods("a", 24, inFar), pods("b", 24)},
			map[string]string{"a": "10.5.0.0/24", "b": "10.0.0.0/24"},
		},
		"beside what is reserved": {
			edits{reserved("x", "10.0.0.0/24"), pods("a", 17)},
			map[string]string{"a": "10.0.128.0/17"},
		},
		"beside what an existing cluster holds": {
			edits{
				existing("a", Existing{PodCIDRs: prefixes("10.0.1.0/24"), ServiceCIDR: prefix("10.0.2.0/24")}),
				pods("a", 24),
				pods("b", 23),
			},
			map[string]string{"a": "10.0.1.0/24", "b": "10.0.4.0/23"},
		},
		"beside what an undeclared cluster holds": {
			edits{
				existing("gone", Existing{PodCIDRs: prefixes("10.0.0.0/24", "10.0.1.0/24"), ServiceCIDR: prefix("10.0.2.0/24")}),
				pods("a", 24),
			},
			map[string]string{"a": "10.0.3.0/24"},
		},
		"beside a pin": {
			edits{pods("a", 24), cluster("b", "kubernetes-overlay", profile.Need{}, pins("", "10.0.0.0/24"))},
			map[string]string{"a": "10.0.1.0/24", "b": "10.0.0.0/24"},
		},
		"beside its own pinned Services": {
			edits{pods("a", 24, pins("10.0.0.0/24"), func(cl *topology.Cluster) { cl.Need.ServiceLength = 0 })},
			map[string]string{"a": "10.0.1.0/24"},
		},
		"beside its VPC": {
			edits{vpc("own", func(v *topology.VPC) { v.CIDRBlocks = prefixes("192.168.2.0/24", "10.0.0.0/24") }), pods("a", 24)},
			map[string]string{"a": "10.0.1.0/24"},
		},
		"on a VPC that is not joined": {
			edits{vpc("ali", func(v *topology.VPC) { v.CIDRBlocks = prefixes("10.0.0.0/24") }), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"beside a VPC that is joined": {
			edits{vpc("ali", func(v *topology.VPC) { v.CIDRBlocks = prefixes("10.0.0.0/24") }), hub("ali", "own"), pods("a", 24)},
			map[string]string{"a": "10.0.1.0/24"},
		},
		"beside a site that is joined": {
			edits{site("idc", "10.0.0.0/24"), hub("idc", "own"), pods("a", 24)},
			map[string]string{"a": "10.0.1.0/24"},
		},
		"beside what its VPC routes": {
			edits{vpc("own", route("vpn", topology.Route{Destination: prefix("10.0.0.0/24"), NextHop: "vpn"})), pods("a", 24)},
			map[string]string{"a": "10.0.1.0/24"},
		},
		"on a summary": {
			edits{vpc("own", route("all", topology.Route{Destination: prefix("10.0.0.0/8"), Summary: &yes})), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"on a default route": {
			edits{vpc("own", route("all", topology.Route{Destination: prefix("0.0.0.0/0"), NextHop: "nat"})), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"in a pool that is on the supernets, beside all": {
			edits{
				far(Pool{Supernets: prefixes("10.0.0.0/24"), ServiceSupernets: prefixes("172.20.0.0/16")}),
				pods("a", 25, inFar),
				pods("b", 25),
			},
			map[string]string{"a": "10.0.0.0/25", "b": "10.0.0.128/25"},
		},
		"where the platform takes it, ACK": {
			edits{supernets("9.0.0.0/16", "100.64.0.0/16", "10.0.0.0/16"), cluster("a", "ack-flannel", lengths(24, 0, 0))},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"where the platform takes it, CCE": {
			edits{supernets("100.64.0.0/16", "198.18.0.0/16", "10.0.0.0/16"), cluster("a", "cce-vpc-router", lengths(19, 0, 0))},
			map[string]string{"a": "10.0.0.0/19"},
		},
		"where the platform advises, CCE": {
			edits{supernets("9.0.0.0/16", "10.0.0.0/16"), cluster("a", "cce-vpc-router", profile.Need{MaxNodes: 2})},
			map[string]string{"a": "10.0.0.0/19"},
		},
		"where it advises, with a length against advice": {
			edits{supernets("9.0.0.0/16", "10.0.0.0/16"), cluster("a", "cce-vpc-router", lengths(21, 0, 0))},
			map[string]string{"a": "10.0.0.0/21"},
		},
		"where no other machine listens, Kubernetes": {
			edits{supernets("172.16.0.0/15"), services("10.9.0.0/16"), pods("a", 17)},
			map[string]string{"a": "172.16.0.0/17"},
		},
		"where Docker is not, Kubernetes": {
			edits{supernets("172.17.0.0/16", "172.18.0.0/16"), services("10.9.0.0/16"), pods("a", 24)},
			map[string]string{"a": "172.18.0.0/24"},
		},
		"nowhere near loopback and other such": {
			edits{supernets("127.0.0.0/16", "224.0.0.0/16", "240.0.0.0/16", "0.0.0.0/16", "169.254.0.0/16", "10.0.0.0/16"), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"on the pin of a cluster in another VRF": {
			edits{
				vpc("ali", func(v *topology.VPC) { v.VRF = "red" }),
				cluster("b", "ack-flannel", profile.Need{}, pins("", "10.0.0.0/24")),
				pods("a", 24),
			},
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.0.0/24"},
		},
		"beside reserved ranges, in another VRF too": {
			edits{vpc("own", func(v *topology.VPC) { v.VRF = "red" }), reserved("x", "10.0.0.0/24"), pods("a", 24)},
			map[string]string{"a": "10.0.1.0/24"},
		},
		"as a cluster in another VRF that wants the same": {
			edits{vpc("ali", func(v *topology.VPC) { v.VRF = "red" }), pods("b", 24, inVPC("ali")), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.0.0/24"},
		},
		"beside what a peer routes, for Pods it can reach": {
			edits{
				vpc("ali", route("vpn", topology.Route{Destination: prefix("10.0.0.0/24"), NextHop: "vpn"})),
				hub("ali", "own"),
				cluster("a", "kubernetes-routed", lengths(24, 28, 28)),
			},
			map[string]string{"a": "10.0.1.0/24"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := planned(t, request(test.edits...))
			got := map[string]string{}
			for name, a := range result.Allocations {
				got[name] = list(a.Pods)
			}
			if !reflect.DeepEqual(got, test.pods) {
				t.Errorf("got %v, want %v", got, test.pods)
			}
		})
	}
}

func TestWhereServicesAreTakenFrom(t *testing.T) {
	far := func(p Pool) func(*Request) { return func(r *Request) { r.Pools["far"] = p } }
	inFar := func(cl *topology.Cluster) { cl.Pool = "far" }
	tests := map[string]struct {
		edits []func(*Request)
		want  map[string]string
	}{
		"service supernets": {
			[]func(*Request){cluster("a", "ack-flannel", lengths(24, 24, 26))},
			map[string]string{"a": "10.0.0.0/24 172.20.0.0/24 /26"},
		},
		"the supernets, beside the Pods": {
			[]func(*Request){services(), cluster("a", "ack-flannel", lengths(24, 24, 26))},
			map[string]string{"a": "10.0.0.0/24 10.0.1.0/24 /26"},
		},
		"the supernets, larger than the Pods": {
			[]func(*Request){services(), cluster("a", "ack-flannel", lengths(24, 22, 26))},
			map[string]string{"a": "10.0.4.0/24 10.0.0.0/22 /26"},
		},
		"the pool's service supernets": {
			[]func(*Request){
				far(Pool{Supernets: prefixes("10.5.0.0/16"), ServiceSupernets: prefixes("10.6.0.0/16")}),
				cluster("a", "ack-flannel", lengths(24, 24, 26), inFar),
			},
			map[string]string{"a": "10.5.0.0/24 10.6.0.0/24 /26"},
		},
		"the pool's supernets": {
			[]func(*Request){far(Pool{Supernets: prefixes("10.5.0.0/16")}), cluster("a", "ack-flannel", lengths(24, 24, 26), inFar)},
			map[string]string{"a": "10.5.0.0/24 10.5.1.0/24 /26"},
		},
		"beside pinned Pods": {
			[]func(*Request){services(), cluster("a", "ack-flannel", profile.Need{ServiceLength: 24}, pins("", "10.0.0.0/23"))},
			map[string]string{"a": "10.0.0.0/23 10.0.2.0/24 /26"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantRanges(t, planned(t, request(test.edits...)), test.want)
		})
	}
}

// Clusters of VPCs that are not joined get ranges of their own unless the flags say otherwise.
func TestUniqueRanges(t *testing.T) {
	two := func(shared, sharedServices bool) Request {
		return request(
			services(), func(r *Request) { r.SharedPods, r.SharedServices = shared, sharedServices },
			cluster("a", "ack-flannel", lengths(24, 24, 26)), cluster("b", "cce-vpc-router", lengths(24, 24, 26)),
		)
	}
	tests := map[string]struct {
		request Request
		want    map[string]string
	}{
		"all unique":      {two(false, false), map[string]string{"a": "10.0.0.0/24 10.0.2.0/24 /26", "b": "10.0.1.0/24 10.0.3.0/24 /26"}},
		"shared Pods":     {two(true, false), map[string]string{"a": "10.0.0.0/24 10.0.1.0/24 /26", "b": "10.0.0.0/24 10.0.2.0/24 /26"}},
		"shared Services": {two(false, true), map[string]string{"a": "10.0.0.0/24 10.0.2.0/24 /26", "b": "10.0.1.0/24 10.0.2.0/24 /26"}},
		"all shared":      {two(true, true), map[string]string{"a": "10.0.0.0/24 10.0.1.0/24 /26", "b": "10.0.0.0/24 10.0.1.0/24 /26"}},
		"all shared, but joined": {
			edited(two(true, true), hub("ali", "hua")),
			map[string]string{"a": "10.0.0.0/24 10.0.2.0/24 /26", "b": "10.0.1.0/24 10.0.3.0/24 /26"},
		},
		"all shared, but in one mesh": {
			edited(two(true, true),
				cluster("a", "ack-flannel", lengths(24, 24, 26), func(cl *topology.Cluster) { cl.Meshes = []string{"m"} }),
				cluster("b", "cce-vpc-router", lengths(24, 24, 26), func(cl *topology.Cluster) { cl.Meshes = []string{"n", "m"} })),
			map[string]string{"a": "10.0.0.0/24 10.0.2.0/24 /26", "b": "10.0.1.0/24 10.0.3.0/24 /26"},
		},
		"all unique, but apart by VRF": {
			edited(two(false, false), vpc("ali", func(v *topology.VPC) { v.VRF = "red" })),
			map[string]string{"a": "10.0.0.0/24 10.0.1.0/24 /26", "b": "10.0.0.0/24 10.0.1.0/24 /26"},
		},
		"in one mesh, and in two VRFs": {
			edited(two(true, true), vpc("ali", func(v *topology.VPC) { v.VRF = "red" }), inMesh("a"), inMesh("b")),
			map[string]string{"a": "10.0.0.0/24 10.0.2.0/24 /26", "b": "10.0.1.0/24 10.0.3.0/24 /26"},
		},
		"in one mesh with a mirror cluster in another VRF": {
			edited(two(true, true), vpc("far", func(v *topology.VPC) {
				v.Platform, v.VRF, v.CIDRBlocks = "huaweicloud", "red", prefixes("192.168.0.0/16")
			}), cluster("b2", "cce-vpc-router", profile.Need{}, func(cl *topology.Cluster) { cl.VPC, cl.SameAs = "far", "b" }), inMesh("a"), inMesh("b2")),
			map[string]string{"a": "10.0.0.0/24 10.0.2.0/24 /26", "b": "10.0.1.0/24 10.0.3.0/24 /26", "b2": "10.0.1.0/24 10.0.3.0/24 /26"},
		},
		"outside of the block that a member in another VRF reserves": {
			edited(
				two(true, true),
				vpc("ali", func(v *topology.VPC) { v.VRF = "red" }),
				inMesh("a"),
				inMesh("b"),
				services("172.20.0.0/16"),
				func(r *Request) {
					cl := r.Facts.Clusters["b"]
					cl.ReserveLength = 17
					r.Facts.Clusters["b"] = cl
				},
			),
			map[string]string{"a": "10.0.128.0/24 172.20.0.0/24 /26", "b": "10.0.0.0/24 172.20.1.0/24 /26"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantRanges(t, planned(t, test.request), test.want) })
	}
}

// inMesh makes a cluster a member of a flat mesh.
func inMesh(name string) func(*Request) {
	return func(r *Request) {
		cl := r.Facts.Clusters[name]
		cl.Meshes = []string{"m"}
		r.Facts.Clusters[name] = cl
	}
}

// Pins of members of a flat mesh in two VRFs are judged, and none is passed over.
func TestPinsOfAMeshInTwoVRFs(t *testing.T) {
	r := request(
		vpc("ali", func(v *topology.VPC) { v.VRF = "red" }),
		cluster("a", "ack-flannel", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/24")),
		cluster("b", "cce-vpc-router", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/19")),
	)
	wantFindings(t, planned(t, r))
	meshed := edited(r, inMesh("a"), inMesh("b"))
	want := []string{
		"error pod_overlaps_mesh_pod a 10.0.0.0/24 b 10.0.0.0/19",
		"error service_overlaps_mesh_service a 172.20.0.0/24 b 172.20.0.0/24",
	}
	wantFindings(t, Plan(meshed, profile.Default()), want...)
	var audited []string
	for _, f := range Audit(meshed, topology.WhatIf{}, profile.Default()).Findings {
		audited = append(
			audited,
			fmt.Sprintf("%v %s %s %s", f.Level(), f.Code, claimed(f.A.Owner, f.A.Range), claimed(f.B.Owner, f.B.Range)),
		)
	}
	if !slices.Equal(audited, want) {
		t.Errorf("audit: got %q", audited)
	}
	tried := Audit(r, topology.WhatIf{Meshed: []string{"a", "b"}}, profile.Default())
	if len(tried.Findings) != 2 || len(tried.Hypothetical) != 2 {
		t.Errorf("what_if: got %v", tried.Findings)
	}
}

// The flags steer what is chosen and never judge what is pinned.
func TestUniqueRangesAndPins(t *testing.T) {
	r := request(
		cluster("a", "ack-flannel", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/24")),
		cluster("b", "cce-vpc-router", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/19")),
	)
	result := planned(t, r)
	wantFindings(t, result)
	wantRanges(t, result, map[string]string{"a": "10.0.0.0/24 172.20.0.0/24 /26", "b": "10.0.0.0/19 172.20.0.0/24 /25"})
}

func TestNoRoomTellsWhatIsMissing(t *testing.T) {
	holder := func(c conflict.Claim) string { return c.Kind.String() + " " + claimed(c.Owner, c.Range) }
	type failure struct {
		At, Cluster, Pool string
		Kind              conflict.Kind
		Length            int
		From, Room        []netip.Prefix
		Free              []cidr.SizeCount
		Holders           []string
		Others            []MissingRange
	}
	tests := map[string]struct {
		edits []func(*Request)
		want  []failure
	}{
		"who holds the rest, the largest first": {
			[]func(*Request){
				supernets("10.0.0.0/22"), reserved("x", "10.0.1.0/24"), pods("a", 23), pods("b", 23),
				vpc("own", route("vpn", topology.Route{Destination: prefix("10.0.0.0/26"), NextHop: "vpn"})),
			},
			[]failure{{
				At: `clusters["b"]`, Cluster: "b", Kind: conflict.Pod, Length: 23, From: prefixes("10.0.0.0/22"), Room: prefixes("10.0.0.0/22"),
				Free:    []cidr.SizeCount{{Bits: 25, N: 1}, {Bits: 26, N: 1}},
				Holders: []string{"pod a 10.0.2.0/23", "reserved x 10.0.1.0/24", "route own 10.0.0.0/26"},
			}},
		},
		"a supernet too small from the start": {
			[]func(*Request){supernets("10.0.0.0/25"), pods("a", 24)},
			[]failure{{
				At: `clusters["a"]`, Cluster: "a", Kind: conflict.Pod, Length: 24, From: prefixes("10.0.0.0/25"), Room: prefixes("10.0.0.0/25"),
				Free: []cidr.SizeCount{{Bits: 25, N: 1}},
			}},
		},
		"supernets that the platform does not take": {
			[]func(*Request){supernets("100.64.0.0/16", "9.0.0.0/16"), cluster("a", "ack-flannel", lengths(24, 24, 26))},
			[]failure{{At: `clusters["a"]`, Cluster: "a", Kind: conflict.Pod, Length: 24, From: prefixes("100.64.0.0/16", "9.0.0.0/16")}},
		},
		"supernets that the platform takes in part": {
			[]func(*Request){supernets("100.64.0.0/16", "10.0.0.0/25"), cluster("a", "ack-flannel", lengths(24, 24, 26))},
			[]failure{{
				At: `clusters["a"]`, Cluster: "a", Kind: conflict.Pod, Length: 24, From: prefixes("100.64.0.0/16", "10.0.0.0/25"), Room: prefixes("10.0.0.0/25"),
				Free: []cidr.SizeCount{{Bits: 25, N: 1}},
			}},
		},
		"a pool by name": {
			[]func(*Request){
				func(r *Request) {
					r.Pools["far"] = Pool{Supernets: prefixes("10.5.0.0/16"), ServiceSupernets: prefixes("10.6.0.0/25")}
				},
				cluster("a", "ack-flannel", lengths(24, 24, 26), func(cl *topology.Cluster) { cl.Pool = "far" }),
			},
			[]failure{{
				At: `clusters["a"]`, Cluster: "a", Pool: "far", Kind: conflict.Service, Length: 24, From: prefixes("10.6.0.0/25"), Room: prefixes("10.6.0.0/25"),
				Free: []cidr.SizeCount{{Bits: 25, N: 1}},
			}},
		},
		"its own Pods among those who hold the rest": {
			[]func(*Request){supernets("10.0.0.0/24"), services(), cluster("a", "kubernetes-overlay", lengths(24, 28, 28))},
			[]failure{{
				At: `clusters["a"]`, Cluster: "a", Kind: conflict.Service, Length: 28, From: prefixes("10.0.0.0/24"), Room: prefixes("10.0.0.0/24"),
				Holders: []string{"pod a 10.0.0.0/24"},
			}},
		},
		"its own Pods even where all may be shared": {
			[]func(*Request){
				supernets("10.0.0.0/24"),
				services(),
				cluster("a", "kubernetes-overlay", lengths(24, 28, 28)),
				func(r *Request) { r.SharedPods, r.SharedServices = true, true },
			},
			[]failure{{
				At: `clusters["a"]`, Cluster: "a", Kind: conflict.Service, Length: 28, From: prefixes("10.0.0.0/24"), Room: prefixes("10.0.0.0/24"),
				Holders: []string{"pod a 10.0.0.0/24"},
			}},
		},
		"as many Services as there are addresses": {
			[]func(*Request){services("0.0.0.0/0"), cluster("a", "cce-vpc-router", profile.Need{MaxNodes: 2, MaxServices: 1 << 31})},
			[]failure{{
				At: `clusters["a"]`, Cluster: "a", Kind: conflict.Service, Length: 1, From: prefixes("0.0.0.0/0"),
				Room: prefixes("10.0.0.0/8", "172.16.0.0/16", "172.18.0.0/15", "172.20.0.0/14", "172.24.0.0/13", "192.168.0.0/16"),
				Free: []cidr.SizeCount{
					{Bits: 9, N: 1},
					{Bits: 10, N: 1},
					{Bits: 11, N: 1},
					{Bits: 12, N: 1},
					{Bits: 13, N: 2},
					{Bits: 14, N: 2},
					{Bits: 15, N: 2},
					{Bits: 16, N: 2},
					{Bits: 17, N: 2},
					{Bits: 18, N: 2},
					{Bits: 19, N: 2},
					{Bits: 20, N: 1},
					{Bits: 21, N: 1},
					{Bits: 22, N: 1},
					{Bits: 23, N: 1},
					{Bits: 24, N: 1},
				},
				Holders: []string{"pod a 10.0.0.0/19", "vpc hua 192.168.1.0/24"},
			}},
		},
		"both ranges of a cluster, the larger first": {
			[]func(*Request){supernets("10.0.0.0/26"), services(), cluster("a", "kubernetes-overlay", lengths(25, 24, 28))},
			[]failure{
				{
					At: `clusters["a"]`, Cluster: "a", Kind: conflict.Service, Length: 24, From: prefixes("10.0.0.0/26"), Room: prefixes("10.0.0.0/26"), Free: []cidr.SizeCount{{Bits: 26, N: 1}},
					Others: []MissingRange{{"a", conflict.Pod, 25}},
				},
			},
		},
		"every cluster that gets nothing, and not the one that does": {
			[]func(*Request){supernets("10.0.0.0/24"), pods("b", 24), pods("c", 25), pods("a", 24)},
			[]failure{
				{
					At: `clusters["b"]`, Cluster: "b", Kind: conflict.Pod, Length: 24, From: prefixes("10.0.0.0/24"), Room: prefixes("10.0.0.0/24"), Holders: []string{"pod a 10.0.0.0/24"},
					Others: []MissingRange{{"c", conflict.Pod, 25}},
				},
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(request(test.edits...), profile.Default())
			var got []failure
			for _, f := range result.Faults {
				if _, public := f.Problem.(PublicSupernet); public {
					continue
				}
				n, ok := f.Problem.(NoRoom)
				if !ok || f.Warn {
					t.Fatalf("got %v, want NoRoom", f)
				}
				if n.CutShort {
					t.Errorf("%s: the search gave up", n.Cluster)
				}
				failed := failure{
					At:      f.At.String(),
					Cluster: n.Cluster,
					Pool:    n.Pool,
					Kind:    n.Kind,
					Length:  n.Length,
					From:    n.From,
					Room:    n.Room,
					Free:    n.Free,
					Others:  n.Others,
				}
				for _, c := range n.Holders {
					failed.Holders = append(failed.Holders, holder(c))
				}
				got = append(got, failed)
			}
			for i := range got {
				if len(got[i].Room) == 0 {
					got[i].Room = nil
				}
				if len(got[i].Free) == 0 {
					got[i].Free = nil
				}
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("\n got %+v\nwant %+v", got, test.want)
			}
		})
	}
}
