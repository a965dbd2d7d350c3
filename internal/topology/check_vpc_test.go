package topology_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestCheckVPC(t *testing.T) {
	block := prefixes("10.0.0.0/16", "10.2.0.0/16")
	tests := map[string]struct {
		change func(*topology.VPC)
		want   []found
	}{
		"a VPC":                  {func(v *topology.VPC) {}, nil},
		"no name":                {func(v *topology.VPC) { v.Name = "" }, one("it.name", topology.Missing{})},
		"a name that is to come": {func(v *topology.VPC) { v.Name, v.Unknown = "", topology.Unknown{"name"} }, nil},
		"no platform is generic": {func(v *topology.VPC) { v.Platform = "" }, nil},
		"a platform that is none": {
			func(v *topology.VPC) { v.Platform = "oracle" },
			one("it.platform", topology.NotOneOf{Value: "oracle", Allowed: profile.Default().Platforms()}),
		},
		"no blocks":               {func(v *topology.VPC) { v.CIDRBlocks = nil }, one("it.cidr_blocks", topology.Missing{})},
		"blocks that are to come": {func(v *topology.VPC) { v.CIDRBlocks, v.Unknown = nil, topology.Unknown{"cidr_blocks"} }, nil},
		"overlapping blocks": {
			func(v *topology.VPC) { v.CIDRBlocks = prefixes("10.0.0.0/16", "10.0.128.0/17") },
			one("it.cidr_blocks[1]", topology.RangesOverlap{A: prefix("10.0.128.0/17"), B: prefix("10.0.0.0/16")}),
		},
		"an IPv6 block among IPv4": {
			func(v *topology.VPC) { v.CIDRBlocks = slices.Concat(block, []netip.Prefix{prefix("fd00::/48")}) },
			one("it.cidr_blocks[2]", topology.WrongFamily{Range: prefix("fd00::/48"), Want: "IPv4"}),
		},
		"an IPv4 block among IPv6": {
			func(v *topology.VPC) { v.IPv6CIDRBlocks = prefixes("fd00::/56", "10.9.0.0/16") },
			one("it.ipv6_cidr_blocks[1]", topology.WrongFamily{Range: prefix("10.9.0.0/16"), Want: "IPv6"}),
		},
		"both families": {func(v *topology.VPC) { v.IPv6CIDRBlocks = prefixes("fd00::/56") }, nil},
		"overlapping IPv6 blocks": {
			func(v *topology.VPC) { v.IPv6CIDRBlocks = prefixes("fd00::/56", "fd00::/60") },
			one("it.ipv6_cidr_blocks[1]", topology.RangesOverlap{A: prefix("fd00::/60"), B: prefix("fd00::/56")}),
		},
		"itself as a peer": {
			func(v *topology.VPC) { v.Peers = []string{"prod"} },
			one("it.peers[0]", topology.SelfPeer{Name: "prod"}),
		},
		"a hub twice": {
			func(v *topology.VPC) { v.Hubs = []string{"cen", "cen"} },
			one("it.hubs[1]", topology.Repeated{Value: "cen"}),
		},
		"a VRF that is no name": {
			func(v *topology.VPC) { v.VRF = "a b" },
			one("it.vrf", topology.BadName{Name: "a b", Bad: " ", Position: 2}),
		},
		"the platform's route quota": {func(v *topology.VPC) { v.RouteQuota = 0 }, nil},
		"the largest route quota":    {func(v *topology.VPC) { v.RouteQuota = 1_000_000 }, nil},
		"more than the largest": {
			func(v *topology.VPC) { v.RouteQuota = 1_000_001 },
			one("it.route_quota", topology.OutOfRange{Value: 1_000_001, Min: 1, Max: 1_000_000}),
		},
		"a negative route quota": {
			func(v *topology.VPC) { v.RouteQuota = -1 },
			one("it.route_quota", topology.OutOfRange{Value: -1, Min: 1, Max: 1_000_000}),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := topology.VPC{Name: "prod", Platform: "alicloud", CIDRBlocks: block}
			test.change(&v)
			wantFaults(t, topology.CheckVPC(here, v, profile.Default()), test.want)
		})
	}
	for _, platform := range []string{"alicloud", "huaweicloud", "tencentcloud", "ctyun", "aws", "generic"} {
		wantFaults(t, topology.CheckVPC(here, topology.VPC{Name: "v", Platform: platform, CIDRBlocks: block[:1]}, profile.Default()), nil)
	}
}

