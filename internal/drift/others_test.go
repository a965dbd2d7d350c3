package drift

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestOtherRangesThatDiffer(t *testing.T) {
	shop := profile.Ranges{Pods: ranges("10.4.0.0/16")}
	of := func(use string, given ...string) []OtherRange {
		var all []OtherRange
		for _, r := range ranges(given...) {
			all = append(all, OtherRange{Use: use, Range: r})
		}
		return all
	}
	standard := []OtherRange{{Use: "join", Range: netip.MustParsePrefix("100.64.0.0/16"), Default: true}}
	uses := func(use string, of ...string) map[string][]netip.Prefix {
		return map[string][]netip.Prefix{use: ranges(of...)}
	}
	held := map[string]profile.Ranges{"shop": shop}
	shopWith := func(others []OtherRange) Declared {
		return Declared{Held: held, Others: map[string][]OtherRange{"shop": others}}
	}
	for name, test := range map[string]struct {
		declared Declared
		observed map[string][]netip.Prefix
		want     []string
	}{
		"the same": {shopWith(of("plane", "10.7.0.0/28")), uses("plane", "10.7.0.0/28"), nil},
		"none is declared": {
			Declared{Held: held}, uses("plane", "10.7.0.0/28"), []string{"other_range_undeclared|10.7.0.0/28|shop:plane"},
		},
		"none is declared of a cluster that holds nothing": {
			Declared{Facts: topology.Facts{Clusters: map[string]topology.Cluster{"shop": {}}}}, uses("plane", "10.7.0.0/28"),
			[]string{"cluster_undeclared|10.4.0.0/16|shop", "other_range_undeclared|10.7.0.0/28|shop:plane"},
		},
		"another one is declared": {
			shopWith(of("plane", "10.8.0.0/28")), uses("plane", "10.7.0.0/28"),
			[]string{"other_range_gone|10.8.0.0/28|shop:plane", "other_range_undeclared|10.7.0.0/28|shop:plane"},
		},
		"it is declared for another use": {
			shopWith(of("nodes", "10.7.0.0/28")), uses("plane", "10.7.0.0/28"),
			[]string{"other_range_undeclared|10.7.0.0/28|shop:plane"},
		},
		"of another cluster": {
			Declared{Held: held, Others: map[string][]OtherRange{"data": of("plane", "10.7.0.0/28")}}, uses("plane", "10.7.0.0/28"),
			[]string{"other_range_undeclared|10.7.0.0/28|shop:plane"},
		},
		"a further one": {
			shopWith(of("nodes", "10.7.0.0/24")), uses("nodes", "10.7.0.0/24", "10.7.1.0/24"),
			[]string{"other_range_undeclared|10.7.1.0/24|shop:nodes"},
		},
		"one of two is gone": {
			shopWith(of("nodes", "10.7.0.0/24", "10.7.1.0/24")),
			uses("nodes", "10.7.1.0/24"), []string{"other_range_gone|10.7.0.0/24|shop:nodes"},
		},
		"the use was not looked at": {
			shopWith(of("plane", "10.7.0.0/28")), nil, nil,
		},
		"the default":         {shopWith(standard), uses("join", "100.64.0.0/16"), nil},
		"none of the default": {shopWith(standard), uses("join"), nil},
		"another one than the default": {
			shopWith(standard), uses("join", "10.9.0.0/16"),
			[]string{"other_range_undeclared|10.9.0.0/16|shop:join"},
		},
		"of a cluster that nobody declared": {
			Declared{}, uses("plane", "10.7.0.0/28"), []string{"cluster_undeclared|10.4.0.0/16|shop"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			observed := Observed{Clusters: held, Others: map[string]map[string][]netip.Prefix{"shop": test.observed}}
			wantKeys(t, Compare(test.declared, observed), test.want...)
		})
	}
}

// A route to hybrid nodes leads to a range that is declared; one to the join subnet of a cluster does not.
func TestRoutesToOtherRangesOfClusters(t *testing.T) {
	observed := Observed{VPCs: map[string]topology.VPC{"prod": vpc("10.0.0.0/16", route("a", "10.8.1.0/24"), route("b", "100.64.0.0/16"))}}
	declared := vpcs(map[string]topology.VPC{"prod": vpc("10.0.0.0/16")})
	declared.Others = map[string][]OtherRange{"shop": {
		{Use: "remote_nodes", Range: netip.MustParsePrefix("10.8.0.0/16"), Routed: true},
		{Use: "join", Range: netip.MustParsePrefix("100.64.0.0/16")},
	}}
	wantKeys(t, Compare(declared, observed), "route_undeclared|100.64.0.0/16|prod:b")
}
