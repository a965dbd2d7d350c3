package conflict_test

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The VPC home and the site behind NAT: their blocks are 10.0.0.0/16, and they advertise 100.80.0.0/24.
func behindNAT() topology.Facts {
	f := around()
	v, s := f.VPCs["home"], f.Sites["site"]
	v.CIDRBlocks, v.AdvertisedCIDRs = prefixes("10.0.0.0/16"), prefixes("100.80.0.0/24")
	s.CIDRBlocks, s.AdvertisedCIDRs = prefixes("10.0.0.0/16"), prefixes("100.80.0.0/24")
	f.VPCs["home"], f.Sites["site"] = v, s
	return f
}

func TestOthersSeeWhatANetworkAdvertises(t *testing.T) {
	for network, inside := range map[string]map[string]string{
		"home": {
			"home":  "error pod_overlaps_vpc: c 10.0.1.0/24 and home 10.0.0.0/16 share 10.0.1.0/24",
			"hub":   "error pod_overlaps_peer: c 100.80.0.0/25 and home 100.80.0.0/24 share 100.80.0.0/25",
			"pal":   "error pod_overlaps_peer: c 100.80.0.0/25 and home 100.80.0.0/24 share 100.80.0.0/25",
			"third": "error ambiguous_at_third: c 100.80.0.0/25 and home 100.80.0.0/24 share 100.80.0.0/25",
			"apart": "",
			"vrf":   "",
		},
		"site": {
			"site":     "error pod_overlaps_host_network: c 10.0.1.0/24 and site 10.0.0.0/16 share 10.0.1.0/24",
			"hub":      "error pod_overlaps_site: c 100.80.0.0/25 and site 100.80.0.0/24 share 100.80.0.0/25",
			"site-pal": "error pod_overlaps_site: c 100.80.0.0/25 and site 100.80.0.0/24 share 100.80.0.0/25",
			"vrf":      "",
		},
	} {
		for where, want := range inside {
			t.Run(fmt.Sprintf("Pods in %s and %s", where, network), func(t *testing.T) {
				f := behindNAT()
				delete(f.VPCs, map[string]string{"site": "home"}[network])
				delete(f.Sites, map[string]string{"home": "site"}[network])
				claims := conflict.FactClaims(f, profile.Default())
				for _, text := range []string{"10.0.1.0/24", "100.80.0.0/25"} {
					claims = append(claims, at(claim("pod", "c", where, "kubernetes-routed"), text))
				}
				var all []string
				if want != "" {
					all = []string{want}
				}
				wantLines(t, conflict.NewWorld(f, profile.Default()).Overlaps(claims), all...)
			})
		}
	}
}

