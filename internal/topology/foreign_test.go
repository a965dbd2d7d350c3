package topology_test

import (
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestHomeOfAForeignClaim(t *testing.T) {
	f := topology.Facts{
		VPCs:  map[string]topology.VPC{"prod": {}, "blue": {VRF: "blue"}},
		Sites: map[string]topology.Site{"idc": {}},
	}
	for name, test := range map[string]struct {
		claim topology.Foreign
		want  string
	}{
		"a VPC that is declared":      {topology.Foreign{Owner: "shop", Network: "prod", Allocator: "a"}, "prod"},
		"a site that is declared":     {topology.Foreign{Owner: "shop", Network: "idc", Allocator: "a"}, "idc"},
		"one of another VRF":          {topology.Foreign{Owner: "shop", Network: "prod", VRF: "blue", Allocator: "a"}, "prod@a#blue"},
		"in the VRF of that name":     {topology.Foreign{Owner: "shop", Network: "blue", VRF: "blue", Allocator: "a"}, "blue"},
		"one that is not":             {topology.Foreign{Owner: "shop", Network: "far", Allocator: "a"}, "far@a"},
		"none":                        {topology.Foreign{Owner: "shop", Allocator: "a"}, "shop@a"},
		"an owner named like a VPC":   {topology.Foreign{Owner: "prod", Allocator: "a"}, "prod@a"},
		"none, of nobody's workspace": {topology.Foreign{Owner: "shop"}, "shop@"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := f.Home(test.claim); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestForeignClaimsAreChecked(t *testing.T) {
	cidr := netip.MustParsePrefix("10.0.0.0/16")
	for name, test := range map[string]struct {
		claim topology.Foreign
		want  []string
	}{
		"owner and range are enough":  {topology.Foreign{Owner: "a", CIDR: cidr}, nil},
		"nothing":                     {topology.Foreign{}, []string{`foreign_claims["x"].cidr`, `foreign_claims["x"].owner`}},
		"all of it is still to come":  {topology.Foreign{Unknown: topology.Unknown{topology.Everything}}, nil},
		"some of it is still to come": {topology.Foreign{Unknown: topology.Unknown{"cidr", "owner"}}, nil},
		"a kind of its own":           {topology.Foreign{Owner: "a", CIDR: cidr, Kind: "pods"}, []string{`foreign_claims["x"].kind`}},
		"blocks with a long name":     {topology.Foreign{Owner: "a", CIDR: cidr, Allocator: topology.OfBlocks(strings.Repeat("n", 128))}, nil},
		"blocks with too long a name": {topology.Foreign{Owner: "a", CIDR: cidr, Allocator: topology.OfBlocks(strings.Repeat("n", 129))}, []string{`foreign_claims["x"].allocator`}},
		"names that are none":         {topology.Foreign{Owner: "a|b", CIDR: cidr, Network: "a b", VRF: "+", Allocator: "a@b", Hubs: []string{"#", "h", "h"}, Peers: []string{"*"}}, []string{`foreign_claims["x"].allocator`, `foreign_claims["x"].hubs[0]`, `foreign_claims["x"].hubs[2]`, `foreign_claims["x"].network`, `foreign_claims["x"].owner`, `foreign_claims["x"].peers[0]`, `foreign_claims["x"].vrf`}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range topology.Check(topology.Facts{Foreign: map[string]topology.Foreign{"x": test.claim}}, profile.Default()) {
				got = append(got, f.At.String())
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("faults at %q, want %q", got, test.want)
			}
		})
	}
}

func TestVRFOfBlocksIsAName(t *testing.T) {
	for vrf, want := range map[string]int{"": 0, "blue": 0, "b|e": 1} {
		if got := topology.Check(topology.Facts{VRF: vrf}, profile.Default()); len(got) != want || want > 0 && got[0].At.String() != "vrf" {
			t.Errorf("%q: got %v", vrf, got)
		}
	}
}

func TestJointsOfANetwork(t *testing.T) {
	f := topology.Facts{
		VPCs: map[string]topology.VPC{
			"prod": {Hubs: []string{"b", "a", ""}, Peers: []string{"test"}},
			"test": {VRF: ""}, "dev": {Peers: []string{"prod"}, Unknown: topology.Unknown{"labels"}},
		},
		Sites: map[string]topology.Site{"idc": {Peers: []string{"prod", "test"}}},
	}
	if got, want := f.JointsOf("prod"), (topology.Joints{Hubs: []string{"a", "b"}, Peers: []string{"dev", "idc", "test"}}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	f.VPCs["dev"] = topology.VPC{Unknown: topology.Unknown{"peers", "hubs"}}
	if got := f.JointsOf("prod").Unknown; !slices.Equal(got, []string{"peers"}) {
		t.Errorf("unknown are %q", got)
	}
	f.Unknown = topology.Unknown{"sites"}
	if got := f.JointsOf("prod").Unknown; !slices.Equal(got, []string{"hubs", "peers", "vrf"}) {
		t.Errorf("without sites unknown are %q", got)
	}
}

// Whoever has a peer in another workspace is not told to carry routes for it.
func TestNoLegsOfOtherWorkspaces(t *testing.T) {
	f := topology.Facts{VPCs: map[string]topology.VPC{"prod": {}}, Foreign: map[string]topology.Foreign{"x": {Owner: "a", Network: "far", Allocator: "b", Peers: []string{"prod"}}}}
	r := topology.NewReach(f)
	if link, _ := r.Between("prod", "far@b"); link != topology.Direct {
		t.Fatalf("they stand %v to each other", link)
	}
	if legs := r.Legs(f, "prod"); len(legs) > 0 {
		t.Errorf("got %+v", legs)
	}
}
