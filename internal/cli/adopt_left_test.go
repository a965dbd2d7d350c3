package cli

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Subnets and routes are left out by themselves, all else of a network with the network.
func TestPartOfTheConfigurationThatAFaultIsAbout(t *testing.T) {
	cluster, site := topology.Path{}.Attr("clusters").Key("a"), topology.Path{}.Attr("sites").Key("a")
	vpc := topology.Path{}.Attr("vpcs").Key("a")
	for name, test := range map[string]struct {
		at, part topology.Path
		ok       bool
	}{
		"a VPC":                  {vpc, vpc, true},
		"the blocks of a VPC":    {vpc.Attr("cidr_blocks").At(0), vpc, true},
		"all subnets of a VPC":   {vpc.Attr("subnets"), vpc, true},
		"a subnet":               {vpc.Attr("subnets").Key("s"), vpc.Attr("subnets").Key("s"), true},
		"the range of a route":   {vpc.Attr("routes").Key("r").Attr("destination"), vpc.Attr("routes").Key("r"), true},
		"a site":                 {site, site, true},
		"a subnet of a cluster":  {cluster.Attr("pod_subnets").At(0), cluster, false},
		"the supernets":          {topology.Path{}.Attr("supernets"), nil, false},
		"one of the supernets":   {topology.Path{}.Attr("supernets").At(0), nil, false},
		"the routes of a site":   {site.Attr("routes").Key("r"), site, true},
		"nothing that has place": {nil, nil, false},
	} {
		part, ok := partAt(test.at)
		if part.String() != test.part.String() || ok != test.ok {
			t.Errorf("%s: got %s, %t, want %s, %t", name, part, ok, test.part, test.ok)
		}
	}
}
