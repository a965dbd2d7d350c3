package topology_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestCheckHub(t *testing.T) {
	long := strings.Repeat("x", 129)
	tests := map[string]struct {
		hub  topology.Hub
		want []found
	}{
		"a hub":                    {topology.Hub{Name: "cen", Kind: "cen", VRF: "blue"}, nil},
		"only a name is needed":    {topology.Hub{Name: "cen"}, nil},
		"no name":                  {topology.Hub{}, one("it.name", topology.Missing{})},
		"a name that is to come":   {topology.Hub{Unknown: topology.Unknown{"name"}}, nil},
		"a name of 128 characters": {topology.Hub{Name: long[:128]}, nil},
		"a name of 129 characters": {topology.Hub{Name: long}, one("it.name", topology.BadName{Name: long})},
		"a name with a space": {
			topology.Hub{Name: "my hub"},
			one("it.name", topology.BadName{Name: "my hub", Bad: " ", Position: 3}),
		},
		"a kind that is none": {
			topology.Hub{Name: "cen", Kind: "CEN"},
			one("it.kind", topology.NotOneOf{Value: "CEN", Allowed: profile.Default().HubKinds()}),
		},
		"a VRF that is no name": {
			topology.Hub{Name: "cen", VRF: "a:b"},
			one("it.vrf", topology.BadName{Name: "a:b", Bad: ":", Position: 2}),
		},
		"two faults are both reported": {
			topology.Hub{Kind: "x"},
			[]found{
				{at: "it.name", problem: topology.Missing{}},
				{at: "it.kind", problem: topology.NotOneOf{Value: "x", Allowed: profile.Default().HubKinds()}},
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantFaults(t, topology.CheckHub(here, test.hub, profile.Default()), test.want) })
	}
	for _, kind := range []string{"cen", "er", "ccn", "tgw", "vpn", "generic"} {
		wantFaults(t, topology.CheckHub(here, topology.Hub{Name: "h", Kind: kind}, profile.Default()), nil)
	}
}

func TestCheckHubProtectionLevel(t *testing.T) {
	type hub = topology.Hub
	kinds := []string{"exchange", "mesh", "generic"}
	tests := map[string]struct {
		hub  hub
		want []found
	}{
		"a level of the kind":             {hub{Kind: "mesh", ProtectionLevel: "LOW"}, nil},
		"another of its levels":           {hub{Kind: "mesh", ProtectionLevel: "BARE"}, nil},
		"FULL stands for the usual rules": {hub{Kind: "mesh", ProtectionLevel: "FULL"}, nil},
		"no level":                        {hub{Kind: "mesh"}, nil},
		"a level that there is not": {
			hub{Kind: "mesh", ProtectionLevel: "low"},
			one("it.protection_level", topology.NotOneOf{Value: "low", Allowed: []string{"FULL", "BARE", "LOW"}}),
		},
		"a kind without levels": {
			hub{Kind: "exchange", ProtectionLevel: "LOW"},
			one("it.protection_level", topology.NotAccepted{Value: "LOW", Reason: topology.NoProtectionLevel{}}),
		},
		"FULL on a kind without levels": {
			hub{Kind: "exchange", ProtectionLevel: "FULL"},
			one("it.protection_level", topology.NotAccepted{Value: "FULL", Reason: topology.NoProtectionLevel{}}),
		},
		"a kind without levels, and none": {hub{Kind: "exchange"}, nil},
		"no kind": {
			hub{ProtectionLevel: "LOW"},
			one("it.protection_level", topology.NotAccepted{Value: "LOW", Reason: topology.NoProtectionLevel{}}),
		},
		"a kind that is to come":  {hub{ProtectionLevel: "LOW", Unknown: topology.Unknown{"kind"}}, nil},
		"a level that is to come": {hub{Kind: "exchange", Unknown: topology.Unknown{"protection_level"}}, nil},
		"a kind that is none has no level": {
			hub{Kind: "x", ProtectionLevel: "LOW"},
			[]found{
				{at: "it.kind", problem: topology.NotOneOf{Value: "x", Allowed: kinds}},
				{at: "it.protection_level", problem: topology.NotAccepted{Value: "LOW", Reason: topology.NoProtectionLevel{}}},
			},
		},
	}
	catalog := fixturePlatform(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.hub.Name = "h"
			wantFaults(t, topology.CheckHub(here, test.hub, catalog), test.want)
		})
	}
	for kind, sound := range map[string]bool{"cen": true, "er": false, "ccn": false, "tgw": false, "vpn": false, "generic": false} {
		h := hub{Name: "h", Kind: kind, ProtectionLevel: "REDUCED"}
		var want []found
		if !sound {
			want = one("it.protection_level", topology.NotAccepted{Value: "REDUCED", Reason: topology.NoProtectionLevel{}})
		}
		wantFaults(t, topology.CheckHub(here, h, profile.Default()), want)
	}
}

