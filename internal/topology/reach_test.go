package topology_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestReachByHand(t *testing.T) {
	f := topology.Facts{
		Hubs: hubs{"cen": {}, "er": {}, "blue": {VRF: "blue"}},
		VPCs: vpcs{
			"prod":   {Hubs: []string{"er", "cen"}},
			"dev":    {Hubs: []string{"cen", "er"}, Peers: []string{"lab"}},
			"lab":    {},
			"lonely": {},
			"blue-1": {VRF: "blue", Hubs: []string{"blue"}},
			"blue-2": {VRF: "blue", Hubs: []string{"blue"}, Peers: []string{"prod"}},
			"late-1": {Hubs: []string{""}, Unknown: unknown{"hubs"}},
			"late-2": {Hubs: []string{""}, Unknown: unknown{"hubs"}},
		},
		Sites: sites{
			"idc":    {Hubs: []string{"cen"}},
			"office": {Peers: []string{"idc", "gone", "office", ""}},
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
		"joined to nothing":                    {"lonely", "prod", topology.Apart, ""},
		"a hub in another VRF":                 {"blue-1", "blue-2", topology.Direct, "blue"},
		"a peer in another VRF does not count": {"blue-2", "prod", topology.Apart, ""},
		"nor does it lead on":                  {"blue-1", "prod", topology.Apart, ""},
		"names that are to come join nothing":  {"late-1", "late-2", topology.Apart, ""},
		"what is not declared is apart":        {"prod", "gone", topology.Apart, ""},
		"from itself too":                      {"gone", "gone", topology.Apart, ""},
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

func TestWaysOfTwoNetworksThatAreJoined(t *testing.T) {
	r := topology.NewReach(topology.Facts{
		VPCs: vpcs{
			"prod": {Hubs: []string{"er", "cen", "tgw", "er"}, Peers: []string{"lab"}},
			"dev":  {Hubs: []string{"cen", "er", "vpn", "er", ""}},
			"lab":  {Hubs: []string{"tgw"}},
			"late": {Hubs: []string{""}},
			"blue": {VRF: "blue", Hubs: []string{"cen"}, Peers: []string{"prod"}},
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
		"hubs that are to come":                {"dev", "late", nil, false},
		"what is not declared":                 {"prod", "gone", nil, false},
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
			"vrf": {Hubs: []string{"cen", "er"}, VRF: "blue"}, "late": {Hubs: []string{"cen", "er"}, Peers: []string{"p"}, Unknown: unknown{"hubs"}},
			"q": {},
		},
		Sites: sites{"p": {Peers: []string{"same"}}},
	})
	signature := r.ConnectionSignature("a")
	if got := r.ConnectionSignature("same"); got != signature {
		t.Errorf("got %s, want %s", got, signature)
	}
	for _, other := range []string{"hubs", "peers", "vrf", "late", "p", "", "undeclared"} {
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
	groups := map[string]string{"a": "default", "c": "default", "b": "blue", "d": "blue", "gone": "none"}
	for a, of := range groups {
		for b, other := range groups {
			if got, want := r.SameVRF(a, b), of == other && of != "none"; got != want {
				t.Errorf("SameVRF(%q, %q): got %v, want %v", a, b, got, want)
			}
		}
	}
}

// Blocks stand in no network, and in a VRF all the same.
func TestVRFOfBlocks(t *testing.T) {
	f := topology.Facts{
		VPCs:     vpcs{"a": {}, "b": {VRF: "blue"}},
		VRF:      "blue",
		Clusters: map[string]topology.Cluster{"x": {Block: &topology.Block{}}},
	}
	r := topology.NewReach(f)
	for other, want := range map[string]bool{"": true, "a": false, "b": true, "gone": false} {
		if got := r.SameVRF("", other); got != want || r.SameVRF(other, "") != want {
			t.Errorf("blocks and %q: got %v, want %v", other, got, want)
		}
	}
}

// factsOf declares a graph: every second network is a site.
func factsOf(g oracle.Graph) topology.Facts {
	f := topology.Facts{VPCs: vpcs{}, Sites: sites{}, Hubs: hubs{}}
	for i, name := range g.Names() {
		n := g[name]
		if i%2 == 0 {
			f.VPCs[name] = topology.VPC{Hubs: n.Hubs, Peers: n.Peers, VRF: n.Realm}
		} else {
			f.Sites[name] = topology.Site{Hubs: n.Hubs, Peers: n.Peers, VRF: n.Realm}
		}
	}
	return f
}

var words = map[topology.Link]string{
	topology.Apart:        "apart",
	topology.Same:         "same",
	topology.Direct:       "direct",
	topology.ThroughThird: "third",
}

// checkReach compares pairs of a graph with the oracle: one of so many.
func checkReach(t interface{ Fatalf(string, ...any) }, g oracle.Graph, of int) {
	names := g.Names()
	r := topology.NewReach(factsOf(g))
	pair := 0
	for i, a := range names {
		for _, b := range names[i:] {
			if pair++; pair%of != 0 {
				continue
			}
			word, throughs := g.Between(a, b)
			through := ""
			if len(throughs) > 0 {
				through = throughs[0]
			}
			link, got := r.Between(a, b)
			if words[link] != word || got != through {
				t.Fatalf(
					"%v: between %s and %s: got %s through %q, the oracle says %s through %q",
					g, a, b, words[link], got, word, through,
				)
			}
			checkWays(t, g, r, a, b)
			checkNeighbours(t, r, names, a)
			if back, gotBack := r.Between(b, a); back != link || gotBack != got {
				t.Fatalf(
					"%v: between %s and %s: %s through %q, the other way %s through %q",
					g, a, b, words[link], got, words[back], gotBack,
				)
			}
		}
	}
}

// checkNeighbours compares the networks that one is connected to with the links between pairs.
func checkNeighbours(t interface{ Fatalf(string, ...any) }, r *topology.Reach, names []string, a string) {
	direct := func(a, b string) bool {
		link, _ := r.Between(a, b)
		return link == topology.Direct
	}
	var connected, bridged []string
	for _, b := range names {
		if direct(a, b) {
			connected = append(connected, b)
		}
	}
	for _, b := range connected {
		if slices.ContainsFunc(connected, func(c string) bool { return c != b && !direct(b, c) }) {
			bridged = append(bridged, b)
		}
	}
	if got := r.Joined(a); !slices.Equal(got, connected) {
		t.Fatalf("%s is connected to %q, want %q", a, got, connected)
	}
	if got := r.Bridged(a); !slices.Equal(got, bridged) {
		t.Fatalf("%s bridges %q, want %q", a, got, bridged)
	}
}

// checkWays compares the hubs and the peering of two networks with the oracle, both ways.
func checkWays(t interface{ Fatalf(string, ...any) }, g oracle.Graph, r *topology.Reach, a, b string) {
	_, hubs := g.Joined(a, b)
	peers := g.Peered(a, b)
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		if gotHubs, gotPeers := r.DirectConnections(pair[0], pair[1]); !slices.Equal(gotHubs, hubs) || gotPeers != peers {
			t.Fatalf("%v: ways between %q: got %q and %v, the oracle says %q and %v", g, pair, gotHubs, gotPeers, hubs, peers)
		}
	}
}

var hubSets = [][]string{nil, {"h1"}, {"h2"}, {"h2", "h1"}}

// digits calls a function with all numbers of some digits, each below its base.
func digits(bases []int, each func([]int)) {
	number := make([]int, len(bases))
	for {
		each(number)
		i := 0
		for ; i < len(bases) && number[i] == bases[i]-1; i++ {
			number[i] = 0
		}
		if i == len(bases) {
			return
		}
		number[i]++
	}
}

// graphs calls a function with every graph of n networks on two hubs in some realms: who is
// whose peer, said by the one, the other or both.
func graphs(n, realms, says int, each func(oracle.Graph)) {
	var bases []int
	for range n {
		bases = append(bases, len(hubSets))
	}
	for range n {
		bases = append(bases, realms)
	}
	for range n * (n - 1) / 2 {
		bases = append(bases, says)
	}
	digits(bases, func(d []int) {
		g := oracle.Graph{}
		networks := make([]oracle.Vertex, n)
		for i := range n {
			networks[i] = oracle.Vertex{Hubs: hubSets[d[i]], Realm: []string{"", "blue"}[d[n+i]]}
		}
		at := 2 * n
		for i := range n {
			for j := range i {
				if d[at]&1 != 0 {
					networks[i].Peers = append(networks[i].Peers, fmt.Sprint("n", j))
				}
				if d[at]&2 != 0 {
					networks[j].Peers = append(networks[j].Peers, fmt.Sprint("n", i))
				}
				at++
			}
		}
		for i, network := range networks {
			g[fmt.Sprint("n", i)] = network
		}
		each(g)
	})
}

func TestReachAgreesWithTheOracleOnAllSmallGraphs(t *testing.T) {
	tests := map[string]struct{ networks, realms, says, graphs int }{
		"one network":                {1, 2, 4, 8},
		"two networks":               {2, 2, 4, 256},
		"three networks in two VRFs": {3, 2, 4, 32_768},
		"four networks in one VRF":   {4, 1, 2, 16_384},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			seen := 0
			graphs(test.networks, test.realms, test.says, func(g oracle.Graph) {
				seen++
				if seen%fewer(1, 7) == 0 {
					checkReach(t, g, 1)
				}
			})
			if seen != test.graphs {
				t.Errorf("%d graphs, want %d", seen, test.graphs)
			}
		})
	}
}

// Past 64 networks a row has more than one word.
func TestReachAgreesWithTheOracleOnLargeGraphs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(62, 70).Draw(t, "networks")
		name := rapid.Custom(func(t *rapid.T) string { return fmt.Sprint("n", rapid.IntRange(0, n).Draw(t, "n")) })
		g := oracle.Graph{}
		for i := range n {
			g[fmt.Sprint("n", i)] = oracle.Vertex{Realm: rapid.SampledFrom([]string{"", "", "", "blue"}).Draw(t, "realm")}
		}
		for range rapid.IntRange(0, 60).Draw(t, "links") {
			a := name.Draw(t, "a")
			network := g[a]
			if rapid.Bool().Draw(t, "by hub") {
				network.Hubs = append(network.Hubs, fmt.Sprint("h", rapid.IntRange(0, 9).Draw(t, "h")))
			} else {
				network.Peers = append(network.Peers, name.Draw(t, "b"))
			}
			if _, declared := g[a]; declared {
				g[a] = network
			}
		}
		checkReach(t, g, fewer(1, 7))
	})
}
