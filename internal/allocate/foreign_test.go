package allocate

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// told gives a request the claims that another one leaves behind.
func toldBy(other Request, was Result) func(*Request) {
	return func(r *Request) { r.Facts.Foreign = other.OutgoingClaims(was.Allocations, was.Released) }
}

func otherTeam(r *Request) { r.Name = "team-b" }

func TestClaimsLeaveAnAllocator(t *testing.T) {
	r := request(
		supernets("10.0.0.0/16", "fd00::/40"), reserved("later", "10.9.0.0/24"),
		vpc("ali", func(v *topology.VPC) { v.Hubs, v.Peers = []string{"cen"}, []string{"own"} }),
		vpc("own", func(v *topology.VPC) { v.VRF = "" }),
		cluster("shop", "ack-flannel", lengths(20, 22, 26), func(c *topology.Cluster) {
			c.Description, c.Labels, c.ReserveLength, c.Meshes = "the shop", map[string]string{"owner": "web"}, 18, []string{"flat"}
		}),
		cluster("game", "tke-global-router", lengths(20, 24, 26), func(c *topology.Cluster) { c.VPC = "tencent" }),
		existing("old", Existing{PodCIDRs: prefixes("10.0.240.0/24"), ServiceCIDR: prefix("172.20.240.0/24")}),
	)
	r.Facts.Hubs["cen"] = topology.Hub{}
	r.Facts.VPCs["tencent"] = topology.VPC{Platform: "tencentcloud", CIDRBlocks: prefixes("192.168.3.0/24")}
	was := planned(t, r)
	was.Released = map[string]Released{
		"gone~2": {
			Cluster:    "gone",
			Profile:    "ack-flannel",
			Allocation: Allocation{Ranges: profile.Ranges{Pods: prefixes("10.0.128.0/20"), Service: prefix("172.20.128.0/22")}},
		},
	}
	got := r.OutgoingClaims(was.Allocations, was.Released)
	want := []string{
		"game/pod/10.0.224.0/20", "gone/released/10.0.128.0/20", "gone/released/172.20.128.0/22", "k8s/supernet/10.0.0.0/16", "k8s/supernet/172.20.0.0/16", "k8s/supernet/fd00::/40",
		"later/reserved/10.9.0.0/24", "old/existing/10.0.240.0/24", "old/existing/172.20.240.0/24", "shop/kept/10.0.128.0/18", "shop/pod/10.0.128.0/20", "shop/service/172.20.244.0/22",
	}
	if keys := slices.Sorted(maps.Keys(got)); !slices.Equal(keys, want) {
		t.Fatalf("got\n%s\nwant\n%s", strings.Join(keys, "\n"), strings.Join(want, "\n"))
	}
	shop := fmt.Sprintf("%+v", got["shop/pod/10.0.128.0/20"])
	if shop != "{Owner:shop Kind:pod CIDR:10.0.128.0/20 Network:ali VRF: Hubs:[cen] Peers:[own] Allocator:k8s Profile:ack-flannel Meshes:[flat] Here:false About:{Description:the shop Labels:map[owner:web]} Unknown:[]}" {
		t.Errorf("the cluster leaves as %s", shop)
	}
}

