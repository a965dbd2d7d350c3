package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestEditsThatSeparateTheNetworksOfTheParties(t *testing.T) {
	peers := func(names ...string) func(*topology.VPC) { return func(v *topology.VPC) { v.Peers = names } }
	const aliHub, ownHub = `remove from vpcs["ali"].hubs hub`, `remove from vpcs["own"].hubs hub`
	const aliPeer, ownPeer = `remove from vpcs["ali"].peers own`, `remove from vpcs["own"].peers ali`
	for name, test := range map[string]struct {
		request     Request
		a, b, mesh  string
		one, others string
	}{
		"a hub of both":                     {request(hub("ali", "own")), "ali", "own", "", aliHub, ownHub},
		"a peer that one declares":          {request(vpc("ali", peers("own"))), "ali", "own", "", aliPeer, aliPeer},
		"a peer that the other declares":    {request(vpc("own", peers("ali"))), "ali", "own", "", ownPeer, ownPeer},
		"both are in one mesh":              {request(hub("ali", "own")), "ali", "own", "mesh", "", ""},
		"one network":                       {request(hub("ali", "own")), "ali", "ali", "", "", ""},
		"the first has no network":          {request(hub("ali", "own")), "", "own", "", "", ""},
		"the second has no network":         {request(hub("ali", "own")), "ali", "", "", "", ""},
		"nothing connects them":             {request(hub("ali", "hua")), "ali", "own", "", "", ""},
		"the second is not declared here":   {request(hub("ali", "own")), "ali", "far", "", "", ""},
		"not all hubs of one are known yet": {request(hub("ali", "own"), vpc("ali", hubsUnknown)), "ali", "own", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := optionFinder{situation: situationOf(test.request)}
			one, others := o.apart(conflict.Finding{
				A: conflict.Claim{Network: test.a}, B: &conflict.Claim{Network: test.b}, Mesh: test.mesh,
			})
			if editTexts(one) != test.one || editTexts(others) != test.others {
				t.Errorf("got %q and %q, want %q and %q", editTexts(one), editTexts(others), test.one, test.others)
			}
		})
	}
}

func hubsUnknown(v *topology.VPC) { v.Unknown = topology.Unknown{"hubs"} }
