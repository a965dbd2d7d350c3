package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A route inside a Pod range of a joined network is the way to these Pods only where its next hop leads over what
// joins the two networks.
func TestRoutesThatLeadToPodsElsewhere(t *testing.T) {
	overHub, asPeers := topology.VPC{Hubs: []string{"cen"}}, topology.VPC{Peers: []string{"pods"}}
	both := topology.VPC{Hubs: []string{"cen"}, Peers: []string{"pods"}}
	without := func(v topology.VPC, attribute string) topology.VPC { v.Unknown = topology.Unknown{attribute}; return v }
	const bad = "error pod_overlaps_peer_route"
	for name, test := range map[string]struct {
		vpc     topology.VPC
		nextHop string
		unknown string
		want    string
	}{
		"a peering route of a member of the hub that has no peer": {overHub, "peering", "", bad},
		"a transit route of a member of the hub":                  {overHub, "transit", "", ""},
		"a peering route of a peer":                               {asPeers, "peering", "", ""},
		"a transit route of a peer that shares no hub":            {asPeers, "transit", "", bad},
		"a peering route of one that is both":                     {both, "peering", "", ""},
		"a transit route of one that is both":                     {both, "transit", "", ""},
		"a VPN route of a peer":                                   {asPeers, "vpn", "", bad},
		"a route that says no next hop":                           {overHub, "", "", bad},
		"a next hop that is not known yet":                        {overHub, "", "next_hop", ""},
		"a peering route where peers are not known yet":           {without(overHub, "peers"), "peering", "", ""},
		"a transit route where hubs are not known yet":            {without(asPeers, "hubs"), "transit", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			v := test.vpc
			v.CIDRBlocks = prefixes("172.16.0.0/16")
			r := topology.Route{Destination: prefix("10.0.4.0/24"), NextHop: test.nextHop}
			if test.unknown != "" {
				r.Unknown = topology.Unknown{test.unknown}
			}
			v.Routes = map[string]topology.Route{"r": r}
			f := topology.Facts{
				Hubs: map[string]topology.Hub{"cen": {}},
				VPCs: map[string]topology.VPC{"routes": v, "pods": {CIDRBlocks: prefixes("192.168.0.0/16"), Hubs: []string{"cen"}}},
			}
			var want []string
			if test.want != "" {
				want = []string{test.want + ": shop 10.0.0.0/16 and routes 10.0.4.0/24 share 10.0.4.0/24"}
			}
			claims := append(conflict.FactClaims(f, profile.Default()), at(claim("pod", "shop", "pods", "ack-flannel"), "10.0.0.0/16"))
			wantLines(t, conflict.NewWorld(f, profile.Default()).Overlaps(claims), want...)
		})
	}
}
