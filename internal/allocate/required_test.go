package allocate

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// onHub attaches VPCs of a request to a hub.
func onHub(name string, networks ...string) func(*Request) {
	return func(r *Request) {
		r.Facts.Hubs[name] = topology.Hub{}
		for _, network := range networks {
			v := r.Facts.VPCs[network]
			v.Hubs = append(slices.Clip(v.Hubs), name)
			r.Facts.VPCs[network] = v
		}
	}
}

// peered makes a VPC of a request the peer of another network.
func peered(name, with string) func(*Request) {
	return vpc(name, func(v *topology.VPC) { v.Peers = append(slices.Clip(v.Peers), with) })
}

// idc adds a site of that name.
func idc(s topology.Site) func(*Request) {
	s.CIDRBlocks = prefixes("192.168.9.0/24")
	return func(r *Request) { r.Facts.Sites["idc"] = s }
}

// requires are the required routes of an answer, one a line: key, destination, from and to. late says that not all keys are known.
func requires(r Request, result Result) (lines []string, late bool) {
	routes, late := r.RequiredRoutes(result, profile.Default())
	for _, key := range slices.Sorted(maps.Keys(routes)) {
		route := routes[key]
		line := fmt.Sprintf("%s %v %s>%s", key, route.Destination, route.From, route.To)
		if !route.Destination.IsValid() {
			line = fmt.Sprintf("%s late %s>%s", key, route.From, route.To)
		}
		switch {
		case route.Declared:
			line += " declared"
		case route.DeclaredUnknown:
			line += " declared late"
		}
		lines = append(lines, line)
	}
	return lines, late
}

func wantRequired(t *testing.T, r Request, got Result, want ...string) {
	t.Helper()
	if lines, late := requires(r, got); !slices.Equal(lines, want) || late {
		t.Errorf("required routes, late %t:\n got %q\nwant %q", late, lines, want)
	}
}

var hundred = profile.Need{MaxNodes: 100, PodsPerNode: 64}

func TestRequiredRoutesOfEveryMode(t *testing.T) {
	tests := map[string]struct {
		edits []func(*Request)
		want  []string
	}{
		"ACK with Flannel": {
			[]func(*Request){in("ali", "a", "ack-flannel", hundred)},
			[]string{"ali:publish:hub:cen:a 10.0.0.0/19 cen>ali"},
		},
		"CCE with the VPC network": {
			[]func(*Request){in("hua", "a", "cce-vpc-router", profile.Need{MaxNodes: 64, PodsPerNode: 125})},
			[]string{"hua:publish:hub:cen:a 10.0.0.0/19 cen>hua"},
		},
		"TKE with GlobalRouter, whose Services lie in the Pod range": {
			[]func(*Request){in("ten", "a", "tke-global-router", hundred)},
			[]string{"ten:publish:hub:cen:a 10.0.0.0/19 cen>ten"},
		},
		"CCSE with Calico, of which nothing else is published": {
			[]func(*Request){vpc("own", func(v *topology.VPC) { v.Platform = "ctyun" }), in("own", "a", "ccse-calico", hundred)},
			[]string{"own:publish:hub:cen:a 10.0.0.0/19 cen>own"},
		},
		"self-managed clusters with routed Pods": {
			[]func(*Request){in("own", "a", "kubernetes-routed", profile.Need{MaxNodes: 64, PodsPerNode: 61})},
			[]string{"own:publish:hub:cen:a 10.0.0.0/20 cen>own"},
		},
		"routed Pods with IPv6 have a destination of each family": {
			[]func(*Request){in("own", "a", "kubernetes-routed", profile.Need{MaxNodes: 64, PodsPerNode: 61}, dual)},
			[]string{"own:publish:hub:cen:a 10.0.0.0/20 cen>own", "own:publish:hub:cen:a#ipv6 fd00::/58 cen>own"},
		},
		"Pods in subnets need nothing: ACK with Terway": {
			[]func(*Request){in("ali", "a", "ack-terway", profile.Need{}, podSubnets("pods"))},
			nil,
		},
		"Pods in subnets need nothing: CCE Turbo": {
			[]func(*Request){in("hua", "a", "cce-turbo", profile.Need{}, podSubnets("pods"))},
			nil,
		},
		"Pods in subnets need nothing: TKE with VPC-CNI": {
			[]func(*Request){in("ten", "a", "tke-vpc-cni", profile.Need{}, podSubnets("pods"))},
			nil,
		},
		"an overlay is not seen by others: ACK Edge with Flannel": {
			[]func(*Request){in("ali", "a", "ack-edge-flannel", hundred)},
			nil,
		},
		"an overlay is not seen by others: CCE with the tunnel network": {[]func(*Request){in("hua", "a", "cce-overlay", hundred)}, nil},
		"an overlay is not seen by others: TKE with Cilium-Overlay": {
			[]func(*Request){in("ten", "a", "tke-cilium-overlay", hundred)},
			nil,
		},
		"an overlay is not seen by others: self-managed": {
			[]func(*Request){in("own", "a", "kubernetes-overlay", hundred, dual)},
			nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := all(services("172.20.0.0/16", "fc00::/96", "fd00::/40"))
			for _, network := range []string{"ali", "hua", "ten", "own"} {
				v := r.Facts.VPCs[network]
				v.Hubs = []string{"cen"}
				if r.Facts.VPCs[network] = v; network != "own" {
					v.Hubs = nil
				}
			}
			r = edited(r, test.edits...)
			for network := range r.Facts.VPCs { // one VPC is on the hub, since all have the same block
				if network != r.Facts.Clusters["a"].VPC {
					delete(r.Facts.VPCs, network)
				}
			}
			r.Facts.Hubs["cen"] = topology.Hub{}
			wantRequired(t, r, planned(t, r), test.want...)
		})
	}
}

