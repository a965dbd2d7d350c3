package topology_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Without the hubs and peers over which a network reaches another one, or a third one that reaches both, the two are apart.
func TestWithoutWhatLeadsThereNetworksAreApart(t *testing.T) {
	facts := func(a topology.VPC) topology.Facts {
		return topology.Facts{VPCs: vpcs{
			"a": a, "b": {
				Hubs: []string{"cen", "vpn"}, Peers: []string{"c"},
			}, "c": {}, "d": {Hubs: []string{"er"}}, "e": {Hubs: []string{"er", "vpn"}}, "f": {},
		}}
	}
	a := topology.VPC{Hubs: []string{"cen", "er", "own"}, Peers: []string{"c", "f"}}
	hubs, peers := topology.NewReach(facts(a)).Leading("a", "b")
	if !slices.Equal(hubs, []string{"cen", "er"}) || !slices.Equal(peers, []string{"c"}) {
		t.Fatalf("a reaches b over %v and %v", hubs, peers)
	}
	if link, _ := topology.NewReach(facts(a)).Between("a", "b"); link != topology.Direct {
		t.Errorf("before they are linked as %v", link)
	}
	apart := topology.VPC{Hubs: []string{"own"}, Peers: []string{"f"}}
	if link, through := topology.NewReach(facts(apart)).Between("a", "b"); link != topology.Apart {
		t.Errorf("without these they are linked as %v through %s", link, through)
	}
	if hubs, peers := topology.NewReach(facts(apart)).Leading("a", "b"); len(hubs)+len(peers) > 0 {
		t.Errorf("then a still reaches b over %v and %v", hubs, peers)
	}
}

func TestHubsThatLeadWithoutPeers(t *testing.T) {
	r := topology.NewReach(topology.Facts{VPCs: vpcs{
		"a": {
			Hubs: []string{"cen", "er", "vpn"},
		}, "b": {Hubs: []string{"cen"}, Peers: []string{"d"}}, "c": {Hubs: []string{"own"}}, "d": {Hubs: []string{"er"}},
	}})
	tests := map[string]struct {
		network, other string
		hubs, peers    []string
	}{
		"two hubs to two networks":         {"a", "b", []string{"cen", "er"}, nil},
		"a peer that is a third as well":   {"b", "a", []string{"cen"}, []string{"d"}},
		"a network that is alone":          {"c", "a", nil, nil},
		"to itself":                        {"a", "a", nil, nil},
		"to one that is not declared":      {"a", "undeclared", nil, nil},
		"from one that is not declared":    {"undeclared", "a", nil, nil},
		"a peer, and a hub to a third one": {"d", "b", []string{"er"}, []string{"b"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			hubs, peers := r.Leading(test.network, test.other)
			if !slices.Equal(hubs, test.hubs) || !slices.Equal(peers, test.peers) {
				t.Errorf("got %q and %q, want %q and %q", hubs, peers, test.hubs, test.peers)
			}
		})
	}
}
