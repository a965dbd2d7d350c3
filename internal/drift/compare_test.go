package drift

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func ranges(texts ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range texts {
		out = append(out, netip.MustParsePrefix(text))
	}
	return out
}

// vpc is a VPC with a block, and with the subnets and routes that edits give it.
func vpc(block string, edits ...func(*topology.VPC)) topology.VPC {
	v := topology.VPC{CIDRBlocks: ranges(block), Subnets: map[string]netip.Prefix{}, Routes: map[string]topology.Route{}}
	for _, edit := range edits {
		edit(&v)
	}
	return v
}

func subnet(name, cidr string) func(*topology.VPC) {
	return func(v *topology.VPC) { v.Subnets[name] = netip.MustParsePrefix(cidr) }
}

func route(name, cidr string, edits ...func(*topology.Route)) func(*topology.VPC) {
	return func(v *topology.VPC) {
		r := topology.Route{Destination: netip.MustParsePrefix(cidr), NextHop: "vpn"}
		for _, edit := range edits {
			edit(&r)
		}
		v.Routes[name] = r
	}
}

func vpcs(all map[string]topology.VPC) Declared { return Declared{Facts: topology.Facts{VPCs: all}} }

func TestNetworksThatDiffer(t *testing.T) {
	prod := func(edits ...func(*topology.VPC)) map[string]topology.VPC {
		return map[string]topology.VPC{"prod": vpc("10.0.0.0/16", edits...)}
	}
	more := func(v *topology.VPC) { v.CIDRBlocks = append(v.CIDRBlocks, ranges("10.9.0.0/16")...) }
	summary := func(r *topology.Route) { yes := true; r.Summary = &yes }
	needs := vpcs(prod())
	needs.Required = []Required{
		{"prod", "shop", netip.MustParsePrefix("10.4.1.0/24")},
		{"other", "shop", netip.MustParsePrefix("10.5.0.0/16")},
	}
	for name, test := range map[string]struct {
		declared Declared
		observed map[string]topology.VPC
		want     []string
	}{
		"the same":              {vpcs(prod()), prod(), nil},
		"nothing was looked at": {vpcs(prod()), nil, nil},
		"under another name":    {vpcs(prod()), map[string]topology.VPC{"vpc-1": vpc("10.0.0.0/16")}, nil},
		"two of its blocks": {
			vpcs(prod()),
			map[string]topology.VPC{"vpc-1": vpc("10.0.0.0/16"), "vpc-2": vpc("10.0.0.0/16")},
			[]string{"network_gone|10.0.0.0/16|prod", "network_undeclared|10.0.0.0/16|vpc-1", "network_undeclared|10.0.0.0/16|vpc-2"},
		},
		"one that nobody declared": {
			vpcs(prod()),
			map[string]topology.VPC{"prod": vpc("10.0.0.0/16"), "vpc-2": vpc("10.1.0.0/16")},
			[]string{"network_undeclared|10.1.0.0/16|vpc-2"},
		},
		"one that is gone": {
			vpcs(map[string]topology.VPC{"prod": vpc("10.0.0.0/16"), "test": vpc("10.1.0.0/16")}),
			prod(),
			[]string{"network_gone|10.1.0.0/16|test"},
		},
		"a further block":           {vpcs(prod()), prod(more), []string{"block_undeclared|10.9.0.0/16|prod"}},
		"a block that is gone":      {vpcs(prod(more)), prod(), []string{"block_gone|10.9.0.0/16|prod"}},
		"a subnet called otherwise": {vpcs(prod(subnet("a", "10.0.1.0/24"))), prod(subnet("vsw-1", "10.0.1.0/24")), nil},
		"subnets not looked at":     {vpcs(prod(subnet("a", "10.0.1.0/24"))), prod(), nil},
		"other subnets": {
			vpcs(prod(subnet("a", "10.0.1.0/24"))),
			prod(subnet("b", "10.0.2.0/24")),
			[]string{"subnet_gone|10.0.1.0/24|prod:a", "subnet_undeclared|10.0.2.0/24|prod:b"},
		},
		"other routes": {
			vpcs(prod(route("a", "172.16.0.0/12"))),
			prod(route("b", "192.168.0.0/16")),
			[]string{"route_gone|172.16.0.0/12|prod:a", "route_undeclared|192.168.0.0/16|prod:b"},
		},
		"a route to its own block": {vpcs(prod()), prod(route("b", "10.0.3.0/24")), nil},
		"a default route":          {vpcs(prod()), prod(route("b", "0.0.0.0/0")), nil},
		"a summary":                {vpcs(prod()), prod(route("b", "10.0.0.0/8", summary)), nil},
		"a required route": {
			needs,
			prod(route("b", "192.168.0.0/16")),
			[]string{"required_route_missing|10.4.1.0/24|prod:shop", "route_undeclared|192.168.0.0/16|prod:b"},
		},
		"a required route, covered": {needs, prod(route("b", "10.4.0.0/16")), []string{"route_undeclared|10.4.0.0/16|prod:b"}},
		"a default route for it":    {needs, prod(route("b", "0.0.0.0/0")), []string{"required_route_missing|10.4.1.0/24|prod:shop"}},
	} {
		t.Run(name, func(t *testing.T) {
			wantKeys(t, Compare(test.declared, Observed{VPCs: test.observed}), test.want...)
		})
	}
}