func TestRequiredRoutesOfEveryWay(t *testing.T) {
	flannel := cluster("shop", "ack-flannel", lengths(20, 24, 24))
	three := onHub("cen", "ali", "hua", "own")
	tests := map[string]struct {
		edits []func(*Request)
		want  []string
	}{
		"a VPC that is joined to nothing": {nil, nil},
		"a hub takes one entry however many VPCs it has, and a site behind it is told": {
			[]func(*Request){three, idc(topology.Site{Hubs: []string{"cen"}})},
			[]string{"ali:publish:hub:cen:shop 10.0.0.0/20 cen>ali", "idc:advertise:hub:cen:shop 10.0.0.0/20 idc>cen"},
		},
		"a hub with no other member that is known takes the entry all the same": {
			[]func(*Request){onHub("cen", "ali")}, []string{"ali:publish:hub:cen:shop 10.0.0.0/20 cen>ali"},
		},
		"a peer needs a route, whichever side declares the peering": {
			[]func(*Request){peered("ali", "hua"), peered("own", "ali")},
			[]string{"hua:route:peering:ali:shop 10.0.0.0/20 hua>ali", "own:route:peering:ali:shop 10.0.0.0/20 own>ali"},
		},
		"a site that is a peer is told": {
			[]func(*Request){idc(topology.Site{Peers: []string{"ali"}})},
			[]string{"idc:advertise:peering:ali:shop 10.0.0.0/20 idc>ali"},
		},
		"two ways between two VPCs are both needed, since each can fail": {
			[]func(*Request){onHub("cen", "ali", "hua"), onHub("er", "ali", "hua"), peered("ali", "hua")},
			[]string{
				"ali:publish:hub:cen:shop 10.0.0.0/20 cen>ali",
				"ali:publish:hub:er:shop 10.0.0.0/20 er>ali",
				"hua:route:peering:ali:shop 10.0.0.0/20 hua>ali",
			},
		},
		"what a peer is joined to is not reached through it": {
			[]func(*Request){peered("ali", "hua"), peered("hua", "own"), onHub("cen", "hua", "own")},
			[]string{"hua:route:peering:ali:shop 10.0.0.0/20 hua>ali"},
		},
		"two clusters of one VPC have destinations of their own": {
			[]func(*Request){three, cluster("data", "ack-flannel", lengths(20, 24, 24))},
			[]string{"ali:publish:hub:cen:data 10.0.0.0/20 cen>ali", "ali:publish:hub:cen:shop 10.0.16.0/20 cen>ali"},
		},
		"two clusters that peers run reach each other both ways": {
			[]func(*Request){peered("ali", "own"), cluster("data", "kubernetes-routed", lengths(20, 24, 24))},
			[]string{"ali:route:peering:own:data 10.0.0.0/20 ali>own", "own:route:peering:ali:shop 10.0.16.0/20 own>ali"},
		},
		"another VRF needs nothing": {
			[]func(*Request){
				onHub("blue", "hua"),
				vpc("hua", func(v *topology.VPC) { v.VRF = "blue" }),
				func(r *Request) { r.Facts.Hubs["blue"] = topology.Hub{VRF: "blue"} },
			},
			nil,
		},
		"a cluster in a site publishes to the hub of the site": {
			[]func(*Request){
				three,
				idc(topology.Site{Hubs: []string{"cen"}, Peers: []string{"own"}}),
				in("idc", "edge", "kubernetes-routed", lengths(20, 24, 24)),
				func(r *Request) { delete(r.Facts.Clusters, "shop") },
			},
			[]string{"idc:publish:hub:cen:edge 10.0.0.0/20 cen>idc", "own:route:peering:idc:edge 10.0.0.0/20 own>idc"},
		},
		"a hub and a peer of one name are told apart": {
			[]func(*Request){onHub("ali", "ali"), idc(topology.Site{Hubs: []string{"ali"}, Peers: []string{"ali"}})},
			[]string{
				"ali:publish:hub:ali:shop 10.0.0.0/20 ali>ali",
				"idc:advertise:hub:ali:shop 10.0.0.0/20 idc>ali",
				"idc:advertise:peering:ali:shop 10.0.0.0/20 idc>ali",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := edited(request(flannel), test.edits...)
			wantRequired(t, r, planned(t, r), test.want...)
		})
	}
}

