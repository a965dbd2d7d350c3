package cli

import (
	"maps"
	"net/netip"
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Only the declaration of a route knows whether it is a summary. All else of the route is that of the cloud.
func TestRoutesOfAVPCWithThoseOfItsDeclaration(t *testing.T) {
	yes, no := true, false
	route := func(hop string, summary *bool) topology.Route {
		return topology.Route{Destination: prefix("10.64.0.0/16"), NextHop: hop, Summary: summary}
	}
	for name, test := range map[string]struct{ found, declared, want topology.Route }{
		"the declaration says that it is one":  {route("vpn", nil), route("x", &yes), route("vpn", &yes)},
		"the declaration says that it is none": {route("vpn", nil), route("x", &no), route("vpn", &no)},
		"both say it":                          {route("vpn", &yes), route("x", &no), route("vpn", &yes)},
		"neither says it":                      {route("vpn", nil), route("x", nil), route("vpn", nil)},
		"only the cloud says it":               {route("vpn", &yes), route("x", nil), route("vpn", &yes)},
	} {
		found := topology.VPC{Routes: map[string]topology.Route{"r": test.found}}
		merged := mergedVPC(found, topology.VPC{Routes: map[string]topology.Route{"vpn": test.declared}})
		if want := map[string]topology.Route{"r": test.want}; !reflect.DeepEqual(merged.Routes, want) {
			t.Errorf("%s: got %+v, want %+v", name, merged.Routes, want)
		}
		if found.Routes["r"].Summary != test.found.Summary {
			t.Errorf("%s: the VPC of the cloud was changed", name)
		}
	}
}

func TestSubnetsOfAVPCWithThoseOfItsDeclaration(t *testing.T) {
	found := topology.VPC{Subnets: map[string]netip.Prefix{"a": prefix("10.0.0.0/24"), "b": prefix("10.0.1.0/24")}}
	declared := topology.VPC{Subnets: map[string]netip.Prefix{
		"x": prefix("10.0.0.0/24"), "b": prefix("10.0.2.0/24"), "c": prefix("10.0.3.0/24"),
	}}
	want := map[string]netip.Prefix{
		"a": prefix("10.0.0.0/24"), "b": prefix("10.0.1.0/24"), "cidrplan.b": prefix("10.0.2.0/24"), "c": prefix("10.0.3.0/24"),
	}
	if got := mergedVPC(found, declared).Subnets; !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAcceptancesOfBoth(t *testing.T) {
	one, other := topology.Acceptance{Reason: "one"}, topology.Acceptance{Reason: "other"}
	of := func(key string, a topology.Acceptance) map[string]topology.Acceptance {
		return map[string]topology.Acceptance{key: a}
	}
	for name, test := range map[string]struct {
		a, b, want map[string]topology.Acceptance
	}{
		"neither":     {nil, nil, map[string]topology.Acceptance{}},
		"the first":   {of("a", one), nil, of("a", one)},
		"the second":  {nil, of("b", other), of("b", other)},
		"both":        {of("a", one), of("b", other), map[string]topology.Acceptance{"a": one, "b": other}},
		"both of one": {of("a", one), of("a", other), of("a", other)},
	} {
		if got := both(test.a, test.b); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
}
