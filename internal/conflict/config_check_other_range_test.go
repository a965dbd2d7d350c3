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