// Two networks with one block are joined where what they advertise is apart.
func TestNetworksMeetAsTheyAdvertise(t *testing.T) {
	vpc := func(hub, advertised string, subnets ...string) topology.VPC {
		v := topology.VPC{CIDRBlocks: prefixes("10.0.0.0/16"), Hubs: []string{hub}, Subnets: subnetsOf(subnets...)}
		if advertised != "" {
			v.AdvertisedCIDRs = prefixes(advertised)
		}
		return v
	}
	for name, test := range map[string]struct {
		east, west topology.VPC
		want       []string
	}{
		"both advertise ranges apart": {vpc("usual", "100.80.0.0/24"), vpc("usual", "100.80.1.0/24"), nil},
		"one does":                    {vpc("usual", "100.80.0.0/24"), vpc("usual", ""), nil},
		"what they advertise meets": {
			vpc("usual", "100.80.0.0/24"), vpc("usual", "100.80.0.0/25"),
			[]string{"error vpc_overlaps_peer: east 100.80.0.0/24 and west 100.80.0.0/25 on usual"},
		},
		"it meets a block": {
			vpc("usual", "10.0.8.0/24"), vpc("usual", ""),
			[]string{"error vpc_overlaps_peer: east 10.0.8.0/24 and west 10.0.0.0/16 on usual"},
		},
		"Cloud Connect with routes apart": {vpc("cc", "100.80.0.0/24"), vpc("cc", "100.80.1.0/24"), nil},
		"Cloud Connect with one route twice": {
			vpc("cc", "100.80.0.0/24"), vpc("cc", "100.80.0.0/24"),
			[]string{"error vpc_overlaps_peer: east 100.80.0.0/24 and west 100.80.0.0/24 on cc"},
		},
		"where identical blocks are refused": {vpc("reduced", "100.80.0.0/24"), vpc("reduced", "100.80.0.0/25"), nil},
		"and identical ranges advertised": {
			vpc("reduced", "100.80.0.0/24"), vpc("reduced", "100.80.0.0/24"),
			[]string{"error vpc_overlaps_peer: east 100.80.0.0/24 and west 100.80.0.0/24 on reduced"},
		},
		"where subnets are compared": {vpc("ccn", "100.80.0.0/24", "10.0.1.0/24"), vpc("ccn", "", "10.0.1.0/24"), nil},
		"and a range over a subnet": {
			vpc("ccn", "10.0.0.0/20", "10.0.1.0/24"), vpc("ccn", "", "10.0.1.0/24"),
			[]string{"error subnet_overlaps_peer: west.a 10.0.1.0/24 and east 10.0.0.0/20 on ccn"},
		},
		"and two ranges over each other": {
			vpc("ccn", "10.0.0.0/20", "10.0.1.0/24"), vpc("ccn", "10.0.0.0/24", "10.0.1.0/24"),
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/20 and west 10.0.0.0/24 on ccn"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			hubs := map[string]topology.Hub{
				"usual":   {},
				"reduced": {Kind: "cen", ProtectionLevel: "REDUCED"},
				"cc":      {Kind: "cc"},
				"ccn":     {Kind: "ccn"},
			}
			f := topology.Facts{Hubs: hubs, VPCs: map[string]topology.VPC{"east": test.east, "west": test.west}}
			if got := met(f, profile.Default()); fmt.Sprint(got) != fmt.Sprint(test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Where it is not known yet what a network advertises, its blocks are not held against others.
func TestLateAdvertisedRangesDeferTheirOwnCheck(t *testing.T) {
	f := behindNAT()
	delete(f.Sites, "site")
	v := f.VPCs["home"]
	v.AdvertisedCIDRs, v.Unknown = nil, topology.Unknown{"advertised_cidrs"}
	f.VPCs["home"] = v
	own, other := at(
		claim("pod", "own", "home", "ack-flannel"),
		"10.0.1.0/24",
	), at(
		claim("pod", "other", "hub", "ack-flannel"),
		"10.0.2.0/24",
	)
	claims := append(conflict.FactClaims(f, profile.Default()), own, other)
	wantLines(
		t, conflict.NewWorld(f, profile.Default()).Overlaps(claims),
		"error pod_overlaps_vpc: own 10.0.1.0/24 and home 10.0.0.0/16 share 10.0.1.0/24",
	)
}

// What a network advertises may be just what a block of it is: the order of the two must not depend on
// the order of a map.
func TestFactClaimsOfOneRangeAreInOneOrder(t *testing.T) {
	f := topology.Facts{Sites: map[string]topology.Site{}, VPCs: map[string]topology.VPC{}}
	for i := range 20 {
		block := prefixes(fmt.Sprintf("10.%d.0.0/16", i))
		f.VPCs[fmt.Sprintf("v%d", i)] = topology.VPC{CIDRBlocks: block, AdvertisedCIDRs: block}
		f.Sites[fmt.Sprintf("s%d", i)] = topology.Site{CIDRBlocks: block, AdvertisedCIDRs: block}
	}
	for range 100 {
		claims := conflict.FactClaims(f, profile.Default())
		for i := 0; i < len(claims); i += 2 {
			if claims[i].Visibility != conflict.SeenInside || claims[i+1].Visibility != conflict.SeenOutside {
				t.Fatalf("%s comes before %s", claims[i].At, claims[i+1].At)
			}
		}
	}
}
