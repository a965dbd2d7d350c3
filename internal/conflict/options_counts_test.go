package conflict_test

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// optionsOfCounts are the options of the findings of Counts that have a code.
func optionsOfCounts(f topology.Facts, catalog *profile.Catalog, code string, claims ...conflict.Claim) []string {
	var out []string
	for _, found := range conflict.NewWorld(f, catalog).Counts(f, claims) {
		if found.Code == code {
			out = append(out, optionTexts(found.ExtraOptions)...)
		}
	}
	return out
}

func TestOptionsWhereTooManyAreAskedFor(t *testing.T) {
	type clusters = map[string]topology.Cluster
	in := func(profileName string, nodes, pods int64) topology.Cluster {
		return clusterIn(profileName, nodes, pods, "", "")
	}
	catalog := fixturePlatforms(t)
	masked := in("kubernetes-overlay", 0, 0)
	masked.Need.NodeMask, masked.PodCIDRs = 26, prefixes("10.0.0.0/9", "10.128.0.0/10")
	tests := map[string]struct {
		code     string
		clusters clusters
		routes   int
		catalog  *profile.Catalog
		want     []string
	}{
		"nodes": {"nodes_over_cap", clusters{"a": in("cce-turbo", 2001, 10)}, 0, nil, []string{
			`smaller: clusters["a"].max_nodes <= 2000`,
		}},
		"Pods": {"pods_over_cap", clusters{"a": in("limited-subnets", 21, 10)}, 0, catalog, []string{
			`smaller: clusters["a"].max_nodes <= 10`,
			`smaller: clusters["a"].max_nodes <= 20`,
		}},
		"Pods, more on each node than there may": {"pods_over_cap", clusters{"a": in("limited-subnets", 1, 101)}, 0, catalog, nil},
		"Pods, as many on one node as there may": {"pods_over_cap", clusters{"a": in("limited-subnets", 2, 100)}, 0, catalog, []string{
			`smaller: clusters["a"].max_nodes <= 1`,
		}},
		"routes of one cluster": {"route_quota_exceeded", clusters{"a": in("two-routes", 31, 0)}, 0, catalog, []string{
			`larger: vpcs["home"].route_quota >= 62`,
			`smaller: clusters["a"].max_nodes <= 30`,
		}},
		"routes of one cluster, an odd number": {"route_quota_exceeded", clusters{"a": in("two-routes", 31, 0)}, 1, catalog, []string{
			`larger: vpcs["home"].route_quota >= 63`,
			`smaller: clusters["a"].max_nodes <= 29`,
		}},
		"routes of the largest of two clusters": {
			"route_quota_exceeded", clusters{"a": in("one-route", 10, 0), "b": in("two-routes", 40, 0)}, 0, catalog,
			[]string{
				`larger: vpcs["home"].route_quota >= 90`,
				`smaller: clusters["b"].max_nodes <= 25`,
			},
		},
		"routes of two equal clusters": {
			"route_quota_exceeded", clusters{"b": in("two-routes", 20, 0), "a": in("two-routes", 20, 0)}, 0, catalog,
			[]string{
				`larger: vpcs["home"].route_quota >= 80`,
				`smaller: clusters["a"].max_nodes <= 10`,
			},
		},
		"routes beside a cluster that has none": {
			"route_quota_exceeded", clusters{"a": in("any-subnets", 100, 0), "b": in("two-routes", 31, 0)}, 0, catalog,
			[]string{
				`larger: vpcs["home"].route_quota >= 62`,
				`smaller: clusters["b"].max_nodes <= 30`,
			},
		},
		"routes that the VPC declares": {"route_quota_exceeded", clusters{"a": in("two-routes", 1, 0)}, 61, catalog, []string{
			`larger: vpcs["home"].route_quota >= 63`,
		}},
		"routes of all nodes but one": {"route_quota_exceeded", clusters{"a": in("two-routes", 31, 0)}, 58, catalog, []string{
			`larger: vpcs["home"].route_quota >= 120`,
			`smaller: clusters["a"].max_nodes <= 1`,
		}},
		"routes of all nodes": {"route_quota_exceeded", clusters{"a": in("two-routes", 31, 0)}, 60, catalog, []string{
			`larger: vpcs["home"].route_quota >= 122`,
		}},
		"the mask of node blocks in a Pod range": {"node_mask_difference_over_16", clusters{"a": masked}, 0, nil, []string{
			`smaller: clusters["a"].node_cidr_mask <= 25`,
			`other range: clusters["a"].pod_cidrs[0] = 10.0.0.0/10`,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.catalog == nil {
				test.catalog = profile.Default()
			}
			f := topology.Facts{VPCs: map[string]topology.VPC{"home": {Routes: routes(test.routes)}}, Clusters: test.clusters}
			wantOptions(t, optionsOfCounts(f, test.catalog, test.code), test.want)
		})
	}
}

// The IPv6 mask of nodes is checked for allocated ranges too, of which only the mask can change.
func TestOptionsForAnIPv6NodeMask(t *testing.T) {
	held := func(source conflict.Source, mask int, r netip.Prefix) conflict.Claim {
		c := claim("pod", "shop", "home", "kubernetes-routed")
		c.Range, c.NodeIPv6Mask = r, mask
		return of(source, c, "clusters", "shop", "pod_ipv6_cidr")
	}
	mirror := held(conflict.Pinned, 80, prefix("fd00::/56"))
	mirror.SameAs = "data"
	unnamed := held(conflict.Pinned, 80, prefix("fd00::/56"))
	unnamed.Profile = nil
	turbo := held(conflict.Pinned, 120, prefix("fd00::/56"))
	turbo.Profile = shipped("cce-turbo")
	tests := map[string]struct {
		claim conflict.Claim
		want  []string
	}{
		"16 bits": {held(conflict.Pinned, 72, prefix("fd00::/56")), nil},
		"17 bits of a pinned range": {held(conflict.Pinned, 73, prefix("fd00::/56")), []string{
			`smaller: clusters["shop"].node_ipv6_cidr_mask <= 72`,
			`other range: clusters["shop"].pod_ipv6_cidr = fd00::/57`,
		}},
		"17 bits of an allocated range": {held(conflict.Allocated, 73, prefix("fd00::/56")), []string{
			`smaller: clusters["shop"].node_ipv6_cidr_mask <= 72`,
		}},
		"a range without a mask":         {held(conflict.Pinned, 0, prefix("fd00::/56")), nil},
		"a range that is not chosen":     {held(conflict.Pinned, 80, netip.Prefix{}), nil},
		"a range of a mirror":            {mirror, nil},
		"a claim without a profile":      {unnamed, nil},
		"a profile without such a limit": {turbo, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			findings := world().Counts(around(), []conflict.Claim{test.claim})
			var got []string
			for _, f := range findings {
				if f.Code != "node6_mask_difference_over_16" || f.Number.Value != 17 || f.Limit.Value != 16 {
					t.Errorf("got %s: %d of %d", f.Code, f.Number.Value, f.Limit.Value)
				}
				got = append(got, optionTexts(f.ExtraOptions)...)
			}
			wantOptions(t, got, test.want)
		})
	}
}
