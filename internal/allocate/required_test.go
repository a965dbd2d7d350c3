package allocate

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// furtherPods6Pins gives a cluster two further Pod ranges of IPv6.
func furtherPods6Pins(cl *topology.Cluster) {
	cl.Further.PodsIPv6 = prefixes("fd00:1::/58", "fd00:2::/58")
}

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
		"TKE with GlobalRouter, whose Services are in the Pod range": {
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
		"further Pod ranges of IPv6 have destinations of their own": {
			[]func(*Request){in(
				"own", "a", "kubernetes-routed", profile.Need{MaxNodes: 64, PodsPerNode: 61}, dual, appending("pods"), furtherPods6Pins,
			)},
			[]string{
				"own:publish:hub:cen:a 10.0.0.0/20 cen>own", "own:publish:hub:cen:a#ipv6 fd00::/58 cen>own",
				"own:publish:hub:cen:a#ipv6#2 fd00:1::/58 cen>own", "own:publish:hub:cen:a#ipv6#3 fd00:2::/58 cen>own",
			},
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
		"a hub takes one entry however many VPCs it has, and a site behind it is reported": {
			[]func(*Request){three, idc(topology.Site{Hubs: []string{"cen"}})},
			[]string{"ali:publish:hub:cen:shop 10.0.0.0/20 cen>ali", "idc:advertise:hub:cen:shop 10.0.0.0/20 idc>cen"},
		},
		"a hub with no other member that is known has the entry as well": {
			[]func(*Request){onHub("cen", "ali")}, []string{"ali:publish:hub:cen:shop 10.0.0.0/20 cen>ali"},
		},
		"a peer needs a route, whichever side declares the peering": {
			[]func(*Request){peered("ali", "hua"), peered("own", "ali")},
			[]string{"hua:route:peering:ali:shop 10.0.0.0/20 hua>ali", "own:route:peering:ali:shop 10.0.0.0/20 own>ali"},
		},
		"a site that is a peer is reported": {
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
		"a hub and a peer of one name are two": {
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

// Whether a cluster takes back what it held can depend on what is reclaimed.
func TestRequiredRoutesOfAClusterThatMayComeBack(t *testing.T) {
	r := request(
		onHub("cen", "ali"), cluster("shop", "ack-flannel", lengths(20, 24, 24)), cluster("data", "ack-flannel", lengths(19, 24, 24)),
	)
	undeclared := edited(r, func(r *Request) { delete(r.Facts.Clusters, "shop") })
	back := after(edited(r), planned(t, after(undeclared, planned(t, r))))
	wantRequired(t, back, planned(t, back), "ali:publish:hub:cen:data 10.0.0.0/19 cen>ali", "ali:publish:hub:cen:shop 10.0.32.0/20 cen>ali")
	back.Unknown = topology.Unknown{"reclaim"}
	wantRequired(t, back, planned(t, back), "ali:publish:hub:cen:data 10.0.0.0/19 cen>ali", "ali:publish:hub:cen:shop unknown cen>ali")
}

// Names may have slashes and dots, and no two entries fall together for it.
func TestRequiredKeysAreApartForEveryName(t *testing.T) {
	key := func(network string, step topology.RouteStep, cluster, nth string) string {
		step.Network = network
		return RequiredRoute{RouteStep: step, Cluster: cluster, nth: nth}.Key()
	}
	hub := func(name string) topology.RouteStep {
		return topology.RouteStep{Action: topology.Publish, Via: topology.ThroughHub, From: name}
	}
	seen := map[string]int{}
	for i, k := range []string{
		key("n/publish/h", hub("a"), "c", ""), key("n", hub("h/publish/a"), "c", ""), key("n", hub("h"), "publish/a/c", ""),
		key("n", hub("h"), "publish/a/c", "#2"), key("n", hub("h/publish"), "a/c", ""),
		key("n", topology.RouteStep{Action: topology.Advertise, Via: topology.ThroughPeering, To: "h"}, "c", ""),
		key("n", topology.RouteStep{Action: topology.Advertise, Via: topology.ThroughHub, To: "h"}, "c", ""),
	} {
		if before, taken := seen[k]; taken {
			t.Errorf("entries %d and %d have the key %s", before, i, k)
		}
		seen[k] = i
	}
}
