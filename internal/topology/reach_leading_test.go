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
			"a": a, "b": {Hubs: []string{"cen", "vpn"}, Peers: []string{"c"}}, "c": {}, "d": {Hubs: []string{"er"}}, "e": {Hubs: []string{"er", "vpn"}}, "f": {},
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
