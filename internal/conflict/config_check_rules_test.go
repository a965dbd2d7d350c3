package conflict

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The world is kept where new networks only join it by hubs; otherwise it is made anew.
func TestTheWorldIsKeptWhereNewNetworksHaveNoPeers(t *testing.T) {
	vpc := func(name string, v topology.VPC) Registration {
		return Registration{Facts: topology.Facts{VPCs: map[string]topology.VPC{name: v}}}
	}
	blocks := func(text string) topology.VPC {
		return topology.VPC{CIDRBlocks: prefixesOf(text), Hubs: []string{"cen"}}
	}
	peered := blocks("10.5.0.0/16")
	peered.Peers = []string{"a"}
	further := blocks("10.0.0.0/16")
	further.Hubs = []string{"tr"}
	for name, test := range map[string]struct {
		given Registration
		kept  bool
	}{
		"nothing":                          {Registration{}, true},
		"what is known":                    {vpc("a", blocks("10.0.0.0/16")), true},
		"a new network":                    {vpc("new", blocks("10.5.0.0/16")), true},
		"a new network with a peer":        {vpc("new", peered), false},
		"a new network that is a peer":     {vpc("pal", blocks("10.5.0.0/16")), false},
		"another network of a name":        {vpc("a", blocks("10.5.0.0/16")), false},
		"a further hub of a known network": {vpc("a", further), false},
		"two new networks": {
			Registration{Facts: topology.Facts{
				VPCs: map[string]topology.VPC{"new": blocks("10.5.0.0/16"), "newer": blocks("10.6.0.0/16")},
			}}, true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSnapshot(profile.Default())
			s.add(origin("vpc", "a"), "", vpc("a", blocks("10.0.0.0/16")))
			withPeer := blocks("10.1.0.0/16")
			withPeer.Peers = []string{"pal"}
			s.add(origin("vpc", "b"), "", vpc("b", withPeer))
			s.currentWorld()
			s.add(origin("vpc", "x"), "", test.given)
			if kept := s.world != nil; kept != test.kept {
				t.Errorf("the world is kept: %t", kept)
			}
			world, anew := s.currentWorld(), newWorldOf(s)
			for _, a := range []string{"a", "b", "new", "newer", "pal"} {
				for _, b := range []string{"a", "b", "new", "newer", "pal"} {
					link, through := world.Reach.Between(a, b)
					wantLink, wantThrough := anew.Reach.Between(a, b)
					if link != wantLink || through != wantThrough {
						t.Errorf("%s and %s: %v through %q, want %v through %q", a, b, link, through, wantLink, wantThrough)
					}
				}
			}
		})
	}
}

// newWorldOf is the world of a snapshot, made anew.
func newWorldOf(s *snapshot) World {
	again := *s
	again.world = nil
	return again.currentWorld()
}

// A block that its network advertises as it is, is seen by everybody.
func TestLocatedClaimsKnowWhoSeesThem(t *testing.T) {
	s := newSnapshot(profile.Default())
	s.networks["a"] = []*network{{id: "a", name: "a", subnetted: true, platform: "alicloud"}}
	s.networks["idc"] = []*network{{id: "idc", name: "idc", site: true}}
	for name, test := range map[string]struct {
		network    string
		visibility Visibility
		shown      bool
		want       string
	}{
		"a block inside":                     {"a", SeenInside, false, "a 1 true alicloud"},
		"a block inside that is advertised":  {"a", SeenInside, true, "a 0 false alicloud"},
		"a block that everybody sees":        {"a", SeenEverywhere, false, "a 0 true alicloud"},
		"a block outside":                    {"a", SeenOutside, false, "a 2 false alicloud"},
		"a block outside that is advertised": {"a", SeenOutside, true, "a 2 false alicloud"},
		"a block of a site":                  {"idc", SeenInside, false, "idc 1 false "},
		"a network that is not declared":     {"x", SeenInside, true, " 1 false "},
	} {
		f := &fact{claim: Claim{Network: test.network, NetworkRange: NetworkRange{Visibility: test.visibility}}, shown: test.shown}
		c := s.located(f)
		if got := fmt.Sprint(c.Network, " ", int(c.Visibility), " ", c.SubnetsCompared, " ", c.Platform); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// Networks join others by two hubs, or by peers; released ranges are compared with all that are joined.
func TestNetworksThatOthersAreJoinedBy(t *testing.T) {
	vpc := func(hubs, peers []string) topology.VPC { return topology.VPC{Hubs: hubs, Peers: peers} }
	facts := topology.Facts{VPCs: map[string]topology.VPC{
		"one": vpc([]string{"cen"}, nil), "two": vpc([]string{"cen", "tr"}, nil), "again": vpc([]string{"cen", "tr"}, nil),
		"far": vpc([]string{"tr"}, nil), "pal": vpc(nil, nil), "friend": vpc(nil, []string{"pal"}), "alone": vpc(nil, nil),
	}}
	for name, test := range map[string]struct {
		networks []string
		released bool
		want     string
	}{
		"a member of one hub":                {[]string{"one"}, false, "[]"},
		"a member of two hubs":               {[]string{"two"}, false, "[map[far:true one:true]]"},
		"two members of the same two hubs":   {[]string{"two", "again"}, false, "[map[far:true one:true]]"},
		"a network with a peer":              {[]string{"friend"}, false, "[map[]]"},
		"a network that is a peer":           {[]string{"pal"}, false, "[map[]]"},
		"two networks with peers":            {[]string{"friend", "pal"}, false, "[map[] map[]]"},
		"a network that nothing joins":       {[]string{"alone"}, false, "[]"},
		"a member of one hub, with releases": {[]string{"one"}, true, "[map[:true again:true two:true]]"},
		"a network alone, with releases":     {[]string{"alone"}, true, "[map[:true]]"},
	} {
		n := NewConfigCheck(profile.Default())
		n.now.add(origin(Allocator, "east"), "", Registration{Facts: facts})
		if test.released {
			n.byNetwork[""] = []*fact{{}}
		}
		var networks []*network
		for _, name := range test.networks {
			networks = append(networks, n.now.networkNamed(name))
		}
		if got := fmt.Sprint(n.joinedBy(networks)); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}
