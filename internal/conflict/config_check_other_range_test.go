package conflict_test

import (
	"fmt"
	"net/netip"
	"os"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Declarations of a cluster and of its VPC conflict through a range that the cluster uses beside Pods and Services, with options that
// resolve it. The ranges of one cluster are left to its allocator.
func TestConfigCheckComparesOtherRanges(t *testing.T) {
	catalog, err := profile.Load(os.DirFS("../profile/testdata/fictitious_other"))
	if err != nil {
		t.Fatal(err)
	}
	declared := func(others ...string) conflict.Registration {
		cl := topology.Cluster{VPC: "home", Profile: "other-default", PodCIDRs: prefixes("10.9.0.0/16")}
		if len(others) > 0 {
			cl.OtherRanges = map[string][]netip.Prefix{"join": prefixes(others...)}
		}
		return conflict.Registration{Facts: topology.Facts{Clusters: map[string]topology.Cluster{"shop": cl}}}
	}
	vpc := func(block string) conflict.Registration {
		return conflict.Registration{Facts: topology.Facts{VPCs: map[string]topology.VPC{"home": {CIDRBlocks: prefixes(block)}}}}
	}
	for name, test := range map[string]struct {
		cluster, vpc conflict.Registration
		want         []string
		options      []string
	}{
		"nothing": {declared(), vpc("192.168.0.0/16"), nil, nil},
		"a default": {declared(), vpc("100.64.0.0/20"),
			[]string{"error other_overlaps_vpc shop 100.64.0.0/16 home 100.64.0.0/20"}, []string{
				`any range: cluster shop: other_ranges["join"] beside [100.64.0.0/20]`,
			}},
		"a given range": {
			declared("100.72.0.0/16"), vpc("100.72.0.0/20"), []string{"error other_overlaps_vpc shop 100.72.0.0/16 home 100.72.0.0/20"},
			[]string{`any range: cluster shop: other_ranges["join"][0] beside [100.72.0.0/20]`},
		},
		"a default of the other family, beside a list": {
			declared("fd99::/64"), vpc("100.64.0.0/20"),
			[]string{"error other_overlaps_vpc shop 100.64.0.0/16 home 100.64.0.0/20"}, []string{
				`any range: cluster shop: other_ranges["join"] beside [100.64.0.0/20]`,
			},
		},
		"Pods of the cluster itself": {declared("10.9.0.0/16"), vpc("192.168.0.0/16"), nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			check := conflict.NewConfigCheck(catalog)
			var found []conflict.Finding
			found = append(found, check.Register(topology.Origin{Kind: "cluster", Name: "shop"}, test.cluster, nothing,
				conflict.Settings{})...)
			found = append(found, check.Register(topology.Origin{Kind: "vpc", Name: "home"}, test.vpc, nothing, conflict.Settings{})...)
			var got, options []string
			for _, f := range found {
				got = append(got, fmt.Sprintf("%v %s %s %v %s %v", f.Rule.Level, f.Code, f.A.Owner, f.A.Range, f.B.Owner, f.B.Range))
				options = append(options, without(optionTexts(f.Unwired.Options), "accepted")...)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("findings:\n got %q\nwant %q", got, test.want)
			}
			if !slices.Equal(options, test.options) {
				t.Errorf("options:\n got %q\nwant %q", options, test.options)
			}
		})
	}
}

// A block and a range of a cluster that networks route conflict across planners, unless the configuration gives the block to the cluster.
// A range that only nodes use does not.
func TestConfigCheckComparesBlocksWithRoutedOtherRanges(t *testing.T) {
	catalog, err := profile.Load(os.DirFS("../profile/testdata/fictitious_other"))
	if err != nil {
		t.Fatal(err)
	}
	onBlock := func(r string) []string { return []string{"error other_overlaps_foreign_block " + r + " 10.9.0.0/24"} }
	for name, test := range map[string]struct {
		kind, use, r string
		want         []string
	}{
		"inside the block":      {"other-unique", "control_plane", "10.9.0.0/28", onBlock("10.9.0.0/28")},
		"around the block":      {"other-unique", "remote_nodes", "10.9.0.0/16", onBlock("10.9.0.0/16")},
		"the block itself":      {"other-unique", "remote_nodes", "10.9.0.0/24", nil},
		"beside the block":      {"other-unique", "control_plane", "10.8.0.0/28", nil},
		"what nodes use inside": {"other-default", "join", "10.9.0.0/24", nil},
		"what nodes use around": {"other-default", "join", "10.9.0.0/16", nil},
	} {
		t.Run(name, func(t *testing.T) {
			for _, blocksFirst := range []bool{true, false} {
				cl := topology.Cluster{VPC: "home", Profile: test.kind, OtherRanges: map[string][]netip.Prefix{test.use: prefixes(test.r)}}
				facts := topology.Facts{
					VPCs:     map[string]topology.VPC{"home": {CIDRBlocks: prefixes("192.168.0.0/24")}},
					Clusters: map[string]topology.Cluster{"shop": cl},
				}
				cluster := conflict.Registration{Facts: facts}
				cluster.Claims = conflict.ClusterClaimant("shop", cl, mustFind(t, catalog, test.kind)).Others()
				blocks := topology.Facts{Blocks: map[string]topology.Block{"web": {}}}
				block := conflict.Registration{Facts: blocks, Claims: []conflict.Claim{
					conflict.BlockClaimant("web", blocks.Blocks["web"], profile.BlockAddresses{}).
						Claim(conflict.Block, prefix("10.9.0.0/24")),
				}}
				check := conflict.NewConfigCheck(catalog)
				var found []conflict.Finding
				add := func(kind, name string, given conflict.Registration) {
					found = append(found, check.Register(topology.Origin{Kind: kind, Name: name}, given, nothing, conflict.Settings{})...)
				}
				if blocksFirst {
					add(conflict.Blocks, "net", block)
				}
				add(conflict.Allocator, "k8s", cluster)
				if !blocksFirst {
					add(conflict.Blocks, "net", block)
				}
				var got []string
				for _, f := range found {
					got = append(got, fmt.Sprintf("%v %s %v %v", f.Rule.Level, f.Code, f.A.Range, f.B.Range))
					if len(without(optionTexts(f.Unwired.Options), "accepted")) == 0 {
						t.Error("nothing resolves it")
					}
				}
				if !slices.Equal(got, test.want) {
					t.Errorf("blocks first %t: got %q, want %q", blocksFirst, got, test.want)
				}
			}
		})
	}
}

func mustFind(t *testing.T, catalog *profile.Catalog, name string) *profile.Profile {
	t.Helper()
	p, known := catalog.Profile(name)
	if !known {
		t.Fatal(name)
	}
	return p
}
