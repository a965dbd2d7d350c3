package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestFactClaimsAreEverythingThatIsInUse(t *testing.T) {
	yes, no := true, false
	f := topology.Facts{
		VPCs: map[string]topology.VPC{
			"prod": {
				Platform: "alicloud", CIDRBlocks: []netip.Prefix{prefix("192.168.0.0/16"), {}, prefix("10.0.0.0/16")},
				IPv6CIDRBlocks: prefixes("fd00::/56"),
				Subnets:        map[string]netip.Prefix{"a": prefix("192.168.0.0/24")},
				About:          topology.About{Description: "the shop", Labels: map[string]string{"team": "shop"}},
				Routes: map[string]topology.Route{
					"vpn":     {Destination: prefix("10.20.0.0/16"), NextHop: "vpn", Description: "to the office"},
					"peering": {Destination: prefix("10.30.0.0/16"), NextHop: "peering", Summary: &no},
					"cen":     {Destination: prefix("10.0.0.0/8"), NextHop: "transit", Summary: &yes},
					"default": {Destination: prefix("0.0.0.0/0"), NextHop: "nat"},
					"unknown": {Unknown: topology.Unknown{"destination"}},
				},
			},
			"dev": {CIDRBlocks: prefixes("172.16.0.0/16")},
		},
		Sites: map[string]topology.Site{
			"idc": {CIDRBlocks: prefixes("10.128.0.0/12", "10.96.0.0/12"), About: topology.About{Description: "the hall"}},
		},
		Clusters: map[string]topology.Cluster{"shop": {VPC: "prod", PodCIDRs: prefixes("10.1.0.0/16")}},
		Reserved: map[string]topology.Reserved{"lb": {CIDR: prefix("10.200.0.0/16"), Description: "load balancers"}, "unknown": {}},
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
		for _, c := range conflict.FactClaims(f, profile.Default()) {
			got = append(
				got,
				fmt.Sprintf(
					"%v %s%s %v of %q (%s) at %s %q %v %v", c.Kind, c.Owner, c.Part, c.Range, c.Network, c.Platform, c.At, c.Description,
					c.Labels, len(c.NextHop.Connections) > 0,
				),
			)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("claims:\n got %q\nwant %q", got, want)
		}
	}
}

