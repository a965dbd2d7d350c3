package cli

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestObjectThatAPlaceIsIn(t *testing.T) {
	root := topology.Path{}
	for name, test := range map[string]struct {
		at        topology.Path
		key       string
		ofNetwork bool
	}{
		"a VPC":             {root.Attr("vpcs").Key("a"), "a", true},
		"a route of a VPC":  {root.Attr("vpcs").Key("a").Attr("routes").Key("r"), "a", true},
		"a site":            {root.Attr("sites").Key("b"), "b", true},
		"all VPCs":          {root.Attr("vpcs"), "", false},
		"a cluster":         {root.Attr("clusters").Key("c"), "c", false},
		"a list":            {root.Attr("supernets").At(1), "", false},
		"one of the VPCs":   {root.Attr("vpcs").At(1), "", false},
		"no place is known": {nil, "", false},
	} {
		if key, of := keyAt(test.at), isOfNetwork(test.at); key != test.key || of != test.ofNetwork {
			t.Errorf("%s: got %q, %t, want %q, %t", name, key, of, test.key, test.ofNetwork)
		}
	}
}