// What is in no network is kept free in every VRF of the allocator, and leaves as that.
func TestClaimsOfSeveralVRFs(t *testing.T) {
	r := request(
		supernets("10.0.0.0/16"), reserved("later", "10.9.0.0/24"), existing("old", Existing{PodCIDRs: prefixes("10.0.240.0/24")}),
		vpc("ali", func(v *topology.VPC) { v.VRF = "red" }), vpc("own", func(v *topology.VPC) { v.VRF = "" }),
		cluster("shop", "ack-flannel", lengths(20, 22, 26)),
	)
	was := planned(t, r)
	was.Released = map[string]Released{
		"gone": {Cluster: "gone", Profile: "ack-flannel", Allocation: Allocation{Ranges: profile.Ranges{Pods: prefixes("10.0.128.0/20")}}},
	}
	got := r.OutgoingClaims(was.Allocations, was.Released)
	want := []string{
		"gone/released/10.0.128.0/20", "gone/released/10.0.128.0/20/red", "k8s/supernet/10.0.0.0/16", "k8s/supernet/10.0.0.0/16/red", "k8s/supernet/172.20.0.0/16", "k8s/supernet/172.20.0.0/16/red",
		"later/reserved/10.9.0.0/24", "later/reserved/10.9.0.0/24/red", "old/existing/10.0.240.0/24", "old/existing/10.0.240.0/24/red", "shop/pod/10.0.224.0/20", "shop/service/172.20.0.0/22",
	}
	if keys := slices.Sorted(maps.Keys(got)); !slices.Equal(keys, want) {
		t.Fatalf("got\n%s\nwant\n%s", strings.Join(keys, "\n"), strings.Join(want, "\n"))
	}
	for key, c := range got {
		if in := strings.HasSuffix(key, "/red") || c.Owner == "shop"; in != (c.VRF == "red") {
			t.Errorf("%s is in VRF %q", key, c.VRF)
		}
	}
	for _, vrf := range []string{"", "red"} {
		second := request(
			otherTeam, supernets("10.0.128.0/19"), cluster("web", "ack-flannel", lengths(20, 22, 26)),
			vpc("ali", func(v *topology.VPC) { v.VRF = vrf }), toldBy(r, was),
		)
		got := planned(t, second)
		if pods := list(got.Allocations["web"].Pods); pods != "10.0.144.0/20" {
			t.Errorf("in VRF %q web got %s", vrf, pods)
		}
		wantFindings(
			t, got, "warn supernet_overlaps_foreign_supernet team-b 10.0.128.0/19 k8s 10.0.0.0/16",
			"warn supernet_overlaps_foreign_supernet team-b 172.20.0.0/16 k8s 172.20.0.0/16",
		)
	}
}

func TestClaimsThatAreNotKnownYet(t *testing.T) {
	shop := cluster("shop", "ack-flannel", lengths(20, 22, 26))
	for name, test := range map[string]struct {
		edit    func(*Request)
		whole   bool
		unknown []string
	}{
		"all is known":         {func(*Request) {}, false, nil},
		"the hubs of its VPC":  {vpc("ali", func(v *topology.VPC) { v.Unknown = topology.Unknown{"hubs"} }), false, []string{"hubs"}},
		"peers of another VPC": {vpc("own", func(v *topology.VPC) { v.Unknown = topology.Unknown{"peers"} }), false, []string{"peers"}},
		"the only VRF": {func(r *Request) {
			vpc("ali", func(v *topology.VPC) { v.Unknown = topology.Unknown{"vrf"} })(r)
			delete(r.Facts.VPCs, "hua")
			delete(r.Facts.VPCs, "own")
		}, false, []string{"vrf"}},
		"one VRF of several": {vpc("own", func(v *topology.VPC) { v.Unknown = topology.Unknown{"vrf"} }), true, nil},
		"all VPCs":           {func(r *Request) { r.Facts.Unknown = topology.Unknown{"vpcs"} }, true, nil},
		"its labels": {func(r *Request) {
			c := r.Facts.Clusters["shop"]
			c.Unknown = topology.Unknown{"labels"}
			r.Facts.Clusters["shop"] = c
		}, false, []string{"labels"}},
		"a supernet":              {func(r *Request) { r.Unknown = topology.Unknown{"supernets"} }, true, nil},
		"what is reserved":        {func(r *Request) { r.Facts.Reserved["x"] = topology.Reserved{Unknown: topology.Unknown{"cidr"}} }, true, nil},
		"what an unknown one has": {func(r *Request) { r.Existing["x"] = Existing{Unknown: topology.Unknown{"pod_cidrs"}} }, true, nil},
		"a pool":                  {func(r *Request) { r.Pools["p"] = Pool{Unknown: topology.Unknown{"supernets"}} }, true, nil},
		"a cluster without ranges": {func(r *Request) {
			cluster("new", "ack-flannel", lengths(20, 22, 26))(r)
			r.Facts.Unknown = topology.Unknown{"sites"}
		}, true, nil},
		"a description of a reserve": {func(r *Request) {
			r.Facts.Reserved["x"] = topology.Reserved{CIDR: prefix("10.0.200.0/24"), Unknown: topology.Unknown{"description"}}
		}, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := request(shop)
			r = edited(after(r, planned(t, r)), test.edit)
			now := Plan(r, profile.Default())
			if late := r.OutgoingClaimsUnknown(now); late != test.whole {
				t.Fatalf("late: %t", late)
			}
			if got := r.OutgoingClaims(now.Allocations, now.Released)["shop/pod/10.0.0.0/20"].Unknown; !test.whole &&
				!slices.Equal(got, test.unknown) {
				t.Errorf("unknown are %q, want %q", got, test.unknown)
			}
		})
	}
}

