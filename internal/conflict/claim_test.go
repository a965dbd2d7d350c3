package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestFactClaimsAreEverythingThatIsInUse(t *testing.T) {
	yes, no := true, false
	f := topology.Facts{
		VPCs: map[string]topology.VPC{
			"prod": {
				Platform: "alicloud", CIDRBlocks: []netip.Prefix{prefix("192.168.0.0/16"), {}, prefix("10.0.0.0/16")}, IPv6CIDRBlocks: prefixes("fd00::/56"),
				Subnets: map[string]netip.Prefix{"a": prefix("192.168.0.0/24")},
				About:   topology.About{Description: "the shop", Labels: map[string]string{"team": "shop"}},
				Routes: map[string]topology.Route{
					"vpn":     {Destination: prefix("10.20.0.0/16"), NextHop: "vpn", Description: "to the office"},
					"peering": {Destination: prefix("10.30.0.0/16"), NextHop: "peering", Summary: &no},
					"cen":     {Destination: prefix("10.0.0.0/8"), NextHop: "transit", Summary: &yes},
					"default": {Destination: prefix("0.0.0.0/0"), NextHop: "nat"},
					"late":    {Unknown: topology.Unknown{"destination"}},
				},
			},
			"dev": {CIDRBlocks: prefixes("172.16.0.0/16")},
		},
		Sites:    map[string]topology.Site{"idc": {CIDRBlocks: prefixes("10.128.0.0/12", "10.96.0.0/12"), About: topology.About{Description: "the hall"}}},
		Clusters: map[string]topology.Cluster{"shop": {VPC: "prod", PodCIDRs: prefixes("10.1.0.0/16")}},
		Reserved: map[string]topology.Reserved{"lb": {CIDR: prefix("10.200.0.0/16"), Description: "load balancers"}, "late": {}},
	}
	want := []string{
		`vpc dev 172.16.0.0/16 of "dev" (generic) at vpcs["dev"].cidr_blocks[0] "" map[] false`,
		`vpc prod 10.0.0.0/16 of "prod" (alicloud) at vpcs["prod"].cidr_blocks[2] "the shop" map[team:shop] false`,
		`vpc prod 192.168.0.0/16 of "prod" (alicloud) at vpcs["prod"].cidr_blocks[0] "the shop" map[team:shop] false`,
		`vpc prod fd00::/56 of "prod" (alicloud) at vpcs["prod"].ipv6_cidr_blocks[0] "the shop" map[team:shop] false`,
		`site idc 10.96.0.0/12 of "idc" () at sites["idc"].cidr_blocks[1] "the hall" map[] false`,
		`site idc 10.128.0.0/12 of "idc" () at sites["idc"].cidr_blocks[0] "the hall" map[] false`,
		`route prodpeering 10.30.0.0/16 of "prod" () at vpcs["prod"].routes["peering"].destination "the shop" map[team:shop] true`,
		`route prodvpn 10.20.0.0/16 of "prod" () at vpcs["prod"].routes["vpn"].destination "to the office" map[team:shop] false`,
		`reserved lb 10.200.0.0/16 of "" () at reserved["lb"].cidr "load balancers" map[] false`,
	}
	for range 20 {
		var got []string
		for _, c := range conflict.FactClaims(f) {
			got = append(got, fmt.Sprintf("%v %s%s %v of %q (%s) at %s %q %v %v", c.Kind, c.Owner, c.Route, c.Range, c.Network, c.Platform, c.At, c.Description, c.Labels, c.LeadsToMembers))
		}
		if !slices.Equal(got, want) {
			t.Fatalf("claims:\n got %q\nwant %q", got, want)
		}
	}
}

func TestClusterClaimKnowsWhatTheRulesNeed(t *testing.T) {
	cl := topology.Cluster{VPC: "home", Meshes: []string{"red"}, About: topology.About{Description: "the shop"}}
	p := shipped("ack-flannel")
	c := conflict.ClusterClaim("shop", cl, p, conflict.Service, prefix("10.0.0.0/20"))
	if c.Profile != p || c.At.String() != `clusters["shop"]` || c.Description != "the shop" || c.Network != "home" || !slices.Equal(c.Meshes, cl.Meshes) || c.Pinned {
		t.Errorf("got %+v", c)
	}
	if want := (conflict.ID{Owner: "shop", Kind: conflict.Service, Range: prefix("10.0.0.0/20")}); c.ID() != want {
		t.Errorf("identity: got %+v, want %+v", c.ID(), want)
	}
}

func TestCompareClaimsOrdersByKindOwnerRouteAndRange(t *testing.T) {
	ascending := []conflict.Claim{
		{Kind: conflict.Pod, Owner: "a", Range: prefix("10.0.0.0/16")},
		{Kind: conflict.Pod, Owner: "a", Range: prefix("10.1.0.0/16")},
		{Kind: conflict.Pod, Owner: "b", Range: prefix("10.0.0.0/16")},
		{Kind: conflict.Service, Owner: "a"},
		{Kind: conflict.VPC, Owner: "a"},
		{Kind: conflict.Site, Owner: "a"},
		{Kind: conflict.Route, Owner: "a", Route: "r", Range: prefix("10.1.0.0/16")},
		{Kind: conflict.Route, Owner: "a", Route: "s", Range: prefix("10.0.0.0/16")},
		{Kind: conflict.Reserved, Owner: "a"},
	}
	for i, a := range ascending {
		for j, b := range ascending {
			if got := conflict.CompareClaims(a, b); got < 0 != (i < j) || got > 0 != (i > j) {
				t.Errorf("CompareClaims(%+v, %+v): got %d", a.ID(), b.ID(), got)
			}
		}
	}
}

func TestKindsHaveWords(t *testing.T) {
	want := []string{"pod", "service", "vpc", "site", "route", "reserved"}
	for k := conflict.Pod; k <= conflict.Reserved; k++ {
		if got := k.String(); got != want[k] {
			t.Errorf("kind %d: got %q, want %q", k, got, want[k])
		}
	}
}
