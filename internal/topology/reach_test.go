package topology_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestReachOfASmallDrawing(t *testing.T) {
	f := topology.Facts{
		Hubs: hubs{"cen": {}, "er": {}, "blue": {VRF: "blue"}},
		VPCs: vpcs{
			"prod":      {Hubs: []string{"er", "cen"}},
			"dev":       {Hubs: []string{"cen", "er"}, Peers: []string{"lab"}},
			"lab":       {},
			"lonely":    {},
			"blue-1":    {VRF: "blue", Hubs: []string{"blue"}},
			"blue-2":    {VRF: "blue", Hubs: []string{"blue"}, Peers: []string{"prod"}},
			"unknown-1": {Hubs: []string{""}, Unknown: unknown{"hubs"}},
			"unknown-2": {Hubs: []string{""}, Unknown: unknown{"hubs"}},
		},
		Sites: sites{
			"idc":    {Hubs: []string{"cen"}},
			"office": {Peers: []string{"idc", "undeclared", "office", ""}},
		},
	}
	tests := map[string]struct {
		a, b    string
		link    topology.Link
		through string
	}{
		"one network":                          {"prod", "prod", topology.Same, ""},
		"one that is alone":                    {"lonely", "lonely", topology.Same, ""},
		"one that is its own peer":             {"office", "office", topology.Same, ""},
		"two on two hubs, named by the first":  {"prod", "dev", topology.Direct, "cen"},
		"a VPC and a site on a hub":            {"prod", "idc", topology.Direct, "cen"},
		"peers have no hub between them":       {"dev", "lab", topology.Direct, ""},
		"sites can be peers":                   {"idc", "office", topology.Direct, ""},
		"peers are not transitive":             {"prod", "lab", topology.ThroughThird, "dev"},
		"the first by name of two that do":     {"office", "prod", topology.ThroughThird, "idc"},
		"further than one third is apart":      {"office", "lab", topology.Apart, ""},
		"connected to nothing":                 {"lonely", "prod", topology.Apart, ""},
		"a hub in another VRF":                 {"blue-1", "blue-2", topology.Direct, "blue"},
		"a peer in another VRF does not count": {"blue-2", "prod", topology.Apart, ""},
		"nor does it lead on":                  {"blue-1", "prod", topology.Apart, ""},
		"names that are to come join nothing":  {"unknown-1", "unknown-2", topology.Apart, ""},
		"what is not declared is apart":        {"prod", "undeclared", topology.Apart, ""},
		"from itself too":                      {"undeclared", "undeclared", topology.Apart, ""},
		"a claim of no network is apart":       {"", "", topology.Apart, ""},
		"a hub is no network":                  {"prod", "cen", topology.Apart, ""},
	}
	r := topology.NewReach(f)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
				if link, through := r.Between(pair[0], pair[1]); link != test.link || through != test.through {
					t.Errorf("Between%q: got %d through %q, want %d through %q", pair, link, through, test.link, test.through)
				}
			}
		})
	}
}

func TestWaysOfTwoNetworksThatAreConnected(t *testing.T) {
	r := topology.NewReach(topology.Facts{
		VPCs: vpcs{
			"prod":    {Hubs: []string{"er", "cen", "tgw", "er"}, Peers: []string{"lab"}},
			"dev":     {Hubs: []string{"cen", "er", "vpn", "er", ""}},
			"lab":     {Hubs: []string{"tgw"}},
			"unknown": {Hubs: []string{""}},
			"blue":    {VRF: "blue", Hubs: []string{"cen"}, Peers: []string{"prod"}},
		},
		Sites: sites{"idc": {Peers: []string{"dev", "idc"}}},
	})
	tests := map[string]struct {
		a, b  string
		hubs  []string
		peers bool
	}{
		"two hubs, sorted, one named twice":    {"prod", "dev", []string{"cen", "er"}, false},
		"a hub and a peering beside it":        {"prod", "lab", []string{"tgw"}, true},
		"a peering alone":                      {"dev", "idc", nil, true},
		"nothing but a third":                  {"dev", "lab", nil, false},
		"a third hub of theirs does not count": {"lab", "idc", nil, false},
		"one network has no way to itself":     {"idc", "idc", nil, false},
		"another VRF, on a hub and as a peer":  {"blue", "prod", nil, false},
		"hubs that are to come":                {"dev", "unknown", nil, false},
		"what is not declared":                 {"prod", "undeclared", nil, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
				if hubs, peers := r.DirectConnections(pair[0], pair[1]); !slices.Equal(hubs, test.hubs) || peers != test.peers {
					t.Errorf("DirectConnections%q: got %q and %v, want %q and %v", pair, hubs, peers, test.hubs, test.peers)
				}
			}
		})
	}
}