func TestClaimsOfAnotherWorkspaceAreKeptClearOf(t *testing.T) {
	small := lengths(20, 22, 26)
	first := request(supernets("10.0.0.0/18"), cluster("shop", "ack-flannel", small, func(c *topology.Cluster) { c.ReserveLength = 19 }))
	was := planned(t, first)
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  string
	}{
		"nobody tells":                     {nil, "10.0.0.0/20 172.20.0.0/22 /26"},
		"told":                             {[]func(*Request){toldBy(first, was)}, "10.0.32.0/20 172.20.4.0/22 /26"},
		"Pods need not be unique":          {[]func(*Request){toldBy(first, was), func(r *Request) { r.SharedPods = true }}, "10.0.32.0/20 172.20.4.0/22 /26"},
		"nothing needs to be unique":       {[]func(*Request){toldBy(first, was), func(r *Request) { r.SharedPods, r.SharedServices = true, true }}, "10.0.32.0/20 172.20.4.0/22 /26"},
		"nothing, where nobody gets there": {[]func(*Request){toldBy(first, was), func(r *Request) { r.SharedPods, r.SharedServices = true, true }, vpc("ali", func(v *topology.VPC) { v.VRF = "red" })}, "10.0.0.0/20 172.20.0.0/22 /26"},
		"it is in another VRF":             {[]func(*Request){toldBy(first, was), vpc("ali", func(v *topology.VPC) { v.VRF = "red" })}, "10.0.0.0/20 172.20.0.0/22 /26"},
	} {
		t.Run(name, func(t *testing.T) {
			second := request(
				append([]func(*Request){otherTeam, supernets("10.0.0.0/18"), cluster("shop", "ack-flannel", small)}, test.edits...)...)
			wantRanges(t, planned(t, second), map[string]string{"shop": test.want})
		})
	}
}

// A range that the other workspace gives up can be had here once it rests no more there.
func TestWithdrawnClaimsAreFree(t *testing.T) {
	small := lengths(20, 22, 26)
	first := request(supernets("10.0.0.0/19"), cluster("shop", "ack-flannel", small))
	was := planned(t, first)
	second := func(first Request, was Result) Request {
		return request(otherTeam, supernets("10.0.0.0/19"), cluster("web", "ack-flannel", small), toldBy(first, was))
	}
	wantRanges(t, planned(t, second(first, was)), map[string]string{"web": "10.0.16.0/20 172.20.4.0/22 /26"})
	gone := edited(after(first, was), func(r *Request) { delete(r.Facts.Clusters, "shop") })
	rests := planned(t, gone)
	wantRanges(t, planned(t, second(gone, rests)), map[string]string{"web": "10.0.16.0/20 172.20.4.0/22 /26"})
	reclaimed := edited(after(gone, rests), func(r *Request) { r.Reclaim = []string{"shop"} })
	wantRanges(t, planned(t, second(reclaimed, planned(t, reclaimed))), map[string]string{"web": "10.0.0.0/20 172.20.0.0/22 /26"})
}

