package topology_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// factsOf declares a graph: every second network is a site.
func factsOf(g oracle.Graph) topology.Facts {
	f := topology.Facts{VPCs: vpcs{}, Sites: sites{}, Hubs: hubs{}}
	for i, name := range g.Names() {
		n := g[name]
		if i%2 == 0 {
			f.VPCs[name] = topology.VPC{Hubs: n.Hubs, Peers: n.Peers, VRF: n.VRF}
		} else {
			f.Sites[name] = topology.Site{Hubs: n.Hubs, Peers: n.Peers, VRF: n.VRF}
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
	if got := r.Connected(a); !slices.Equal(got, connected) {
		t.Fatalf("%s is connected to %q, want %q", a, got, connected)
	}
	if got := r.Bridged(a); !slices.Equal(got, bridged) {
		t.Fatalf("%s bridges %q, want %q", a, got, bridged)
	}
}

// checkWays compares the hubs and the peering of two networks with the oracle, both ways.
func checkWays(t interface{ Fatalf(string, ...any) }, g oracle.Graph, r *topology.Reach, a, b string) {
	_, hubs := g.Connected(a, b)
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

// graphs calls a function with every graph of n networks on two hubs in some vrfs: who is
// whose peer, said by the one, the other or both.
func graphs(n, vrfs, says int, each func(oracle.Graph)) {
	var bases []int
	for range n {
		bases = append(bases, len(hubSets))
	}
	for range n {
		bases = append(bases, vrfs)
	}
	for range n * (n - 1) / 2 {
		bases = append(bases, says)
	}
	digits(bases, func(d []int) {
		g := oracle.Graph{}
		networks := make([]oracle.Vertex, n)
		for i := range n {
			networks[i] = oracle.Vertex{Hubs: hubSets[d[i]], VRF: []string{"", "blue"}[d[n+i]]}
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
	tests := map[string]struct{ networks, vrfs, says, graphs int }{
		"one network":                {1, 2, 4, 8},
		"two networks":               {2, 2, 4, 256},
		"three networks in two VRFs": {3, 2, 4, 32_768},
		"four networks in one VRF":   {4, 1, 2, 16_384},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			seen := 0
			graphs(test.networks, test.vrfs, test.says, func(g oracle.Graph) {
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
			g[fmt.Sprint("n", i)] = oracle.Vertex{VRF: rapid.SampledFrom([]string{"", "", "", "blue"}).Draw(t, "VRF")}
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
