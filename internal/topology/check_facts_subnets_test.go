package topology_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The VPC home has the subnets blue and green; a cluster whose Pods are in subnets names some.
func TestCheckSubnetsThatClustersName(t *testing.T) {
	undeclared := func(name string, known ...string) topology.Undeclared {
		return topology.Undeclared{Kind: topology.SubnetName, Name: name, Known: known}
	}
	const nodesAt, podsAt = `clusters["shop"].node_subnets[%d]`, `clusters["shop"].pod_subnets[%d]`
	at := func(format string, i int) string { return fmt.Sprintf(format, i) }
	tests := map[string]struct {
		nodes, pods []string
		change      func(f *topology.Facts)
		want        []found
	}{
		"subnets that there are":    {[]string{"blue"}, []string{"green", "blue"}, nil, nil},
		"none":                      {nil, nil, nil, nil},
		"a node subnet that is not": {[]string{"blue", "gren"}, nil, nil, one(at(nodesAt, 1), undeclared("gren", "blue", "green"))},
		"a Pod subnet that is not":  {nil, []string{"bleu"}, nil, one(at(podsAt, 0), undeclared("bleu", "blue", "green"))},
		"one name wrong in both lists": {
			[]string{"x"},
			[]string{"x"},
			nil,
			[]found{
				{at: at(nodesAt, 0), problem: undeclared("x", "blue", "green")},
				{at: at(podsAt, 0), problem: undeclared("x", "blue", "green")},
			},
		},
		"names that are to come": {[]string{""}, []string{"green", ""}, nil, nil},
		"while the subnets are to come": {[]string{"x"}, []string{"y"}, func(f *topology.Facts) {
			edit(f.VPCs, "home", func(v *topology.VPC) { v.Subnets, v.Unknown = nil, unknown{"subnets"} })
		}, nil},
		"while only ranges of subnets are to come": {[]string{"x", "blue"}, nil, func(f *topology.Facts) {
			edit(f.VPCs, "home", func(v *topology.VPC) { v.Subnets["blue"], v.Unknown = netip.Prefix{}, unknown{"subnets"} })
		}, one(at(nodesAt, 0), undeclared("x", "blue", "green"))},
		"while all of the VPC is to come": {[]string{"x"}, []string{"y"}, func(f *topology.Facts) {
			f.VPCs["home"] = topology.VPC{Unknown: unknown{topology.Everything}}
		}, nil},
		"while something else is to come": {[]string{"x"}, nil, func(f *topology.Facts) {
			edit(f.VPCs, "home", func(v *topology.VPC) { v.Unknown = unknown{"platform"} })
		}, one(at(nodesAt, 0), undeclared("x", "blue", "green"))},
		"a subnet whose range is to come is there": {[]string{"blue"}, nil, func(f *topology.Facts) {
			edit(f.VPCs, "home", func(v *topology.VPC) { v.Subnets["blue"] = netip.Prefix{} })
		}, nil},
		"a VPC without subnets": {[]string{"blue"}, nil, func(f *topology.Facts) {
			edit(f.VPCs, "home", func(v *topology.VPC) { v.Subnets = nil })
		}, one(at(nodesAt, 0), undeclared("blue"))},
		"subnets of another VPC": {[]string{"blue"}, nil, func(f *topology.Facts) {
			edit(f.Clusters, "shop", func(c *topology.Cluster) { c.VPC = "other" })
		}, one(at(nodesAt, 0), undeclared("blue", "red"))},
		"a site has none": {[]string{"blue"}, nil, func(f *topology.Facts) {
			f.Clusters["shop"] = topology.Cluster{VPC: "office", Profile: "fixture-subnets", NodeSubnets: []string{"blue"}}
		}, []found{
			{at: at(nodesAt, 0), problem: undeclared("blue")},
			{
				at:      `clusters["shop"].profile`,
				problem: topology.WrongPlatform{Profile: "fixture-subnets", VPC: "office", Fitting: []string{}},
			},
		}},
		"a VPC that is not is reported once": {[]string{"x"}, nil, func(f *topology.Facts) {
			edit(f.Clusters, "shop", func(c *topology.Cluster) { c.VPC = "hom" })
		}, one(
			`clusters["shop"].vpc`,
			topology.Undeclared{Kind: topology.NetworkName, Name: "hom", Known: []string{"home", "office", "other"}},
		)},
		"while VPCs are to come": {[]string{"x"}, nil, func(f *topology.Facts) { f.Unknown = unknown{"vpcs"} }, nil},
		"of a profile that is to come they are checked": {[]string{"x"}, nil, func(f *topology.Facts) {
			edit(f.Clusters, "shop", func(c *topology.Cluster) { c.Profile, c.Unknown = "", unknown{"profile"} })
		}, one(at(nodesAt, 0), undeclared("x", "blue", "green"))},
	}
	catalog := fixturePlatform(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := topology.Facts{
				VPCs: vpcs{
					"home": {
						Platform:   "fixture",
						CIDRBlocks: prefixes("16.0.0.0/12"),
						Subnets:    map[string]netip.Prefix{"green": prefix("16.1.0.0/24"), "blue": prefix("16.0.0.0/24")},
					},
					"other": {
						Platform:   "fixture",
						CIDRBlocks: prefixes("32.0.0.0/12"),
						Subnets:    map[string]netip.Prefix{"red": prefix("32.0.0.0/24")},
					},
				},
				Sites:    sites{"office": {CIDRBlocks: prefixes("48.0.0.0/12")}},
				Clusters: clusters{"shop": {VPC: "home", Profile: "fixture-subnets", NodeSubnets: test.nodes, PodSubnets: test.pods}},
			}
			if test.change != nil {
				test.change(&f)
			}
			wantFaults(t, topology.Check(f, catalog), test.want)
		})
	}
}

// The name that was meant is among the known ones.
func TestAMisspeltSubnetIsNearToTheOneThatWasMeant(t *testing.T) {
	f := topology.Facts{
		VPCs: vpcs{
			"prod": {
				CIDRBlocks: prefixes("10.0.0.0/8"),
				Subnets:    map[string]netip.Prefix{"pods-a": prefix("10.0.0.0/16"), "nodes-a": prefix("10.1.0.0/16")},
			},
		},
		Clusters: clusters{"shop": {VPC: "prod", Profile: "ack-terway", PodSubnets: []string{"pod-a"}}},
	}
	faults := topology.Check(f, profile.Default())
	if len(faults) != 1 {
		t.Fatalf("faults: %v", faults)
	}
	p, ok := faults[0].Problem.(topology.Undeclared)
	if got := topology.DidYouMean(p.Name, p.Known); !ok || got != "pods-a" {
		t.Errorf("%v: did you mean %q, want pods-a", faults[0], got)
	}
}