func TestWhetherAllConnectionsAreKnown(t *testing.T) {
	r := topology.NewReach(topology.Facts{
		VPCs:  vpcs{"a": {}, "b": {Unknown: unknown{"hubs"}}, "c": {Unknown: unknown{"labels"}}},
		Sites: sites{"d": {}, "e": {Unknown: unknown{"peers"}}},
	})
	known := map[string]bool{"a": true, "c": true, "d": true}
	for _, one := range []string{"a", "b", "c", "d", "e", "undeclared"} {
		for _, other := range []string{"a", "b", "c", "d", "e", "undeclared"} {
			if got, want := r.ConnectionsKnown(one, other), known[one] && known[other]; got != want {
				t.Errorf("%s and %s: got %v", one, other, got)
			}
		}
	}
}

func TestNetworksOfOneConnectionSignature(t *testing.T) {
	r := topology.NewReach(topology.Facts{
		VPCs: vpcs{
			"a": {Hubs: []string{"cen", "er"}, Peers: []string{"p"}}, "same": {Hubs: []string{"er", "cen", ""}},
			"hubs": {Hubs: []string{"cen"}, Peers: []string{"p"}}, "peers": {Hubs: []string{"cen", "er"}, Peers: []string{"q"}},
			"vrf": {
				Hubs: []string{"cen", "er"},
				VRF:  "blue",
			}, "unknown": {Hubs: []string{"cen", "er"}, Peers: []string{"p"}, Unknown: unknown{"hubs"}},
			"q": {},
		},
		Sites: sites{"p": {Peers: []string{"same"}}},
	})
	signature := r.ConnectionSignature("a")
	if got := r.ConnectionSignature("same"); got != signature {
		t.Errorf("got %s, want %s", got, signature)
	}
	for _, other := range []string{"hubs", "peers", "vrf", "unknown", "p", "", "undeclared"} {
		if r.ConnectionSignature(other) == signature {
			t.Errorf("%q has the signature of another network: %s", other, signature)
		}
	}
	if r.ConnectionSignature("") == r.ConnectionSignature("undeclared") || r.ConnectionSignature("x") != r.ConnectionSignature("y") {
		t.Error("networks that are not declared are alike, and differ from no network")
	}
}

func TestSameVRF(t *testing.T) {
	r := topology.NewReach(topology.Facts{
		VPCs:  vpcs{"a": {}, "b": {VRF: "blue"}},
		Sites: sites{"c": {}, "d": {VRF: "blue"}},
	})
	if r.SameVRF("", "") {
		t.Error("there are no blocks")
	}
	groups := map[string]string{"a": "default", "c": "default", "b": "blue", "d": "blue", "undeclared": "none"}
	for a, of := range groups {
		for b, other := range groups {
			if got, want := r.SameVRF(a, b), of == other && of != "none"; got != want {
				t.Errorf("SameVRF(%q, %q): got %v, want %v", a, b, got, want)
			}
		}
	}
}

// Blocks are in no network, and still in a VRF.
func TestVRFOfBlocks(t *testing.T) {
	f := topology.Facts{
		VPCs:   vpcs{"a": {}, "b": {VRF: "blue"}},
		VRF:    "blue",
		Blocks: map[string]topology.Block{"x": {}},
	}
	r := topology.NewReach(f)
	for other, want := range map[string]bool{"": true, "a": false, "b": true, "undeclared": false} {
		if got := r.SameVRF("", other); got != want || r.SameVRF(other, "") != want {
			t.Errorf("blocks and %q: got %v, want %v", other, got, want)
		}
	}
}