// Subnets are claims of their own where a hub of their VPC compares subnets, and then the claims of
// all blocks of the VPC show it.
func TestFactClaimsAddSubnetsWhereAHubComparesThem(t *testing.T) {
	type vpc = topology.VPC
	hubs := map[string]topology.Hub{
		"ccn": {Kind: "ccn"}, "cen": {Kind: "cen", ProtectionLevel: "REDUCED"}, "er": {Kind: "er"}, "plain": {},
		"bare": {Kind: "lock", ProtectionLevel: "open"}, "lock": {Kind: "lock"},
	}
	two := []string{
		`subnet home a 10.0.0.0/24 alicloud at vpcs["home"].subnets["a"] "the shop" map[team:shop] true`,
		`subnet home b 10.0.1.0/24 alicloud at vpcs["home"].subnets["b"] "the shop" map[team:shop] true`,
		`vpc home  10.0.0.0/16 alicloud at vpcs["home"].cidr_blocks[0] "the shop" map[team:shop] true`,
		`vpc home  fd00::/56 alicloud at vpcs["home"].ipv6_cidr_blocks[0] "the shop" map[team:shop] true`,
	}
	none := []string{
		`vpc home  10.0.0.0/16 alicloud at vpcs["home"].cidr_blocks[0] "the shop" map[team:shop] false`,
		`vpc home  fd00::/56 alicloud at vpcs["home"].ipv6_cidr_blocks[0] "the shop" map[team:shop] false`,
	}
	tests := map[string]struct {
		catalog *profile.Catalog
		change  func(*vpc)
		want    []string
	}{
		"on a CCN":                            {nil, func(v *vpc) { v.Hubs = []string{"ccn"} }, two},
		"on a CCN among others":               {nil, func(v *vpc) { v.Hubs = []string{"cen", "er", "ccn"} }, two},
		"on hubs that compare blocks":         {nil, func(v *vpc) { v.Hubs = []string{"cen", "er", "plain"} }, none},
		"on a hub that is not declared":       {nil, func(v *vpc) { v.Hubs = []string{"gone", ""} }, none},
		"on no hub, but peered":               {nil, func(v *vpc) { v.Peers = []string{"other"} }, none},
		"on a hub whose level compares them":  {fixturePlatforms(t), func(v *vpc) { v.Hubs = []string{"bare"} }, two},
		"on one of its kind at another level": {fixturePlatforms(t), func(v *vpc) { v.Hubs = []string{"lock"} }, none},
		"a subnet that is to come is no claim": {nil, func(v *vpc) {
			v.Hubs, v.Subnets = []string{"ccn"}, map[string]netip.Prefix{"a": prefix("10.0.0.0/24"), "b": {}}
		}, slices.Delete(slices.Clone(two), 1, 2)},
		"all of them are to come": {nil, func(v *vpc) {
			v.Hubs, v.Subnets, v.Unknown = []string{"ccn"}, nil, topology.Unknown{"subnets"}
		}, two[2:]},
		"a VPC without subnets has its blocks": {nil, func(v *vpc) { v.Hubs, v.Subnets = []string{"ccn"}, nil }, none},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := vpc{
				Platform: "alicloud", CIDRBlocks: prefixes("10.0.0.0/16"), IPv6CIDRBlocks: prefixes("fd00::/56"),
				Subnets: map[string]netip.Prefix{"b": prefix("10.0.1.0/24"), "a": prefix("10.0.0.0/24")},
				About:   topology.About{Description: "the shop", Labels: map[string]string{"team": "shop"}},
			}
			test.change(&v)
			if test.catalog == nil {
				test.catalog = profile.Default()
			}
			var got []string
			for _, c := range conflict.FactClaims(topology.Facts{Hubs: hubs, VPCs: map[string]vpc{"home": v}}, test.catalog) {
				if c.Network != "home" {
					t.Errorf("%v is of network %q", c.ID(), c.Network)
				}
				got = append(
					got,
					fmt.Sprintf(
						"%v %s %s %v %s at %s %q %v %v", c.Kind, c.Owner, c.Part, c.Range, c.Platform, c.At, c.Description, c.Labels,
						c.SubnetsCompared,
					),
				)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("claims:\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestClaimsOfASubnetAreTwoWhenItsNameOrRangeIs(t *testing.T) {
	a := conflict.Claim{Owner: "v", Kind: conflict.Subnet, Part: "a", Range: prefix("10.0.0.0/24")}
	b, wider := a, a
	b.Part, wider.Range = "b", prefix("10.0.0.0/23")
	same := a
	same.SubnetsCompared, same.Platform = true, "x"
	if a.ID() == b.ID() || a.ID() == wider.ID() || a.ID() != same.ID() {
		t.Errorf("identities: %+v, %+v, %+v, %+v", a.ID(), b.ID(), wider.ID(), same.ID())
	}
}

func TestCompareClaimsOrdersByKindOwnerPartAndRange(t *testing.T) {
	ascending := []conflict.Claim{
		{Kind: conflict.Pod, Owner: "a", Range: prefix("10.0.0.0/16")},
		{Kind: conflict.Pod, Owner: "a", Range: prefix("10.1.0.0/16")},
		{Kind: conflict.Pod, Owner: "b", Range: prefix("10.0.0.0/16")},
		{Kind: conflict.Service, Owner: "a"},
		{Kind: conflict.Subnet, Owner: "a", Part: "r", Range: prefix("10.1.0.0/16")},
		{Kind: conflict.Subnet, Owner: "a", Part: "s", Range: prefix("10.0.0.0/16")},
		{Kind: conflict.VPC, Owner: "a"},
		{Kind: conflict.Site, Owner: "a"},
		{Kind: conflict.Route, Owner: "a", Part: "r", Range: prefix("10.1.0.0/16")},
		{Kind: conflict.Route, Owner: "a", Part: "s", Range: prefix("10.0.0.0/16")},
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