func TestCheckSite(t *testing.T) {
	tests := map[string]struct {
		change func(*topology.Site)
		want   []found
	}{
		"a site":                  {func(s *topology.Site) {}, nil},
		"no name":                 {func(s *topology.Site) { s.Name = "" }, one("it.name", topology.Missing{})},
		"no blocks":               {func(s *topology.Site) { s.CIDRBlocks = nil }, one("it.cidr_blocks", topology.Missing{})},
		"blocks that are to come": {func(s *topology.Site) { s.CIDRBlocks, s.Unknown = nil, topology.Unknown{"cidr_blocks"} }, nil},
		"both families":           {func(s *topology.Site) { s.CIDRBlocks = prefixes("10.0.0.0/12", "fd00::/8") }, nil},
		"blocks side by side":     {func(s *topology.Site) { s.CIDRBlocks = prefixes("10.0.0.0/16", "10.1.0.0/16") }, nil},
		"a block inside an earlier one": {
			func(s *topology.Site) { s.CIDRBlocks = prefixes("10.0.0.0/8", "10.1.0.0/16") },
			one("it.cidr_blocks[1]", topology.RangesOverlap{A: prefix("10.1.0.0/16"), B: prefix("10.0.0.0/8")}),
		},
		"a block around two earlier ones": {func(s *topology.Site) { s.CIDRBlocks = prefixes("10.0.0.0/16", "10.1.0.0/16", "10.0.0.0/8") },
			one("it.cidr_blocks[2]", topology.RangesOverlap{A: prefix("10.0.0.0/8"), B: prefix("10.0.0.0/16")})},
		"a block twice": {
			func(s *topology.Site) { s.CIDRBlocks = prefixes("10.0.0.0/8", "10.0.0.0/8") },
			one("it.cidr_blocks[1]", topology.RangesOverlap{A: prefix("10.0.0.0/8"), B: prefix("10.0.0.0/8")}),
		},
		"a block that could not be read": {func(s *topology.Site) { s.CIDRBlocks = []netip.Prefix{{}, prefix("10.0.0.0/8"), {}} }, nil},
		"a hub twice": {
			func(s *topology.Site) { s.Hubs = []string{"a", "b", "a"} },
			one("it.hubs[2]", topology.Repeated{Value: "a"}),
		},
		"a hub three times": {
			func(s *topology.Site) { s.Hubs = []string{"a", "a", "a"} },
			[]found{{at: "it.hubs[1]", problem: topology.Repeated{Value: "a"}}, {at: "it.hubs[2]", problem: topology.Repeated{Value: "a"}}},
		},
		"hubs that are not known": {func(s *topology.Site) { s.Hubs = []string{"", ""} }, nil},
		"a hub that is no name": {
			func(s *topology.Site) { s.Hubs = []string{"a", "b c"} },
			one("it.hubs[1]", topology.BadName{Name: "b c", Bad: " ", Position: 2}),
		},
		"a peer twice": {
			func(s *topology.Site) { s.Peers = []string{"a", "a"} },
			one("it.peers[1]", topology.Repeated{Value: "a"}),
		},
		"itself as a peer": {
			func(s *topology.Site) { s.Peers = []string{"a", "idc"} },
			one("it.peers[1]", topology.SelfPeer{Name: "idc"}),
		},
		"a peer and a name both not known": {func(s *topology.Site) {
			s.Name, s.Peers, s.Unknown = "", []string{""}, topology.Unknown{"name", "peers"}
		}, nil},
		"a VRF that is no name": {
			func(s *topology.Site) { s.VRF = "a|é" },
			one("it.vrf", topology.BadName{Name: "a|é", Bad: "|", Position: 2}),
		},
		"a hub and a peer of the same name": {func(s *topology.Site) { s.Hubs, s.Peers = []string{"a"}, []string{"a"} }, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := topology.Site{Name: "idc", CIDRBlocks: prefixes("10.0.0.0/12")}
			test.change(&s)
			wantFaults(t, topology.CheckSite(here, s), test.want)
		})
	}
}

// A resource of its own has its name at the top; of an element of a map without a name the key is at fault.
func TestWhereAMissingNameIsReported(t *testing.T) {
	nameless := topology.Site{CIDRBlocks: prefixes("10.0.0.0/16")}
	wantFaults(t, topology.CheckSite(nil, nameless), one("name", topology.Missing{}))
	wantFaults(t, topology.CheckSite(here, nameless), one("it.name", topology.Missing{}))
	wantFaults(
		t,
		topology.CheckSite(topology.Path{}.Attr("sites").Key(""), nameless),
		one(`sites[""]`, topology.Empty{Reason: topology.NameNeeded{}}),
	)
	nameless.Unknown = topology.Unknown{"name"}
	wantFaults(t, topology.CheckSite(nil, nameless), nil)
}
