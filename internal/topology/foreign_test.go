package topology_test

import (
	"net/netip"
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

func TestWhetherAForeignClaimSaysWhereItIsUsed(t *testing.T) {
	one := []string{"x"}
	for _, test := range []struct {
		claim topology.Foreign
		want  bool
	}{
		{topology.Foreign{Owner: "shop", VRF: "blue"}, false},
		{topology.Foreign{Network: "prod"}, true},
		{topology.Foreign{Hubs: one}, true},
		{topology.Foreign{Peers: one}, true},
		{topology.Foreign{Hubs: one, Peers: one}, true},
	} {
		if got := test.claim.Placed(); got != test.want {
			t.Errorf("%+v: got %v", test.claim, got)
		}
	}
}

func TestNamesOfBlocksInClaims(t *testing.T) {
	if got := topology.OfBlocks("net"); got != "blocks/net" {
		t.Errorf("blocks are named %q", got)
	}
	for holder, want := range map[string]string{"blocks/net": "net", "blocks/a/b": "a/b", "shop/prod:blocks/net": "net"} {
		if name, ok := topology.BlocksOf(holder); name != want || !ok {
			t.Errorf("%s: got %q, %v", holder, name, ok)
		}
	}
	for _, holder := range []string{"", "net", "blocks", "my/blocks/net"} {
		if name, ok := topology.BlocksOf(holder); ok {
			t.Errorf("%s is read as the blocks %q", holder, name)
		}
	}
}

func TestNamesOfPlannersInALedger(t *testing.T) {
	type names struct {
		owner, planner string
		shared         bool
	}
	for holder, want := range map[string]names{
		topology.InLedger("shop/prod", "k8s"):                    {"shop/prod", "k8s", true},
		topology.InLedger("shop/prod", topology.OfBlocks("net")): {"shop/prod", "blocks/net", true},
		"k8s": {"", "k8s", false}, topology.OfBlocks("net"): {"", "blocks/net", false}, "": {"", "", false},
	} {
		if owner, planner, shared := topology.LedgerOf(holder); (names{owner, planner, shared}) != want {
			t.Errorf("%q is read as %q %q %t, want %+v", holder, owner, planner, shared, want)
		}
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
		"blocks with a long name": {
			topology.Foreign{Owner: "a", CIDR: cidr, Allocator: topology.OfBlocks(strings.Repeat("n", 128))}, nil,
		},
		"blocks with too long a name": {
			topology.Foreign{Owner: "a", CIDR: cidr, Allocator: topology.OfBlocks(strings.Repeat("n", 129))},
			[]string{`foreign_claims["x"].allocator`},
		},
		"a planner of another owner of a ledger": {
			topology.Foreign{Owner: "a", CIDR: cidr, Allocator: topology.InLedger("shop/prod", topology.OfBlocks("net"))}, nil,
		},
		"a planner of an owner whose name is none": {
			topology.Foreign{Owner: "a", CIDR: cidr, Allocator: topology.InLedger("shop prod", "k8s")},
			[]string{`foreign_claims["x"].allocator`},
		},
		"names that are none": {
			topology.Foreign{
				Owner: "a|b", CIDR: cidr, Network: "a b", VRF: "+", Allocator: "a@b", Hubs: []string{"#", "h", "h"}, Peers: []string{"*"},
			},
			[]string{
				`foreign_claims["x"].allocator`, `foreign_claims["x"].hubs[0]`, `foreign_claims["x"].hubs[2]`,
				`foreign_claims["x"].network`, `foreign_claims["x"].owner`, `foreign_claims["x"].peers[0]`, `foreign_claims["x"].vrf`,
			},
		},
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
		"", "x", "x/reserved/10.0.0.0/16", "reserved/10.0.0.0/16", "x/reserved", "10.0.0.0/16", "x/", "/", "//", "%", "%25",
		"x%2Freserved", "x%2freserved", "生产", "reserved/10.0.0.0/16/x",
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
