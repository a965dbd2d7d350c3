package allocate

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// claimsOf gives a request the claims that another plan leaves for others.
func claimsOf(other Request, was Result) func(*Request) {
	return func(r *Request) {
		r.Facts.Foreign = other.OutgoingClaims(was.Allocations, was.Released, profile.Default())
	}
}

func otherTeam(r *Request) { r.Name = "team-b" }

func TestClaimsOfAnotherWorkspaceAreKeptClearOf(t *testing.T) {
	small := lengths(20, 22, 26)
	first := request(supernets("10.0.0.0/18"), cluster("shop", "ack-flannel", small, func(c *topology.Cluster) { c.ReserveLength = 19 }))
	was := planned(t, first)
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  string
	}{
		"no claims":                   {nil, "10.0.0.0/20 172.20.0.0/22 /26"},
		"claims of another workspace": {[]func(*Request){claimsOf(first, was)}, "10.0.32.0/20 172.20.4.0/22 /26"},
		"Pods need not be unique": {
			[]func(*Request){claimsOf(first, was), func(r *Request) { r.SharedPods = true }}, "10.0.32.0/20 172.20.4.0/22 /26",
		},
		"nothing needs to be unique": {
			[]func(*Request){claimsOf(first, was), func(r *Request) { r.SharedPods, r.SharedServices = true, true }},
			"10.0.32.0/20 172.20.4.0/22 /26",
		},
		"nothing, where nobody gets there": {
			[]func(*Request){
				claimsOf(first, was), func(r *Request) { r.SharedPods, r.SharedServices = true, true },
				vpc("ali", func(v *topology.VPC) { v.VRF = "red" }),
			},
			"10.0.0.0/20 172.20.0.0/22 /26",
		},
		"it is in another VRF": {
			[]func(*Request){claimsOf(first, was), vpc("ali", func(v *topology.VPC) { v.VRF = "red" })}, "10.0.0.0/20 172.20.0.0/22 /26",
		},
	} {
		t.Run(name, func(t *testing.T) {
			second := request(
				append([]func(*Request){otherTeam, supernets("10.0.0.0/18"), cluster("shop", "ack-flannel", small)}, test.edits...)...)
			wantRanges(t, planned(t, second), map[string]string{"shop": test.want})
		})
	}
}

// A range that another workspace releases can be allocated here once it is reclaimed there.
func TestWithdrawnClaimsAreFree(t *testing.T) {
	small := lengths(20, 22, 26)
	first := request(supernets("10.0.0.0/19"), cluster("shop", "ack-flannel", small))
	was := planned(t, first)
	second := func(first Request, was Result) Request {
		return request(otherTeam, supernets("10.0.0.0/19"), cluster("web", "ack-flannel", small), claimsOf(first, was))
	}
	wantRanges(t, planned(t, second(first, was)), map[string]string{"web": "10.0.16.0/20 172.20.4.0/22 /26"})
	undeclared := edited(after(first, was), func(r *Request) { delete(r.Facts.Clusters, "shop") })
	released := planned(t, undeclared)
	wantRanges(t, planned(t, second(undeclared, released)), map[string]string{"web": "10.0.16.0/20 172.20.4.0/22 /26"})
	reclaimed := edited(after(undeclared, released), func(r *Request) { r.Reclaim = []string{"shop"} })
	wantRanges(t, planned(t, second(reclaimed, planned(t, reclaimed))), map[string]string{"web": "10.0.0.0/20 172.20.0.0/22 /26"})
}

// Held ranges that share addresses with claims of others are reported: as new, then as pre-existing.
func TestClaimsOfAnotherWorkspaceMeetWhatIsHeld(t *testing.T) {
	first := request(cluster("shop", "ack-flannel", lengths(20, 22, 26)))
	second := request(otherTeam, cluster("shop", "ack-flannel", lengths(20, 22, 26)))
	was := planned(t, second)
	now := edited(after(second, was), claimsOf(first, planned(t, first)))
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
			t.Errorf("%s is not pre-existing", f.Code)
		}
	}
	if len(again.Findings) != 4 || again.Failed() {
		t.Errorf("planned again:\n%s", allReports(again))
	}
}