func TestCheckSubnets(t *testing.T) {
	type subnets = map[string]netip.Prefix
	blocks := prefixes("10.0.0.0/16", "10.1.0.0/16")
	outside := func(subnet string) topology.OutsideVPC {
		return topology.OutsideVPC{Subnet: prefix(subnet), Blocks: prefixes("10.0.0.0/16", "10.1.0.0/16", "fd00::/56")}
	}
	tests := map[string]struct {
		subnets subnets
		change  func(*topology.VPC)
		want    []found
	}{
		"subnets side by side": {
			subnets{"a": prefix("10.0.0.0/24"), "b": prefix("10.0.1.0/24"), "c": prefix("fd00::/64")},
			nil,
			nil,
		},
		"a subnet that is a whole block": {subnets{"a": prefix("10.1.0.0/16")}, nil, nil},
		"a subnet across two blocks":     {subnets{"a": prefix("10.0.0.0/15")}, nil, nil},
		"a subnet beside the blocks": {
			subnets{"a": prefix("10.2.0.0/24")},
			nil,
			one(`it.subnets["a"]`, outside("10.2.0.0/24")),
		},
		"a subnet around a block": {
			subnets{"a": prefix("10.0.0.0/14")},
			nil,
			one(`it.subnets["a"]`, outside("10.0.0.0/14")),
		},
		"a subnet outside the IPv6 block": {subnets{"a": prefix("fd01::/64")}, nil, one(`it.subnets["a"]`, outside("fd01::/64"))},
		"overlapping subnets, reported at the later one": {
			subnets{"b": prefix("10.0.0.0/24"), "a": prefix("10.0.0.0/20")},
			nil,
			one(`it.subnets["b"]`, topology.RangesOverlap{A: prefix("10.0.0.0/24"), AName: "b", B: prefix("10.0.0.0/20"), BName: "a"}),
		},
		"one range twice": {
			subnets{"a": prefix("10.0.0.0/24"), "b": prefix("10.0.0.0/24")},
			nil,
			one(`it.subnets["b"]`, topology.RangesOverlap{A: prefix("10.0.0.0/24"), AName: "b", B: prefix("10.0.0.0/24"), BName: "a"}),
		},
		"a subnet that could not be read": {subnets{"a": {}, "b": prefix("10.0.0.0/24")}, nil, nil},
		"a name that is none": {
			subnets{"a b": prefix("10.0.0.0/24")},
			nil,
			one(`it.subnets["a b"]`, topology.BadName{Name: "a b", Bad: " ", Position: 2}),
		},
		"blocks that are to come": {
			subnets{"a": prefix("10.2.0.0/24")},
			func(v *topology.VPC) { v.Unknown = topology.Unknown{"cidr_blocks"} },
			nil,
		},
		"IPv6 blocks that are to come": {
			subnets{"a": prefix("10.2.0.0/24")},
			func(v *topology.VPC) { v.Unknown = topology.Unknown{"ipv6_cidr_blocks"} },
			nil,
		},
		"a block that could not be read": {
			subnets{"a": prefix("10.2.0.0/24")},
			func(v *topology.VPC) { v.CIDRBlocks = []netip.Prefix{prefix("10.0.0.0/16"), {}} },
			nil,
		},
		"overlap is reported while blocks are to come": {
			subnets{"a": prefix("10.0.0.0/24"), "b": prefix("10.0.0.0/24")},
			func(v *topology.VPC) { v.Unknown = topology.Unknown{"cidr_blocks"} },
			one(`it.subnets["b"]`, topology.RangesOverlap{A: prefix("10.0.0.0/24"), AName: "b", B: prefix("10.0.0.0/24"), BName: "a"}),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := topology.VPC{Name: "prod", CIDRBlocks: blocks, IPv6CIDRBlocks: prefixes("fd00::/56"), Subnets: test.subnets}
			if test.change != nil {
				test.change(&v)
			}
			wantFaults(t, topology.CheckVPC(here, v, profile.Default()), test.want)
		})
	}
}