func TestRequiredDestinationsAreOneWhereTheyCanBe(t *testing.T) {
	tests := map[string]struct {
		has  profile.Ranges
		want string
	}{
		"one range":               {profile.Ranges{Pods: prefixes("10.0.0.0/20")}, "=10.0.0.0/20"},
		"two halves of one block": {profile.Ranges{Pods: prefixes("10.0.16.0/20", "10.0.0.0/20")}, "=10.0.0.0/19"},
		"neighbours that are no halves of one": {
			profile.Ranges{Pods: prefixes("10.0.16.0/20", "10.0.32.0/20")},
			"=10.0.16.0/20 #2=10.0.32.0/20",
		},
		"three that fill a block together": {
			profile.Ranges{Pods: prefixes("10.0.16.0/20", "10.0.32.0/19", "10.0.0.0/20")},
			"=10.0.0.0/18",
		},
		"in the order in which the cluster got them": {
			profile.Ranges{Pods: prefixes("10.9.0.0/20", "10.0.0.0/20", "10.0.16.0/20")},
			"=10.9.0.0/20 #2=10.0.0.0/20 #3=10.0.16.0/20",
		},
		"the block that is kept free": {
			profile.Ranges{Pods: prefixes("10.0.0.0/20"), Aggregate: prefix("10.0.0.0/16")},
			"=10.0.0.0/16",
		},
		"the block that is kept free, half full": {
			profile.Ranges{Pods: prefixes("10.0.0.0/20", "10.0.64.0/20"), Aggregate: prefix("10.0.0.0/16")},
			"=10.0.0.0/16",
		},
		"a range beside the block that was full": {
			profile.Ranges{Pods: prefixes("10.0.0.0/16", "10.9.0.0/20"), Aggregate: prefix("10.0.0.0/16")},
			"=10.0.0.0/16 #2=10.9.0.0/20",
		},
		"both families": {
			profile.Ranges{Pods: prefixes("10.0.0.0/20"), PodIPv6: prefix("fd00::/56")},
			"=10.0.0.0/20 #ipv6=fd00::/56",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := ""
			for _, d := range destinations(test.has) {
				got += fmt.Sprintf(" %s=%v", d.nth, d.to)
			}
			if got != " "+test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A further Pod range adds entries, or widens the one there is; nobody else's change.
func TestRequiredRoutesOfACCEClusterThatGrows(t *testing.T) {
	r := request(
		onHub("er", "hua", "ali"), cluster("a", "cce-vpc-router", profile.Need{MaxNodes: 60, PodsPerNode: 125}),
		cluster("b", "ack-flannel", lengths(20, 24, 24)),
	)
	small := planned(t, r)
	wantRequired(t, r, small, "ali:publish:hub:er:b 10.0.32.0/20 er>ali", "hua:publish:hub:er:a 10.0.0.0/19 er>hua")
	more := after(edited(r, cluster("a", "cce-vpc-router", profile.Need{MaxNodes: 100, PodsPerNode: 125})), small)
	wantRequired(
		t, more, planned(t, more), "ali:publish:hub:er:b 10.0.32.0/20 er>ali", "hua:publish:hub:er:a 10.0.0.0/19 er>hua",
		"hua:publish:hub:er:a#2 10.0.64.0/19 er>hua",
	)

	reserves := func(cl *topology.Cluster) { cl.ReserveLength = 17 }
	kept := edited(r, cluster("a", "cce-vpc-router", profile.Need{MaxNodes: 60, PodsPerNode: 125}, reserves))
	first := planned(t, kept)
	same := []string{"ali:publish:hub:er:b 10.0.128.0/20 er>ali", "hua:publish:hub:er:a 10.0.0.0/17 er>hua"}
	wantRequired(t, kept, first, same...)
	inside := after(edited(kept, cluster("a", "cce-vpc-router", profile.Need{MaxNodes: 100, PodsPerNode: 125}, reserves)), first)
	second := planned(t, inside)
	if wantRequired(t, inside, second, same...); len(second.Allocations["a"].Pods) != 2 {
		t.Errorf("growth inside the block has ranges %v", second.Allocations["a"].Pods)
	}
}

func TestRequiredRoutesThatAreDeclared(t *testing.T) {
	peering := func(to string) topology.Route { return topology.Route{Destination: prefix(to), NextHop: "peering"} }
	summary := true
	wide := topology.Route{Destination: prefix("10.0.0.0/8"), NextHop: "peering", Summary: &summary}
	tests := map[string]struct {
		route topology.Route
		peers []string
		want  string
	}{
		"the destination itself":                         {peering("10.0.0.0/20"), []string{"ali", "own"}, " declared"},
		"more than it, and there is no other peer":       {wide, []string{"ali"}, " declared"},
		"more than it, which may lead to the other peer": {wide, []string{"ali", "own"}, ""},
		"a part of it":   {peering("10.0.0.0/21"), []string{"ali"}, ""},
		"something else": {peering("10.9.0.0/20"), []string{"ali"}, ""},
		"the destination over a hub, which is another way": {
			topology.Route{Destination: prefix("10.0.0.0/20"), NextHop: "transit"},
			[]string{"ali"},
			"",
		},
		"a default route that does not lead over a peering": {
			topology.Route{Destination: prefix("0.0.0.0/0"), NextHop: "nat"},
			[]string{"ali"},
			"",
		},
		"a destination that is not known yet": {
			topology.Route{NextHop: "peering", Unknown: topology.Unknown{"destination"}},
			[]string{"ali"},
			" declared late",
		},
		"a next hop that is not known yet": {
			topology.Route{Destination: prefix("10.9.0.0/20"), Unknown: topology.Unknown{"next_hop"}},
			[]string{"ali"},
			" declared late",
		},
		"a route that is not known yet": {
			topology.Route{Unknown: topology.Unknown{topology.Everything}},
			[]string{"ali"},
			" declared late",
		},
		"a destination that is not known of another next hop": {
			topology.Route{NextHop: "vpn", Unknown: topology.Unknown{"destination"}},
			[]string{"ali"},
			"",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			pinned := cluster("shop", "ack-flannel", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/20"))
			r := request(pinned, vpc("hua", func(v *topology.VPC) {
				v.Peers, v.Routes = test.peers, map[string]topology.Route{"r": test.route}
			}))
			wantRequired(t, r, Plan(r, profile.Default()), "hua:route:peering:ali:shop 10.0.0.0/20 hua>ali"+test.want)
		})
	}
}

// Keys are known wherever they do not depend on what is not known.
func TestRequiredRoutesOfFactsThatAreNotKnownYet(t *testing.T) {
	unknown := func(attributes ...string) func(*topology.Cluster) {
		return func(cl *topology.Cluster) { cl.Unknown = attributes }
	}
	lateSite := idc(topology.Site{Unknown: topology.Unknown{"cidr_blocks"}})
	lateDestination := []string{"ali:publish:hub:cen:shop late cen>ali", "hua:route:peering:ali:shop late hua>ali"}
	const whole = "late as a whole"
	tests := map[string]struct {
		edit func(*Request)
		want []string
	}{
		"a block elsewhere defers the range and not the key": {lateSite, lateDestination},
		"a pinned range that is not known yet": {
			cluster("shop", "ack-flannel", profile.Need{}, unknown("pod_cidrs")),
			lateDestination,
		},
		"what the cluster holds": {
			func(r *Request) { r.Unknown = topology.Unknown{"existing"} },
			lateDestination,
		},
		"a reservation": {
			func(r *Request) { r.Facts.Unknown = topology.Unknown{"reserved"} },
			lateDestination,
		},
		"both families that wait": {
			func(r *Request) { lateSite(r); in("ali", "shop", "kubernetes-routed", hundred, dual)(r) },
			[]string{
				"ali:publish:hub:cen:shop late cen>ali",
				"ali:publish:hub:cen:shop#ipv6 late cen>ali",
				"hua:route:peering:ali:shop late hua>ali",
				"hua:route:peering:ali:shop#ipv6 late hua>ali",
			},
		},
		"a range that is known while others wait": {
			func(r *Request) {
				lateSite(r)
				cluster("shop", "ack-flannel", profile.Need{}, pins("", "10.0.16.0/20"))(r)
			},
			[]string{"ali:publish:hub:cen:shop 10.0.16.0/20 cen>ali", "hua:route:peering:ali:shop 10.0.16.0/20 hua>ali"},
		},
		"one route over a peering may lead there": {
			func(r *Request) {
				lateSite(r)
				vpc("hua", func(v *topology.VPC) {
					v.Routes = map[string]topology.Route{"r": {Destination: prefix("10.9.0.0/20"), NextHop: "peering"}}
				})(r)
			},
			[]string{"ali:publish:hub:cen:shop late cen>ali", "hua:route:peering:ali:shop late hua>ali declared late"},
		},
		"hubs of a VPC without routed Pods": {vpc("hua", func(v *topology.VPC) { v.Unknown = topology.Unknown{"hubs"} }), lateDestination},
		"hubs of the VPC with them":         {vpc("ali", func(v *topology.VPC) { v.Unknown = topology.Unknown{"hubs"} }), []string{whole}},
		"peers of any VPC":                  {vpc("own", func(v *topology.VPC) { v.Unknown = topology.Unknown{"peers"} }), []string{whole}},
		"the VRF of any VPC":                {vpc("own", func(v *topology.VPC) { v.Unknown = topology.Unknown{"vrf"} }), []string{whole}},
		"hubs of any site":                  {idc(topology.Site{Unknown: topology.Unknown{"hubs"}}), []string{whole}},
		"which sites there are":             {func(r *Request) { r.Facts.Unknown = topology.Unknown{"sites"} }, []string{whole}},
		"the profile of a cluster": {
			cluster("shop", "ack-flannel", hundred, unknown("profile"), func(cl *topology.Cluster) { cl.Profile = "" }),
			[]string{whole},
		},
		"the VPC of a cluster":       {cluster("shop", "ack-flannel", hundred, unknown("vpc"), inVPC("")), []string{whole}},
		"ranges that may be several": {cluster("shop", "cce-vpc-router", hundred, unknown("pod_cidrs")), []string{whole}},
		"what a cluster holds that may have several": {func(r *Request) {
			r.Unknown = topology.Unknown{"existing"}
			cluster("shop", "cce-vpc-router", hundred)(r)
		}, []string{whole}},
		"a need that may append to what is pinned": {
			cluster("shop", "cce-vpc-router", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/20"), unknown("max_nodes")),
			[]string{whole},
		},
		"families of a cluster with IPv6 Pods of its own": {
			in("ali", "shop", "kubernetes-routed", hundred, unknown("ip_families")),
			[]string{whole},
		},
		"all of it is no matter where no Pods are routed": {func(r *Request) {
			r.Facts.Unknown = topology.Unknown{"sites", "vpcs"}
			in("ali", "shop", "kubernetes-overlay", hundred)(r)
		}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := request(onHub("cen", "ali"), peered("hua", "ali"), cluster("shop", "ack-flannel", lengths(20, 24, 24)))
			got := Plan(edited(r, test.edit), profile.Default())
			if got.Failed() {
				t.Fatalf("the plan fails:\n%s", told(got))
			}
			lines, late := requires(edited(r, test.edit), got)
			if late {
				lines = []string{whole}
			}
			if !slices.Equal(lines, test.want) {
				t.Errorf("got %q, want %q", lines, test.want)
			}
		})
	}
}

// Whether a cluster takes back what it held can depend on what is reclaimed.
func TestRequiredRoutesOfAClusterThatMayComeBack(t *testing.T) {
	r := request(
		onHub("cen", "ali"), cluster("shop", "ack-flannel", lengths(20, 24, 24)), cluster("data", "ack-flannel", lengths(19, 24, 24)),
	)
	gone := edited(r, func(r *Request) { delete(r.Facts.Clusters, "shop") })
	back := after(edited(r), planned(t, after(gone, planned(t, r))))
	wantRequired(t, back, planned(t, back), "ali:publish:hub:cen:data 10.0.0.0/19 cen>ali", "ali:publish:hub:cen:shop 10.0.32.0/20 cen>ali")
	back.Unknown = topology.Unknown{"reclaim"}
	wantRequired(t, back, planned(t, back), "ali:publish:hub:cen:data 10.0.0.0/19 cen>ali", "ali:publish:hub:cen:shop late cen>ali")
}

// Names may have slashes and dots, and no two entries fall together for it.
func TestRequiredKeysAreApartForEveryName(t *testing.T) {
	key := func(network string, leg topology.RouteStep, cluster, nth string) string {
		leg.Network = network
		return RequiredRoute{RouteStep: leg, Cluster: cluster, nth: nth}.Key()
	}
	hub := func(name string) topology.RouteStep {
		return topology.RouteStep{Action: topology.Publish, Via: topology.ThroughHub, From: name}
	}
	seen := map[string]int{}
	for i, k := range []string{
		key("n/publish/h", hub("a"), "c", ""), key("n", hub("h/publish/a"), "c", ""), key("n", hub("h"), "publish/a/c", ""),
		key("n", hub("h"), "publish/a/c", "#2"), key("n", hub("h/publish"), "a/c", ""),
		key("n", topology.RouteStep{Action: topology.Advertise, Via: topology.ThroughPeering, To: "h"}, "c", ""), key("n", topology.RouteStep{Action: topology.Advertise, Via: topology.ThroughHub, To: "h"}, "c", ""),
	} {
		if before, taken := seen[k]; taken {
			t.Errorf("entries %d and %d have the key %s", before, i, k)
		}
		seen[k] = i
	}
}