func TestUnknownClaimsPostpone(t *testing.T) {
	for name, test := range map[string]struct {
		claim   topology.Foreign
		unknown bool
	}{
		"its words": {
			topology.Foreign{Owner: "a", CIDR: prefix("10.9.0.0/16"), Unknown: topology.Unknown{"description", "labels"}}, false,
		},
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
			if unknown := len(result.Deferred) > 0; unknown != test.unknown {
				t.Errorf("deferred %v, unknown %v", result.Deferred, result.Unknown)
			}
		})
	}
}

// Promise 1 beyond a workspace: no allocated range shares addresses with a claim of another workspace that it must
// be apart from, as the oracle reads the rules. Half of the networks are known to both by one name.
func TestDisjointAmongWorkspaces(t *testing.T) {
	t.Parallel()
	catalog := profile.Default()
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		first, second := d.request(), d.request()
		second.Name, second.Supernets = "team-b", first.Supernets
		claims := first.OutgoingClaims(Plan(first, catalog).Allocations, nil, profile.Default())
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
		for _, chosen := range allocatedHoldings(second, catalog, result.Allocations) {
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

// Ranges that another workspace released are reported until they are reclaimed there, unlike those released here.
func TestReleasedRangesOfAnotherWorkspaceAreReportedAgain(t *testing.T) {
	r := request(shop(pins("172.20.0.0/22", "10.0.0.0/19")), func(r *Request) {
		r.Facts.Foreign = map[string]topology.Foreign{
			"x": {Owner: "shop", Kind: topology.ForeignReleased, CIDR: prefix("10.0.0.0/20"), Allocator: "team-b"},
		}
	})
	first := Plan(r, profile.Default())
	wantFindings(t, first, "error pod_overlaps_released shop 10.0.0.0/19 shop 10.0.0.0/20")
	wantFindings(t, planned(t, after(r, first)), "warn pod_overlaps_released shop 10.0.0.0/19 shop 10.0.0.0/20")
}

// A workspace that delegates a block and withdraws it does not stop the plans of workspaces that still use it.
func TestWhatIsWithdrawnIsHeldAllTheSame(t *testing.T) {
	claims := func(kind string) func(*Request) {
		return func(r *Request) {
			r.Facts.Foreign = map[string]topology.Foreign{"x": {Owner: "team-b", Kind: kind, CIDR: prefix("10.0.0.0/16"), Allocator: "net"}}
		}
	}
	for name, r := range map[string]Request{
		"a cluster": request(otherTeam, claims(topology.ForeignBlock), cluster("shop", "ack-flannel", lengths(20, 22, 26))),
		"a block":   blocks(otherTeam, claims(topology.ForeignBlock), ofLength("shop", 20)),
	} {
		t.Run(name, func(t *testing.T) {
			was := planned(t, r)
			wantFindings(t, was)
			kind := map[bool]string{false: "pod", true: "block"}[r.OfBlocks]
			moved := edited(after(r, was), claims(topology.ForeignReleased), func(r *Request) {
				x := r.Facts.Foreign["x"]
				x.VRF, r.Facts.VRF = "blue", "blue"
				r.Facts.Foreign["x"] = x
				if v, ok := r.Facts.VPCs["ali"]; ok {
					v.VRF = "blue"
					r.Facts.VPCs["ali"] = v
				}
			})
			wantFindings(t, Plan(moved, profile.Default()), "error "+kind+"_overlaps_released shop 10.0.0.0/20 team-b 10.0.0.0/16")
			now := planned(t, edited(after(r, was), claims(topology.ForeignReleased)))
			wantFindings(t, now, "warn "+kind+"_overlaps_released shop 10.0.0.0/20 team-b 10.0.0.0/16")
			if !slices.Equal(now.Allocations["shop"].Pods, was.Allocations["shop"].Pods) {
				t.Errorf("shop got %v", now.Allocations["shop"].Pods)
			}
		})
	}
}

// What existing names for a cluster that is not declared is in use there: it was not delegated.
func TestAnUndeclaredClusterElsewhereIsNoDelegation(t *testing.T) {
	r := request(existing("legacy", Existing{PodCIDRs: prefixes("10.0.0.0/17")}))
	other := request(
		otherTeam, supernets("10.0.0.0/18"), services("172.30.0.0/16"), claimsOf(r, planned(t, r)),
		cluster("web", "ack-flannel", lengths(20, 24, 26)),
	)
	if got := Plan(other, profile.Default()); !got.Failed() {
		t.Errorf("web gets %v, which the legacy cluster has", got.Allocations["web"].Pods)
	}
}