// Held ranges that meet claims of others are told: as new, then as standing.
func TestClaimsOfAnotherWorkspaceMeetWhatIsHeld(t *testing.T) {
	first := request(cluster("shop", "ack-flannel", lengths(20, 22, 26)))
	second := request(otherTeam, cluster("shop", "ack-flannel", lengths(20, 22, 26)))
	was := planned(t, second)
	now := edited(after(second, was), toldBy(first, planned(t, first)))
	wantFindings(
		t, Plan(now, profile.Default()), "error pod_overlaps_cluster_pod shop 10.0.0.0/20 shop 10.0.0.0/20",
		"warn service_overlaps_cluster_service shop 172.20.0.0/22 shop 172.20.0.0/22",
		"warn supernet_overlaps_foreign_supernet team-b 10.0.0.0/16 k8s 10.0.0.0/16",
		"warn supernet_overlaps_foreign_supernet team-b 172.20.0.0/16 k8s 172.20.0.0/16",
	)
	now.Prior.Facts, now.Prior.Supernets = now.Facts, now.AllSupernets()
	again := Plan(now, profile.Default())
	for _, f := range again.Findings {
		if !f.PreExisting {
			t.Errorf("%s is not standing", f.Code)
		}
	}
	if len(again.Findings) != 4 || again.Failed() {
		t.Errorf("planned again:\n%s", told(again))
	}
}

func TestUnknownClaimsPostpone(t *testing.T) {
	for name, test := range map[string]struct {
		claim topology.Foreign
		late  bool
	}{
		"its words":       {topology.Foreign{Owner: "a", CIDR: prefix("10.9.0.0/16"), Unknown: topology.Unknown{"description", "labels"}}, false},
		"its range":       {topology.Foreign{Owner: "a", Unknown: topology.Unknown{"cidr"}}, true},
		"its kind":        {topology.Foreign{Owner: "a", CIDR: prefix("10.9.0.0/16"), Unknown: topology.Unknown{"kind"}}, true},
		"its hubs":        {topology.Foreign{Owner: "a", CIDR: prefix("10.9.0.0/16"), Unknown: topology.Unknown{"hubs"}}, true},
		"all of it":       {topology.Foreign{Unknown: topology.Unknown{topology.Everything}}, true},
		"nothing of that": {topology.Foreign{Owner: "a", CIDR: prefix("10.9.0.0/16")}, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := request(cluster("shop", "ack-flannel", lengths(20, 22, 26)))
			r.Facts.Foreign = map[string]topology.Foreign{"x": test.claim}
			result := planned(t, r)
			if late := len(result.Deferred) > 0; late != test.late {
				t.Errorf("deferred %v, unknown %v", result.Deferred, result.Unknown)
			}
		})
	}
}

// Promise 1 beyond a workspace: nothing handed out is where another workspace has something that it must
// be apart from, as the oracle reads the rules. Half of the networks are known to both by one name.
func TestDisjointAmongWorkspaces(t *testing.T) {
	t.Parallel()
	catalog := profile.Default()
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		first, second := d.request(), d.request()
		second.Name, second.Supernets = "team-b", first.Supernets
		claims := first.OutgoingClaims(Plan(first, catalog).Allocations, nil)
		renamed := d.chance(50, "other networks")
		for key, c := range claims {
			if renamed && c.Network != "" {
				c.Network = "o." + c.Network
				for i := range c.Peers {
					c.Peers[i] = "o." + c.Peers[i]
				}
			}
			claims[key] = c
		}
		second.Facts.Foreign = claims
		result := Plan(second, catalog)
		networks := networksOf(second.Facts)
		theirs := foreignHoldings(second, claims, networks)
		for _, chosen := range handed(second, catalog, result.Allocations) {
			for _, other := range theirs {
				if chosen.Chosen && chosen.Range.Overlaps(other.Range) && mustBeApart(second, networks, chosen.Party, other.Party) {
					t.Fatalf("%v is on %v of the other workspace", chosen, other)
				}
			}
		}
	})
}