func TestCheckRoutes(t *testing.T) {
	likely := func(destination string) []found {
		return []found{{`it.routes["r"].summary`, topology.LikelySummary{Destination: prefix(destination)}, true}}
	}
	tests := map[string]struct {
		route topology.Route
		want  []found
	}{
		"a route":                       {topology.Route{Destination: prefix("10.1.0.0/16"), NextHop: "vpn"}, nil},
		"a default route":               {topology.Route{Destination: prefix("0.0.0.0/0"), NextHop: "nat"}, nil},
		"no next hop":                   {topology.Route{Destination: prefix("10.1.0.0/16")}, nil},
		"no destination":                {topology.Route{NextHop: "vpn"}, one(`it.routes["r"].destination`, topology.Missing{})},
		"a destination that is to come": {topology.Route{Unknown: topology.Unknown{"destination"}}, nil},
		"nothing is known":              {topology.Route{Unknown: topology.Unknown{topology.Everything}}, nil},
		"a next hop that is none": {
			topology.Route{Destination: prefix("10.1.0.0/16"), NextHop: "tunnel"},
			one(`it.routes["r"].next_hop`, topology.NotOneOf{Value: "tunnel", Allowed: topology.NextHops}),
		},
		"10.0.0.0/8 looks like a summary":     {topology.Route{Destination: prefix("10.0.0.0/8")}, likely("10.0.0.0/8")},
		"172.16.0.0/12 looks like a summary":  {topology.Route{Destination: prefix("172.16.0.0/12")}, likely("172.16.0.0/12")},
		"192.168.0.0/16 looks like a summary": {topology.Route{Destination: prefix("192.168.0.0/16")}, likely("192.168.0.0/16")},
		"not when it says that it is one":     {topology.Route{Destination: prefix("10.0.0.0/8"), Summary: flag(true)}, nil},
		"not when it says that it is none":    {topology.Route{Destination: prefix("10.0.0.0/8"), Summary: flag(false)}, nil},
		"not while that is to come": {
			topology.Route{Destination: prefix("10.0.0.0/8"), Unknown: topology.Unknown{"summary"}},
			nil,
		},
		"a larger block does not look like one":  {topology.Route{Destination: prefix("10.0.0.0/7")}, nil},
		"a smaller block does not look like one": {topology.Route{Destination: prefix("10.0.0.0/9")}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := topology.VPC{Name: "prod", CIDRBlocks: prefixes("10.0.0.0/16"), Routes: map[string]topology.Route{"r": test.route}}
			wantFaults(t, topology.CheckVPC(here, v, profile.Default()), test.want)
		})
	}
	for _, hop := range []string{"idc", "vpn", "peering", "transit", "nat", "internet", "instance", "other"} {
		v := topology.VPC{
			Name:       "prod",
			CIDRBlocks: prefixes("10.0.0.0/16"),
			Routes:     map[string]topology.Route{hop: {Destination: prefix("10.1.0.0/16"), NextHop: hop}},
		}
		wantFaults(t, topology.CheckVPC(here, v, profile.Default()), nil)
	}
	for key, want := range map[string][]found{
		"to idc": nil, "::/0": nil, "10.0.0.0/8 via vpn": nil, "到 IDC": nil,
		"":     one(`it.routes[""]`, topology.Empty{Reason: topology.NameNeeded{}}),
		"a\nb": one(`it.routes["a\nb"]`, topology.BadText{Text: "a\nb", Bad: "\n", Position: 2}),
	} {
		v := topology.VPC{
			Name:       "prod",
			CIDRBlocks: prefixes("10.0.0.0/16"),
			Routes:     map[string]topology.Route{key: {Destination: prefix("10.1.0.0/16")}},
		}
		wantFaults(t, topology.CheckVPC(here, v, profile.Default()), want)
	}
}