// wantKeys checks the keys of differences, in any order.
func wantKeys(t *testing.T, found []Difference, want ...string) {
	t.Helper()
	var got []string
	for _, d := range found {
		got = append(got, d.Key().String())
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSitesThatDiffer(t *testing.T) {
	declared := Declared{Facts: topology.Facts{Sites: map[string]topology.Site{"idc": {CIDRBlocks: ranges("172.16.0.0/12")}}}}
	observed := Observed{Sites: map[string]topology.Site{"line": {CIDRBlocks: ranges("192.168.0.0/16")}}}
	wantKeys(t, Compare(declared, observed), "network_gone|172.16.0.0/12|idc", "network_undeclared|192.168.0.0/16|line")
}

func TestClustersThatDiffer(t *testing.T) {
	shop := profile.Ranges{Pods: ranges("10.4.0.0/16", "10.5.0.0/16"), Service: netip.MustParsePrefix("10.6.0.0/20")}
	other := profile.Ranges{Pods: ranges("10.7.0.0/16")}
	held := func(all map[string]profile.Ranges, released map[string][]profile.Ranges) Declared {
		return Declared{Held: all, Released: released, Facts: topology.Facts{Clusters: map[string]topology.Cluster{
			"shop": {CloudName: "shop-prod", PreviousNames: []string{"store"}},
		}}}
	}
	all := map[string]profile.Ranges{"shop": shop}
	for name, test := range map[string]struct {
		declared Declared
		observed map[string]profile.Ranges
		want     []string
	}{
		"as allocated":                {held(all, nil), all, nil},
		"nothing was looked at":       {held(all, nil), nil, nil},
		"its first Pod range only":    {held(all, nil), map[string]profile.Ranges{"shop": {Pods: ranges("10.4.0.0/16")}}, nil},
		"under its name in the cloud": {held(all, nil), map[string]profile.Ranges{"shop-prod": shop}, nil},
		"under a previous name":       {held(all, nil), map[string]profile.Ranges{"store": shop}, nil},
		"with another range": {
			held(all, nil),
			map[string]profile.Ranges{"shop": other},
			[]string{"cluster_range_differs|10.7.0.0/16|shop"},
		},
		"without an allocation": {
			held(all, nil),
			map[string]profile.Ranges{"shop": shop, "x": other},
			[]string{"cluster_undeclared|10.7.0.0/16|x"},
		},
		"not built yet": {
			held(all, nil),
			map[string]profile.Ranges{"x": other},
			[]string{"cluster_gone|10.4.0.0/16|shop", "cluster_undeclared|10.7.0.0/16|x"},
		},
		"released and still there": {
			held(nil, map[string][]profile.Ranges{"old": {other}}),
			map[string]profile.Ranges{"old": other},
			[]string{"released_cluster_exists|10.7.0.0/16|old"},
		},
		"released and gone": {
			held(all, map[string][]profile.Ranges{"old": {other}}),
			all,
			[]string{"released_cluster_gone|10.7.0.0/16|old"},
		},
		"released, and used by a cluster of another name": {
			held(all, map[string][]profile.Ranges{"old": {other}}),
			map[string]profile.Ranges{"shop": shop, "cce-old": {Pods: ranges("10.7.0.0/17"), Service: shop.Service}},
			[]string{"released_cluster_exists|10.7.0.0/17|cce-old"},
		},
		"released, and used by a declared cluster of another name": {
			held(all, map[string][]profile.Ranges{"old": {other}}),
			map[string]profile.Ranges{"shop": other},
			[]string{"cluster_range_differs|10.7.0.0/16|shop"},
		},
		"released without Services, which it has": {
			held(nil, map[string][]profile.Ranges{"old": {other}}),
			map[string]profile.Ranges{"old": {Pods: other.Pods, Service: shop.Service}},
			[]string{"released_cluster_exists|10.7.0.0/16|old"},
		},
		"released with Pods in subnets, and still there": {
			held(nil, map[string][]profile.Ranges{"old": {{Service: shop.Service}}}),
			map[string]profile.Ranges{"old": {Service: shop.Service}},
			[]string{"released_cluster_exists|10.6.0.0/20|old"},
		},
		"released, and built anew with other ranges": {
			held(nil, map[string][]profile.Ranges{"old": {other}}),
			map[string]profile.Ranges{"old": shop},
			[]string{"cluster_undeclared|10.4.0.0/16|old", "released_cluster_gone|10.7.0.0/16|old"},
		},
		"released with Pods in subnets, and gone, where a cluster with Pods in subnets has the same Services": {
			held(nil, map[string][]profile.Ranges{"old": {{Service: shop.Service}}}),
			map[string]profile.Ranges{"x": {Service: shop.Service}},
			[]string{"cluster_undeclared|10.6.0.0/20|x", "released_cluster_gone|10.6.0.0/20|old"},
		},
		"released with Pods in subnets, and gone, where another cluster has the same Services": {
			held(nil, map[string][]profile.Ranges{"old": {{Service: shop.Service}}}),
			map[string]profile.Ranges{"x": shop},
			[]string{"cluster_undeclared|10.4.0.0/16|x", "released_cluster_gone|10.6.0.0/20|old"},
		},
		"renumbered, and not rebuilt": {
			held(all, map[string][]profile.Ranges{"shop": {other}}),
			map[string]profile.Ranges{"shop": other},
			[]string{"released_cluster_exists|10.7.0.0/16|shop"},
		},
		"renumbered and rebuilt": {
			held(all, map[string][]profile.Ranges{"shop": {other}}),
			all,
			[]string{"released_cluster_gone|10.7.0.0/16|shop"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			wantKeys(t, Compare(test.declared, Observed{Clusters: test.observed}), test.want...)
		})
	}
}

func TestOrderAndLevelsOfDifferences(t *testing.T) {
	declared := Declared{Held: map[string]profile.Ranges{"shop": {Pods: ranges("10.4.0.0/16")}}}
	observed := Observed{
		Clusters: map[string]profile.Ranges{"shop": {Pods: ranges("10.7.0.0/16")}, "x": {Pods: ranges("10.8.0.0/16")}},
		Unplaced: map[string]string{"a": "no VPC"},
	}
	wantKeys(t, Compare(Declared{}, Observed{Unplaced: observed.Unplaced}), "object_unplaced|none|a")
	var got []string
	for _, d := range Compare(declared, observed) {
		got = append(got, d.Code.Level().String()+" "+string(d.Code)+" "+d.At.String())
	}
	want := []string{
		`error cluster_range_differs observed.existing["shop"]`, `warn cluster_undeclared observed.existing["x"]`,
		`allow object_unplaced observed.unplaced["a"]`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if codes := Codes(); len(codes) != len(levels) || !slices.IsSorted(codes) {
		t.Errorf("got %v", codes)
	}
}