// foreignHoldings draws claims of clusters for the oracle, and adds their networks.
func foreignHoldings(r Request, claims map[string]topology.Foreign, networks oracle.Networks) []holding {
	ids := map[string]string{}
	id := func(name, vrf string) string {
		v, isVPC := r.Facts.VPCs[name]
		s, isSite := r.Facts.Sites[name]
		if isVPC && v.VRF == vrf || isSite && s.VRF == vrf {
			return name
		}
		return name + " elsewhere in " + vrf
	}
	var all []holding
	for _, c := range claims {
		if c.Network == "" || !slices.Contains([]string{"pod", "service"}, c.Kind) {
			continue
		}
		network := id(c.Network, c.VRF)
		if _, known := networks[network]; !known || ids[network] != "" {
			ids[network] = c.Network
			var peers []string
			for _, peer := range c.Peers {
				peers = append(peers, id(peer, c.VRF))
			}
			networks[network] = oracle.Network{VRF: c.VRF, Hubs: c.Hubs, Peers: peers}
		}
		p, _ := profile.Default().Profile(c.Profile)
		all = append(
			all,
			holding{
				Name:  c.Owner,
				Range: c.CIDR,
				Party: oracle.Party{Kind: c.Kind, Network: network, Cluster: c.Owner + " elsewhere", Rules: rulesOf(p)},
			},
		)
	}
	return all
}

// An audit compares the claims of all workspaces; without a hub that joins their networks or one that is
// declared, it takes these for different ones.
func TestAuditOfTwoWorkspaces(t *testing.T) {
	onHub := vpc("ali", func(v *topology.VPC) { v.Hubs = []string{"cen"} })
	all := map[string]topology.Foreign{}
	for _, r := range []Request{
		request(onHub, supernets("10.0.0.0/17"), cluster("shop", "ack-flannel", lengths(20, 22, 26))),
		request(onHub, otherTeam, services("172.21.0.0/16"), cluster("web", "ack-flannel", lengths(20, 22, 26))),
	} {
		r.Facts.Hubs["cen"] = topology.Hub{}
		maps.Copy(all, r.OutgoingClaims(planned(t, r).Allocations, nil))
	}
	for name, test := range map[string]struct {
		request Request
		want    []string
	}{
		"nothing else is given": {Request{}, []string{"pod_overlaps_peer_pod shop web", "supernet_overlaps_foreign_supernet k8s team-b"}},
		"their network is declared": {
			Request{Facts: topology.Facts{VPCs: map[string]topology.VPC{"ali": {Platform: "alicloud", CIDRBlocks: prefixes("192.168.0.0/24")}}}},
			[]string{"pod_overlaps_cluster_pod shop web", "supernet_overlaps_foreign_supernet k8s team-b"},
		},
		"ranges for suggestions": {Request{Supernets: prefixes("10.0.0.0/8")}, []string{"pod_overlaps_peer_pod shop web", "supernet_overlaps_foreign_supernet k8s team-b"}},
		"one of them is the own": {
			Request{
				Name: "k8s", Supernets: prefixes("10.0.0.0/17"), Existing: map[string]Existing{"shop": {PodCIDRs: prefixes("10.0.0.0/20"), ServiceCIDR: prefix("172.20.0.0/22")}},
				Facts: topology.Facts{VPCs: map[string]topology.VPC{"ali": {Platform: "alicloud", CIDRBlocks: prefixes("192.168.0.0/24")}}},
			},
			[]string{"supernet_overlaps_foreign_supernet k8s team-b"},
		},
		"one of them has the own name and is not held": {
			Request{Name: "k8s", Supernets: prefixes("10.0.0.0/17")},
			[]string{"pod_overlaps_peer_pod shop web", "supernet_overlaps_foreign_supernet k8s team-b"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			test.request.Facts.Foreign = maps.Clone(all)
			audited := Audit(test.request, topology.WhatIf{}, profile.Default())
			var found []string
			for _, f := range audited.Findings {
				found = append(found, fmt.Sprintf("%s %s %s", f.Code, f.A.Owner, f.B.Owner))
			}
			if len(audited.Faults) > 0 || !slices.Equal(found, test.want) {
				t.Errorf("found %q, faults %v", found, audited.Faults)
			}
		})
	}
}

