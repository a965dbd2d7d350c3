package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// edit changes an element of a map.
func edit[T any](all map[string]T, name string, change func(*T)) {
	one := all[name]
	change(&one)
	all[name] = one
}

// A route to the very block of its VPC is reported, on every platform and in both families.
func TestRoutesToTheOwnBlock(t *testing.T) {
	yes := true
	own := []string{`warn it.routes["r"].destination: route_to_own_block|10.0.0.0/16|prod+prod:r`}
	second := []string{`warn it.routes["r"].destination: route_to_own_block|10.9.0.0/16|prod+prod:r`}
	for name, test := range map[string]struct {
		route topology.Route
		want  []string
	}{
		"over a VPN":                {topology.Route{NextHop: "vpn"}, own},
		"over a peering":            {topology.Route{NextHop: "peering"}, own},
		"without a next hop":        {topology.Route{}, own},
		"a summary":                 {topology.Route{NextHop: "vpn", Summary: &yes}, nil},
		"what may become a summary": {topology.Route{NextHop: "vpn", Unknown: topology.Unknown{"summary"}}, nil},
		"a middlebox":               {topology.Route{NextHop: "instance"}, nil},
		"a wider one":               {topology.Route{NextHop: "vpn", Destination: prefix("10.0.0.0/15")}, nil},
		"a part of it":              {topology.Route{NextHop: "vpn", Destination: prefix("10.0.128.0/17")}, nil},
		"the second block":          {topology.Route{NextHop: "idc", Destination: prefix("10.9.0.0/16")}, second},
		"the IPv6 block": {
			topology.Route{NextHop: "idc", Destination: prefix("fd00:1::/56")},
			[]string{`warn it.routes["r"].destination: route_to_own_block|fd00:1::/56|prod+prod:r`},
		},
		"a block that is not its own": {topology.Route{NextHop: "idc", Destination: prefix("10.8.0.0/16")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			for _, platform := range append([]string{""}, profile.Default().Platforms()...) {
				if !test.route.Destination.IsValid() {
					test.route.Destination = prefix("10.0.0.0/16")
				}
				v := topology.VPC{
					Name: "prod", Platform: platform, CIDRBlocks: prefixes("10.0.0.0/16", "10.9.0.0/16"),
					IPv6CIDRBlocks: prefixes("fd00:1::/56"),
					Routes:         map[string]topology.Route{"r": test.route},
				}
				var got []string
				for _, f := range conflict.CheckVPC(it, "prod", v, profile.Default()) {
					if f.Code == "route_to_own_block" || f.Code == "route_in_secondary_block" {
						got = append(got, fmt.Sprintf("%s %s: %s", f.Level(), f.A.At, f.Key()))
					}
				}
				want := test.want
				if slices.Equal(want, second) && platform == "aws" { // which refuses the block
					want = []string{`error it.routes["r"].destination: route_in_secondary_block|10.9.0.0/16|prod+prod:r`}
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: got %q, want %q", platform, got, want)
				}
			}
		})
	}
}

// A VPC with secondary blocks that is joined to a peer, by either declaration, is reported once.
func TestSecondaryBlocksOfPeers(t *testing.T) {
	const warned = `warn vpcs["home"].cidr_blocks[1]: vpc_secondary_peered|16.1.0.0/16|home: further blocks are not for peered VPCs`
	type vpc = topology.VPC
	home := func(f topology.Facts, change func(*vpc)) { edit(f.VPCs, "home", change) }
	tests := map[string]struct {
		change func(f topology.Facts)
		want   []string
	}{
		"no peer":         {func(topology.Facts) {}, nil},
		"it names a VPC":  {func(f topology.Facts) { home(f, func(v *vpc) { v.Peers = []string{"other"} }) }, []string{warned}},
		"it names a site": {func(f topology.Facts) { home(f, func(v *vpc) { v.Peers = []string{"office"} }) }, []string{warned}},
		"a VPC names it": {
			func(f topology.Facts) { edit(f.VPCs, "other", func(v *vpc) { v.Peers = []string{"home"} }) },
			[]string{warned},
		},
		"a site names it": {
			func(f topology.Facts) { edit(f.Sites, "office", func(s *topology.Site) { s.Peers = []string{"home"} }) },
			[]string{warned},
		},
		"both declare it, reported once": {func(f topology.Facts) {
			home(f, func(v *vpc) { v.Peers = []string{"other"} })
			edit(f.VPCs, "other", func(v *vpc) { v.Peers = []string{"home"} })
		}, []string{warned}},
		"two others are peers": {func(f topology.Facts) { edit(f.VPCs, "other", func(v *vpc) { v.Peers = []string{"office"} }) }, nil},
		"a hub is no peer":     {func(f topology.Facts) { home(f, func(v *vpc) { v.Hubs = []string{"hub"} }) }, nil},
		"one block alone": {func(f topology.Facts) {
			home(f, func(v *vpc) { v.CIDRBlocks, v.Peers = v.CIDRBlocks[:1], []string{"other"} })
		}, nil},
		"a third block is reported with it": {func(f topology.Facts) {
			home(f, func(v *vpc) { v.CIDRBlocks, v.Peers = append(v.CIDRBlocks, prefix("16.2.0.0/16")), []string{"other"} })
		}, []string{warned}},
		"a second block to come": {func(f topology.Facts) {
			home(f, func(v *vpc) { v.CIDRBlocks, v.Peers = []netip.Prefix{prefix("16.0.0.0/16"), {}}, []string{"other"} })
		}, nil},
		"a platform without the rule": {
			func(f topology.Facts) { home(f, func(v *vpc) { v.Platform, v.Peers = "", []string{"other"} }) },
			nil,
		},
		"a platform that is to come": {func(f topology.Facts) {
			home(f, func(v *vpc) { v.Unknown, v.Peers = topology.Unknown{"platform"}, []string{"other"} })
		}, nil},
		"it is the site's peer's block that is reported": {func(f topology.Facts) {
			home(f, func(v *vpc) { v.CIDRBlocks = v.CIDRBlocks[:1] })
			edit(f.VPCs, "other", func(v *vpc) { v.CIDRBlocks = prefixes("32.0.0.0/16", "32.1.0.0/16") })
			edit(f.VPCs, "other", func(v *vpc) { v.Peers = []string{"home"} })
		}, []string{`warn vpcs["other"].cidr_blocks[1]: vpc_secondary_peered|32.1.0.0/16|other: further blocks are not for peered VPCs`}},
	}
	catalog := fixtureVPCRules(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := topology.Facts{
				Hubs: map[string]topology.Hub{"hub": {}},
				VPCs: map[string]topology.VPC{
					"home":  {Platform: "fixture", CIDRBlocks: prefixes("16.0.0.0/16", "16.1.0.0/16")},
					"other": {Platform: "fixture", CIDRBlocks: prefixes("32.0.0.0/16")},
				},
				Sites: map[string]topology.Site{"office": {CIDRBlocks: prefixes("48.0.0.0/16")}},
			}
			test.change(f)
			if got := findingsOfVPC(conflict.NewWorld(f, catalog).VPCs(f)); !slices.Equal(got, test.want) {
				t.Errorf("findings:\n got %q\nwant %q", got, test.want)
			}
		})
	}
}
