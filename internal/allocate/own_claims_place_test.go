package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestPlaceOfAClaimIsASite(t *testing.T) {
	for name, test := range map[string]struct {
		site topology.Site
		want bool
	}{
		"of its VRF":               {topology.Site{VRF: "blue"}, true},
		"of another VRF":           {topology.Site{VRF: "green"}, false},
		"of a VRF that is unknown": {topology.Site{Unknown: topology.Unknown{"vrf"}}, true},
	} {
		claim := topology.Foreign{Kind: topology.ForeignReserved, Network: "bank", VRF: "blue"}
		if got := isPlaceOf(claim, topology.Facts{Sites: map[string]topology.Site{"bank": test.site}}); got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}

// A claim that gives the place of a cluster is in the cluster's network. What else bears the name of a cluster may be in another one.
func TestPlaceOfAClaimIsTheNetworkOfItsCluster(t *testing.T) {
	facts := request(shopOf).Facts
	for name, test := range map[string]struct {
		kind, network string
		want          bool
	}{
		"Pods in the network of the cluster":              {topology.ForeignPod, "ali", true},
		"Pods in another network":                         {topology.ForeignPod, "hua", false},
		"Services in another network":                     {topology.ForeignService, "hua", false},
		"a growth reserve in another network":             {topology.ForeignKept, "hua", false},
		"a block of the same name in another network":     {topology.ForeignBlock, "hua", true},
		"a released range of the name in another network": {topology.ForeignReleased, "hua", true},
		"Pods in a network that is not declared":          {topology.ForeignPod, "gone", false},
	} {
		if got := isPlaceOf(topology.Foreign{Kind: test.kind, Owner: "shop", Network: test.network}, facts); got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}