// What another workspace lets rest is told as long as it does, unlike what rests here.
func TestWhatRestsElsewhereIsToldAgain(t *testing.T) {
	r := request(shop(pins("172.20.0.0/22", "10.0.0.0/19")), func(r *Request) {
		r.Facts.Foreign = map[string]topology.Foreign{
			"x": {Owner: "shop", Kind: topology.ForeignReleased, CIDR: prefix("10.0.0.0/20"), Allocator: "team-b"},
		}
	})
	first := Plan(r, profile.Default())
	wantFindings(t, first, "error pod_overlaps_released shop 10.0.0.0/19 shop 10.0.0.0/20")
	wantFindings(t, planned(t, after(r, first)), "warn pod_overlaps_released shop 10.0.0.0/19 shop 10.0.0.0/20")
}

// Whoever hands a block on and takes it back does not stop the plans of those who are in it still.
func TestWhatIsWithdrawnIsHeldAllTheSame(t *testing.T) {
	told := func(kind string) func(*Request) {
		return func(r *Request) {
			r.Facts.Foreign = map[string]topology.Foreign{"x": {Owner: "team-b", Kind: kind, CIDR: prefix("10.0.0.0/16"), Allocator: "net"}}
		}
	}
	for name, r := range map[string]Request{
		"a cluster": request(otherTeam, told(topology.ForeignBlock), cluster("shop", "ack-flannel", lengths(20, 22, 26))),
		"a block":   blocks(otherTeam, told(topology.ForeignBlock), ofLength("shop", 20)),
	} {
		t.Run(name, func(t *testing.T) {
			was := planned(t, r)
			wantFindings(t, was)
			kind := map[bool]string{false: "pod", true: "block"}[r.Blocks]
			moved := edited(after(r, was), told(topology.ForeignReleased), func(r *Request) {
				x := r.Facts.Foreign["x"]
				x.VRF, r.Facts.VRF = "blue", "blue"
				r.Facts.Foreign["x"] = x
				if v, ok := r.Facts.VPCs["ali"]; ok {
					v.VRF = "blue"
					r.Facts.VPCs["ali"] = v
				}
			})
			wantFindings(t, Plan(moved, profile.Default()), "error "+kind+"_overlaps_released shop 10.0.0.0/20 team-b 10.0.0.0/16")
			now := planned(t, edited(after(r, was), told(topology.ForeignReleased)))
			wantFindings(t, now, "warn "+kind+"_overlaps_released shop 10.0.0.0/20 team-b 10.0.0.0/16")
			if !slices.Equal(now.Allocations["shop"].Pods, was.Allocations["shop"].Pods) {
				t.Errorf("shop got %v", now.Allocations["shop"].Pods)
			}
		})
	}
}

// What existing names for a cluster that is not declared is in use there: it was handed on to nobody.
func TestAnUndeclaredClusterElsewhereIsNoDelegation(t *testing.T) {
	r := request(existing("legacy", Existing{PodCIDRs: prefixes("10.0.0.0/17")}))
	other := request(
		otherTeam, supernets("10.0.0.0/18"), services("172.30.0.0/16"), toldBy(r, planned(t, r)),
		cluster("web", "ack-flannel", lengths(20, 24, 26)),
	)
	if got := Plan(other, profile.Default()); !got.Failed() {
		t.Errorf("web gets %v, which the legacy cluster has", got.Allocations["web"].Pods)
	}
}
