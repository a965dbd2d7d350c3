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
	if got, want := f.ConnectionsOf("prod"), (topology.Connections{Hubs: []string{"a", "b"}, Peers: []string{"dev", "idc", "test"}}); !reflect.DeepEqual(
		got,
		want,
	) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	f.VPCs["dev"] = topology.VPC{Unknown: topology.Unknown{"peers", "hubs"}}
	if got := f.ConnectionsOf("prod").Unknown; !slices.Equal(got, []string{"peers"}) {
		t.Errorf("unknown are %q", got)
	}
	f.Unknown = topology.Unknown{"sites"}
	if got := f.ConnectionsOf("prod").Unknown; !slices.Equal(got, []string{"hubs", "peers", "vrf"}) {
		t.Errorf("without sites unknown are %q", got)
	}
}

// Whoever has a peer in another workspace is not told to carry routes for it.
func TestNoLegsOfOtherWorkspaces(t *testing.T) {
	f := topology.Facts{
		VPCs:    map[string]topology.VPC{"prod": {}},
		Foreign: map[string]topology.Foreign{"x": {Owner: "a", Network: "far", Allocator: "b", Peers: []string{"prod"}}},
	}
	r := topology.NewReach(f)
	if link, _ := r.Between("prod", "far@b"); link != topology.Direct {
		t.Fatalf("they stand %v to each other", link)
	}
	if legs := r.RouteSteps(f, "prod"); len(legs) > 0 {
		t.Errorf("got %+v", legs)
	}
}

func TestKeysOfClaims(t *testing.T) {
	cidr := prefix("10.0.0.0/16")
	for want, c := range map[string]topology.Foreign{
		"shop/pod/10.0.0.0/16":               {Owner: "shop", Kind: topology.ForeignPod, CIDR: cidr, VRF: ""},
		"x/reserved/10.0.0.0/16/blue":        {Owner: "x", Kind: topology.ForeignReserved, CIDR: cidr, VRF: "blue"},
		"生产网络/pod/10.0.0.0/16":               {Owner: "生产网络", Kind: topology.ForeignPod, CIDR: cidr},
		"ali%2Fprod/pod/10.0.0.0/16":         {Owner: "ali/prod", Kind: topology.ForeignPod, CIDR: cidr},
		"shop/released/10.0.0.0/16/ali%2Fhz": {Owner: "shop", Kind: topology.ForeignReleased, CIDR: cidr, VRF: "ali/hz"},
	} {
		if got := c.KeyInVRF(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// Claims that differ in owner, kind, range or VRF have keys that differ, whatever their names are.
func TestKeysOfDifferentClaimsDiffer(t *testing.T) {
	names := []string{
		"", "x", "x/reserved/10.0.0.0/16", "reserved/10.0.0.0/16", "x/reserved", "10.0.0.0/16", "x/", "/", "//", "%", "%25", "x%2Freserved", "x%2freserved", "生产", "reserved/10.0.0.0/16/x",
	}
	claims := map[string]topology.Foreign{}
	for _, owner := range names {
		for _, vrf := range names {
			for _, kind := range topology.ForeignKinds {
				for _, block := range prefixes("10.0.0.0/16", "10.0.0.0/17", "fd00::/64") {
					c := topology.Foreign{Owner: owner, VRF: vrf, Kind: kind, CIDR: block}
					if other, taken := claims[c.KeyInVRF()]; taken {
						t.Fatalf("%+v and %+v have the key %s", c, other, c.KeyInVRF())
					}
					claims[c.KeyInVRF()] = c
				}
			}
		}
	}
}
