package allocate

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

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
			" declared unknown",
		},
		"a next hop that is not known yet": {
			topology.Route{Destination: prefix("10.9.0.0/20"), Unknown: topology.Unknown{"next_hop"}},
			[]string{"ali"},
			" declared unknown",
		},
		"a route that is not known yet": {
			topology.Route{Unknown: topology.Unknown{topology.Everything}},
			[]string{"ali"},
			" declared unknown",
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
	siteUnknown := idc(topology.Site{Unknown: topology.Unknown{"cidr_blocks"}})
	destinationUnknown := []string{"ali:publish:hub:cen:shop unknown cen>ali", "hua:route:peering:ali:shop unknown hua>ali"}
	const whole = "unknown as a whole"
	tests := map[string]struct {
		edit func(*Request)
		want []string
	}{
		"a block elsewhere defers the range and not the key": {siteUnknown, destinationUnknown},
		"a pinned range that is not known yet": {
			cluster("shop", "ack-flannel", profile.Need{}, unknown("pod_cidrs")),
			destinationUnknown,
		},
		"what the cluster holds": {
			func(r *Request) { r.Unknown = topology.Unknown{"existing"} },
			destinationUnknown,
		},
		"a reservation": {
			func(r *Request) { r.Facts.Unknown = topology.Unknown{"reserved"} },
			destinationUnknown,
		},
		"both families that wait": {
			func(r *Request) { siteUnknown(r); in("ali", "shop", "kubernetes-routed", hundred, dual)(r) },
			[]string{
				"ali:publish:hub:cen:shop unknown cen>ali",
				"ali:publish:hub:cen:shop#ipv6 unknown cen>ali",
				"hua:route:peering:ali:shop unknown hua>ali",
				"hua:route:peering:ali:shop#ipv6 unknown hua>ali",
			},
		},
		"a range that is known while others wait": {
			func(r *Request) {
				siteUnknown(r)
				cluster("shop", "ack-flannel", profile.Need{}, pins("", "10.0.16.0/20"))(r)
			},
			[]string{"ali:publish:hub:cen:shop 10.0.16.0/20 cen>ali", "hua:route:peering:ali:shop 10.0.16.0/20 hua>ali"},
		},
		"one route over a peering may lead there": {
			func(r *Request) {
				siteUnknown(r)
				vpc("hua", func(v *topology.VPC) {
					v.Routes = map[string]topology.Route{"r": {Destination: prefix("10.9.0.0/20"), NextHop: "peering"}}
				})(r)
			},
			[]string{"ali:publish:hub:cen:shop unknown cen>ali", "hua:route:peering:ali:shop unknown hua>ali declared unknown"},
		},
		"hubs of a VPC without routed Pods": {
			vpc("hua", func(v *topology.VPC) { v.Unknown = topology.Unknown{"hubs"} }), destinationUnknown,
		},
		"hubs of the VPC with them": {vpc("ali", func(v *topology.VPC) { v.Unknown = topology.Unknown{"hubs"} }), []string{whole}},
		"peers of any VPC":          {vpc("own", func(v *topology.VPC) { v.Unknown = topology.Unknown{"peers"} }), []string{whole}},
		"the VRF of any VPC":        {vpc("own", func(v *topology.VPC) { v.Unknown = topology.Unknown{"vrf"} }), []string{whole}},
		"hubs of any site":          {idc(topology.Site{Unknown: topology.Unknown{"hubs"}}), []string{whole}},
		"which sites there are":     {func(r *Request) { r.Facts.Unknown = topology.Unknown{"sites"} }, []string{whole}},
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
		"a need of a cluster that gets one range at first": {
			cluster("shop", "cce-vpc-router", profile.Need{}, unknown("max_nodes")),
			[]string{"ali:route:peering:hua:shop unknown ali>hua"},
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
				t.Fatalf("the plan fails:\n%s", allReports(got))
			}
			lines, unknown := requires(edited(r, test.edit), got)
			if unknown {
				lines = []string{whole}
			}
			if !slices.Equal(lines, test.want) {
				t.Errorf("got %q, want %q", lines, test.want)
			}
		})
	}
}
