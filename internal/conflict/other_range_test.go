package conflict_test

import (
	"fmt"
	"maps"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// otherProfile is a profile whose clusters use ranges beside Pods and Services.
func otherProfile(t *testing.T, name string) *profile.Profile {
	t.Helper()
	catalog, err := profile.Load(os.DirFS("../profile/testdata/fictitious_other"))
	if err != nil {
		t.Fatal(err)
	}
	p, _ := catalog.Profile(name)
	return p
}

func TestOthersBecomeClaims(t *testing.T) {
	join := func(texts ...string) map[string][]netip.Prefix {
		return map[string][]netip.Prefix{"join": prefixes(texts...)}
	}
	const masquerade = `other a masquerade 169.254.0.0/17 in home, source 4 at clusters["a"]`
	for name, test := range map[string]struct {
		cluster topology.Cluster
		want    []string
	}{
		"defaults": {topology.Cluster{}, []string{`other a join 100.64.0.0/16 in home, source 4 at clusters["a"]`, masquerade}},
		"defaults of both families": {topology.Cluster{IPFamilies: topology.Families}, []string{
			`other a join 100.64.0.0/16 in home, source 4 at clusters["a"]`,
			`other a join fd98::/64 in home, source 4 at clusters["a"]`, masquerade,
		}},
		"one is given": {topology.Cluster{OtherRanges: join("10.9.0.0/16")}, []string{
			`other a join 10.9.0.0/16 in home, source 1 at clusters["a"].other_ranges["join"][0]`, masquerade,
		}},
		"one family is given": {topology.Cluster{OtherRanges: join("10.9.0.0/16"), IPFamilies: topology.Families}, []string{
			`other a join 10.9.0.0/16 in home, source 1 at clusters["a"].other_ranges["join"][0]`,
			`other a join fd98::/64 in home, source 4 at clusters["a"].other_ranges["join"]`, masquerade,
		}},
		"some are to come": {
			topology.Cluster{
				OtherRanges: map[string][]netip.Prefix{"join": {prefix("10.9.0.0/16"), {}}}, Unknown: topology.Unknown{"other_ranges"},
			},
			[]string{`other a join 10.9.0.0/16 in home, source 1 at clusters["a"].other_ranges["join"][0]`},
		},
		"a name that the profile lacks": {topology.Cluster{OtherRanges: map[string][]netip.Prefix{"x": prefixes("10.9.0.0/16")}}, []string{
			`other a join 100.64.0.0/16 in home, source 4 at clusters["a"]`, masquerade,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			test.cluster.VPC = "home"
			var got []string
			for _, c := range conflict.ClusterClaimant("a", test.cluster, otherProfile(t, "other-default")).Others() {
				got = append(got, fmt.Sprintf("%s %s %s %v in %s, source %d at %s", c.Kind, c.Owner, c.Part, c.Range, c.Network,
					c.Source, c.At))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("claims:\n got %q\nwant %q", got, test.want)
			}
		})
	}
	if got := conflict.ClusterClaimant("a", topology.Cluster{}, nil).Others(); got != nil {
		t.Errorf("a cluster without a profile has %v", got)
	}
}

// asOracle is a claim of the world around as the oracle sees it.
func asOracle(c conflict.Claim, levels map[string]int) oracle.Party {
	p := oracle.Party{Kind: c.Kind.String(), Network: c.Network, Cluster: c.Owner, Use: c.Part}
	if c.Kind == conflict.Other {
		p.Other = levels
	}
	if c.OfCluster() {
		p.Rules = oracle.Rules{Profile: c.Profile.Name, Levels: map[string]int{}}
	}
	return p
}

// Each pair alone, against every kind of party in every network, with the oracle.
func TestRulesOnOtherRangesAgreeWithTheOracle(t *testing.T) {
	facts := around()
	networks := oracle.Networks{}
	for name, v := range facts.VPCs {
		networks[name] = oracle.Network{VRF: v.VRF, Hubs: v.Hubs, Peers: v.Peers}
	}
	for name, s := range facts.Sites {
		networks[name] = oracle.Network{VRF: s.VRF, Hubs: s.Hubs, Peers: s.Peers}
	}
	w := conflict.NewWorld(facts, profile.Default())
	for _, pair := range profile.OtherPairs {
		use := profile.OtherRange{Overlap: map[profile.OtherPair]profile.Rule{pair: {Level: profile.Error, Text: pair}}}
		p := &profile.Profile{Name: "p", OtherRanges: map[string]profile.OtherRange{"x": use, "y": use}}
		levels, broken := map[string]int{pair: 2}, 0
		for _, home := range []string{"home", "site"} {
			other := conflict.Claim{
				Kind: conflict.Other, Owner: "a", Part: "x", Network: home, ClusterRange: conflict.ClusterRange{Profile: p},
			}
			for _, network := range slices.Sorted(maps.Keys(networks)) {
				for _, with := range partiesIn(facts, network, home, p) {
					want := networks.Apart(asOracle(other, levels), asOracle(with, levels)) == 2
					for _, ordered := range [][2]conflict.Claim{{other, with}, {with, other}} {
						v, got := w.Check(ordered[0], ordered[1])
						if got != want {
							t.Errorf("%s: %s of %s at %s with %s %s %s at %s: broken %t (%s), want %t",
								pair, other.Part, other.Owner, home, with.Kind, with.Owner, with.Part, network, got, v.Code, want)
						}
						if got && v.Rule.Text != pair {
							t.Errorf("%s: rule %+v", pair, v.Rule)
						}
					}
					if want {
						broken++
					}
				}
			}
		}
		if broken == 0 {
			t.Errorf("%s is broken nowhere", pair)
		}
	}
}

// partiesIn are claims of all kinds in a network: of the clusters b and, where the network is its home, a, with another use among them, and
// of the network itself.
func partiesIn(facts topology.Facts, network, home string, p *profile.Profile) []conflict.Claim {
	var all []conflict.Claim
	of := conflict.ClusterRange{Profile: p}
	for _, owner := range []string{"a", "b"} {
		if owner == "a" && network != home {
			continue
		}
		for _, kind := range []conflict.Kind{conflict.Pod, conflict.Service} {
			all = append(all, conflict.Claim{Kind: kind, Owner: owner, Network: network, ClusterRange: of})
		}
		for _, use := range []string{"x", "y"} {
			all = append(all, conflict.Claim{Kind: conflict.Other, Owner: owner, Part: use, Network: network, ClusterRange: of})
		}
	}
	if _, is := facts.Sites[network]; is {
		return append(all, conflict.Claim{Kind: conflict.Site, Owner: network, Network: network})
	}
	return append(
		all, conflict.Claim{Kind: conflict.VPC, Owner: network, Network: network},
		conflict.Claim{Kind: conflict.Route, Owner: network, Part: "r", Network: network},
		conflict.Claim{Kind: conflict.Reserved, Owner: "later"},
	)
}

// A subnet is in a block of its VPC, which is checked, and blocks of a cidrplan_blocks are for anything.
func TestOtherRangesAreNotComparedWithSubnetsAndBlocks(t *testing.T) {
	other := conflict.Claim{
		Kind: conflict.Other, Owner: "a", Part: "join", Network: "home",
		ClusterRange: conflict.ClusterRange{Profile: otherProfile(t, "other-default")},
	}
	for _, with := range []conflict.Claim{
		{Kind: conflict.Subnet, Owner: "home", Part: "s", Network: "home"}, {Kind: conflict.Block, Owner: "b"},
		{Kind: conflict.GrowthReserve, Owner: "b", ClusterRange: conflict.ClusterRange{GrowsIn: "home"}},
		{Kind: conflict.Released, Owner: "b"}, {Kind: conflict.Existing, Owner: "b"},
		{Kind: conflict.Block, Owner: "b", Network: "home", Source: conflict.OtherWorkspace},
	} {
		if v, broken := world().Check(other, with); broken {
			t.Errorf("with %s: %+v", with.Kind, v)
		}
	}
}

func TestCodesOfRulesOnOtherRanges(t *testing.T) {
	unique := otherProfile(t, "other-unique")
	other := func(owner, use, network string) conflict.Claim {
		return conflict.Claim{
			Kind: conflict.Other, Owner: owner, Part: use, Network: network, ClusterRange: conflict.ClusterRange{Profile: unique},
		}
	}
	pods := func(owner, network string) conflict.Claim {
		return conflict.Claim{Kind: conflict.Pod, Owner: owner, Network: network, ClusterRange: conflict.ClusterRange{Profile: unique}}
	}
	services := func(owner, network string) conflict.Claim {
		c := pods(owner, network)
		c.Kind = conflict.Service
		return c
	}
	plane := other("a", "control_plane", "home")
	for code, with := range map[string]conflict.Claim{
		"error pod_overlaps_other":             pods("a", "home"),
		"error service_overlaps_other":         services("a", "home"),
		"error other_overlaps_other":           other("a", "remote_nodes", "home"),
		"error pod_overlaps_cluster_other":     pods("b", "home"),
		"error service_overlaps_cluster_other": services("b", "home"),
		"error other_overlaps_cluster_other":   other("b", "control_plane", "home"),
		"error pod_overlaps_peer_other":        pods("b", "pal"),
		"warn service_overlaps_peer_other":     services("b", "pal"),
		"error other_overlaps_peer_other":      other("b", "remote_nodes", "hub"),
		"error other_overlaps_vpc":             {Kind: conflict.VPC, Owner: "home", Network: "home"},
		"error other_overlaps_peer":            {Kind: conflict.VPC, Owner: "hub", Network: "hub"},
		"error other_overlaps_site":            {Kind: conflict.Site, Owner: "site", Network: "site"},
		"error other_overlaps_route":           {Kind: conflict.Route, Owner: "home", Part: "r", Network: "home"},
		"":                                     {Kind: conflict.Route, Owner: "hub", Part: "r", Network: "hub"},
	} {
		if v, broken := world().Check(with, plane); verdict(v, broken) != code {
			t.Errorf("with %s of %s at %s: got %q, want %q", with.Kind, with.Owner, with.Network, verdict(v, broken), code)
		}
	}
	atSite := other("a", "control_plane", "site")
	if v, broken := world().Check(atSite, conflict.Claim{Kind: conflict.Site, Owner: "site", Network: "site"}); verdict(v, broken) !=
		"error other_overlaps_host_network" {
		t.Errorf("at its site: %q", verdict(v, broken))
	}
}

func TestPodsAreInsideTheRangeThatContainsThem(t *testing.T) {
	cluster := func(texts ...string) topology.Cluster {
		return topology.Cluster{VPC: "home", OtherRanges: map[string][]netip.Prefix{"cluster_network": prefixes(texts...)}}
	}
	for name, test := range map[string]struct {
		cluster topology.Cluster
		kind    conflict.Kind
		pods    string
		want    string
	}{
		"inside the default":        {topology.Cluster{}, conflict.Pod, "100.64.0.0/16", ""},
		"all of the default":        {topology.Cluster{}, conflict.Pod, "100.64.0.0/10", ""},
		"outside the default":       {topology.Cluster{}, conflict.Pod, "10.0.0.0/16", "10.0.0.0/16 100.64.0.0/10"},
		"around the default":        {topology.Cluster{}, conflict.Pod, "100.0.0.0/8", "100.0.0.0/8 100.64.0.0/10"},
		"inside a given range":      {cluster("10.0.0.0/8"), conflict.Pod, "10.0.0.0/16", ""},
		"outside a given range":     {cluster("10.0.0.0/8"), conflict.Pod, "100.64.0.0/16", "100.64.0.0/16 10.0.0.0/8"},
		"Services may be elsewhere": {topology.Cluster{}, conflict.Service, "10.0.0.0/16", ""},
		"Pods of the other family":  {topology.Cluster{}, conflict.Pod, "fd00::/56", ""},
	} {
		t.Run(name, func(t *testing.T) {
			claim := conflict.ClusterClaimant("a", test.cluster, otherProfile(t, "other-container")).Claim(test.kind, prefix(test.pods))
			var got []string
			for _, f := range conflict.Ranges([]conflict.Claim{claim}) {
				if f.OutsideOther() {
					got = append(got, fmt.Sprint(f.A.Range, " ", f.B.Range))
					if f.B.Part != "cluster_network" || f.Code != "pod_outside_other" || f.Rule.Level != profile.Error {
						t.Errorf("finding %+v", f)
					}
				}
			}
			if strings.Join(got, ", ") != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestOtherRangesKeepTheLimitsOfTheirUse(t *testing.T) {
	for text, want := range map[string]string{
		"10.9.0.0/28": "", "10.9.0.0/27": "error other_prefix_out_of_range", "10.9.0.0/29": "error other_prefix_out_of_range",
	} {
		cl := topology.Cluster{OtherRanges: map[string][]netip.Prefix{"control_plane": prefixes(text)}}
		got := ""
		for _, f := range conflict.Ranges(conflict.ClusterClaimant("a", cl, otherProfile(t, "other-unique")).Others()) {
			got += f.Level().String() + " " + f.Code
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	cl := topology.Cluster{OtherRanges: map[string][]netip.Prefix{"remote_nodes": prefixes("8.8.8.0/24")}}
	found := conflict.Ranges(conflict.ClusterClaimant("a", cl, otherProfile(t, "other-unique")).Others())
	if len(found) != 1 || found[0].Code != "other_out_of_allowed_range" || found[0].BetweenNetworks() {
		t.Errorf("got %+v", found)
	}
}

func TestWhatAnOwnerTakesFromItsRanges(t *testing.T) {
	cl := topology.Cluster{IPFamilies: topology.Families}
	for name, test := range map[string]struct {
		profile string
		kind    conflict.Kind
		family  cidr.Family
		want    []netip.Prefix
	}{
		"Pods":                      {"other-default", conflict.Pod, cidr.V4, prefixes("100.64.0.0/16", "169.254.0.0/17")},
		"Services":                  {"other-default", conflict.Service, cidr.V4, prefixes("100.64.0.0/16", "169.254.0.0/17")},
		"IPv6 Pods":                 {"other-default", conflict.Pod, cidr.V6, prefixes("fd98::/64")},
		"Pods that it contains":     {"other-container", conflict.Pod, cidr.V4, nil},
		"a range that is not of it": {"other-default", conflict.Block, cidr.V4, nil},
	} {
		t.Run(name, func(t *testing.T) {
			claim := conflict.ClusterClaimant("a", cl, otherProfile(t, test.profile)).Claim(test.kind, netip.Prefix{})
			if got := claim.TakenByOwner(test.family); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}
